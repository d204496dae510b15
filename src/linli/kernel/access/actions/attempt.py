"""What a door does with what was sent: a form that is filled in, a button that is pressed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from linli.kernel.access.actions.audit import record_refusal
from linli.kernel.access.actions.door import fit_key, kept_answer, once
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.ui.forms import Confirm, body_of

SOMEBODY_WAS_QUICKER = frozenset({"23505", "23P01"})  # unique_violation, exclusion_violation
log = logging.getLogger(__name__)


def attempt(*, by: Actor, form: Any, act: Callable[[], str]) -> str | None:
    """Carry out a valid form once (:func:`once`), and give the address to go to.

    When the office's rules refuse, nothing has changed, the refusal is in the trail, the form says why (at the field
    that the refusal names) and the answer is None: show the form again, with everything that was typed. So it is when an
    action looked, found the way free, and the database then knew of somebody quicker.
    """
    try:
        with transaction.atomic():
            return once(by=by, key=form.key, body=form.body, act=act)
    except Refused as fault:
        refused = fault
    except IntegrityError as fault:
        if getattr(fault.__cause__, "sqlstate", "") not in SOMEBODY_WAS_QUICKER:
            raise
        log.warning("somebody was quicker: %s", getattr(getattr(fault.__cause__, "diag", None), "constraint_name", ""))
        refused = Stale()
    form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    record_refusal(by=by, verb=type(form).__name__, kind="form", why=refused.message)
    return None


def answered_before(request: HttpRequest) -> HttpResponse | None:
    """The first answer to a form that comes again, before the page is asked: what the form was about may be gone by now."""
    key = request.POST.get("_key", "")
    if not fit_key(key):
        return None
    try:
        kept = kept_answer(by=request.actor, key=key, body=body_of(request.POST, request.FILES))  # type: ignore[attr-defined]
    except Refused:
        return None  # another body: the page says what it thinks of it
    return redirect(kept) if kept is not None and kept.startswith("/") else None


def handle(request: HttpRequest, form: Any, act: Callable[[], str], *, said: str = "") -> HttpResponse | None:
    """What a page does with its form: when it was sent and stands, act once and go where the act says.

    None: show the form, empty or with its faults.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    answer = attempt(by=request.actor, form=form, act=act)  # type: ignore[attr-defined]
    if answer is None:
        return None
    if said:
        messages.success(request, said)
    return redirect(answer)


def press(
    request: HttpRequest, act: Callable[[], str], *, back: str, said: str = "", form: Any = None
) -> HttpResponse:
    """What a button of a page does (``{% press %}``): act once and go where the act says. ``form``: of hidden fields.

    When the office's rules refuse, or somebody else was quicker: back to the page as it stands now, with the reason.
    """
    form = Confirm(request.POST) if form is None else form
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    for _, fault in form.faults:
        messages.error(request, fault)
    return redirect(back)
