"""What is counted of charity aid, and the report that is made of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from linli.domains.charity.models import Application, Campaign
from linli.domains.charity.queries.audits import campaigns_to_audit
from linli.domains.charity.rules import AIDS, PROJECTS, Need
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

OWNER, BASIS = "区慈善总会", "慈善救助情况通报"
BY_NEED = Breakdown("need", "申请事由", "need", dict(Need.choices()))
PROJECT_NAMES = {key: one.zh for key, one in PROJECTS.items()}
BY_PROJECT = Breakdown("project", "项目", "campaign__project", PROJECT_NAMES)
BY_SOURCE = Breakdown("source", "来源", "source", {"door": "单独申请", "import": "批量上报"})


def _describe(one: Application) -> tuple[str, str]:
    from django.urls import reverse

    return f"{one.case.number}　{one.campaign.title}　{one.get_state_display()}", reverse("charity:application", args=[one.pk])


def _dated(day: str, **state: str) -> Callable[[Period], QuerySet[Application]]:
    """The applications whose ``day`` lies in the period."""
    return lambda period: Application.objects.select_related("case", "campaign").filter(**period.within(day), **state)


_granted = _dated("granted_on", state="granted")


def _projects(period: Period) -> QuerySet[Any]:
    return campaigns_to_audit().filter(**period.within("opens_on"))


def _describe_project(one: Campaign) -> tuple[str, str]:
    from django.urls import reverse

    return f"{one.title}　{one.get_state_display()}", reverse("charity:audits_of", args=[one.pk])


def _of_audits(key: str, zh: str, words: str, rows: Any) -> Figure:
    return Figure(
        key, zh, words, Unit.PIECE, Kind.FLOW, rows, describe=_describe_project, owner=OWNER,
        basis="所有救助项目都要接受审计并向社会公布", breakdowns=(Breakdown("kind", "项目类别", "project", PROJECT_NAMES),),
    )  # fmt: skip


def _figure(key: str, zh: str, words: str, unit: Unit, rows: Any, measure: str = "count", rank: int = 0) -> Figure:
    return Figure(
        key, zh, words, unit, Kind.FLOW, rows, measure, breakdowns=(BY_NEED, BY_PROJECT, BY_SOURCE), describe=_describe,
        owner=OWNER, basis=BASIS, persons=measure == "count", dashboard=rank,
    )  # fmt: skip


RECEIVED = _figure(
    "charity.received", "慈善救助申请", "统计期内提交的慈善救助申请件数，不论后来是否批准", Unit.CASE, _dated("applied_on"),
    rank=30,
)  # fmt: skip
REPORTED = _figure(
    "charity.reported", "慈善救助上报数", "统计期内经镇街审核公示、上报区慈善总会的户数", Unit.HOUSEHOLD, _dated("reported_on")
)
HOUSEHOLDS = _figure(
    "charity.households", "慈善救助户数", "统计期内批准、至今未取消的救助户数（按申请计）", Unit.HOUSEHOLD, _granted, rank=10
)
MONEY = _figure(
    "charity.money", "慈善救助资金", "统计期内批准、至今未取消的救助金额", Unit.FEN, _granted, "sum:amount", rank=20
)
HOUSEHOLDS_OF, MONEY_OF = parts_of(HOUSEHOLDS, "project", "“{}”救助户数"), parts_of(MONEY, "project", "“{}”救助资金")

FIGURES = (
    RECEIVED, REPORTED, HOUSEHOLDS, MONEY, *parts_of(RECEIVED, "project", "“{}”申请数"),
    *parts_of(REPORTED, "project", "“{}”上报数"), *HOUSEHOLDS_OF, *MONEY_OF,
    Figure(
        "charity.zhu_can.aids", "“爱心助残”批准辅具", "统计期内批准、至今未取消的“爱心助残”辅具件数，每件一人", Unit.PIECE,
        Kind.FLOW, lambda period: _granted(period).filter(campaign__project="zhu_can").exclude(aid=""),
        breakdowns=(Breakdown("aid", "辅具", "aid", {key: one.zh for key, one in AIDS.items()}),), describe=_describe,
        owner=OWNER, basis=BASIS,
    ),
    _of_audits("charity.projects", "救助项目", "统计期内开始受理的救助项目（批次）数", _projects),
    _of_audits(
        "charity.audited", "已审计救助项目", "统计期内开始受理、已有审计结论的救助项目数",
        lambda period: _projects(period).filter(audited=True),
    ),
    _of_audits(
        "charity.audits_shown", "已公布审计结果的救助项目", "统计期内开始受理、审计结果已向社会公布的救助项目数",
        lambda period: _projects(period).filter(shown=True),
    ),
)  # fmt: skip

RELATIONS = (
    Relation("charity.audited.all", "已审计项目不多于全部项目", ("charity.audited",), "<=", ("charity.projects",)),
    Relation("charity.audits_shown.all", "已公布的不多于已审计的", ("charity.audits_shown",), "<=", ("charity.audited",)),
    add_up("各项目救助户数之和等于慈善救助户数", HOUSEHOLDS, HOUSEHOLDS_OF),
    add_up("各项目救助资金之和等于慈善救助资金", MONEY, MONEY_OF),
    *(
        Relation(
            f"charity.{key}.approved", f"“{one.zh}”批准数不多于上报数", (f"charity.{key}.households",), "<=",
            (f"charity.{key}.reported",),
        )
        for key, one in PROJECTS.items()
    ),
)  # fmt: skip

REPORTS = (
    ReportTemplate(
        "charity.circular", "慈善救助情况通报", "峄城区慈善总会文件", "关于{period}慈善救助情况的通报", "各镇、街道，区直各单位",
        "峄城区慈善总会", "峄慈〔{year}〕{serial}号",
        (
            Head(1, "救助开展情况"),
            Text("全区共受理慈善救助申请{charity.received}件，批准救助{charity.households}户，救助资金{charity.money|wan}万元。"),
            Head(2, "“情暖万家”"),
            Text("各镇、街道和区直单位上报{charity.qing_nuan.reported}户，审核批准{charity.qing_nuan.households}户，"
                 "救助资金{charity.qing_nuan.money|wan}万元。"),
            FigureTable("“情暖万家”救助情况", "town", "镇街", (
                ("charity.qing_nuan.reported", "上报（户）", ""), ("charity.qing_nuan.households", "批准（户）", ""),
                ("charity.qing_nuan.money", "资金（元）", ""),
            )),
            Head(2, "大病救助"),
            Text("上报大病救助对象{charity.da_bing.received}人，经审核符合条件{charity.da_bing.households}户，"
                 "救助资金{charity.da_bing.money|wan}万元。"),
            FigureTable("大病救助情况", "town", "镇街", (
                ("charity.da_bing.received", "上报（人）", ""), ("charity.da_bing.households", "批准（户）", ""),
                ("charity.da_bing.money", "资金（元）", ""),
            )),
            Head(1, "存在的问题"),
            Slot("problems", "存在的问题", "部分申请材料不齐，个别镇街上报名单中有重复和不符合条件的对象，已在审核中剔除。"),
            Head(1, "下一步打算"),
            Slot("next", "下一步打算", "坚持公开、公正、公平和量入为出、不重复救助的原则，确保救助资金及时足额发放。"),
        ),
        ("charity.households.parts", "charity.money.parts", "charity.qing_nuan.approved", "charity.da_bing.approved"),
    ),
)  # fmt: skip
