"""What of the orders is late or ends soon, for whoever supervises the district."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from linli.kernel.access.rules import Actor
from linli.kernel.orders.queries import late_counts
from linli.kernel.ui.rules import Watched


def watched(actor: Actor, at: datetime, digits: int) -> list[Watched]:
    """By stage and the area of the matter; the list of late ones for whoever reads orders."""
    lines = []
    for stage, area, late, soon, oldest in late_counts(at, digits):
        words = urlencode({"stage": stage.value, "late": "yes", "area": area})
        href = f"{reverse('hotline:orders')}?{words}" if late and actor.may("orders.read") else ""
        lines.append(Watched(f"工单·{stage.zh}", area, late, soon, oldest, href))
    return lines
