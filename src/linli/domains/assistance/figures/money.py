"""The money of assistance: 低保 in town and country and for each person, 五保 by the level of government that bears it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from linli.base.money import show_yuan
from linli.domains.assistance.models import Application
from linli.domains.assistance.rules.programmes import DIBAO, MONEY
from linli.kernel.entitlements.queries import amounts_on, issues_in, spells_on
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Period, Share, Unit
from linli.kernel.ledgers.queries import spend_lines
from linli.kernel.ledgers.rules import FundLevel
from linli.law import Zone

OWNER, BASIS = "区民政局社会救助科", "社会救助工作报告"
BY_ZONE = Breakdown("zone", "城乡", "zone", {str(int(one)): one.zh for one in Zone})
BY_LEVEL = Breakdown("level", "承担资金", "fund__level", {one.value: one.zh for one in FundLevel})


def zoned(rows: QuerySet[Any], zone: Zone | None = None) -> QuerySet[Any]:
    """With the zone of the application on which the holder's help rests."""
    mine = Application.objects.filter(members__person=OuterRef("entitlement__person"), state__in=["granted", "ended"])
    found: QuerySet[Any] = rows.annotate(zone=Subquery(mine.order_by("-decided_on", "-id").values("zone")[:1]))
    return found if zone is None else found.filter(zone=int(zone))


def _paid(period: Period) -> QuerySet[Any]:
    return zoned(issues_in(period.first, period.last, DIBAO.key))


def _stood(rows: Any, zone: Zone) -> Callable[[Period], QuerySet[Any]]:
    return lambda period: zoned(rows(period.last, DIBAO.key), zone)


def _borne(programme: str) -> Callable[[Period], QuerySet[Any]]:
    """Lines of the books: what each fund bore of the programme, less what was taken back."""

    def rows(period: Period) -> QuerySet[Any]:
        lines = spend_lines(since=period.first, until=period.last).filter(purpose=programme, order__isnull=False)
        return lines.select_related("fund", "posting", "order")

    return rows


def describe(row: Any) -> tuple[str, str]:
    one = row.entitlement
    said = f"{one.person.name}　{show_yuan(row.amount)}元" if hasattr(row, "amount") else f"{one.person.name}　{row.persons}人"
    return said, reverse("entitlements:entitlement", args=[one.pk])


def _describe_line(row: Any) -> tuple[str, str]:
    said = f"{row.fund.name}　{row.posting.memo}　{show_yuan(row.amount)}元"
    return said, reverse("ledgers:fund", args=[row.fund_id])


def _money(key: str, zh: str, words: str, kind: Kind, rows: Any, *breakdowns: Breakdown, **more: Any) -> Figure:
    more.setdefault("describe", describe)
    return Figure(
        f"assistance.{key}", zh, words, Unit.FEN, kind, rows, "sum:amount", breakdowns=breakdowns, owner=OWNER, basis=BASIS,
        **more,
    )  # fmt: skip


def _of_zone(zone: Zone) -> tuple[Figure, Figure]:
    key, zh = f"dibao.{zone.key}", zone.zh
    people = Figure(
        f"assistance.{key}.persons", f"{zh}低保保障人数", f"期末所在月份按{zh}标准享受低保的人数", Unit.PERSON, Kind.STOCK,
        _stood(spells_on, zone), "sum:persons", persons=True, owner=OWNER, basis=BASIS, describe=describe,
    )  # fmt: skip
    words = f"期末所在月份按{zh}标准核定的低保金额，含暂停发放的"
    return people, _money(f"{key}.monthly", f"{zh}低保月核定金额", words, Kind.STOCK, _stood(amounts_on, zone))


def _share(key: str, zh: str, part: str, whole: str) -> Share:
    words = "期末所在月份核定的低保金额除以保障人数，按人月；换一个期间，就是调标以前或以后的数"
    return Share(f"assistance.dibao.{key}", zh, words, part, whole, per="元/人月")


PARTS = {zone: _of_zone(zone) for zone in Zone}
FIGURES = (
    _money("dibao.paid", "城乡低保金发放", "统计期内开单发放的低保金，含一次性补助，取消和追回的不计", Kind.FLOW, _paid, BY_ZONE),
    *(figure for pair in PARTS.values() for figure in pair),
    *(
        _money(f"{one.key}.borne", f"{one.zh}分级承担", f"统计期内各级资金承担的{one.zh}，已承诺或已付，追回的扣除", Kind.FLOW,
               _borne(one.purpose), BY_LEVEL, describe=_describe_line, area_column="order__area")
        for one in MONEY
    ),
)  # fmt: skip
SHARES = (
    _share("average", "低保人均补差", "entitlement.dibao.monthly", "entitlement.dibao.persons"),
    *(_share(f"{zone.key}.average", f"{zone.zh}低保人均补差", money.key, people.key) for zone, (people, money) in PARTS.items()),
)  # fmt: skip
