"""Who should serve a household, and why: points over item, area, price, satisfaction and load, told with each proposal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from linli.base.days import SHANGHAI, WorkCalendar
from linli.base.money import show_yuan

HERE, TOWN, WIDE, AWAKE, LOADED, ABSENT = 30, 20, 10, 10, 2, 15
PRICE, CONTENT = 30, 40
ENOUGH = 3
"""With fewer grades the share of content callers says nothing yet: such a provider stands in the middle."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item of a provider at a place: fen for one measure, and how the provider does.

    ``near``: 2 the very community, 1 the town, 0 the whole district. ``graded``, ``content``: calls back with a grade, and good
    ones among them, lately; ``load``: orders in hand; ``absent``: orders lately that it did not sign for or did not come to.
    """

    offer: int
    provider: int
    desk: int
    name: str
    item: str
    measure: str
    price: int
    near: int
    opens: time | None
    closes: time | None
    weekends: bool
    load: int
    graded: int
    content: int
    absent: int
    trial: bool

    def on_duty(self, at: datetime, calendar: WorkCalendar) -> bool:
        """Whether it serves at this moment; without hours day and night."""
        if self.opens is None or self.closes is None:
            return True
        here = at.astimezone(SHANGHAI)
        return (self.weekends or calendar.is_working(here.date())) and self.opens <= here.time() < self.closes


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate with its points and the reasons for them."""

    one: Candidate
    points: int
    reasons: tuple[str, ...]


def choose(candidates: Iterable[Candidate], at: datetime, calendar: WorkCalendar) -> list[Choice]:
    """All who may serve, best first; of equals the cheaper, then the one that has been there longer."""
    known = list(candidates)
    lowest: dict[str, int] = {}
    for one in known:
        lowest[one.measure] = min(one.price, lowest.get(one.measure, one.price))
    judged = [_judged(one, lowest[one.measure], at, calendar) for one in known]
    return sorted(judged, key=lambda each: (-each.points, each.one.price, each.one.provider, each.one.offer))


def _judged(one: Candidate, lowest: int, at: datetime, calendar: WorkCalendar) -> Choice:
    points = (WIDE, TOWN, HERE)[one.near]
    reasons = [("服务全区", "服务本镇街", "服务本社区（村）")[one.near]]
    points += PRICE * lowest // one.price if one.price else PRICE
    reasons.append(f"{show_yuan(one.price)}元/{one.measure}" + ("，同类最低" if one.price == lowest else ""))
    if one.graded >= ENOUGH:
        points += CONTENT * one.content // one.graded
        reasons.append(f"近半年{one.graded}次回访，满意{one.content}次")
    else:
        points += CONTENT // 2
        reasons.append("回访还少，暂按中等计")
    if one.on_duty(at, calendar):
        points += AWAKE
    else:
        reasons.append("现在不在服务时间")
    points -= LOADED * min(one.load, 15)
    reasons.append(f"在办{one.load}件" if one.load else "手头没有在办")
    if one.absent:
        points -= ABSENT * min(one.absent, 3)
        reasons.append(f"近期{one.absent}次没有按时签收或上门")
    if one.trial:
        reasons.append("试用期")
    return Choice(one, points, tuple(reasons))
