"""What is counted of the families: applications, grants, refusals, families that are helped, visits, meetings, days taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from linli.base.masking import mask_name
from linli.domains.assistance.books import INSPECTED
from linli.domains.assistance.models import Application, Appraisal, Member, Sample, Visit
from linli.domains.assistance.rules import SCHEMES, VERIFY, VisitKind
from linli.domains.assistance.rules.delegations import Checked, ConfirmedBy
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Period, Relation, Share, Unit
from linli.kernel.records.queries import standing
from linli.kernel.registry.queries import people_with_status, recognised
from linli.law import RESULTS, Zone

OWNER, BASIS = "区民政局社会救助科", "社会救助工作报告"
REASONS = {
    "income_not_below": "收入不低于标准", "money_over": "金融资产超限", "vehicle_over": "机动车辆超限", "house_over": "住房超限",
    "business_over": "商铺或出资超限", "nobody_counts": "没有可计入的成员", "facts_unclear": "事实不清或不配合核对",
    "officer_refused": "审批人依据事实不予确认", "has_bearer": "有具备能力的义务人", "has_labour": "有劳动能力",
    "has_income": "有生活来源", "no_scheme": "当时没有该制度",
}  # fmt: skip
BY_RESULT = Breakdown("result", "认定类别", "result", RESULTS)
BY_ZONE = Breakdown("zone", "城乡", "zone", {str(int(one)): one.zh for one in Zone})
BY_GROUP = Breakdown("group", "类别", "group", {"A": "A类", "B": "B类"})
BY_DECIDER = Breakdown("decider", "确认机关", "confirmed_by", {one.value: one.zh for one in ConfirmedBy})
BY_CHECKED = Breakdown("checked", "抽查结果", "result", {one.value: one.zh for one in Checked})
BY_REASON = Breakdown("reason", "不予确认的理由", "refused_for", REASONS)
BY_KIND = Breakdown("kind", "类型", "kind", {one.value: one.zh for one in VisitKind})
HELPED = (BY_RESULT, BY_ZONE, BY_GROUP)
FIRST = tuple(key for key, scheme in SCHEMES.items() if scheme is not VERIFY)
"""The flows of applications; a verification is none, also where it takes a family over from before."""
GONE = ("stopped", "died", "moved", "wish", "other")


def describe(one: Application) -> tuple[str, str]:
    from django.urls import reverse

    state = one.get_state_display()  # type: ignore[attr-defined]
    return f"{one.case.number}　{state}", reverse("assistance:application", args=[one.pk])


def _describe_part(one: Any) -> tuple[str, str]:
    from django.urls import reverse

    return str(one), reverse("assistance:application", args=[one.application_id])


def _describe_person(one: Any) -> tuple[str, str]:
    from django.urls import reverse

    return mask_name(one.name), reverse("registry:person", args=[one.pk])


def _rows(day: str, **state: Any) -> Callable[[Period], QuerySet[Application]]:
    """Applications whose day lies in the period."""
    return lambda period: Application.objects.select_related("case").filter(**period.within(day), **state)


def _helped(**state: Any) -> Callable[[Period], QuerySet[Application]]:
    """Families that were helped on the last day of the period."""

    def rows(period: Period) -> QuerySet[Application]:
        found = Application.objects.select_related("case").filter(decided_on__lte=period.last, state__in=["granted", "ended"])
        return found.filter(Q(ended_on=None) | Q(ended_on__gt=period.last), **state)

    return rows


def _part(model: Any, day: str, **words: Any) -> Callable[[Period], QuerySet[Any]]:
    return lambda period: model.objects.filter(**period.within(day), **words)


def _visited(period: Period) -> QuerySet[Application]:
    homes = Visit.objects.filter(kind=VisitKind.HOME.value, done_on__isnull=False).values("application")
    return _received(period).filter(pk__in=homes)


def _disabled_people(period: Period) -> QuerySet[Any]:
    """People on 低保 who are recognised as disabled on the last day."""
    held = people_with_status("dibao", period.last)
    return held.filter(pk__in=recognised(["disabled"], period.last).values("whose")).order_by()


def _disabled_families(period: Period) -> QuerySet[Application]:
    disabled = recognised(["disabled"], period.last).values("whose")
    homes = Member.objects.filter(counted=True, replaced_on=None, person__in=disabled).values("application")
    return _helped(result="dibao")(period).filter(pk__in=homes)


def _inspected(period: Period) -> QuerySet[Application]:
    """Families helped on the last day that the inspection team visited in the period."""
    homes = standing(INSPECTED).filter(**period.within("day")).values("household")
    return _helped()(period).filter(household__in=homes)


_received = _rows("applied_on", case__flow__in=FIRST)
_new = _rows("decided_on", case__flow__in=FIRST, state__in=["granted", "ended"])
_gone = _rows("ended_on", state="ended", ended_as__in=GONE)
_refused = _rows("decided_on", case__flow__in=FIRST, state="refused")
_verified = _rows("decided_on", case__flow=VERIFY.flow.key, state__in=["granted", "ended", "refused"])


def _flow(
    key: str, zh: str, words: str, rows: Any, *breakdowns: Breakdown, unit: Unit = Unit.HOUSEHOLD, measure: str = "count",
    describe: Any = describe, rank: int = 0,
) -> Figure:  # fmt: skip
    return Figure(
        f"assistance.{key}", zh, words, unit, Kind.FLOW, rows, measure, breakdowns=breakdowns, owner=OWNER, basis=BASIS,
        describe=describe, persons=unit in (Unit.HOUSEHOLD, Unit.PERSON), dashboard=rank,
    )  # fmt: skip


def _stock(
    key: str, zh: str, words: str, rows: Any, unit: Unit, measure: str = "count", rank: int = 0, course: tuple[str, ...] = ()
) -> Figure:
    return Figure(
        f"assistance.{key}", zh, words, unit, Kind.STOCK, rows, measure, breakdowns=HELPED, owner=OWNER, basis=BASIS,
        describe=describe, persons=unit in (Unit.HOUSEHOLD, Unit.PERSON), dashboard=rank, course=course,
    )  # fmt: skip


FIGURES = (
    _flow("received", "社会救助申请", "统计期内受理的社会救助申请户数，不含复核", _received, BY_ZONE, rank=12),
    _flow("new", "新增救助家庭", "统计期内决定确认的申请户数，不含复核", _new, *HELPED, BY_DECIDER),
    _flow("new.people", "新增救助人数", "统计期内决定确认的申请所救助的人数，不含复核", _new, *HELPED, unit=Unit.PERSON,
          measure="sum:people"),
    _flow("refused", "不予确认", "统计期内决定不予确认的申请户数，不含复核", _refused, BY_REASON, BY_ZONE, BY_DECIDER),
    _flow("sampled", "委托确认抽查", "统计期内登记结果的镇街委托确认抽查件数",
          _part(Sample, "checked_on"), BY_CHECKED, unit=Unit.TIME, describe=_describe_part),
    _flow("days", "社会救助办理天数", "统计期内作出决定的申请从受理到决定的日历天数合计，不含复核",
          _rows("decided_on", case__flow__in=FIRST, days__isnull=False), BY_ZONE, unit=Unit.DAY, measure="sum:days"),
    _flow("ended", "退出救助家庭", "统计期内终止救助的户数（停发、去世、迁出、放弃），不含复核接续", _gone, *HELPED),
    _flow("ended.people", "退出救助人数", "统计期内终止救助的家庭的救助人数", _gone, *HELPED, unit=Unit.PERSON,
          measure="sum:people"),
    _flow("verified", "复核户数", "统计期内办结的复核户数（继续、调整和停发）", _verified, *HELPED),
    _flow("visited", "新申请户入户调查", "统计期内受理、已完成入户调查的申请户数", _visited, BY_ZONE),
    _flow("visits", "调查走访次数", "统计期内完成的入户调查、邻里访问、区级核查和听取陈述次数",
          _part(Visit, "visited_on", done_on__isnull=False), BY_KIND, unit=Unit.TIME, describe=_describe_part),
    _flow("appraisals", "民主评议场次", "统计期内召开的民主评议次数（按申请计）", _part(Appraisal, "held_on"), unit=Unit.SESSION,
          describe=_describe_part),
    _stock("households", "救助家庭", "期末正在享受救助的户数", _helped(), Unit.HOUSEHOLD, rank=11),
    _stock("people", "救助人数", "期末正在享受救助的人数", _helped(), Unit.PERSON, "sum:people"),
    _stock("amount", "月救助金额", "期末在享家庭的决定所核定的每月金额，不含此后按新标准的增加", _helped(), Unit.FEN,
           "sum:amount"),
    _stock("dibao.households", "低保家庭", "期末正在享受最低生活保障的户数", _helped(result="dibao"), Unit.HOUSEHOLD, rank=13,
           course=("assistance.dibao.opening", "assistance.dibao.came", "assistance.dibao.went")),
    _stock("dibao.people", "低保人数", "期末正在享受最低生活保障的人数", _helped(result="dibao"), Unit.PERSON, "sum:people"),
    _stock("dibao.a", "A类低保家庭", "期末享受低保的A类（无劳动能力）户数", _helped(result="dibao", group="A"), Unit.HOUSEHOLD),
    _stock("dibao.b", "B类低保家庭", "期末享受低保的B类（有劳动能力）户数", _helped(result="dibao", group="B"), Unit.HOUSEHOLD),
    _stock("dibao.alone", "单独施保", "期末按单人户享受低保（重度残疾、重病）的户数", _helped(result="dibao", alone=True),
           Unit.HOUSEHOLD),
    _stock("dibao.disabled.households", "有残疾人的低保家庭", "期末享受低保、成员中有登记残疾的户数", _disabled_families,
           Unit.HOUSEHOLD),
    _flow("inspected", "核查组抽查的救助家庭", "统计期内核查组入户抽查、期末仍在享受救助的户数，同一户只计一次",
          _inspected, *HELPED),
    Figure("assistance.dibao.disabled", "低保残疾人", "期末享受低保、登记残疾的人数", Unit.PERSON, Kind.STOCK, _disabled_people,
           owner=OWNER, basis=BASIS, describe=_describe_person, persons=True),
)  # fmt: skip

SHARES = (
    Share(
        "assistance.inspected", "低保核查面", "核查组抽查的家庭与救助家庭之比", "assistance.inspected", "assistance.households",
    ),
    Share(
        "assistance.files", "低保残疾人建档率", "低保残疾人服务档案在册人数与低保残疾人之比", "book.assistance.files.people",
        "assistance.dibao.disabled",
    ),
)  # fmt: skip
RELATIONS = (
    Relation("assistance.people.least", "救助户数不多于救助人数", ("assistance.households",), "<=", ("assistance.people",)),
    Relation(
        "assistance.dibao.parts", "A类、B类低保户数之和等于低保户数", ("assistance.dibao.households",), "=",
        ("assistance.dibao.a", "assistance.dibao.b"),
    ),
    Relation("assistance.visited.most", "入户调查户数不多于申请户数", ("assistance.visited",), "<=", ("assistance.received",)),
)  # fmt: skip
