"""What fundraising counts: money raised, by whom, for what; what contracts owe; how far the plan is fulfilled."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import ExtractMonth, ExtractYear
from django.urls import reverse

from linli.base.money import show_yuan
from linli.domains.fundraising import queries
from linli.domains.fundraising.queries.contracts import instalments
from linli.domains.fundraising.rules import KIND_HEART, BooksLevel, CampaignKind, DonorKind
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
from linli.kernel.ledgers import queries as books
from linli.kernel.ledgers.rules import GIVEN, AccountKind, PostingKind

OFFICE = "区慈善总会"


def _gifts(period: Period) -> QuerySet[Any]:
    found = queries.live_gifts().filter(**period.within("day")).select_related("campaign", "donor")
    return found.annotate(month=ExtractMonth("day"), year=ExtractYear("day"))


def _money(period: Period) -> QuerySet[Any]:
    return _gifts(period).filter(queries.MONEY)


def _raised(period: Period) -> QuerySet[Any]:
    return _money(period).exclude(queries.UPPER)


def _above(period: Period) -> QuerySet[Any]:
    return _money(period).filter(queries.UPPER)


def _goods(period: Period) -> QuerySet[Any]:
    return _gifts(period).exclude(queries.MONEY)


def _given_out(period: Period) -> QuerySet[Any]:
    lines = books.goods_lines(kind=AccountKind.ISSUED, since=period.first, until=period.last)
    return lines.filter(fund__kind__in=GIVEN)


def _due(period: Period) -> QuerySet[Any]:
    return instalments(since=period.first, until=period.last)


def _paid(period: Period) -> QuerySet[Any]:
    return _money(period).filter(instalment__isnull=False)


def _overdue(period: Period) -> QuerySet[Any]:
    return instalments(until=period.judged).filter(left__gt=0)


def _planned(period: Period) -> QuerySet[Any]:
    return queries.plan_lines().filter(plan__year=period.last.year).select_related("plan", "purpose")


def _plan_spent(period: Period) -> QuerySet[Any]:
    """Lines of the books on purposes that a signed plan of that organisation and year names; money handed on is not spent yet."""
    planned = queries.plan_lines().filter(plan__year=period.last.year, area=OuterRef("area"), purpose=OuterRef("purpose"))
    lines = queries.for_good(books.spend_lines(since=period.first, until=period.last))
    found: QuerySet[Any] = lines.annotate(planned=Subquery(planned.values("pk")[:1])).filter(planned__isnull=False)
    return found.select_related("posting")


def _spent(period: Period) -> QuerySet[Any]:
    lines = books.money_lines(AccountKind.SPEND, since=period.first, until=period.last)
    return lines.filter(fund__kind__in=GIVEN).exclude(what=PostingKind.TRANSFER.value)


def _gift_line(gift: Any) -> tuple[str, str]:
    who = KIND_HEART if gift.anonymous or gift.donor is None else gift.donor.name
    return f"{gift.day} {who} {gift.what} {gift.campaign.title}", reverse("fundraising:gift", args=[gift.pk])


def _instalment_line(one: Any) -> tuple[str, str]:
    words = f"{one.day} {one.contract.donor.name} 第{one.number}期 应付{show_yuan(one.amount)}元 已付{show_yuan(one.paid)}元"
    return words, reverse("fundraising:contract", args=[one.contract_id])


def _plan_line(one: Any) -> tuple[str, str]:
    return f"{one.plan.year}年 {one.purpose.name} {show_yuan(one.amount)}元", reverse("fundraising:plan", args=[one.plan_id])


def _campaign_names() -> dict[str, str]:
    return dict(queries.campaign_choices())


def _purpose_names() -> dict[str, str]:
    return dict(books.purposes().values_list("key", "name"))


KINDS = Breakdown("kind", "类别", "campaign__kind", dict(CampaignKind.choices()))
CAMPAIGNS = Breakdown("campaign", "活动", "campaign_id", _campaign_names)
LEVELS = Breakdown("level", "层级", "level", {level.value: level.zh for level in BooksLevel})
DONORS = Breakdown("donor", "捐赠人类别", "donor__kind", dict(DonorKind.choices()) | {"None": "匿名"})
MONTHS = Breakdown("month", "月份", "month", {str(month): f"{month}月" for month in range(1, 13)})
YEARS = Breakdown("year", "年度", "year")
SOURCES = Breakdown("source", "拨款单位", "campaign__source")
ABOVE_LEVELS = Breakdown("level", "拨款层级", "campaign__source_level", {"central": "中央", "province": "省级", "city": "市级"})
GIFT_WAYS = (KINDS, CAMPAIGNS, LEVELS, DONORS, MONTHS, YEARS)
GOODS = Breakdown("goods", "物资", "goods")
USES = Breakdown("purpose", "用途", "purpose", _purpose_names)

FIGURES = (
    Figure(
        "fundraising.raised", "募集善款",
        "统计期内接受的货币捐赠（不含上级拨入资金），冲正的除外，按捐赠日期", Unit.FEN, Kind.FLOW, _raised,
        "sum:amount", breakdowns=GIFT_WAYS, describe=_gift_line, owner=OFFICE, basis="慈善法 §79", dashboard=20,
    ),
    Figure(
        "fundraising.upper", "争取上级资金",
        "统计期内登记到账的上级拨入资金，冲正的除外", Unit.FEN, Kind.FLOW, _above,
        "sum:amount", breakdowns=(CAMPAIGNS, SOURCES, ABOVE_LEVELS, MONTHS, YEARS), describe=_gift_line, owner=OFFICE,
    ),
    Figure(
        "fundraising.income", "善款收入合计",
        "募集善款与上级拨入资金之和", Unit.FEN, Kind.FLOW, _money,
        "sum:amount", breakdowns=GIFT_WAYS, describe=_gift_line, owner=OFFICE, basis="慈善法 §61",
    ),
    Figure(
        "fundraising.gifts", "捐赠笔数",
        "统计期内货币和实物捐赠的笔数，冲正的除外", Unit.CASE, Kind.FLOW, _gifts,
        breakdowns=GIFT_WAYS, describe=_gift_line, owner=OFFICE,
    ),
    Figure(
        "fundraising.donors", "捐赠人数",
        "统计期内捐赠过的捐赠人（个人和单位），同一捐赠人只计一次，匿名不计", Unit.CASE, Kind.FLOW, _gifts,
        "distinct:donor_id", breakdowns=GIFT_WAYS, describe=_gift_line, owner=OFFICE,
    ),
    Figure(
        "fundraising.goods_value", "捐赠物资折价",
        "统计期内捐赠物资的折价，未折价的计零", Unit.FEN, Kind.FLOW, _goods,
        "sum:amount", breakdowns=(*GIFT_WAYS, GOODS), describe=_gift_line, owner=OFFICE,
    ),
    Figure(
        "fundraising.goods", "捐赠物资数量",
        "统计期内捐赠物资的件数，按各自的单位", Unit.PIECE, Kind.FLOW, _goods,
        "sum:pieces", breakdowns=(GOODS, KINDS, CAMPAIGNS), describe=_gift_line, owner=OFFICE,
    ),
    Figure(
        "fundraising.goods_given", "发放物资数量", "统计期内从捐赠和上级拨入的物资中发放的件数，按各自的单位",
        Unit.PIECE, Kind.FLOW, _given_out,
        "sum:amount", breakdowns=(Breakdown("goods", "物资", "unit"),), describe=books.line_shown, owner=OFFICE,
    ),
    Figure(
        "fundraising.contract_due", "合同应付捐款",
        "统计期内到期的合同分期金额，已终止合同终止之后的分期除外", Unit.FEN, Kind.FLOW, _due,
        "sum:amount", describe=_instalment_line, owner=OFFICE,
    ),
    Figure(
        "fundraising.contract_paid", "合同到款",
        "统计期内按合同分期到账的捐款", Unit.FEN, Kind.FLOW, _paid,
        "sum:amount", breakdowns=(CAMPAIGNS, MONTHS), describe=_gift_line, owner=OFFICE,
    ),
    Figure(
        "fundraising.contract_overdue", "合同未到款",
        "截至期末已到期而未付清的分期所欠金额", Unit.FEN, Kind.STOCK, _overdue,
        "sum:left", describe=_instalment_line, owner=OFFICE,
    ),
    Figure(
        "fundraising.planned", "年度计划支出",
        "统计期末所在年度已签批的支出计划金额", Unit.FEN, Kind.STOCK, _planned,
        "sum:amount", breakdowns=(Breakdown("purpose", "项目", "purpose_id", _purpose_names),), describe=_plan_line, owner=OFFICE,
    ),
    Figure(
        "fundraising.plan_spent", "计划项目支出",
        "统计期内账簿中用于已签批计划项目的支出，收回的冲减，拨给下级账户的不计", Unit.FEN, Kind.FLOW, _plan_spent,
        "sum:amount", breakdowns=(USES,), describe=books.line_shown, owner=OFFICE,
    ),
    Figure(
        "fundraising.spent", "善款支出",
        "统计期内从捐赠资金和上级拨入资金中的支出，收回的冲减，上下级之间拨付的不计", Unit.FEN, Kind.FLOW, _spent,
        "sum:amount", breakdowns=(USES,), describe=books.line_shown, owner=OFFICE, basis="慈善法 §61",
    ),
)  # fmt: skip

RELATIONS = (
    Relation("fundraising.income_parts", "善款收入合计 = 募集善款 + 争取上级资金", ("fundraising.income",), "=",
             ("fundraising.raised", "fundraising.upper")),
    Relation("fundraising.contract_within", "合同到款不多于募集善款", ("fundraising.contract_paid",), "<=",
             ("fundraising.raised",)),
    Relation("fundraising.donors_within", "捐赠人数不多于捐赠笔数", ("fundraising.donors",), "<=",
             ("fundraising.gifts",)),
)  # fmt: skip

REPORT = ReportTemplate(
    "fundraising.report", "捐赠情况公告", "峄城区慈善总会", "关于{period}捐赠款物接收和使用情况的公告", "社会各界",
    "峄城区慈善总会",
    "峄慈〔{year}〕{serial}号",
    (
        Slot("opening", "开头：说明公告的缘由", "现将捐赠款物接收和使用情况公告如下，请社会各界予以监督。"),
        Head(1, "接收情况"),
        Text("全区共接收善款{fundraising.income|wan}万元，其中募集善款{fundraising.raised|wan}万元，争取上级资金"
             "{fundraising.upper|wan}万元；接受捐赠{fundraising.gifts}笔，物资折价{fundraising.goods_value|wan}万元。"),
        Text("“慈心一日捐”募集{fundraising.raised@kind=one_day|wan}万元，慈善捐赠活动月募集{fundraising.raised@kind=month|wan}万元，"
             "冠名基金{fundraising.raised@kind=named|wan}万元，留本付息、合同捐赠{fundraising.raised@kind=contract|wan}万元。"),
        FigureTable("各镇街募集善款情况", "town", "镇街",
                    (("fundraising.raised", "募集善款（元）", ""), ("fundraising.gifts", "捐赠笔数", ""))),
        Head(1, "使用情况"),
        Text("从上述资金中支出{fundraising.spent|wan}万元。年度计划支出{fundraising.planned|wan}万元，计划项目已支出"
             "{fundraising.plan_spent|wan}万元。"),
        Slot("closing", "结尾：鸣谢和查询方式", "谨向各捐赠单位和个人致谢。捐赠人可凭票据编号和校验码查询善款使用情况。"),
    ),
    ("fundraising.income_parts", "fundraising.contract_within"),
)  # fmt: skip
