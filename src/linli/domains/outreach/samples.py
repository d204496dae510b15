"""Rows of the registers for tests and the demo, through the real actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from linli.domains.outreach.books import (
    CHILDREN,
    INSURED,
    LOW_INCOME,
    ORPHANS,
    REHABILITATION,
    SERVICES_BOOK,
    SESSIONS_BOOK,
    UNION_HELP,
    WORKERS,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, DemoPlan
from linli.kernel.access.samples import demo_actor
from linli.kernel.records.actions import add_entry
from linli.kernel.registry.queries import household_of, organisations, people_with_status

VALUES: dict[str, dict[str, Any]] = {
    WORKERS.key: {"cause": "illness", "family": 3, "income": 18_000},
    UNION_HELP.key: {"kind": "living", "amount": 50_000, "what": "生活救助金", "signed": "本人"},
    REHABILITATION.key: {"need": "train", "frequency": 4},
    SERVICES_BOOK.key: {"service": "train"},
    CHILDREN.key: {"programme": "hearing", "guardian": "父亲", "aided": 1_200_000},
    ORPHANS.key: {"guarded": "kin", "guardian": "祖父", "place": "family", "school": "实验小学"},
    INSURED.key: {"insurance": "urban", "group": "dibao", "waived": 6_000, "paid": 0},
    LOW_INCOME.key: {
        "people": 3, "farm": 400_000, "wages": 300_000, "transfers": 20_000, "result": "low", "checked_by": "李一、王二",
    },
    SESSIONS_BOOK.key: {"kind": "lecture", "topic": "脑卒中康复", "expert": "区医院专家", "heads": 40},
}


def make_row(by: Actor, book: Any, on: date, **values: Any) -> Any:
    """A row of a register with good defaults; ``person``, ``household`` and the day as the book wants them."""
    day = {book.day: on.isoformat()} if book.day else {}
    return add_entry(by=by, on=on, book=book.key, values=VALUES[book.key] | day | values)


def demo_outreach(plan: DemoPlan) -> None:
    """Two communities with files, services, a lecture and a survey; the district with workers in difficulty and enrolment."""
    district, since = demo_actor("district", plan.on), plan.on - timedelta(days=30)
    for index in (1, 2):
        worker = demo_actor(f"worker{index}", plan.on)
        with scoped(worker):
            disabled = list(people_with_status("disabled", since)[:3])
            poor = list(people_with_status("dibao", since)[:3])
        for person in disabled:
            make_row(worker, REHABILITATION, since, person=person.pk)
            make_row(worker, SERVICES_BOOK, plan.on - timedelta(days=10), person=person.pk)
        make_row(worker, SESSIONS_BOOK, plan.on - timedelta(days=20), place=f"第{index}社区服务站")
        for person in poor:
            make_row(district, INSURED, since, person=person.pk, year=plan.on.year)
        with scoped(worker):
            homes = {home.pk for person in poor if (home := household_of(person, since))}
        for home in sorted(homes):
            make_row(worker, LOW_INCOME, since, household=home, result="dibao")
    _union(plan, district)


def _union(plan: DemoPlan, district: Actor) -> None:
    with scoped(district):
        laid_off = list(people_with_status("laid_off", plan.on)[:3])
        unit = organisations(plan.on).first()
    for person in laid_off if unit else ():
        make_row(district, WORKERS, plan.on - timedelta(days=100), person=person.pk, organisation=unit.pk)
        make_row(district, UNION_HELP, plan.on - timedelta(days=10), person=person.pk)
