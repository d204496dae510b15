"""Calls for tests and the demo, as an exchange would tell them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from linli.gateways.telephony import CallEvent, Ending, Happened
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Actor
from linli.kernel.access.samples import DISTRICT
from linli.kernel.calls import actions
from linli.kernel.calls.queries import call_by_id


def machine(area: str = DISTRICT) -> Actor:
    """Whoever writes calls down."""
    return machine_actor("calls.hear", area)


def told(key: str, what: str, at: datetime, number: str = "13805471234", desk: str = "", **more: Any) -> Any:
    """The exchange tells something of a call; how it stands then."""
    if what == "ended":
        more.setdefault("ending", Ending.NORMAL)
    return actions.hear(by=machine(), event=CallEvent(key, Happened(what), at, number, "96777", desk, **more))


def make_call(key: str, at: datetime, number: str = "13805471234", *, desk: str = "", seconds: int = 90) -> Any:
    """A whole call: answered at ``desk`` and recorded, or missed where none is given."""
    told(key, "ringing", at, number)
    if not desk:
        return told(key, "ended", at + timedelta(seconds=20), number, ending=Ending.ABANDONED)
    told(key, "answered", at + timedelta(seconds=6), number, desk)
    return told(key, "ended", at + timedelta(seconds=6 + seconds), number, desk, recording=f"rec/{key}")


def make_call_files(operator: Actor, at: datetime, mark: str) -> list[Any]:
    """An operator at a telephone with one call that was answered, one that was missed, and one that rings."""
    actions.sign_on(by=operator, at=at, number=f"80{mark}")
    answered = make_call(f"{mark}-1", at, f"1380540{mark}101"[:11], desk=f"80{mark}")
    missed = make_call(f"{mark}-2", at, f"1380540{mark}102"[:11])
    ringing = told(f"{mark}-3", "ringing", at, f"1380540{mark}103"[:11])
    return [answered, missed, ringing]


def read(call_id: int, area: str = DISTRICT) -> Any:
    """The call as it stands."""
    with scoped(machine(area)):
        return call_by_id(call_id)
