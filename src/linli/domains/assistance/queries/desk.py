"""What the workbench asks of assistance: families that have to be verified, changes that were found, postings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

from django.urls import reverse

from linli.domains.assistance.models import Application, Member
from linli.domains.assistance.models.applications import BOUND
from linli.domains.assistance.queries.applications import living
from linli.domains.assistance.queries.begun import to_begin
from linli.domains.assistance.queries.letters import letter_due, to_tell
from linli.domains.assistance.queries.postings import POSTS, waiting
from linli.kernel.access.rules import Actor
from linli.kernel.ledgers.rules import last_day
from linli.kernel.ui.rules import DaysLeft, Task

AHEAD = timedelta(days=30)
MOST = 100


def desk_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """Verifications that fall due within a month, deaths in helped families, letters to hand over, families to be posted."""
    if which == "done":
        return []
    found: list[Task] = []
    if actor.may("assistance.check_first"):
        found += [_verification(one, on) for one in to_verify(on + AHEAD)[:MOST]]
        found += [_death(one, on) for one in with_deaths()[:MOST]]
        found += [_letter(one, on) for one in to_tell(on)[:MOST]]
    if actor.may("assistance.review"):
        found += [_begin(*row, on) for row in to_begin(on)[:MOST]]
    if actor.may("assistance.post"):
        steps = ("second",) if actor.area.endswith("000000") else ("first", "notice")
        found += [task for step in steps if (task := _posting(step)) is not None]
    return found


def to_verify(until: date) -> list[Application]:
    """Helped families whose verification falls due by this day and is not begun."""
    begun = Application.objects.filter(state="open").exclude(former=None).values("former")
    return list(living(due=until).exclude(pk__in=begun))


def with_deaths() -> list[Application]:
    """Helped families of whom a member died since the decision, the first death first; each with ``dead``: who, and when; and
    ``stops_by``: the last day of the month of the first death, for the next month's list pays the dead.
    """
    died = Member.objects.filter(**BOUND, person__died_on__isnull=False).select_related("person")
    dead: dict[int, list[Any]] = {}
    for row in died.order_by("person__died_on", "id"):
        dead.setdefault(row.application_id, []).append(row.person)
    rows = list(living().filter(pk__in=dead))
    for one in rows:
        one.dead = "；".join(f"{person.name}，{person.died_on}" for person in dead[one.pk])  # type: ignore[attr-defined]
        one.stops_by = last_day(dead[one.pk][0].died_on)  # type: ignore[attr-defined]
    return sorted(rows, key=lambda one: (one.stops_by, one.pk))  # type: ignore[attr-defined]


def deaths_in(one: Application) -> list[str]:
    """Who of the people that a family's help rests on died, and when."""
    rows = Member.objects.filter(application=one, counted=True, replaced_on=None, person__died_on__isnull=False)
    rows = rows.select_related("person")
    return [f"{row.person.name}，{row.person.died_on}" for row in rows.order_by("person__died_on", "id")]


def _letter(one: Application, on: date) -> Task:
    """Who is refused hears it in writing and with reasons within the days of the law (57号 §21; 社会救助法 §45, §48)."""
    due = letter_due(one)
    return Task(
        title=f"{one.person.name}·{'不予确认' if one.state == 'refused' else '调减'}决定书未送达", kind="决定书送达",
        href=reverse("assistance:application", args=[one.pk]), who=one.case.number, area=one.area, due=due,
        days_left=DaysLeft((due - on).days) if due else None, since=one.decided_on,
    )  # fmt: skip


def _begin(what: str, one: Application, due: date, on: date) -> Task:
    """The town goes there, and asks the registers, within days of their own (57号 §15, §17)."""
    return Task(
        title=f"{one.person.name}·{what}", kind=what, href=reverse("assistance:application", args=[one.pk]), who=one.case.number,
        area=one.area, due=due, days_left=DaysLeft((due - on).days), since=one.applied_on,
    )  # fmt: skip


def _verification(one: Application, on: date) -> Task:
    left = DaysLeft((one.verify_by - on).days) if one.verify_by else None
    return Task(
        title=f"{one.person.name}·定期复核", kind="救助复核", href=reverse("assistance:application", args=[one.pk]),
        who=one.case.number, area=one.area, due=one.verify_by, days_left=left,
    )  # fmt: skip


def _death(one: Any, on: date) -> Task:
    """Money goes on until the family is verified: before the list of the month after the death is made."""
    return Task(
        title=f"{one.person.name}户有成员去世（{one.dead}）", kind="救助变更",
        href=reverse("assistance:application", args=[one.pk]), who=one.case.number, area=one.area, due=one.stops_by,
        days_left=DaysLeft((one.stops_by - on).days),
    )  # fmt: skip


def _posting(step: str) -> Task | None:
    rows = waiting(step)
    if not rows:
        return None
    since = min(one.applied_on for one in rows)
    return Task(title=f"{len(rows)}户等待{POSTS[step]}", kind=POSTS[step], href=reverse("assistance:postings"), since=since)
