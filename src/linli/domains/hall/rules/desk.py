"""Words of the counter, of agents, tickets, appointments and judgements, with their pure rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from linli.base.areas import Level, level_of
from linli.base.days import WorkCalendar
from linli.base.named import Named
from linli.domains.hall.rules.catalogue import Item

MOST_ON_SCREEN = 6
GROUP = "hall"


class Channel(Named):
    """How a request came to the hall."""

    COUNTER = "counter", "窗口"
    VISIT = "visit", "上门"
    PHONE = "phone", "电话"


class Act(Named):
    """What an agent may do in somebody's name."""

    SUBMIT = "submit", "递交和补正材料"
    FOLLOW = "follow", "跟进每一环节的办理"
    NOTICES = "notices", "接收通知"
    RESULT = "result", "领取并送达结果"


class Stage(Named):
    """When a resident is asked for a judgement."""

    TAKEN = "taken", "受理"
    CLOSED = "closed", "办结"


class Grade(Named):
    """The five grades of 好差评."""

    VERY_GOOD = "5", "非常满意"
    GOOD = "4", "满意"
    FAIR = "3", "基本满意"
    BAD = "2", "不满意"
    VERY_BAD = "1", "非常不满意"


POOR = frozenset({Grade.BAD, Grade.VERY_BAD})
"""Grades after which somebody else calls the resident back."""


class TicketState(Named):
    """How a ticket stands."""

    WAITING = "waiting", "等候"
    CALLED = "called", "正在办理"
    DONE = "done", "已办理"
    SKIPPED = "skipped", "过号"


class AppointmentState(Named):
    """How an appointment stands."""

    BOOKED = "booked", "已预约"
    ARRIVED = "arrived", "已到场"
    MISSED = "missed", "未到"
    CANCELLED = "cancelled", "已取消"


class Told(Named):
    """How a resident was told."""

    COUNTER = "counter", "当面"
    PHONE = "phone", "电话"
    VISIT = "visit", "上门"
    PAPER = "paper", "书面"


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of appointments: minutes since midnight, how many may come, how many are booked."""

    start: int
    places: int
    booked: int = 0

    @property
    def free(self) -> int:
        """How many can still come."""
        return max(0, self.places - self.booked)

    @property
    def zh(self) -> str:
        """The time as people say it: 09:30."""
        return clock(self.start)


def clock(minutes: int) -> str:
    """Minutes since midnight as 09:30."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def slots(first: int, last: int, length: int, places: int, booked: dict[int, int]) -> tuple[Slot, ...]:
    """The slots of a day from the first to the last beginning, both included."""
    return tuple(Slot(start, places, booked.get(start, 0)) for start in range(first, last + 1, length))


def ticket_label(letter: str, number: int) -> str:
    """What stands on the ticket: A012."""
    return f"{letter}{number:03d}"


def promised_on(item: Item, on: date, calendar: WorkCalendar) -> date:
    """The last day of the promise for what is taken on this day."""
    return item.promised.due(on, calendar, roll=True).day


def offered(items: Iterable[Item], hall: str) -> tuple[Item, ...]:
    """The items that the counters of this hall take."""
    level = level_of(hall)
    return tuple(item for item in items if item.taken_at(Level(level)))


def fits(item: Item, words: str) -> bool:
    """Whether an item is meant by these words: pieces of its text, its code, or the first letters of its name."""
    text, letters = item.words, item.initials
    return all(word in text or word in letters for word in words.casefold().split())
