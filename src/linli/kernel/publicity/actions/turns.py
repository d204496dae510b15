"""How often a page without an account may be used: by one network address, and for one number whoever asks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest

from linli.kernel.access.rules import Refused
from linli.kernel.access.rules.addresses import network_of
from linli.kernel.publicity.queries.published import PUBLIC

LOOKS_PER_HOUR = 30
"""Look-ups by one address in an hour (house rule)."""
TRIES_PER_NUMBER = 20
"""Look-ups of one number in an hour, whoever asks (house rule): nobody tries out telephone numbers or codes on it."""
TOO_OFTEN = "您提交得太频繁，请过几分钟再试，或者拨打服务热线。"


def address_of(request: HttpRequest) -> str:
    """The visitor's network address (behind a proxy of the house: the one that the proxy saw)."""
    return str(request.META.get("REMOTE_ADDR", ""))


def take_turn(*, on: date, address: str, per_hour: int, page: str = "") -> None:
    """One use of a public page by this address; each ``page`` is counted by itself, and refilled over the hour.

    ``address``: a network address, or what else is counted, e.g. ``number …``. Of IPv6 the network counts: one computer has
    2^64 addresses.

    :raises Refused: the address has used the page too often.
    """
    whose = network_of(address) or address
    sender = settings.KEYRING.keyed_hash(f"{on}\n{whose}\n{page}" if page else f"{on}\n{whose}", "publicity.address")
    with connections[PUBLIC].cursor() as cursor:
        cursor.execute("select bulletin.take_token(%s, %s)", [sender, per_hour])
        if not cursor.fetchone()[0]:
            raise Refused(TOO_OFTEN)


def has_turn(form: Any, *, on: date, address: str, per_hour: int, page: str) -> bool:
    """Take a turn for whoever sent this form; where there is none left, the form says so."""
    try:
        take_turn(on=on, address=address, per_hour=per_hour, page=page)
    except Refused as fault:
        form.add_error(None, fault.message)
        return False
    return True


def may_look_up(request: HttpRequest, form: Any, *, page: str, number: object) -> bool:
    """Whether this address may ask once more, and this number be asked for once more; else the form says so.

    ``number`` as it is *stored*, never as it was typed: a number that can be written in many ways would have that many times
    the tries. Empty for what can be no number.
    """
    words = {"on": request.today, "page": page}  # type: ignore[attr-defined]
    if not has_turn(form, address=address_of(request), per_hour=LOOKS_PER_HOUR, **words):
        return False
    return number in ("", None) or has_turn(form, address=f"number {number}", per_hour=TRIES_PER_NUMBER, **words)
