"""Gifts, donors and receipts in the present scope."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from linli.domains.fundraising.models import Donor, Gift
from linli.domains.fundraising.rules import CampaignKind, GiftForm
from linli.kernel.access.rules import Forbidden

LIVE = Q(reversal=None)
MONEY = Q(form=GiftForm.MONEY.value)
UPPER = Q(campaign__kind=CampaignKind.UPPER.value)


def gifts(
    *, campaign: int | str = "", donor: int | str = "", words: str = "", form: str = "", town: str = "", kind: str = "",
    since: date | None = None, until: date | None = None, state: str = "", run: int | None = None,
) -> QuerySet[Gift]:  # fmt: skip
    """Gifts, newest first, with campaign, donor, receipt and reversal. ``words``: a donor's name or a receipt's number."""
    found = Gift.objects.select_related("campaign", "donor", "receipt", "reversal", "staff").order_by("-day", "-id")
    exact = {"campaign_id": campaign, "donor_id": donor, "form": form, "donor__kind": kind, "run": run}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if town:
        found = found.filter(area=town)
    if since:
        found = found.filter(day__gte=since)
    if until:
        found = found.filter(day__lte=until)
    if state:
        found = found.filter(reversal__isnull=state == "live")
    if words:
        found = found.filter(Q(donor__name__contains=words) | Q(donor__unit__contains=words) | Q(receipt__number=words))
    return found


def live_gifts() -> QuerySet[Gift]:
    """All gifts that were not reversed."""
    return Gift.objects.filter(LIVE)


def gift_of(gift_id: int) -> Gift:
    """The gift with this id. :raises Forbidden: it is not in the present scope."""
    found = gifts().filter(pk=gift_id).select_related("fund", "posting", "reversal__staff", "instalment__contract").first()
    if found is None:
        raise Forbidden("没有这笔捐赠，或它不在本辖区的账簿内。")
    return found


def donors(*, words: str = "", kind: str = "", consents: str = "") -> QuerySet[Donor]:
    """Donors with what they gave in money (``given``), how often (``times``) and when last (``last``)."""
    live = Q(gifts__reversal=None, gifts__isnull=False)
    found = Donor.objects.annotate(
        given=Coalesce(Sum("gifts__amount", filter=live & Q(gifts__form=GiftForm.MONEY.value)), 0),
        times=Count("gifts", filter=live),
        last=Max("gifts__day", filter=live),
    ).order_by("-given", "id")
    if kind:
        found = found.filter(kind=kind)
    if consents:
        found = found.filter(consents=consents == "yes")
    if words:
        found = found.filter(Q(name__contains=words) | Q(unit__contains=words))
    return found


def donor_of(donor_id: int) -> Donor:
    """The donor with this id. :raises Forbidden: not in the present scope."""
    found = donors().filter(pk=donor_id).first()
    if found is None:
        raise Forbidden("没有这位捐赠人，或不在本单位的登记范围内。")
    return found
