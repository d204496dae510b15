"""Lines about coming and going, and forgetting sessions that are over."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.sessions.models import Session

from linli.kernel.access.actions.door import about, action
from linli.kernel.access.rules import Actor


@action("access.sign_in")
def note_sign_in(*, by: Actor, on: date, factor: str) -> None:
    """Somebody came in; ``factor`` is "totp" or "recovery", or empty where the password was enough."""
    about("access.staff", by.staff_id, factor=factor or "none")


@action("access.sign_out")
def note_sign_out(*, by: Actor, on: date) -> None:
    """Somebody went out by the button."""
    about("access.staff", by.staff_id)


def clear_sessions(*, at: datetime) -> int:
    """Forget the sessions whose cookies are worth nothing any more."""
    count, _ = Session.objects.filter(expire_date__lt=at).delete()
    return count
