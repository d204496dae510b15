"""States of notices and objections, and when a case may go on after its notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class NoticeState(StrEnum):
    """Where a notice stands. Only an ``UP`` notice is public."""

    DRAFT = "draft"
    UP = "up"
    DOWN = "down"
    WITHDRAWN = "withdrawn"

    @property
    def zh(self) -> str:
        """The state's Chinese name."""
        return {"draft": "拟稿", "up": "公示中", "down": "已撤下", "withdrawn": "已撤回"}[self.value]


class ObjectionState(StrEnum):
    """Where an objection stands. Received and accepted ones are open: they hold the case."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    ANSWERED = "answered"

    @property
    def zh(self) -> str:
        """The state's Chinese name."""
        return {"received": "待处理", "accepted": "核查中", "dismissed": "不予受理", "answered": "已答复"}[self.value]


OPEN = (ObjectionState.RECEIVED, ObjectionState.ACCEPTED)


class MessageKind(StrEnum):
    """What a resident sends: an objection, which holds the case, or an enquiry, which does not."""

    OBJECTION = "objection"
    ENQUIRY = "enquiry"

    @property
    def zh(self) -> str:
        """The kind's Chinese name."""
        return {"objection": "异议", "enquiry": "咨询"}[self.value]


_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # can be read out: no I, O, 0 or 1
RECEIPT = rf"^[{_SIGNS}]{{10}}$"


def receipt_of(digest: bytes) -> str:
    """The receipt number (回执号) that these random or hashed bytes stand for: ten signs, 50 bits."""
    return "".join(_SIGNS[byte % len(_SIGNS)] for byte in digest[-10:])


class Channel(StrEnum):
    """How it came in."""

    SITE = "site"
    COUNTER = "counter"
    PHONE = "phone"
    LETTER = "letter"

    @property
    def zh(self) -> str:
        """The channel's Chinese name."""
        return {"site": "网站", "counter": "窗口", "phone": "电话", "letter": "来信"}[self.value]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands with its latest notice on a day.

    ``until`` is the last day on show (inclusive). ``open`` counts what is still to be answered, messages in the public
    inbox included; ``upheld`` says that an objection was found to be right, so the case must be shown anew.
    """

    case: str
    notice: int | None = None
    until: date | None = None
    on: date | None = None
    open: int = 0
    upheld: bool = False

    @property
    def passed(self) -> bool:
        """Whether the case may go on: the days are over, nothing is open, nothing was upheld."""
        return self.until is not None and self.on is not None and self.on > self.until and not self.open and not self.upheld


@dataclass(frozen=True, slots=True)
class NoticeEvent:
    """What a domain's listener is told when a notice goes up, gets more days, is withdrawn or comes down.

    ``until`` is the last day on show as it stands now. An ``UP`` event of a notice that was up already is an extension.
    """

    notice: int
    number: str
    kind: str
    cases: tuple[str, ...]
    state: NoticeState
    until: date


@dataclass(frozen=True, slots=True)
class ObjectionEvent:
    """What a domain's listener is told when an objection changes its state.

    ``cases`` are the cases that it concerns: one, or all of the notice when it was raised against the whole of it.
    """

    objection: int
    notice: int
    kind: str
    cases: tuple[str, ...]
    state: ObjectionState
    upheld: bool = False
