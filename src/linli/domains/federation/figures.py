"""What is counted of the network, of its money and of its honours, and the bulletin that is made of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Left
from django.urls import reverse

from linli.base.areas import Level, is_unit_area
from linli.domains.federation.books import HONOURS
from linli.domains.federation.queries import bodies_on, honour_name, money_rows, serving_on
from linli.domains.federation.rules import ENGAGEMENTS, OFFICES, BodyLevel
from linli.kernel.figures.rules import (
    Breakdown,
    Figure,
    FigureTable,
    Head,
    Kind,
    Period,
    Relation,
    ReportTemplate,
    Slot,
    Text,
    Unit,
    add_up,
    parts_of,
)
from linli.kernel.ledgers.queries import line_shown
from linli.kernel.records.queries import standing
from linli.kernel.registry.queries import area_back_then, areas_on

OWNER, BASIS = "区慈善总会", "全区慈善组织网络和慈善工作情况通报"
NAMES = dict(BodyLevel.choices())
BY_LEVEL = Breakdown("level", "层级", "level", NAMES)
BOOKS = (BodyLevel.DISTRICT.value, BodyLevel.TOWN.value)
"""The levels that keep books of their own."""


def _bodies(period: Period) -> QuerySet[Any]:
    rows: QuerySet[Any] = bodies_on(period.last).annotate(level=F("f_level"))
    return rows


def _staff(period: Period) -> QuerySet[Any]:
    bodies = bodies_on(period.last).filter(organisation=OuterRef("organisation"))
    rows: QuerySet[Any] = serving_on(period.last).annotate(level=Subquery(bodies.values("f_level")[:1]))
    return rows


def _towns(period: Period, *, founded: bool | None = None) -> Any:
    """The towns on the boundaries of the period's last day; ``founded``: those with a branch, or without."""
    day, areas = period.last, areas_on(period.last).filter(level=Level.TOWN)
    areas = areas.exclude(pk__in=[one.pk for one in areas if is_unit_area(one.code)])
    if founded is None:
        return areas
    branches = bodies_on(day).filter(f_level=BodyLevel.TOWN.value)
    branches = branches.annotate(town=Left(area_back_then(branches.model, day), Level.TOWN.digits))
    there = Exists(branches.filter(town=Left(OuterRef("code"), Level.TOWN.digits)))
    return areas.filter(there if founded else ~there)


def _money(part: str) -> Callable[[Period], QuerySet[Any]]:
    def rows(period: Period) -> QuerySet[Any]:
        lines: QuerySet[Any] = money_rows(part, since=None if part == "balance" else period.first, until=period.last)
        district = When(posting__book__endswith="000000", then=Value(BodyLevel.DISTRICT.value))
        found: QuerySet[Any] = lines.annotate(level=Case(district, default=Value(BodyLevel.TOWN.value), output_field=CharField()))
        return found

    return rows


def _honours(period: Period) -> QuerySet[Any]:
    rows: QuerySet[Any] = standing(HONOURS).select_related("person__merged_into", "organisation")
    return rows.filter(**period.within("day"))


def _body_line(one: Any) -> tuple[str, str]:
    return f"{one.organisation.name} {one.day}成立", reverse("federation:body", args=[one.pk])


def _person_line(one: Any) -> tuple[str, str]:
    said = f"{one.organisation.name} {OFFICES[one.values['office']]}{one.values['name']}"
    return said, reverse("records:entry", args=[one.pk])


def _town_line(one: Any) -> tuple[str, str]:
    return one.name, ""


def _honour_line(one: Any) -> tuple[str, str]:
    return f"{one.day} {honour_name(one)} {one.values['title']}", reverse("federation:honour", args=[one.pk])


def _figure(key: str, zh: str, words: str, unit: Unit, kind: Kind, rows: Any, **more: Any) -> Figure:
    return Figure(f"federation.{key}", zh, words, unit, kind, rows, owner=OWNER, basis=BASIS, **more)


_TOWN: dict[str, Any] = {"describe": _town_line, "area_column": "code"}
_CHARITY = "捐赠资金和上级拨入资金"
_MONEY = {
    "received": ("慈善组织收入", f"统计期内{_CHARITY}的收款，冲正的除外，上下级之间拨付的不计", Kind.FLOW),
    "granted": ("慈善组织决定支出", f"统计期内从{_CHARITY}中决定的支出，已付和待付都计，收回的冲减，上下级拨付不计", Kind.FLOW),
    "paid": ("慈善组织已付支出", f"统计期内{_CHARITY}实际付出的款项，追回到账的冲减，上下级之间拨付的不计", Kind.FLOW),
    "moved": ("慈善组织上下级拨付", f"统计期内{_CHARITY}在上下级之间拨入减拨出；全区合计为零，拨给其他资金的除外", Kind.FLOW),
    "balance": ("慈善组织结存", f"期末{_CHARITY}在银行和现金中的结存", Kind.STOCK),
}  # fmt: skip


BODIES = _figure(
    "bodies", "慈善组织数", "期末在册的区慈善总会、镇街慈善分会和村居慈善工作站", Unit.EACH, Kind.STOCK, _bodies,
    describe=_body_line, breakdowns=(BY_LEVEL,),
)  # fmt: skip
PEOPLE = _figure(
    "staff", "慈善组织人员", "期末在各慈善组织任职的人次，一人任两职计两次", Unit.TIMES, Kind.STOCK, _staff,
    describe=_person_line, persons=True, breakdowns=(
        BY_LEVEL, Breakdown("office", "职务", "f_office", OFFICES),
        Breakdown("engagement", "专兼职", "f_engagement", ENGAGEMENTS),
    ),
)  # fmt: skip
MONEY = tuple(
    _figure(part, zh, words, Unit.FEN, kind, _money(part), measure="sum:fen", breakdowns=(BY_LEVEL,), describe=line_shown)
    for part, (zh, words, kind) in _MONEY.items()
)
PARTED = (
    (BODIES, parts_of(BODIES, "level", "{}数")), (PEOPLE, parts_of(PEOPLE, "level", "{}人员")),
    *((one, parts_of(one, "level", one.zh + "（{}）", BOOKS)) for one in MONEY),
)  # fmt: skip

FIGURES = (
    *(figure for whole, parts in PARTED for figure in (whole, *parts)),
    _figure("towns", "镇街数", "期末的镇和街道", Unit.EACH, Kind.STOCK, _towns, **_TOWN),
    _figure("towns_with", "已建慈善分会的镇街", "期末有慈善分会在册的镇和街道", Unit.EACH, Kind.STOCK,
            lambda period: _towns(period, founded=True), **_TOWN),
    _figure("towns_without", "未建慈善分会的镇街", "期末没有慈善分会在册的镇和街道", Unit.EACH, Kind.STOCK,
            lambda period: _towns(period, founded=False), **_TOWN),
    _figure("honours", "授予称号", "统计期内授予的慈善先进称号，登记作废的不计", Unit.EACH, Kind.FLOW, _honours,
            describe=_honour_line, breakdowns=(
                Breakdown("title", "称号", "f_title"),
                Breakdown("unit", "对象", "f_unit", {"true": "单位", "false": "个人"}),
            )),
)  # fmt: skip

RELATIONS = (
    *(add_up(f"各级之和等于{whole.zh}合计", whole, parts) for whole, parts in PARTED),
    Relation("federation.towns.parts", "已建和未建分会的镇街之和等于镇街数", ("federation.towns",), "=",
             ("federation.towns_with", "federation.towns_without")),
)  # fmt: skip

REPORT = ReportTemplate(
    "federation.circular", "慈善工作情况通报（新闻发布）", "峄城区慈善总会文件", "关于{period}慈善工作情况的通报", "社会各界",
    "峄城区慈善总会", "峄慈〔{year}〕{serial}号",
    (
        Slot("opening", "开头：说明通报的缘由", "现将慈善工作情况向全区通报，请社会各界予以监督。"),
        Head(1, "慈善组织网络"),
        Text("全区{federation.towns}个镇街中，{federation.towns_with}个建立了慈善分会；两级慈善组织共{federation.bodies}个，"
             "任职{federation.staff}人次。"),
        Head(1, "善款收支"),
        Text("全区慈善组织收入{federation.received|wan}万元，其中区慈善总会{federation.district.received|wan}万元，镇街慈善分会"
             "{federation.town.received|wan}万元；决定支出{federation.granted|wan}万元，已付出{federation.paid|wan}万元，"
             "期末结存{federation.balance|wan}万元。"),
        FigureTable("善款收支情况", "level", "层级", (
            ("federation.received", "收入（元）", ""), ("federation.granted", "决定支出（元）", ""),
            ("federation.paid", "已付（元）", ""), ("federation.balance", "结存（元）", ""),
        )),
        Head(1, "救助和宣传情况"),
        Slot("work", "救助项目的成效，可引用指标，如 {charity.households}",
             "授予慈善先进称号{federation.honours}个，媒体报道{book.federation.media.count}件。"),
        Slot("next", "下一步打算", "坚持公开、公平、公正和量入为出的原则，接受社会监督。"),
    ),
    tuple(f"federation.{key}.parts" for key in ("bodies", "staff", "towns", "received", "granted")),
)  # fmt: skip
REPORTS = (REPORT,)
