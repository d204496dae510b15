"""Full agency: the mandate, and the tasks that each step of the case gives to the agent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from linli.base.days import official_calendar
from linli.base.text import tidy
from linli.domains.hall.models import Errand, Handling, Mandate
from linli.domains.hall.queries.catalogue import law
from linli.domains.hall.queries.handlings import agents
from linli.domains.hall.rules import Act
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale


@action("hall.take")
def give_mandate(
    *, by: Actor, on: date, handling: Handling, agent_id: int, acts: Sequence[Act], until: date, proof: str
) -> Mandate:
    """The applicant has an agent carry the item: for these acts, until this day (included), by this signed paper.

    :raises Refused: no act, no paper, a day in the past, nobody who can do what an agent does, or there is an agent already.
    """
    if agent_id not in agents((handling.area, by.area), on):
        raise Refused("请选择在岗的村（社区）、镇街干部或者窗口人员做代办人。", field="agent")
    if not acts:
        raise Refused("请至少勾选一项代办权限。", field="acts")
    if until < on:
        raise Refused("委托截止日不能早于今天。", field="until")
    if not tidy(proof):
        raise Refused("请填写委托书的签字情况，例如“本人签字按印，原件存档”。", field="proof")
    try:
        with transaction.atomic():
            made = Mandate.objects.create(
                handling=handling, agent_id=agent_id, acts=[Act(act).value for act in acts], since=on, until=until,
                proof=tidy(proof)[:100], made_by_id=by.own_hand, area=handling.area,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused("这一件已有代办人。换人的，请先终止原来的委托。", field="agent") from fault
    Handling.objects.filter(pk=handling.pk).update(agency=True)
    send_agent(made, Act.SUBMIT, "备齐并递交材料，确认窗口收件", on)
    about("hall.mandate", made.pk, area=handling.area, agent=agent_id)
    return made


@action("hall.take")
def end_mandate(*, by: Actor, on: date, mandate: Mandate, why: str) -> Mandate:
    """The mandate ends before its day; what the agent did stands."""
    if not tidy(why):
        raise Refused("请填写终止委托的原因。", field="why")
    found = Mandate.objects.filter(pk=mandate.pk, ended_on=None)
    if not found.update(ended_on=on, ended_why=tidy(why)[:200]):
        raise Stale
    about("hall.mandate", mandate.pk, area=mandate.area)
    mandate.refresh_from_db()
    return mandate


@action("hall.act")
def do_errand(*, by: Actor, on: date, errand: Errand, note: str) -> Errand:
    """The agent did a task: by the own hand, while the mandate holds."""
    mandate = Mandate.objects.get(pk=errand.mandate_id)
    if mandate.agent_id != by.own_hand:
        raise Forbidden("代办任务须由代办人本人登记。")
    if mandate.ended_on or mandate.until < on:
        raise Refused("委托已经到期或终止，不能再代办。请申请人续签委托书，或改由本人办理。")
    if not tidy(note):
        raise Refused("请填写办理情况。", field="note")
    if not Errand.objects.filter(pk=errand.pk, done_on=None).update(done_on=on, note=tidy(note)[:300]):
        raise Stale
    about("hall.errand", errand.pk, area=errand.area, in_time=on <= errand.due_on)
    errand.refresh_from_db()
    return errand


def overtake(mandate: Mandate, on: date, note: str = "事项已进入下一步，本任务随之结束。") -> None:
    """The case went on: what the agent was to do for the step before is done with, whoever did it."""
    mandate.errands.filter(done_on=None).update(done_on=on, note=note[:300])  # type: ignore[attr-defined]


def send_agent(mandate: Mandate, act: Act, words: str, on: date) -> None:
    """A task for the agent, if the mandate allows this act and holds on this day."""
    if act.value not in mandate.acts or not mandate.since <= on <= mandate.until:
        return
    due = law().on("hall.errand_days", on, mandate.area).term.due(on, official_calendar()).day
    Errand.objects.create(mandate=mandate, act=act, words=words[:200], since=on, due_on=due, area=mandate.area)
