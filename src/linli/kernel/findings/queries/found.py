"""What was found: the list, one of it, and how many were found, visited, took up what was offered, and are helped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from linli.base.areas import scope_of
from linli.kernel.access.rules import Refused
from linli.kernel.findings.models import Finding
from linli.kernel.findings.queries.declared import searches
from linli.kernel.findings.rules import FOLLOWED, Side

STATES = {
    "open": Q(answer="", gone_on=None), "answered": ~Q(answer=""), "gone": Q(gone_on__isnull=False),
    "followed": Q(followed_on__isnull=False),
}  # fmt: skip
BROUGHT = [answer.value for answer in FOLLOWED.values()]


def findings(
    keys: Iterable[str], *, search: str = "", side: str = "", state: str = "", answer: str = "", area: str = "",
    words: str = "", first: date | None = None, last: date | None = None,
) -> QuerySet[Finding]:  # fmt: skip
    """Findings of these comparisons in the present scope, the newest first; ``words`` is the beginning of a name."""
    wanted = [key for key in keys if search in ("", key) and side in ("", searches()[key].side.value)]
    rows = Finding.objects.select_related("person", "household", "answered_by").filter(search__in=wanted)
    rows = rows.filter(STATES.get(state, Q()), **({"answer": answer} if answer else {}))
    if area:
        scope = scope_of(area)
        rows = rows.filter(area__gte=scope.lo, area__lt=scope.hi)
    if words:
        rows = rows.filter(person__name__gte=words, person__name__lt=words[:-1] + chr(ord(words[-1]) + 1))
    days = {"found_on__gte": first, "found_on__lte": last}
    return rows.filter(**{key: day for key, day in days.items() if day}).order_by("-found_on", "-id")


def finding(finding_id: int, keys: Iterable[str]) -> Finding:
    """The finding with this id; Refused when there is none in the present scope for this reader."""
    one = findings(keys).filter(pk=finding_id).first()
    if one is None:
        raise Refused("没有这条线索，或它不在本辖区内。")
    return one


@dataclass(frozen=True)
class Tally:
    """How many were found in a span of days, wait, were visited, took up what was offered, and came true since."""

    found: int
    waiting: int
    visited: int
    taken_up: int
    followed: int


def tally(rows: QuerySet[Finding]) -> Tally:
    """The findings of a list in numbers, in one query."""
    counts = rows.order_by().aggregate(
        found=Count("pk"), waiting=Count("pk", filter=STATES["open"]), visited=Count("pk", filter=STATES["answered"]),
        taken_up=Count("pk", filter=Q(answer__in=BROUGHT)), followed=Count("pk", filter=STATES["followed"]),
    )  # fmt: skip
    return Tally(**counts)


def counted(group: str, side: Side, what: str, first: date, last: date) -> QuerySet[Finding]:
    """The rows behind a figure: found, visited, taken up or followed (helped, ended) on a day of first … last."""
    keys = [key for key, one in searches().items() if one.group == group and one.side is side]
    day = {"found": "found_on", "followed": "followed_on"}.get(what, "visited_on")
    words: dict[str, Any] = {f"{day}__gte": first, f"{day}__lte": last}
    if what == "taken_up":
        words["answer"] = FOLLOWED[side].value
    return Finding.objects.filter(search__in=keys, **words)
