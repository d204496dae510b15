"""Campaigns with what they raised, where, and what must still be published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from linli.base.areas import Level
from linli.domains.fundraising.models import Campaign, Disclosure, Gift
from linli.domains.fundraising.queries.gifts import LIVE, MONEY
from linli.domains.fundraising.queries.law import law
from linli.domains.fundraising.rules import PUBLIC_KINDS, CampaignKind, Plan, disclosure_days, next_disclosure
from linli.kernel.access.rules import Forbidden
from linli.kernel.registry.queries import areas_on


def campaigns(*, kind: str = "", words: str = "", open_on: date | None = None, year: int | None = None) -> QuerySet[Campaign]:
    """Campaigns, newest first, with ``raised`` (fen), ``times`` and ``goods_times`` of the present scope."""
    gifts = Gift.objects.filter(LIVE, campaign=OuterRef("pk")).order_by().values("campaign")
    found = Campaign.objects.select_related("founder").annotate(
        raised=Coalesce(Subquery(gifts.filter(MONEY).annotate(n=Sum("amount")).values("n")), 0),
        times=Coalesce(Subquery(gifts.annotate(n=Count("pk")).values("n")), 0),
    )
    if kind:
        found = found.filter(kind=kind)
    if words:
        found = found.filter(title__contains=words)
    if year:
        found = found.filter(Q(until=None) | Q(until__year__gte=year), since__year__lte=year)
    if open_on:
        found = found.filter(Q(until=None) | Q(until__gte=open_on), since__lte=open_on, closed_on=None)
    return found.order_by("-since", "-id")


def campaign_of(campaign_id: int) -> Campaign:
    """The campaign with this id. :raises Forbidden: there is none."""
    found = campaigns().filter(pk=campaign_id).first()
    if found is None:
        raise Forbidden("没有这项活动，请从清单中重新选择。")
    return found


def campaign_choices(on: date | None = None) -> list[tuple[str, str]]:
    """Campaigns that take gifts on a day (or all of them), for a choice field."""
    return [(str(pk), title) for pk, title in campaigns(open_on=on).values_list("pk", "title")]


def giving_choices() -> list[tuple[str, str]]:
    """Campaigns that are not closed and whose gifts come one by one (contracts have their instalments)."""
    found = campaigns().filter(closed_on=None).exclude(kind=CampaignKind.CONTRACT.value)
    return [(str(pk), title) for pk, title in found.values_list("pk", "title")]


def purposes_of(campaign: Campaign) -> dict[str, str]:
    """The uses that a campaign's money is held to: purpose key → the paper; empty when it is not restricted."""
    basis = f"{campaign.title}方案" + (f"（{campaign.filing}）" if campaign.filing else "")
    found = dict.fromkeys(campaign.purposes, basis)
    return found | dict(campaign.changes.values_list("purpose_id", "basis")) if found else {}


@dataclass(frozen=True, slots=True)
class Branch:
    """What one branch raised: its area, its name, money in fen, number of gifts and of known donors."""

    area: str
    name: str
    raised: int
    times: int
    donors: int


def by_branch(campaign: Campaign, on: date) -> list[Branch]:
    """What each branch in the present scope raised, towns without a gift included, by code."""
    rows = (
        Gift.objects.filter(LIVE, campaign=campaign).order_by().values("area")
        .annotate(raised=Coalesce(Sum("amount", filter=MONEY), 0), times=Count("pk"), donors=Count("donor", distinct=True))
    )  # fmt: skip
    found = {row["area"]: row for row in rows}
    level = Q(level=Level.TOWN.value) | Q(level=Level.DISTRICT.value)
    places = dict(areas_on(on).filter(level).exclude(kind="units").values_list("code", "name"))
    names = {code: name for code, name in places.items() if code[:6] == campaign.area[:6]} | {c: places.get(c, c) for c in found}
    none = {"raised": 0, "times": 0, "donors": 0}
    shown = [(code, names[code], found.get(code, none)) for code in sorted(names)]
    return [Branch(code, name, row["raised"], row["times"], row["donors"]) for code, name, row in shown]


def plan_of(campaign: Campaign) -> Plan:
    """The campaign's plan as the rules read it."""
    names = (
        "since",
        "until",
        "aim",
        "place",
        "responsible",
        "account",
        "beneficiary",
        "use",
        "cost",
        "surplus",
        "filed_on",
        "filing",
    )
    return Plan(kind=CampaignKind(campaign.kind), **{name: getattr(campaign, name) for name in names})


@dataclass(frozen=True, slots=True)
class ToPublish:
    """Something that must be made public of a campaign by a day (慈善法 §79)."""

    campaign: Campaign
    by: date


def to_publish() -> list[ToPublish]:
    """For each public campaign the next day by which its results must be public, soonest first."""
    last = Disclosure.objects.filter(campaign=OuterRef("pk")).order_by().values("campaign").annotate(n=Max("on")).values("n")
    kinds = [kind.value for kind in PUBLIC_KINDS]
    found = []
    for campaign in Campaign.objects.filter(kind__in=kinds).annotate(last_public=Subquery(last)):
        days = disclosure_days(plan_of(campaign), law(), campaign.area)
        if day := next_disclosure(days, until=campaign.until, last=campaign.last_public):
            found.append(ToPublish(campaign, day))
    return sorted(found, key=lambda one: one.by)


def disclosures_of(campaign: Campaign) -> QuerySet[Disclosure]:
    """What was made public of the campaign, newest first."""
    return Disclosure.objects.filter(campaign=campaign).order_by("-on", "-id")
