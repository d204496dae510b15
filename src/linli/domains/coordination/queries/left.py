"""Children, old people and women who were left behind: what was delivered to each of them (LEFT-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from linli.domains.coordination.queries.reach import reached_in
from linli.domains.coordination.rules import LEFT_BEHIND
from linli.kernel.deliveries.queries import given
from linli.kernel.deliveries.rules import Help
from linli.kernel.registry.queries import at_home, households_of, people_list, people_recognised, recognised


@dataclass(frozen=True)
class LeftRow:
    """One of them, and what reached them or their family in a period: fen by help, how often, when last."""

    person: Any
    left: str
    household: int | None
    money: int
    health: int
    times: int
    last: date | None

    @property
    def pk(self) -> int:
        return int(self.person.pk)

    @property
    def delivered(self) -> bool:
        return self.times > 0


def left_behind(on: date) -> QuerySet[Any]:
    """Everybody left behind on a day; ``left`` is the group, of several the first."""
    kinds = [When(pk__in=recognised([kind], on).order_by().values("whose"), then=Value(kind)) for kind in LEFT_BEHIND]
    found: QuerySet[Any] = people_recognised(LEFT_BEHIND, on).annotate(
        left=Case(*kinds, default=Value(""), output_field=CharField())
    )
    return found


def left_helped(first: date, last: date) -> QuerySet[Any]:
    """Those of them who received something in these days, in person or as one of a family."""
    return left_behind(last).filter(reached_in(first, last))


def to_left_behind(first: date, last: date, kind: str = "") -> QuerySet[Any]:
    """Aid of these days that went to somebody left behind on the last of them, or to the family of one."""
    held = recognised([kind] if kind else list(LEFT_BEHIND), last).order_by()
    homes = at_home(held, last).values("home")
    return given(first, last).filter(Q(whose__in=held.values("whose")) | Q(household__in=homes))


def left_rows(
    first: date, last: date, *, name: str = "", left: str = "", delivered: str = "", area: str = ""
) -> list[LeftRow]:
    """Each of them by community and name with what was delivered; a handful of queries, however many they are."""
    wanted = people_list(on=last, area=area, name=name).order_by().values("pk")
    people = list(left_behind(last).filter(pk__in=wanted).order_by("area", "sort_key", "id"))
    homes = households_of([one.pk for one in people], last)
    own, shared = _sums(first, last)
    rows = [_row(one, homes.get(one.pk), own, shared) for one in people]
    kept = [row for row in rows if left in ("", row.left)]
    return [row for row in kept if delivered == "" or row.delivered == (delivered == "yes")]


Sums = dict[int, tuple[int, int, int, date]]


def _sums(first: date, last: date) -> tuple[Sums, Sums]:
    """What went to each family, and to each person where no family is named: money, money for health, times, last day."""
    rows = to_left_behind(first, last).order_by().values("whose", "household").annotate(
        money=Coalesce(Sum("amount"), 0), health=Coalesce(Sum("amount", filter=Q(help=Help.MEDICAL.value)), 0),
        times=Count("pk"), last=Max("day"),
    )  # fmt: skip
    own: Sums = {}
    shared: Sums = {}
    for row in rows:
        into, key = (own, row["whose"]) if row["household"] is None else (shared, row["household"])
        into[key] = _joined(into.get(key), (row["money"], row["health"], row["times"], row["last"]))
    return own, shared


def _joined(one: tuple[int, int, int, date] | None, other: tuple[int, int, int, date]) -> tuple[int, int, int, date]:
    if one is None:
        return other
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], max(one[3], other[3])


def _row(person: Any, home: int | None, own: Sums, shared: Sums) -> LeftRow:
    parts = [sums for sums in (own.get(person.pk), shared.get(home) if home else None) if sums is not None]
    return LeftRow(
        person, person.left, home, sum(one[0] for one in parts), sum(one[1] for one in parts), sum(one[2] for one in parts),
        max((one[3] for one in parts), default=None),
    )
