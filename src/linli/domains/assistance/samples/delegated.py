"""A town that confirms for the district, and a family that it confirmed, through the real actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from linli.domains.assistance import actions, queries
from linli.domains.assistance.models import Application
from linli.domains.assistance.rules.delegations import EARLIEST
from linli.domains.assistance.samples import TOWN, give_consents, make_application, make_family, post, step, visit
from linli.gateways.checking import FakeCheck
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, DemoPlan, Role
from linli.kernel.access.samples import DISTRICT, demo_actor, make_founders, make_staff
from linli.kernel.standards import actions as standards

DAY = date(2026, 7, 6)
ALL = ("dibao", "edge", "rigid", "tekun")
DOCUMENT = "关于委托镇街审核确认社会救助的决定（峄民发〔2026〕3号）"


def make_delegation(by: Actor, second: Actor, town: str, on: date = DAY, programmes: Sequence[str] = ALL, **words: Any) -> Any:
    """The town confirms for the district from this day on; proposed by one person and agreed to by another."""
    words = {"document": DOCUMENT, "since": on, "programmes": programmes} | words
    made = actions.delegate(by=by, on=on, town=town, **words)
    return actions.agree_delegation(by=second, on=on, delegation=made)


def answer_check(office: Any, one: Application, on: date) -> None:
    """The economic check is asked for, and finds nothing."""
    with actions.answering(FakeCheck({}, on=on, until=on + timedelta(days=180))):
        actions.fetch_check(by=office.reviewer, on=on, inquiry=actions.ask_check(by=office.reviewer, on=on, application=one))


def show_family(office: Any, one: Application, on: date) -> date:
    """By the law of today up to the end of the notice; the day after."""
    give_consents(office, one, on)
    step(office.worker, one, on)
    visit(office.reviewer, one, on)
    answer_check(office, one, on)
    step(office.reviewer, one, on, "符合条件，提请公示。", to="notice")
    return post(office, one, "notice", on)


def confirm_family(office: Any, second: Actor, one: Application, on: date) -> Application:
    """Posted, and confirmed by a second person of the town."""
    day = show_family(office, one, on)
    step(office.reviewer, one, day, "公示期满无异议。", to="confirm")
    step(second, one, day, "同意确认。")
    with scoped(office.reviewer):
        return queries.application(one.pk)


def demo_delegation(plan: DemoPlan) -> None:
    """A street of the demo confirms by itself, by two persons; nothing on a day on which no town could (before 57号)."""
    if plan.on < EARLIEST:
        return
    make_delegation(demo_actor("district", plan.on), demo_actor("chief", plan.on), TOWN, plan.on)
    make_staff("fellow1", "郑坛山", Role.TOWN_REVIEWER, TOWN, founders=make_founders())


def make_delegation_files(office: Any, number: int, on: date = DAY) -> None:
    """A town to which power was given, a family that it confirmed and that the lot takes, one that waits for the second person,
    and a document that nobody has agreed to yet; ``number`` tells two apart, also in one town: each has a day of its own.
    """
    on += timedelta(days=number)
    sign, town = "一二三四五"[number - 1], office.worker.area[:9] + "000"
    fellow = make_staff(f"fu{number}", f"傅科长{sign}", Role.DISTRICT_APPROVER, DISTRICT)
    second = make_staff(f"second{number}", f"钱主任{sign}", Role.TOWN_REVIEWER, town)
    if number == 1:  # each confirmation is gone through, so that there is one
        share = {"procedure.sample_share": "100%"}
        made = standards.propose(by=office.approver, on=on, document="委托确认抽查办法", since=on, values=share, sure=True)
        standards.agree(by=fellow, on=on, proposal=made)
    make_delegation(office.approver, fellow, town, on)
    first, waiting = (
        make_application(office, make_family(office, (f"尤{sign}{word}", f"许{sign}{word}")), on) for word in "甲乙"
    )
    confirm_family(office, second, first, on)
    show_family(office, waiting, on)
    words = {"town": town, "since": on + timedelta(days=90), "document": "关于收回委托的决定", "ends": True}
    actions.delegate(by=office.approver, on=on, **words)
