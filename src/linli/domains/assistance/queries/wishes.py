"""What families asked for on the web: for the community; and how applications stand, for whoever holds number and telephone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from linli.base.areas import Level
from linli.base.dated import Parameters, load
from linli.base.days import Due, official_calendar
from linli.base.text import plain
from linli.domains.assistance.models import Wish
from linli.domains.assistance.queries.applications import in_area
from linli.domains.assistance.rules.delegations import party
from linli.domains.assistance.rules.wishes import ENDED, STEPS, WishState, case_numbers, wish_number
from linli.kernel.access.rules import Actor
from linli.kernel.cases.queries import flows
from linli.kernel.publicity import queries as publicity
from linli.kernel.publicity.queries import ask_public, phone_digests
from linli.kernel.registry.queries import keyring, person_by_number
from linli.kernel.registry.rules import NUMBER, PHONE, office_of
from linli.kernel.ui.rules import DaysLeft, Task

PUBLIC = "public"
LOOK_UP = "assistance.code"
MOST = 100
FILE = Path(__file__).parents[1] / "parameters" / "online.toml"


@cache
def terms() -> Parameters:
    """The dated values of applications over the network."""
    return load([FILE])


def code_of(number: str) -> str:
    """The look-up code of a wish or of a case: it opens what the telephone opens."""
    return publicity.code_of(number, LOOK_UP)


def wishes(
    *, words: str = "", state: str = "", first: date | None = None, last: date | None = None, area: str = ""
) -> QuerySet[Wish]:
    """What was asked for in the present scope, the newest first; ``words``: a number or a whole name."""
    rows = Wish.objects.select_related("application__case").order_by("-id")
    if words:
        rows = rows.filter(number=wish_number(words)) if wish_number(words) else rows.filter(name=words)
    exact = {"state": state, "since__gte": first, "since__lte": last, **in_area(area)}
    return rows.filter(**{name: value for name, value in exact.items() if value})


def wish_of(wish_id: int) -> Wish:
    """One of them. :raises Http404: there is none in the present scope."""
    found = wishes().select_related("by").filter(pk=wish_id).first()
    if found is None:
        raise Http404
    return found


def wish_phone(one: Wish) -> str:
    """The telephone in clear; "" once it was erased."""
    return keyring().open(bytes(one.phone_sealed), PHONE) if one.phone_sealed else ""


def wish_identity(one: Wish) -> str:
    """The identity number in clear; "" once it was answered."""
    return keyring().open(bytes(one.identity_sealed), NUMBER) if one.identity_sealed else ""


def applicant_of(one: Wish) -> Any:
    """Who is meant, when the registry of the present scope knows the number; else None."""
    number = wish_identity(one)
    return person_by_number(number) if number else None


def wish_due(since: date, area: str) -> Due:
    """Until when what came on a day has to be taken up, or answered why not."""
    return terms().on("assistance.take_up", since, area).term.due(since, official_calendar())


def to_forget(on: date, area: str) -> QuerySet[Wish]:
    """What is over for the term of the place: declined, ended with its case (withdrawn, refused, granted), or never answered."""
    before = on - timedelta(days=terms().on("assistance.forget_days", on, area).count)
    over = Q(state=WishState.DECLINED, answered_on__lt=before) | Q(application__case__closed_on__lt=before)
    return Wish.objects.filter(over | Q(state=WishState.OPEN, since__lt=before), forgotten_on=None).order_by("id")


def wish_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """What came over the network and waits, for the community that was chosen."""
    if which == "done" or not (actor.may("assistance.answer") and actor.may("assistance.check_first")):
        return []
    return [_task(one, on) for one in wishes(state=WishState.OPEN).order_by("id")[:MOST]]


def _task(one: Wish, on: date) -> Task:
    due = wish_due(one.since, one.area).day
    return Task(
        title=f"{one.name}·网上申请救助", kind="网上救助申请", href=reverse("assistance:wish", args=[one.pk]), who=one.number,
        area=one.area, due=due, days_left=DaysLeft((due - on).days), since=one.since,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Progress:
    """What is told without an account; texts are empty and days None where there is nothing to say.

    ``where``: the step in plain words. ``shown_until``: a notice is up. ``decision``: number of the letter. ``told_on``: when
    it was handed over. ``remedy``: what can be done against a refusal.
    """

    where: str
    place: str
    since: date | None = None
    answer_by: date | None = None
    answer: str = ""
    number: str = ""
    opened_on: date | None = None
    due_on: date | None = None
    missing: tuple[str, ...] = ()
    shown_until: date | None = None
    decision: str = ""
    decided_on: date | None = None
    told_on: date | None = None
    refused: bool = False
    remedy: str = ""


def public_progress(given: str, secret: str, on: date) -> Progress | None:
    """By number of a wish or a case, and telephone or code; None where they do not fit. All are tried, whatever was typed."""
    number, numbers, code = wish_number(given), case_numbers(given), plain(secret)
    opened = [one for one in numbers if publicity.code_fits(one, code, LOOK_UP)]
    known = publicity.code_fits(number, code, LOOK_UP) and bool(number)
    told = ask_public("assistance_progress", number, known, numbers, opened, phone_digests(secret))
    if told is None:
        return None
    told = json.loads(told) if isinstance(told, str) else told
    return _of_case(told["case"], _day(told.get("since")), on) if told["case"] else _of_wish(told)


def _of_wish(told: dict[str, Any]) -> Progress:
    since = date.fromisoformat(told["since"])
    if told["state"] == WishState.OPEN:
        return Progress("已经收到，等待受理", told["place"], since, wish_due(since, told["area"]).day)
    return Progress("没有受理", told["place"], since, answer=told["answer"])


def _of_case(case: dict[str, Any], since: date | None, on: date) -> Progress:
    flow, open_ = flows()[case["flow"], case["version"]], case["state"] == "open"
    until, decided = _day(case["shown_until"]), case["decision"] or {}
    decided_on, refused = _day(decided.get("on")), case["outcome"] == "refused"
    where = "等待您补交材料" if case["missing"] else STEPS.get(case["step"]) if open_ else ENDED.get(case["outcome"])
    return Progress(
        where or "正在办理", case["place"], since, number=case["number"], opened_on=_day(case["opened_on"]),
        due_on=_day(case["due_on"]) if open_ else None, missing=tuple(case["missing"]),
        shown_until=until if open_ and until and until >= on else None,
        decision=f"{case['number']}-决{decided['number']}" if decided else "", decided_on=decided_on,
        told_on=_day(case["told_on"]), refused=refused,
        remedy=f"{_party(decided['for'])}{flow.remedy_on(decided_on)}" if refused and decided_on else "",
    )  # fmt: skip


def _party(names: list[str] | None) -> str:
    """Of a refusal by delegation: whose decision it is, as the letter says it."""
    return party(office_of(names[0], Level.TOWN), office_of(names[1], Level.DISTRICT, "民政局")) if names else ""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
