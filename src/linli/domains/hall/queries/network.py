"""The three-level network by its registers: communities with both centres, opinions of a month by topic and source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from linli.base.areas import scope_of
from linli.base.days import month_range
from linli.domains.hall.books import HALL_BOOK, OPINION_BOOK
from linli.domains.hall.rules.network import ADMINISTRATIVE, LIVING, HallKind, HallState, OpinionResult, Source, Topic
from linli.kernel.records.queries import standing


def both_centres(on: date) -> Any:
    """The living-service centres of communities that have an administrative one, too (双中心)."""
    halls: Any = standing(HALL_BOOK, on)
    used = halls.filter(f_state="used")
    return used.filter(f_kind=LIVING, area__in=used.filter(f_kind=ADMINISTRATIVE).order_by().values("area"))


def halls_in_use(on: date) -> dict[str, tuple[date, date | None]]:
    """The areas with a hall in use, each with its first day and the day after the last; closed ones stay known for a year."""
    halls: Any = standing(HALL_BOOK)
    rows = halls.filter(f_state=HallState.USED.value, day__lte=on).exclude(f_kind__in=[LIVING, HallKind.HELP.value])
    found: dict[str, tuple[date, date | None]] = {}
    for area, since, until in rows.order_by("day", "id").values_list("area", "day", "until"):
        first, last = found.get(area, (since, until))
        found[area] = (first, None if last is None or until is None else max(last, until))
    return {area: days for area, days in found.items() if days[1] is None or days[1] > on - timedelta(days=365)}


@dataclass(frozen=True, slots=True)
class TopicLine:
    """One topic of the month: how many opinions by each source, and how many are settled."""

    zh: str
    by_source: tuple[int, ...]
    settled: int

    @property
    def total(self) -> int:
        """All opinions on this topic."""
        return sum(self.by_source)


def opinions_of(month: date, area: str) -> list[TopicLine]:
    """The opinions of a month in an area by topic and source, and a last line with the sums."""
    first, after = month_range(month.year, month.month)
    scope = scope_of(area)
    opinions: Any = standing(OPINION_BOOK)
    rows = opinions.filter(day__gte=first, day__lt=after, area__gte=scope.lo, area__lt=scope.hi)
    settled = Count("pk", filter=Q(f_result=OpinionResult.SETTLED.value))
    counted = rows.order_by().values_list("f_topic", "f_source").annotate(count=Count("pk"), settled=settled)
    found = {(topic, source): (count, done) for topic, source, count, done in counted}
    lines = [
        TopicLine(
            topic.zh, tuple(found.get((topic.value, source.value), (0, 0))[0] for source in Source),
            sum(found.get((topic.value, source.value), (0, 0))[1] for source in Source),
        )
        for topic in Topic
    ]  # fmt: skip
    sums = tuple(map(sum, zip(*(line.by_source for line in lines), strict=True)))
    return [*lines, TopicLine("合计", sums, sum(line.settled for line in lines))]
