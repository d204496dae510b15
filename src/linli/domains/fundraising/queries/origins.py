"""What the books ask of fundraising: the gift behind a line."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse

from linli.domains.fundraising.models import Gift
from linli.kernel.access.rules import Actor
from linli.kernel.ledgers.rules import Origin


def origins(*, by: Actor, sources: Collection[str], postings: Collection[int]) -> dict[str | int, Origin]:
    """The gifts of the present scope whose receipt these postings are, or their reversal."""
    if not by.may("fundraising.see"):
        return {}
    found = Gift.objects.select_related("receipt")
    given = {gift.posting_id: gift for gift in found.filter(posting__in=postings)}
    given |= {gift.reversal.posting_id: gift for gift in found.filter(reversal__posting__in=postings).select_related("reversal")}
    return {
        posting: Origin(f"捐赠 {gift.receipt.number}", reverse("fundraising:gift", args=[gift.pk]))
        for posting, gift in given.items()
    }
