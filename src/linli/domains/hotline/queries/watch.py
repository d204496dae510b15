"""What of the orders is late or ends soon, for whoever supervises the district."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from linli.base.days import SHANGHAI
from linli.kernel.access.rules import Actor
from linli.kernel.calls.queries import due_calls
from linli.kernel.calls.rules import FollowUp
from linli.kernel.orders.queries import late_counts
from linli.kernel.ui.queries import lines_of
from linli.kernel.ui.rules import Watched


def watched(actor: Actor, at: datetime, digits: int) -> list[Watched]:
    """By stage and the area of the matter; the list of late ones for whoever reads orders."""
    lines = []
    for stage, area, late, soon, oldest in late_counts(at, digits):
        words = urlencode({"stage": stage.value, "late": "yes", "area": area})
        href = f"{reverse('hotline:orders')}?{words}" if late and actor.may("orders.read") else ""
        lines.append(Watched(f"工单·{stage.zh}", area, late, soon, oldest, href))
    return [*lines, *_missed(actor, at, digits)]


def _missed(actor: Actor, at: datetime, digits: int) -> list[Watched]:
    """Callers whom nobody reached on the day of their call."""
    on = at.astimezone(SHANGHAI).date()
    owed = [(one.area, one.began_at.astimezone(SHANGHAI).date(), 1) for one in due_calls()]
    words = urlencode({"follow": FollowUp.DUE, "last": on - timedelta(days=1)})
    lines = lines_of("未接来电·回电", owed, on, digits)
    if len(lines) == 1 and actor.may("calls.answer"):
        return [replace(one, href=f"{reverse('hotline:calls')}?{words}" if one.late else "") for one in lines]
    return lines
