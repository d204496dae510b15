"""What the hotline counts: calls by kind, way and matter; how they were settled, how well it is known (HOTLINE-01, -06)."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Left
from django.urls import reverse

from linli.base.masking import mask_name
from linli.domains.hotline.queries import asked, closed_orders, drawn, introduced, placed, received_orders
from linli.domains.hotline.rules import SPOKE, Placing, SurveyAnswer, SurveyWay, Trade
from linli.kernel.figures.rules import (
    Breakdown,
    Figure,
    Head,
    Kind,
    Period,
    Relation,
    ReportTemplate,
    Share,
    Slot,
    Text,
    Unit,
)
from linli.kernel.orders.queries import checked_between
from linli.kernel.orders.rules import Channel, Lane, OrderKind, Satisfaction, categories

OWNER, BASIS = "区市民服务中心", "市民服务热线工作统计"


def _groups() -> dict[str, str]:
    return {code: one.zh for code, one in categories().items() if len(code) == 2}


PARTS = (
    Breakdown("kind", "诉求类型", "kind", dict(OrderKind.choices())),
    Breakdown("channel", "来源", "channel", dict(Channel.choices())),
    Breakdown("group", "事项大类", "group", _groups), Breakdown("lane", "缓急", "lane", dict(Lane.choices())),
)  # fmt: skip
HOURED = (*PARTS, Breakdown("hour", "时段", "hour", {str(hour): f"{hour}时至{hour + 1}时" for hour in range(24)}))


def _order(one: Any) -> tuple[str, str]:
    known = categories().get(one.category)
    return f"{one.number}　{known.zh if known else one.category}", reverse("hotline:order", args=[one.pk])


def _figure(key: str, zh: str, words: str, rows: Any, parts: tuple[Breakdown, ...] = PARTS, **more: Any) -> Figure:
    return Figure(
        f"hotline.{key}", zh, words, Unit.PIECE, Kind.FLOW, rows, breakdowns=parts, describe=_order,
        owner=OWNER, basis=BASIS, **more,
    )  # fmt: skip


def _phoned(period: Period) -> Any:
    """Calls as the yearly account sorts them: services of daily life, advice, everything else."""
    sort = Case(When(category__startswith="10", then=Value("life")), When(category__startswith="20", then=Value("advice")),
                default=Value("other"), output_field=CharField())  # fmt: skip
    return received_orders(channel="phone")(period).annotate(sort=sort)


def _sampled(one: Any) -> tuple[str, str]:
    words = f"{mask_name(one.person.name)}　{SurveyAnswer(one.answer).zh if one.answer else '还没有回答'}"
    return f"{one.survey.title}　{words}", reverse("hotline:survey", args=[one.survey_id])


def _survey(key: str, zh: str, words: str, rows: Any) -> Figure:
    parts = (Breakdown("way", "方式", "way", dict(SurveyWay.choices())), Breakdown("survey", "调查", "survey__title"))
    return Figure(
        f"hotline.{key}", zh, words, Unit.PERSON, Kind.FLOW, rows, breakdowns=parts, describe=_sampled, owner=OWNER,
        basis=BASIS, persons=True,
    )  # fmt: skip


def _checked(period: Period) -> Any:
    return checked_between(period.first, period.last).annotate(group=Left("order__category", 2))


def _check(key: str, zh: str, words: str, rows: Any) -> Figure:
    parts = (Breakdown("group", "事项大类", "group", _groups), Breakdown("grade", "评价", "grade", dict(Satisfaction.choices())))
    return Figure(
        f"hotline.{key}", zh, words, Unit.PIECE, Kind.FLOW, rows, breakdowns=parts,
        describe=lambda one: _order(one.order), owner=OWNER, basis=BASIS,
    )  # fmt: skip


def _introduction(one: Any) -> tuple[str, str]:
    words = f"{mask_name(one.person.name)}　{one.unit}　{one.post}　{Placing(one.result).zh}"
    return words, reverse("hotline:jobs")


def _jobs(key: str, zh: str, words: str, unit: Unit, rows: Any, **more: Any) -> Figure:
    parts = (Breakdown("trade", "工种", "trade", dict(Trade.choices())), Breakdown("unit", "用人单位", "unit"))
    return Figure(
        f"hotline.{key}", zh, words, unit, Kind.FLOW, rows, breakdowns=parts, describe=_introduction, owner=OWNER, basis=BASIS,
        **more,
    )  # fmt: skip


SORTS = {"life": "生活服务类", "advice": "事务咨询类", "other": "其他类"}
FIGURES = (
    _figure("received", "热线受理", "统计期内受理的工单件数，按主办单位驻地统计", received_orders(), HOURED, dashboard=30),
    _figure("at_once", "当场答复", "统计期内受理并由坐席当场答复办结的工单件数", received_orders(desk=None, stage="closed")),
    _figure("urgent", "紧急和特急工单", "统计期内受理的紧急、特急工单件数", received_orders(lane__in=["urgent", "emergency"])),
    _figure("closed", "热线办结", "统计期内办结的工单件数，含当场答复", closed_orders()),
    _figure(
        "graded", "回访评价", "统计期内办结、来电人作出评价的工单件数", closed_orders(grade__gt=""),
        (*PARTS, Breakdown("grade", "评价", "grade", dict(Satisfaction.choices()))), dashboard=31,
    ),
    _figure("content", "回访满意", "统计期内办结、评价为基本满意以上的工单件数", closed_orders(grade__gte="3")),
    _figure(
        "phoned", "市民求助电话", "统计期内由电话受理的工单件数，含当场答复；按事项大类分为生活服务、事务咨询和其他", _phoned,
        (Breakdown("sort", "类别", "sort", SORTS), *HOURED),
    ),
    _check("checked", "抽样回访评价", "统计期内抽样回访接通、来电人作出评价的工单件数", _checked),
    _check("checked_content", "抽样回访满意", "统计期内抽样回访中评价为基本满意以上的工单件数",
           lambda period: _checked(period).filter(grade__gte="3")),
    _jobs("introduced", "职业介绍", "统计期内向求职居民介绍岗位的次数", Unit.TIME, introduced),
    _jobs("placed", "介绍上岗", "统计期内经介绍上岗的居民，一人计一次", Unit.PERSON, placed, measure="distinct:person",
          persons=True),
    _survey("sampled", "知晓率调查抽样", "统计期内抽样的调查中抽到的居民", drawn),
    _survey("surveyed", "知晓率调查回答", "统计期内在抽样调查中作出回答的居民，不愿回答和没有联系上的不计", asked(*SPOKE)),
    _survey("aware", "知晓热线的居民", "统计期内在抽样调查中回答知道市民服务热线的居民", asked(SurveyAnswer.KNOWS)),
)  # fmt: skip
SHARES = (
    Share("hotline.satisfaction", "总体回访满意率", "回访评价中基本满意以上的比例", "hotline.content", "hotline.graded"),
    Share("hotline.checked", "抽样回访满意率", "抽样回访评价中基本满意以上的比例", "hotline.checked_content", "hotline.checked"),
    Share("hotline.awareness", "知晓率", "抽样调查中知道热线的占作出回答的居民的比例", "hotline.aware", "hotline.surveyed"),
)
RELATIONS = (
    Relation("hotline.content.most", "满意不多于评价", ("hotline.content",), "<=", ("hotline.graded",)),
    Relation("hotline.aware.most", "知晓不多于回答", ("hotline.aware",), "<=", ("hotline.surveyed",)),
    Relation("hotline.phoned.sorts", "各类电话之和等于全部", ("hotline.phoned",), "=",
             tuple(f"hotline.phoned@sort={key}" for key in SORTS)),
)  # fmt: skip



def report_of(*, members: bool) -> ReportTemplate:
    """The yearly account of the centre. ``members``: the programme keeps member firms, too."""
    meetings = "，召开加盟会议{book.providers.meetings.count}次" if members else ""
    told = (
        Text("中心目前共有加盟企业{providers.members@kind=firm}家，试用{providers.trials@kind=firm}家。加盟一技之长服务者"
             "{providers.members@kind=person}人，试用{providers.trials@kind=person}人。"),
    ) if members else ()  # fmt: skip
    return ReportTemplate(
        "hotline.report", "市民服务中心工作情况", "区市民服务中心", "关于{period}市民服务中心工作情况的报告", "区人民政府",
        "区市民服务中心", "峄市服〔{year}〕{serial}号",
        (
            Slot("opening", "开头：说明报告的缘由", "现将市民服务中心工作情况报告如下。"),
            Head(1, "热线和中心工作"),
            Text("中心共接到市民求助电话{hotline.phoned}个，其中生活服务类{hotline.phoned@sort=life}个，事务咨询类"
                 "{hotline.phoned@sort=advice}个，其他类{hotline.phoned@sort=other}个。总体回访满意率达到"
                 "{hotline.content÷hotline.graded}，处理网上求助件{hotline.closed@channel=web}件，上门来访"
                 "{hotline.received@channel=visit}批次，进社区活动{book.hotline.events.count}次" + meetings + "。"),
            *told,
            Text("发布招聘信息{book.hotline.vacancies.new}条，介绍{hotline.introduced}次，"
                 "{hotline.placed}名居民经介绍上岗。"),
            Text("经抽样调查，{hotline.surveyed}名作出回答的居民中{hotline.aware}名知道市民服务热线，知晓率"
                 "{hotline.aware÷hotline.surveyed}。"),
            Slot("closing", "结尾：存在的问题和打算", ""),
        ),
        ("hotline.phoned.sorts", "hotline.content.most", "hotline.aware.most"),
    )  # fmt: skip
