"""Events that an exchange pushes over HTTP, in the shape that many exchanges already speak (newCall, answer, hangup)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from linli.gateways.telephony.events import LONGEST_ID, CallEvent, Ending, Happened, clean_number

_WHAT = {"newCall": Happened.RINGING, "answer": Happened.ANSWERED, "transfer": Happened.TRANSFERRED, "hangup": Happened.ENDED}
_ABANDONED = {"cancel", "noAnswer", "notFound"}
_ENDINGS = {"busy": Ending.BUSY, "congestion": Ending.FAILED, "normalClearing": Ending.NORMAL}


class Unreadable(ValueError):
    """What was pushed is no event; the words are for the log of whoever runs the exchange."""


def read_push(said: Mapping[str, str], *, at: datetime) -> CallEvent | None:
    """The event of a push (fields event, callId, direction, from, to, user, cause), as of the moment it came in.

    None for calls that go out. ``at`` is the moment of its arrival, for the push carries none.

    :raises Unreadable: an unknown event, or no id.
    """
    what = _WHAT.get(said.get("event", ""))
    call = said.get("callId", "").strip()
    if what is None:
        raise Unreadable("event: newCall, answer, transfer or hangup")
    desk = said.get("answeringNumber") or said.get("user") or ""
    if not call or len(call) > LONGEST_ID or not f"{call}{desk}".isprintable():  # no table holds a NUL or half a character
        raise Unreadable("callId: 1 to 128 printable characters")
    if said.get("direction", "in") != "in":
        return None
    cause = said.get("cause", "")
    ending = None
    if what is Happened.ENDED:
        ending = Ending.ABANDONED if cause in _ABANDONED else _ENDINGS.get(cause, Ending.NORMAL)
    return CallEvent(call, what, at, clean_number(said.get("from", "")), clean_number(said.get("to", "")), desk[:40], ending)
