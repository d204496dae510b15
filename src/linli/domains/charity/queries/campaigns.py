"""Campaigns: where they stand, town by town, and who pays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Left

from linli.base.areas import Level, level_of, scope_of
from linli.base.money import split
from linli.domains.charity.models import Application, Campaign, Payer
from linli.domains.charity.queries.law import law
from linli.kernel.access.rules import Refused
from linli.kernel.registry.queries import area_name, area_names, codes_today, former_codes


def campaigns(*, project: str = "", year: int | None = None, state: str = "") -> QuerySet[Campaign]:
    """Campaigns of the district, newest first."""
    wanted = {"project": project, "year": year, "state": state}
    return Campaign.objects.filter(**{key: word for key, word in wanted.items() if word}).order_by("-year", "-id")


def campaign(campaign_id: int) -> Campaign:
    """The campaign with this id; Refused when there is none."""
    found = Campaign.objects.filter(pk=campaign_id).first()
    if found is None:
        raise Refused("没有这个救助批次，请从列表中选择。")
    return found


def open_campaigns(on: date) -> QuerySet[Campaign]:
    """Campaigns that take applications on this day."""
    return Campaign.objects.filter(state="open", opens_on__lte=on, closes_on__gte=on).order_by("id")


def campaigns_to_tell(on: date) -> QuerySet[Campaign]:
    """The campaigns that a family hears of on this day: those of the year, and those of other years that still take
    applications or will; the open ones first."""
    return Campaign.objects.filter(Q(year=on.year) | Q(state="open", closes_on__gte=on)).order_by("-state", "id")


def closed_because(one: Campaign, area: str, on: date) -> str:
    """Why somebody who lives in this area cannot apply to the campaign on this day; empty when she can."""
    if not scope_of(one.area).contains(area):
        return f"只受理{area_name(one.area, on)}居民的申请"
    if one.state != "open":
        return "已停止受理"
    if not one.opens_on <= on <= one.closes_on:
        return f"受理时间是{one.opens_on}至{one.closes_on}，今天不能受理"
    return ""


@dataclass(frozen=True)
class TownLine:
    """One town in a campaign: its quota, how many applied, were granted, were refused, and the money granted (fen)."""

    code: str
    name: str
    quota: int
    applied: int
    granted: int
    refused: int
    money: int

    @property
    def waiting(self) -> int:
        return self.applied - self.granted - self.refused


def town_lines(one: Campaign, on: date) -> list[TownLine]:
    """Progress by town, in four queries; towns with a quota stand there even when nobody applied."""
    given = dict(one.quotas.values_list("place", "count"))
    today = codes_today(given, on)
    quotas: dict[str, int] = {}
    for place, count in given.items():
        quotas[today[place]] = quotas.get(today[place], 0) + count
    counted = (
        Application.objects.filter(campaign=one).annotate(town=Left("area", 9)).values("town").order_by("town")
        .annotate(
            applied=Count("pk"), granted=Count("pk", filter=Q(state="granted")),
            refused=Count("pk", filter=Q(state__in=["refused", "cancelled"])),
            money=Coalesce(Sum("amount", filter=Q(state="granted")), 0),
        )
    )  # fmt: skip
    rows: dict[str, Any] = {row["town"] + "000": row for row in counted}
    codes = sorted(quotas.keys() | rows.keys())
    names = area_names(frozenset(codes), on)
    empty = {"applied": 0, "granted": 0, "refused": 0, "money": 0}
    return [
        TownLine(code, names.get(code, code), quotas.get(code, 0), **{key: rows.get(code, empty)[key] for key in empty})
        for code in codes
    ]


def quota_left(one: Campaign, town: str) -> int | None:
    """How many this town may still report in the campaign; None where no quota was set."""
    quotas = list(one.quotas.filter(place__in=former_codes(town)).values_list("count", flat=True))
    if not quotas:
        return None
    scope = scope_of(town)
    reported = Application.objects.filter(campaign=one, area__gte=scope.lo, area__lt=scope.hi).exclude(reported_on=None)
    return sum(quotas) - reported.exclude(state__in=["refused", "cancelled"]).count()


def town_code(area: str) -> str:
    """The town (or units' pseudo-town) of a community or unit code."""
    return area if level_of(area) is Level.TOWN else area[:9] + "000"


def shares_for(one: Campaign, area: str, amount: int, on: date, payers: Iterable[Payer] | None = None) -> dict[int, int]:
    """Which funds pay how much (fen) of one grant at ``area``: the district's share and the town branch's.

    The ratio is a dated value; the parts sum to the amount. Refused when nobody is named to pay a part.
    """
    ratio = law().on(f"charity.{one.project}.district_share", on, area).ratio
    district, town = split(amount, [ratio.numerator, ratio.denominator - ratio.numerator])
    known = list(payers if payers is not None else one.payers.all())
    shares: dict[int, int] = {}
    for level, part in (("district", district), ("town", town)):
        if not part:
            continue
        fund = _fund(known, level, town_code(area))
        if fund is None:
            who = "区慈善总会" if level == "district" else "该镇（街道）慈善分会"
            raise Refused(f"本批次没有登记{who}的出资资金，请先在批次中补登出资。")
        shares[fund] = shares.get(fund, 0) + part
    return shares


def _fund(payers: list[Payer], level: str, town: str) -> int | None:
    """The town's own payer, that of a town which has become part of it, or the one for all."""
    fitting = {payer.place: payer.fund_id for payer in sorted(payers, key=lambda payer: payer.pk) if payer.level == level}
    if town in fitting:
        return fitting[town]
    formers = sorted(former_codes(town) & fitting.keys()) if fitting.keys() - {""} else []
    return fitting[formers[0]] if formers else fitting.get("")
