"""To which desk an order should go, and why: a plain function over the candidates, whose reasons are kept with the order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from linli.base.areas import prefix_of
from linli.base.days import SHANGHAI, WorkCalendar
from linli.kernel.orders.rules.words import DeskKind, Lane

AREA, TOWN, WIDE = 30, 20, 10
KIND, NAMED, AWAKE, LOADED, RETURNED = 40, 15, 25, 1, 20
NOBODY = "没有其他单位符合类别、辖区和值班要求，由区级中心兜底"
UNNAMED = "还没有登记被投诉的单位，先由区级中心承办；登记以后再交由其他单位"
MOST_LOAD = 40
"""More than so many in hand weigh no more, and are not counted (sql/10_orders.sql)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A desk that may take the order: its place and reach, what it does, when it is open, how much waits, what it gave back.

    ``near``: 2 the very place, 1 the town above it, 0 the whole district. ``named``: digits of its own category that the order's
    code begins with (0: it takes every kind). ``returned``: orders of this kind that were rightly given back lately.
    """

    desk: int
    zh: str
    kind: DeskKind
    area: str
    near: int
    named: int
    opens: time | None
    closes: time | None
    weekends: bool
    load: int
    returned: int
    fallback: bool = False

    def on_duty(self, at: datetime, calendar: WorkCalendar) -> bool:
        """Whether somebody is there at this moment; a desk without hours is open day and night."""
        if self.opens is None or self.closes is None:
            return True
        here = at.astimezone(SHANGHAI)
        return (self.weekends or calendar.is_working(here.date())) and self.opens <= here.time() < self.closes


@dataclass(frozen=True, slots=True)
class Need:
    """What is to be settled: the usual kind of desk, how urgent, when it came; ``about``: the seat that is complained of;
    ``unnamed``: some office is, and nobody has entered which.
    """

    desk_kind: DeskKind
    lane: Lane
    at: datetime
    about: str = ""
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """A desk with its points and the reasons for them."""

    desk: int
    zh: str
    area: str
    points: int
    reasons: tuple[str, ...]
    fallback: bool = False


def apart(seat: str, about: str) -> bool:
    """Whether a desk at this seat may handle a complaint about one at that seat: it is not the same body, nor below it.

    What lies below a seat is seen from it, so a street can neither handle nor see a complaint about itself at its community.
    Everything lies below the district: there another seat is enough, and the content is kept from it by names.
    """
    if not about:
        return True
    return seat != about if about.endswith("000000") else not seat.startswith(prefix_of(about))


def propose(candidates: Iterable[Candidate], need: Need, calendar: WorkCalendar) -> list[Ranked]:
    """The desks that may take it, best first. Nobody else: the district's own desk, which always may.

    The body that is complained of is never among them; as long as nobody knows which it is, the district alone is sure to be
    another. In the fast lanes a desk where nobody is there now is left out.
    """
    known = [one for one in candidates if apart(one.area, need.about)]
    able = [one for one in known if not one.fallback and not need.unnamed and _there(one, need, calendar)]
    ranked = sorted((_judged(one, need, calendar) for one in able), key=lambda one: (-one.points, one.desk))
    why = "区级中心，其他单位都不接时兜底" if ranked else UNNAMED if need.unnamed else NOBODY
    return ranked + [Ranked(one.desk, one.zh, one.area, 0, (why,), True) for one in known if one.fallback]


def _there(one: Candidate, need: Need, calendar: WorkCalendar) -> bool:
    return need.lane is Lane.ORDINARY or one.on_duty(need.at, calendar)


def _judged(one: Candidate, need: Need, calendar: WorkCalendar) -> Ranked:
    points, reasons = _place(one)
    if one.kind is need.desk_kind:
        points += KIND
        reasons.append(f"这类事项通常由{one.kind.zh}承办")
    if one.named:
        points += NAMED * one.named // 2
        reasons.append("职责清单列有这类事项")
    if one.on_duty(need.at, calendar):
        points += AWAKE
        reasons.append("现在有人值班")
    else:
        reasons.append("现在不在值班时间，上班后签收")
    points -= LOADED * min(one.load, MOST_LOAD)
    reasons.append(_busy(one.load))
    if one.returned:
        points -= RETURNED * min(one.returned, 3)
        reasons.append(f"近期退回过同类工单{one.returned}件")
    return Ranked(one.desk, one.zh, one.area, points, tuple(reasons))


def _busy(load: int) -> str:
    if load > MOST_LOAD:
        return f"在办{MOST_LOAD}件以上"
    return f"在办{load}件" if load else "手头没有在办工单"


def _place(one: Candidate) -> tuple[int, list[str]]:
    if one.near == 2:
        return AREA, ["事发地就在本辖区"]
    if one.near == 1:
        return TOWN, ["事发地在本镇街辖区"]
    return WIDE, ["承办全区的这类事项"]


def explained(ranked: list[Ranked], chosen: int, most: int = 5) -> list[dict[str, object]]:
    """The proposal as it is kept: the first few and the chosen one, each with its points and reasons."""
    kept = [one for rank, one in enumerate(ranked) if rank < most or one.desk == chosen]
    return [
        {"desk": one.desk, "zh": one.zh, "points": one.points, "reasons": list(one.reasons), "chosen": one.desk == chosen}
        for one in kept
    ]
