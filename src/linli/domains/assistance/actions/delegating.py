"""Power is given to a town or taken back by one person of the district, and agreed to by another; what the town confirmed is
looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from linli.base.areas import Level, level_of
from linli.domains.assistance.models import Application, Delegation, Sample
from linli.domains.assistance.queries.delegations import delegated_on
from linli.domains.assistance.queries.law import law_now
from linli.domains.assistance.rules.delegations import DELEGABLE, EARLIEST, Checked, against
from linli.domains.assistance.rules.evidence import LEAST_VISITORS
from linli.kernel.access.actions import about, action, proposing
from linli.kernel.access.rules import Actor, Forbidden, ProposalState, Refused, Stale
from linli.kernel.registry.queries import area_on_day

KIND, SAMPLE = "assistance.delegation", "assistance.sample"


@action("assistance.delegate")
def delegate(
    *, by: Actor, on: date, town: str, since: date, document: str, programmes: Sequence[str] = (), ends: bool = False,
    article: str = "", note: str = "",
) -> Delegation:  # fmt: skip
    """Propose that a town confirms for the district from a day on, or (``ends``) does so no more.

    :raises Refused: the town is not of this district, the law of the day does not allow it, nothing would change, or something
        else begins or waits for the same town and day. Applications that began before keep their order.
    """
    if level_of(by.area) is not Level.DISTRICT:
        raise Forbidden("委托确认由区级登记，镇街可以查看。")
    if not document.strip():
        raise Refused("请填写委托的文件名称和文号。", field="document")
    chosen = [] if ends else [key for key in DELEGABLE if key in set(programmes)]
    _check_town(by, town, since)
    if not ends and not chosen:
        raise Refused("请勾选委托哪些救助。", field="programmes")
    field, said = against(town, by.area, chosen, since, law_now())
    if said:
        raise Refused(said, field=field)
    if since < on:
        raise Refused("起始日期不能早于今天：已经受理的申请按受理时的程序办完。请修改。", field="since")
    _check_new(town, since, ends)
    made = Delegation.objects.create(
        town=town, programmes=chosen, ends=ends, document=document.strip()[:120], article=article.strip()[:60], since=since,
        note=note.strip()[:300], proposed_by_id=by.own_hand, proposed_on=on, area=by.area,
    )  # fmt: skip
    about(KIND, made.pk, area=made.area, town=town, since=since.isoformat(), ends=ends)
    return made


def _check_town(by: Actor, town: str, since: date) -> None:
    field, said = against(town, by.area, (), max(since, EARLIEST), law_now())
    if said or area_on_day(town, since) is None:
        raise Refused(said or "这一天没有这个镇（街道），请重新选择。", field=field or "town")


def _check_new(town: str, since: date, ends: bool) -> None:
    held = delegated_on(since, town)
    if ends and held is None:
        raise Refused("这一天没有委托这个镇（街道）确认，不用收回。", field="town")
    standing = [ProposalState.AGREED.value, ProposalState.PROPOSED.value]
    same = Delegation.objects.filter(town=town, since=since, state__in=standing).first()
    if same is not None:
        raise Refused(f"这个镇（街道）自{since}起已有“{same.document}”，请改起始日期，或先撤回那一份。", field="since")


@action("assistance.agree_delegation")
def agree_delegation(*, by: Actor, on: date, delegation: Delegation) -> Delegation:
    """It holds from its day on. :raises Refused: who proposed it, or the day has passed. :raises Stale: it is decided."""
    row = proposing.waiting(by, delegation)
    if row.since < on:
        raise Refused("起始日期已过，请不同意这一份，由拟定人按今后的日期重新拟定。")
    try:
        with transaction.atomic():
            return proposing.decide(by, on, row, ProposalState.AGREED)
    except IntegrityError as fault:
        raise Refused("这个镇（街道）自同一天起已有审定的委托确认，请不同意这一份。") from fault


@action("assistance.agree_delegation")
def refuse_delegation(*, by: Actor, on: date, delegation: Delegation, why: str) -> Delegation:
    """It is not agreed to; nothing changes. :raises Refused: no reason is given."""
    return proposing.refuse(by, on, delegation, why)


@action("assistance.delegate")
def withdraw_delegation(*, by: Actor, on: date, delegation: Delegation) -> Delegation:
    """Who proposed it takes it back before it is decided."""
    return proposing.withdraw(by, on, delegation)


@action("assistance.sample")
def check_sample(
    *, by: Actor, on: date, sample: Sample, result: Checked, checked_on: date, checkers: Sequence[str], found: str
) -> Sample:
    """What the district found of a confirmation. A family wrongly helped is to be verified from this day on.

    :raises Refused: a day before it was drawn or to come, fewer than two people, or nothing said. :raises Stale: it was entered.
    """
    names = list(dict.fromkeys(name.strip() for name in checkers if name.strip()))
    if not sample.drawn_on <= checked_on <= on:
        raise Refused(f"抽查日期应在{sample.drawn_on}抽中之后，且不晚于今天，请核对。", field="checked_on")
    if len(names) < LEAST_VISITORS:
        raise Refused(f"抽查须有{LEAST_VISITORS}名以上工作人员，请填写姓名（用顿号分开）。", field="checkers")
    if not found.strip():
        raise Refused("请写明抽查情况；有误的，写明错在哪里。", field="found")
    words = {
        "result": result.value, "checked_on": checked_on, "checkers": names, "found": found.strip()[:500],
        "entered_by_id": by.staff_id,
    }  # fmt: skip
    if not Sample.objects.filter(pk=sample.pk, result="").update(**words):
        raise Stale("这件抽查已经登记结果，请刷新后再看。")
    one = sample.application
    if result is Checked.WRONG:
        Application.objects.filter(pk=one.pk, state="granted", verify_by__gt=on).update(verify_by=on)
    about(SAMPLE, sample.pk, area=sample.area, case=one.case_id, result=result.value)
    sample.refresh_from_db()
    return sample
