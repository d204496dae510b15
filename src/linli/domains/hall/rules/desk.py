"""Words of the counter, of agents, tickets, appointments and judgements, with their pure rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from linli.base.areas import Level, level_of
from linli.base.days import Term, WorkCalendar
from linli.base.named import Named
from linli.base.text import plain
from linli.domains.hall.rules.catalogue import Item

GROUP = "hall"
PASS_UP = Term("working", 2)
"""How long a counter may keep what the next one has to go on with."""
MARK = "Y"
"""Before the number of an appointment, so that nobody takes it for a receipt."""


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


def ticket_label(letter: str, number: int) -> str:
    """What stands on the ticket: A012."""
    return f"{letter}{number:03d}"


def promise_at(item: Item, level: Level) -> Term:
    """The promise of a counter of this level: what it has to pass up takes the days of both counters, within those of the law."""
    if not item.spot or level <= item.decided:
        return item.promised
    days = PASS_UP.n + max(1, item.promised.n)
    return Term("working", min(days, item.legal.n) if item.legal.kind == "working" else days)


def time_at(item: Item, level: Level) -> str:
    """This promise in words."""
    term = promise_at(item, level)
    return "当场办结" if item.spot and not term.n else term.zh


def times_of(item: Item) -> str:
    """The promise in words for who can still choose the counter: 镇街当场办结，村居受理的3个工作日."""
    times: dict[str, list[str]] = {}
    for level in sorted(item.taken):
        times.setdefault(time_at(item, level), []).append(level.zh)
    if len(times) < 2:
        return next(iter(times))
    return "，".join(f"{'、'.join(levels)}{'' if time == '当场办结' else '受理的'}{time}" for time, levels in times.items())


def promised_on(item: Item, on: date, calendar: WorkCalendar, level: Level) -> date:
    """The last day of the promise for what a counter of this level takes on this day."""
    return promise_at(item, level).due(on, calendar, roll=True).day


def promised_after(item: Item, promised: date, asked: date, brought: date, calendar: WorkCalendar) -> date:
    """The last day of a promise whose time stood still from the day papers were asked for until they were brought."""
    if item.promised.kind == "working":
        return calendar.add_working_days(promised, calendar.working_days_between(asked, brought)).day
    return calendar.next_working_day(promised + (brought - asked)).day


def offered(items: Iterable[Item], hall: str) -> tuple[Item, ...]:
    """The items that the counters of this hall take."""
    level = level_of(hall)
    return tuple(item for item in items if item.taken_at(Level(level)))


def fits(item: Item, words: str) -> bool:
    """Whether an item is meant by these words: pieces of its text, its code, or the first letters of its name."""
    text, letters = item.words, item.initials
    return all(word in text or word in letters for word in words.casefold().split())


def appointment_number(key: int) -> str:
    """The number of an appointment as it is told: Y0000123."""
    return f"{MARK}{key:07d}"


def appointment_key(typed: str) -> int | None:
    """What an appointment number stands for, however it was typed; None where it is none."""
    digits = plain(typed).upper().removeprefix(MARK).replace("-", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 12 else None
