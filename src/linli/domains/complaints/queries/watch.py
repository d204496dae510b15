"""What of petitions is late beside the clocks of their orders: reports of what was assigned, review and recheck."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from linli.base.days import SHANGHAI
from linli.domains.complaints.models import Petition, Remedy
from linli.kernel.access.rules import Actor
from linli.kernel.ui.queries import lines_of
from linli.kernel.ui.rules import Watched


def watched(actor: Actor, at: datetime, digits: int) -> list[Watched]:
    """By area of the matter, as numbers; the petitions for whoever reads them one by one, which leaders do not."""
    on = at.astimezone(SHANGHAI).date()

    def listed(owed: str) -> Callable[[str], str]:
        return lambda place: f"{reverse('complaints:complaints')}?{urlencode({'owed': owed, 'area': place})}"

    sees = actor.may("complaints.see") and actor.may("orders.read")
    reports = Petition.objects.filter(report_due__isnull=False, reported_on=None).order_by()
    remedies = Remedy.objects.filter(decided_on=None).order_by()
    return [
        line
        for kind, owed, rows in (
            ("交办信访·报告结果", "report", reports.values_list("order__place", "report_due")),
            ("信访·复查复核", "remedy", remedies.values_list("petition__order__place", "due")),
        )
        for line in lines_of(kind, rows.annotate(count=Count("id")), on, digits, listed(owed) if sees else None)
    ]  # fmt: skip
