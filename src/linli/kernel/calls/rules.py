"""What is known of a call, whatever order its events come in; and what an operator may ask of the exchange."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from linli.base.named import Named

SHOWN = 12
"""Ringing calls that one console lists at once, the longest waiting first; further ones follow as these are taken."""
COMMAND_WAITS = timedelta(seconds=8)
"""For so long a command is carried out; later it is void, for the operator has done something else by then."""
RINGS_AT_MOST, TALKS_AT_MOST = timedelta(minutes=10), timedelta(hours=4)
"""A call whose end was never told is ended after so long."""
LONGEST_EXTENSION = 10


class State(Named):
    """How a call stands."""

    RINGING = "ringing", "振铃"
    TALKING = "talking", "通话中"
    ENDED = "ended", "已结束"


LIVE = (State.RINGING, State.TALKING)


class Direction(Named):
    """Whether somebody called us or we called."""

    IN = "in", "来电"
    OUT = "out", "去电"


class CallEnding(Named):
    """How a call ended. Lost: nobody ever told us its end."""

    NORMAL = "normal", "正常结束"
    ABANDONED = "abandoned", "来电人挂断"
    BUSY = "busy", "占线"
    FAILED = "failed", "线路故障"
    LOST = "lost", "没有收到结束信号"


class FollowUp(Named):
    """What a missed call asks for. Joined: an earlier missed call of the same number waits already, one answer is enough."""

    NONE = "none", "无"
    DUE = "due", "待回电"
    JOINED = "joined", "并入前次"
    DONE = "done", "已回电"


class Wish(Named):
    """What an operator asks of the exchange."""

    ANSWER = "answer", "接听"
    TRANSFER = "transfer", "转接"
    HANG_UP = "hang_up", "挂断"
    DIAL = "dial", "拨打"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that the exchange tells of a call: ``what`` is ringing, answered, transferred or ended."""

    what: str
    at: datetime
    number: str = ""
    dialled: str = ""
    extension: str = ""
    ending: str = ""
    recording: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a call so far."""

    number: str = ""
    dialled: str = ""
    extension: str = ""
    rang_at: datetime | None = None
    answered_at: datetime | None = None
    handed_at: datetime | None = None
    ended_at: datetime | None = None
    ending: str = ""
    recording: str = ""

    @property
    def state(self) -> State:
        if self.ended_at is not None:
            return State.ENDED
        return State.TALKING if self.answered_at or self.handed_at else State.RINGING

    @property
    def missed(self) -> bool:
        """It ended, and nobody had answered."""
        return self.ended_at is not None and self.answered_at is None and self.handed_at is None


def heard(known: Known, told: Told) -> Known:
    """What is known after one more event; the same event again changes nothing, and the order makes no difference.

    The last transfer says who has the call, else the answer, else whom it rings for; each moment is the earliest told.
    """
    found = replace(
        known, number=known.number or told.number, dialled=known.dialled or told.dialled,
        recording=known.recording or told.recording,
    )  # fmt: skip
    if told.what == "ringing":
        own = told.extension if not (known.answered_at or known.handed_at) else ""
        return replace(found, rang_at=_first(known.rang_at, told.at), extension=own or known.extension)
    if told.what == "answered":
        own = known.extension if known.handed_at else told.extension or known.extension
        return replace(found, answered_at=_first(known.answered_at, told.at), extension=own)
    if told.what == "transferred":
        newest = known.handed_at is None or told.at >= known.handed_at
        own = told.extension if newest and told.extension else known.extension
        return replace(found, handed_at=told.at if newest else known.handed_at, extension=own)
    if known.ended_at is not None and known.ended_at <= told.at:
        return found
    return replace(found, ended_at=told.at, ending=told.ending)


def _first(known: datetime | None, at: datetime) -> datetime:
    return at if known is None else min(known, at)


def fault_of_extension(number: str) -> str:
    """What is wrong with the number of an extension, in words; empty when nothing is."""
    fits = number.isascii() and number.isdigit() and 2 <= len(number) <= LONGEST_EXTENSION
    return "" if fits else "分机号是2到10位数字，请照话机上的标签填写。"
