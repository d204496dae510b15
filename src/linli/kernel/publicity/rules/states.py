"""States of notices and objections, and when a case may go on after its notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.base.named import Named


class NoticeState(Named):
    """Where a notice stands. Only an ``UP`` notice is public."""

    DRAFT = "draft", "拟稿"
    UP = "up", "公示中"
    DOWN = "down", "已撤下"
    WITHDRAWN = "withdrawn", "已撤回"


class ObjectionState(Named):
    """Where an objection stands. Received and accepted ones are open: they hold the case."""

    RECEIVED = "received", "待处理"
    ACCEPTED = "accepted", "核查中"
    DISMISSED = "dismissed", "不予受理"
    ANSWERED = "answered", "已答复"


OPEN = (ObjectionState.RECEIVED, ObjectionState.ACCEPTED)


class MessageKind(Named):
    """What a resident sends: an objection, which holds the case, or an enquiry, which does not."""

    OBJECTION = "objection", "异议"
    ENQUIRY = "enquiry", "咨询"


_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # can be read out: no I, O, 0 or 1
RECEIPT = rf"^[{_SIGNS}]{{10}}$"


def receipt_of(digest: bytes) -> str:
    """The receipt number (回执号) that these random or hashed bytes stand for: ten signs, 50 bits."""
    return "".join(_SIGNS[byte % len(_SIGNS)] for byte in digest[-10:])


class Channel(Named):
    """How it came in."""

    SITE = "site", "网站"
    COUNTER = "counter", "窗口"
    PHONE = "phone", "电话"
    LETTER = "letter", "来信"


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


def case_ref(kind: str, case_id: int) -> str:
    """How a notice of this kind names a case of kernel/cases."""
    return f"{kind}:{case_id}"


def case_id_of(reference: str) -> int:
    """The case that :func:`case_ref` named."""
    return int(reference.rsplit(":", 1)[1])


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
