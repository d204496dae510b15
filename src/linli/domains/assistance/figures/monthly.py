"""What the bureau reports of 低保 every month (民政统计): what stood, came and went, the people by sex, age and disability."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse

from linli.base.masking import mask_name
from linli.domains.assistance.figures import families, money
from linli.domains.assistance.models import Application
from linli.domains.assistance.models.applications import ENDINGS
from linli.domains.assistance.rules.programmes import DIBAO, TEKUN
from linli.kernel.entitlements.queries import covered_on, issues_in, spells_on
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
)
from linli.kernel.registry.queries import recognised
from linli.kernel.registry.rules import Sex

BASIS = "民政事业统计月报"
CAME = {"applied": "申请确认", "former": "原有台账核实转入", "changed": "由其他类别转入"}
WENT = {key: zh for key, zh in ENDINGS.items() if key != "replaced"} | {"changed": "转为其他类别"}
AGES = {"child": "未成年人（不满18周岁）", "adult": "成年人（18至59周岁）", "old": "老年人（60周岁以上）"}
BY_CAME = Breakdown("way", "增加的来源", "way", CAME)
BY_WENT = Breakdown("way", "减少的去向", "way", WENT)
BY_PEOPLE = (
    Breakdown("sex", "性别", "person__sex", {one.value: one.zh for one in Sex}), Breakdown("age", "年龄", "age", AGES),
    Breakdown("disabled", "残疾", "disabled", {"1": "登记残疾", "0": "无残疾登记"}), money.BY_ZONE,
)  # fmt: skip


def _standing(day: date) -> QuerySet[Application]:
    found = Application.objects.filter(result="dibao", state__in=["granted", "ended"], decided_on__lte=day)
    return found.filter(Q(ended_on=None) | Q(ended_on__gt=day)).select_related("case")


def _opening(period: Period) -> QuerySet[Application]:
    return _standing(period.first - timedelta(days=1))


def _came(period: Period) -> QuerySet[Any]:
    """Families decided on in the period that were not on 低保 the moment before, whichever way they came."""
    rows = Application.objects.filter(**period.within("decided_on"), result="dibao", state__in=["granted", "ended"])
    way = Case(
        When(former__isnull=False, then=Value("changed")), When(case__flow__in=families.FIRST, then=Value("applied")),
        default=Value("former"), output_field=CharField(),
    )  # fmt: skip
    return rows.exclude(former__result="dibao").select_related("case").annotate(way=way)


def _went(period: Period) -> QuerySet[Any]:
    """Families whose 低保 ended in the period and was not gone on with by a verification."""
    rows = Application.objects.filter(**period.within("ended_on"), result="dibao", state="ended")
    on = Application.objects.filter(former=OuterRef("pk"), result="dibao", state__in=["granted", "ended"])
    way = Case(When(ended_as="replaced", then=Value("changed")), default=F("ended_as"), output_field=CharField())
    return rows.exclude(Exists(on)).select_related("case").annotate(way=way)


def _grown(sign: int) -> Callable[[Period], QuerySet[Any]]:
    """Families that a verification left on 低保 with more people than before (sign 1), or with fewer (-1)."""

    def rows(period: Period) -> QuerySet[Any]:
        found = Application.objects.filter(**period.within("decided_on"), result="dibao", former__result="dibao")
        found = found.filter(state__in=["granted", "ended"]).select_related("case")
        more = (F("people") - F("former__people")) * sign
        stated: QuerySet[Any] = found.annotate(more=more).filter(more__gt=0)
        return stated

    return rows


def _born(day: date, years: int) -> date:
    """Whoever was born later than this has not so many years on the day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _people(period: Period) -> QuerySet[Any]:
    """Everybody who counts in the 低保 of the month."""
    day = period.last
    rows = covered_on(day).filter(entitlement__programme=DIBAO.key, lane=DIBAO.key)
    age = Case(
        When(person__birth__gt=_born(day, 18), then=Value("child")),
        When(person__birth__gt=_born(day, 60), then=Value("adult")), default=Value("old"), output_field=CharField(),
    )  # fmt: skip
    disabled = Case(
        When(whose__in=recognised(["disabled"], day).values("whose"), then=Value(1)), default=Value(0),
        output_field=IntegerField(),
    )  # fmt: skip
    return money.zoned(rows.select_related("person", "entitlement").annotate(age=age, disabled=disabled))


def _describe_covered(row: Any) -> tuple[str, str]:
    return mask_name(row.person.name), reverse("entitlements:entitlement", args=[row.entitlement_id])


def _homes(key: str, zh: str, words: str, rows: Any, *ways: Breakdown) -> Figure:
    breakdowns = (*ways, families.BY_ZONE, families.BY_GROUP)
    return Figure(
        f"assistance.dibao.{key}", zh, words, Unit.HOUSEHOLD, Kind.FLOW, rows, breakdowns=breakdowns, owner=families.OWNER,
        basis=BASIS, describe=families.describe, persons=True,
    )  # fmt: skip


def _heads(homes: Figure, zh: str, measure: str = "sum:people") -> Figure:
    words = homes.words.replace("户数", "家庭的救助人数")
    return replace(homes, key=f"{homes.key}.people", zh=zh, words=words, unit=Unit.PERSON, measure=measure)


def _year_ago(one: Figure) -> Figure:
    """The same figure a year before, so that a report can set it beside."""
    return replace(
        one, key=f"{one.key}.year_ago", zh=f"上年同期{one.zh}", words=f"{one.words}；统计期取上年同期", dashboard=0, course=(),
        rows=lambda period: one.rows(period.last_year()),
    )  # fmt: skip


OPENING = _homes("opening", "期初低保家庭", "统计期开始的前一日正在享受最低生活保障的户数", _opening)
ENTERED = _homes("came", "低保增加家庭", "统计期内新享受低保的户数（申请、台账核实、类别转入），复核接续的不计", _came, BY_CAME)
LEFT = _homes("went", "低保减少家庭", "统计期内不再享受最低生活保障的户数（停发、去世、迁出、放弃、转出）", _went, BY_WENT)
GROWN = _homes("grown", "复核后人数增加的低保家庭", "统计期内复核后继续享受低保、人数增加的户数", _grown(1))
SHRUNK = _homes("shrunk", "复核后人数减少的低保家庭", "统计期内复核后继续享受低保、人数减少的户数", _grown(-1))
COVERED = Figure(
    "assistance.dibao.covered", "低保保障人员", "期末所在月份低保待遇中的保障人员，逐人统计，含暂停发放的", Unit.PERSON,
    Kind.STOCK, _people, breakdowns=BY_PEOPLE, owner=families.OWNER, basis=BASIS, describe=_describe_covered, persons=True,
)  # fmt: skip
KEPT = Figure(
    "assistance.tekun.persons", "特困供养人员", "期末所在月份享受特困（五保）供养的人数，含暂停发放的", Unit.PERSON, Kind.STOCK,
    lambda period: spells_on(period.last, TEKUN.key), "sum:persons", owner=families.OWNER, basis=BASIS, persons=True,
    breakdowns=(Breakdown("grade", "供养方式", "grade", dict(TEKUN.grades)),), describe=money.describe,
)  # fmt: skip
KEPT_PAID = Figure(
    "assistance.tekun.paid", "特困供养金发放", "统计期内开单发放的特困供养金，取消和追回的不计", Unit.FEN, Kind.FLOW,
    lambda period: issues_in(period.first, period.last, TEKUN.key), "sum:amount", owner=families.OWNER, basis=BASIS,
    describe=money.describe,
)  # fmt: skip
_STOOD = {one.key: one for one in (*families.FIGURES, *money.FIGURES)}
YEAR_AGO = tuple(
    _year_ago(one) for one in (_STOOD["assistance.dibao.households"], _STOOD["assistance.dibao.people"], ENTERED, LEFT,
                               _STOOD["assistance.dibao.paid"])
)  # fmt: skip
FIGURES = (
    OPENING, _heads(OPENING, "期初低保人数"), ENTERED, _heads(ENTERED, "低保增加人数"), LEFT, _heads(LEFT, "低保减少人数"),
    GROWN, replace(_heads(GROWN, "复核增加的人数", "sum:more"), words="统计期内复核后继续享受低保的家庭增加的人数"),
    SHRUNK, replace(_heads(SHRUNK, "复核减少的人数", "sum:more"), words="统计期内复核后继续享受低保的家庭减少的人数"),
    COVERED, KEPT, KEPT_PAID, *YEAR_AGO,
)  # fmt: skip

_D = "assistance.dibao"
RELATIONS = (
    Relation(f"{_D}.flow", "期末低保户数等于期初加增加减减少", (f"{_D}.households", f"{_D}.went"), "=",
             (f"{_D}.opening", f"{_D}.came")),
    Relation(f"{_D}.flow.people", "期末低保人数等于期初加增加减减少，加减复核变动", (
        f"{_D}.people", f"{_D}.went.people", f"{_D}.shrunk.people",
    ), "=", (f"{_D}.opening.people", f"{_D}.came.people", f"{_D}.grown.people")),
    Relation(f"{_D}.covered.all", "逐人统计的低保保障人员等于城市、农村待遇保障人数之和", (f"{_D}.covered",), "=",
             (f"{_D}.urban.persons", f"{_D}.rural.persons")),
    Relation(f"{_D}.least", "低保户数不多于低保人数", (f"{_D}.households",), "<=", (f"{_D}.people",)),
)  # fmt: skip
_PEOPLE = ((f"{_D}.covered", "人数", ""),)
REPORT = ReportTemplate(
    "assistance.statistics", "民政统计月报（城乡低保和特困）", "峄城区民政局", "{period}民政统计月报（城乡低保和特困）",
    "区政府，市民政局",
    "峄城区民政局", "峄民统〔{year}〕{serial}号",
    (
        Head(1, "城乡低保"),
        Text("期末享受最低生活保障{assistance.dibao.households}户、{assistance.dibao.people}人（上年同期"
             "{assistance.dibao.households.year_ago}户、{assistance.dibao.people.year_ago}人）；期初"
             "{assistance.dibao.opening}户、{assistance.dibao.opening.people}人，本期增加{assistance.dibao.came}户、"
             "{assistance.dibao.came.people}人，减少{assistance.dibao.went}户、{assistance.dibao.went.people}人，复核增加"
             "{assistance.dibao.grown.people}人、减少{assistance.dibao.shrunk.people}人。"),
        FigureTable("城乡低保增减情况", "town", "镇街", (
            (f"{_D}.opening", "期初（户）", ""), (f"{_D}.came", "增加（户）", ""), (f"{_D}.went", "减少（户）", ""),
            (f"{_D}.households", "期末（户）", ""),
        )),
        FigureTable("城乡低保人数和上年同期", "town", "镇街", (
            (f"{_D}.people", "期末（人）", ""), (f"{_D}.people.year_ago", "上年同期（人）", ""),
            (f"{_D}.households.year_ago", "上年同期（户）", ""),
        )),
        FigureTable("增加的来源", "way", "来源", ((f"{_D}.came", "户数", ""), (f"{_D}.came.people", "人数", ""))),
        FigureTable("减少的去向", "way", "去向", ((f"{_D}.went", "户数", ""), (f"{_D}.went.people", "人数", ""))),
        FigureTable("类别", "group", "类别", ((f"{_D}.households", "户数", ""), (f"{_D}.people", "人数", ""))),
        Head(1, "保障人员构成"),
        Text("期末所在月份保障人员{assistance.dibao.covered}人，其中登记残疾的{assistance.dibao.covered@disabled=1}人，"
             "老年人{assistance.dibao.covered@age=old}人，未成年人{assistance.dibao.covered@age=child}人。"),
        FigureTable("按性别", "sex", "性别", _PEOPLE),
        FigureTable("按年龄", "age", "年龄", _PEOPLE),
        FigureTable("按残疾登记", "disabled", "残疾", _PEOPLE),
        FigureTable("按城乡", "zone", "城乡", _PEOPLE),
        Head(1, "资金"),
        Text("本期发放低保金{assistance.dibao.paid}元（上年同期{assistance.dibao.paid.year_ago}元），特困供养金"
             "{assistance.tekun.paid}元；期末所在月份核定低保金城市{assistance.dibao.urban.monthly}元、农村"
             "{assistance.dibao.rural.monthly}元。"),
        FigureTable("按镇街发放（元）", "town", "镇街", (
            (f"{_D}.paid", "低保金", ""), ("assistance.tekun.paid", "特困供养金", ""),
        )),
        Head(1, "特困供养"),
        Text("期末所在月份供养特困人员{assistance.tekun.persons}人，其中集中供养"
             "{assistance.tekun.persons@grade=institution}人、分散供养{assistance.tekun.persons@grade=home}人。"),
        Slot("remarks", "需要说明的情况", "以上数字由业务记录自动汇总，可逐项打开到户。"),
    ),
    (*(relation.key for relation in RELATIONS), "assistance.dibao.parts"),
)  # fmt: skip
