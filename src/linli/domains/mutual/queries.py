"""Reading funds with their money, gifts, requests, meetings and decisions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from linli.base.dated import Parameters, load
from linli.domains.mutual.models import AidFund, Gift, Meeting, Request, Resolution
from linli.domains.mutual.rules import Item, Need, account
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.ledgers.queries import money_lines, origins_from
from linli.kernel.ledgers.rules import AccountKind, Origin
from linli.kernel.ui.rules import Task

FOLDER = Path(__file__).parent / "parameters"
LIVING = Q(state="banked", posting__reversed_by=None)
"""Gifts whose money came and stayed."""

PAID = Q(state="ordered", order__cancelled_on=None)
"""Requests whose payment order stands."""


@cache
def law() -> Parameters:
    """All values of the package; faults in the files stop the program at its start."""
    return load(sorted(FOLDER.glob("*.toml")))


def funds(*, words: str = "") -> QuerySet[Any]:
    """The funds of the present scope, by area, each with ``free`` (fen that may still be promised), ``given`` and ``used``."""
    balance = {"free": F("fund__balance__cash") - F("fund__balance__payable")}
    sums = {"given": F("fund__balance__received"), "used": F("fund__balance__spent")}
    found = AidFund.objects.select_related("fund").annotate(**balance, **sums).order_by("area", "id")
    return found.filter(name__contains=words) if words else found


def fund_here(aidfund_id: int) -> Any:
    """The fund with this id; Refused outside of the present scope."""
    found = funds().filter(pk=aidfund_id).first()
    if found is None:
        raise Refused("没有这项社区帮困基金，或它不在本辖区内。")
    return found


def communities_without(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The communities among ``choices`` (code, name) that have no fund yet."""
    known = set(AidFund.objects.values_list("area_then", flat=True))
    return [choice for choice in choices if choice[0] not in known]


def gifts(one: Any = None, *, words: str = "", state: str = "") -> QuerySet[Gift]:
    """Gifts, newest first, of one fund or of the present scope; ``words`` is the beginning of the giver's name."""
    found = Gift.objects.select_related("aidfund", "posting").order_by("-day", "-id")
    found = found.filter(aidfund=one) if one else found
    found = found.filter(state=state) if state else found
    return found.filter(name__gte=words, name__lt=words + "\U0010ffff") if words else found


def gift_of(gift_id: int) -> Gift:
    """The gift with this id; Refused outside of the present scope."""
    found = gifts().filter(pk=gift_id).first()
    if found is None:
        raise Refused("没有这笔捐款，或它不在本辖区内。")
    return found


def waiting_gifts(one: Any) -> QuerySet[Gift]:
    """Gifts that were noted and whose money finance has not seen yet, oldest first."""
    return Gift.objects.filter(aidfund=one, state="noted").order_by("day", "id")


def requests(one: Any = None, *, words: str = "", need: str = "", state: str = "") -> QuerySet[Request]:
    """Requests, newest first; ``words`` is the beginning of the name."""
    found = Request.objects.select_related("aidfund", "order", "made_by").order_by("-asked_on", "-id")
    exact = {"aidfund": one, "need": need, "state": state}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    return found.filter(name__gte=words, name__lt=words + "\U0010ffff") if words else found


def request_of(request_id: int) -> Request:
    """The request with this id; Refused outside of the present scope."""
    found = requests().filter(pk=request_id).first()
    if found is None:
        raise Refused("没有这份用款申请，或它不在本辖区内。")
    return found


def meetings(one: Any) -> QuerySet[Meeting]:
    """The meetings about a fund, the last first, each with how many ``decisions`` stand."""
    found = Meeting.objects.filter(aidfund=one).order_by("-held_on", "-id")
    return found.annotate(decisions=Count("resolutions", filter=Q(resolutions__voided_on=None)))


def meeting_of(meeting_id: int) -> Meeting:
    """The meeting with this id; Refused outside of the present scope."""
    found = Meeting.objects.select_related("aidfund", "made_by").filter(pk=meeting_id).first()
    if found is None:
        raise Refused("没有这次议事会，或它不在本辖区内。")
    return found


def to_decide(meeting: Meeting) -> QuerySet[Request]:
    """The requests that this meeting can decide: open, and asked on its day or before."""
    return requests(meeting.aidfund, state="open").filter(asked_on__lte=meeting.held_on).order_by("asked_on", "id")


def resolutions(meeting: Meeting) -> QuerySet[Resolution]:
    """What a meeting decided, in the order of its record; what was voided stands too."""
    return Resolution.objects.filter(meeting=meeting).select_related("request").order_by("id")


def resolutions_on(request: Request) -> QuerySet[Resolution]:
    """Every decision on a request, the last first."""
    return Resolution.objects.filter(request=request).select_related("meeting", "made_by").order_by("-id")


def standing(request: Request) -> Resolution | None:
    """The decision on a request that stands; None before there is one."""
    return resolutions_on(request).filter(voided_on=None).first()


def promised(one: Any) -> int:
    """What was decided and is not ordered yet, in fen: nobody else can be promised it."""
    waiting = Resolution.objects.filter(request__aidfund=one, request__state="carried", voided_on=None)
    return _sum(waiting)


def source_of(request: Request) -> str:
    """How the books name the payment of a request; ``sql/decisions.sql`` knows it, too."""
    return f"mutual.request:{request.pk}"


def account_of(one: Any, since: date, until: date) -> tuple[Item, ...]:
    """The fund's account over these days, inclusive; what it was promised for counts on the day of its order."""
    lines = money_lines(AccountKind.CASH, AccountKind.PAYABLE, until=until).filter(fund=one.fund_id)
    closing, opening = (_sum(found) for found in (lines, lines.filter(posting__day__lt=since)))
    given = Gift.objects.filter(LIVING, aidfund=one, banked_on__range=(since, until)).order_by("banked_on", "id")
    used = Request.objects.filter(PAID, aidfund=one, ordered_on__range=(since, until)).order_by("ordered_on", "id")
    rows = used.values_list("need", "order__amount")
    sums = [(Need(need), amount) for need, amount in rows]
    return account(opening, list(given.values_list("amount", flat=True)), sums, closing)


def _sum(lines: QuerySet[Any]) -> int:
    return int(lines.aggregate(total=Coalesce(Sum("amount"), 0))["total"])


def desk_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """Money that finance has not seen, decisions that wait for their payment order, requests that wait for a meeting."""
    found: list[Task] = []
    if which == "done":
        return found
    for permission, rows, words in (
        ("mutual.bank", Gift.objects.filter(state="noted"), "笔居民捐款等待到账"),
        ("mutual.pay", Request.objects.filter(state="carried"), "项决议等待开付款单"),
        ("mutual.meet", Request.objects.filter(state="open"), "份用款申请等待议事"),
    ):  # fmt: skip
        if actor.may(permission):
            sums = rows.values("aidfund", "aidfund__name", "area").annotate(n=Count("pk")).order_by("area", "aidfund")
            found += [
                Task(f"{row['aidfund__name']}：{row['n']}{words}", "社区帮困", reverse("mutual:fund", args=[row["aidfund"]]),
                     area=row["area"])
                for row in sums
            ]  # fmt: skip
    return found


def origins(*, by: Actor, sources: Collection[str], postings: Collection[int]) -> dict[str | int, Origin]:
    """What the books ask of the community funds: the request behind an order."""
    if not by.may("mutual.see"):
        return {}
    rows = Request.objects.all()
    return origins_from(sources, "mutual.request:", rows, lambda one: f"社区帮困用款申请 {one.asked_on}", "mutual:request")
