"""What is given in things: schemes for every room, and how far one has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

CARDS = "charity.chao_shi"
"""The purpose in the books whose payment orders are handed over as cards (慈善超市救助卡)."""

HOMES = "provision.homes"
"""The purpose in the books of what is bought for the homes (银屏惠老)."""
HOMES_ZH = "银屏惠老"


@dataclass(frozen=True, slots=True)
class RoomFact:
    """A room with its home: ids, names, where it is."""

    room: int
    name: str
    home: int
    home_name: str
    area: str


@dataclass(frozen=True, slots=True)
class HomeLine:
    """One home in a scheme: its rooms, and how many of them have their piece."""

    home: int
    name: str
    area: str
    rooms: int
    covered: int

    @property
    def without(self) -> int:
        return self.rooms - self.covered


def home_lines(rooms: Iterable[RoomFact], furnished: Mapping[int, int]) -> list[HomeLine]:
    """Home by home how many rooms there are and how many have their piece, in the order of the rooms."""
    lines: dict[int, HomeLine] = {}
    for room in rooms:
        line = lines.get(room.home) or HomeLine(room.home, room.home_name, room.area, 0, 0)
        has = 1 if furnished.get(room.room) else 0
        lines[room.home] = HomeLine(line.home, line.name, line.area, line.rooms + 1, line.covered + has)
    return list(lines.values())


def days_words(due_on: date, on: date, without: int) -> str:
    """How the scheme stands on a day, in words: done, so many days left, or overdue."""
    if not without:
        return "全部配备"
    left = (due_on - on).days
    return f"距期限还有{left}天" if left >= 0 else f"已超过期限{-left}天"
