"""What a door does with a valid form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from linli.kernel.access.actions.audit import record_refusal
from linli.kernel.access.actions.door import once
from linli.kernel.access.rules import Actor, Refused


def attempt(*, by: Actor, form: Any, act: Callable[[], str]) -> str | None:
    """Carry out a valid form once (:func:`once`), and give the address to go to.

    When the office's rules refuse, nothing has changed, the refusal is in the trail, the form says why (at the field
    that the refusal names) and the answer is None: show the form again, with everything that was typed.
    """
    try:
        with transaction.atomic():
            return once(by=by, key=form.key, body=form.body, act=act)
    except Refused as fault:
        record = fault.field if fault.field in form.fields else None
        form.add_error(record, fault.message)
        record_refusal(by=by, verb=type(form).__name__, kind="form", why=fault.message)
        return None
