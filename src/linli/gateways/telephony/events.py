"""What a telephone exchange tells a call centre, call by call."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LONGEST_ID = 128
_DIGITS = re.compile(r"[^0-9*#]")


class Happened(StrEnum):
    RINGING = "ringing"
    ANSWERED = "answered"
    TRANSFERRED = "transferred"
    ENDED = "ended"


class Ending(StrEnum):
    """Why a call ended. Abandoned: the caller hung up before anybody answered; that caller is to be called back."""

    NORMAL = "normal"
    ABANDONED = "abandoned"
    BUSY = "busy"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CallEvent:
    """Something that happened to a call. The same event may be told twice; ``call`` and ``what`` tell them apart."""

    call: str
    what: Happened
    at: datetime
    number: str = ""
    """The caller's number, digits only; empty where it is withheld."""
    dialled: str = ""
    desk: str = ""
    """The extension that answered, or to which the call was handed on."""
    ending: Ending | None = None
    recording: str = ""
    """The exchange's reference to the recording; empty where none was made."""

    def __post_init__(self) -> None:
        if not self.call or len(self.call) > LONGEST_ID:
            raise ValueError("a call has an id of at most 128 characters")
        if self.at.tzinfo is None:
            raise ValueError("a moment is aware of its zone")
        if (self.what is Happened.ENDED) != (self.ending is not None):
            raise ValueError("an end, and only an end, says how")


def clean_number(said: str) -> str:
    """The digits of a caller's number as exchanges write it: ``+86 632-7711234``, ``sip:13806321234@10.0.0.1``.

    Empty for a number that is withheld (anonymous, restricted) or that is no number.
    """
    text = said.strip().removeprefix("<").removesuffix(">")
    text = re.sub(r"^(sips?|tel):", "", text, flags=re.IGNORECASE).split("@")[0].split(";")[0]
    if re.search(r"[A-Za-z]", text):
        return ""
    text = re.sub(r"^(\+|00)86", "", re.sub(r"[\s()-]", "", text))
    return _DIGITS.sub("", text)[:20]
