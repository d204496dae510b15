"""What the halls count: what was taken and ended, on the spot, by agents, in how many days, past the promise (HALL-01…05, 12)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import ExtractDay
from django.urls import reverse

from linli.base.masking import mask_home
from linli.domains.hall.models import Appointment, Handling, Rating, Ticket
from linli.domains.hall.queries import both_centres, catalogue, law
from linli.domains.hall.rules import AppointmentState, Channel, Grade, Stage, clock
from linli.kernel.cases.queries import cases, flow_of
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Period, Share, Unit

OWNER, BASIS = "区公共服务中心", "一站式服务大厅工作制度"


def _windows() -> dict[str, str]:
    return {window.key: window.zh for window in catalogue().windows.values()}


def _items() -> dict[str, str]:
    return {item.code: item.zh for item in catalogue().items}


def _bundles() -> dict[str, str]:
    return {"": "单独办理", **{bundle.key: bundle.zh for bundle in catalogue().bundles}}


PARTS = (
    Breakdown("window", "窗口", "window", _windows), Breakdown("item", "事项", "item", _items),
    Breakdown("channel", "来源", "channel", dict(Channel.choices())), Breakdown("bundle", "一件事", "bundle", _bundles),
)  # fmt: skip
DAYS = ExpressionWrapper(F("case__closed_on") - F("taken_on"), output_field=DurationField())


def _describe(one: Any) -> tuple[str, str]:
    return f"{one.number} {mask_home(one.name)}　{one.zh}", reverse("hall:handling", args=[one.pk])


def _taken(period: Period) -> Any:
    return Handling.objects.filter(**period.within("taken_on"))


def _ended(**words: Any) -> Any:
    return lambda period: Handling.objects.filter(case__outcome="done", **period.within("case__closed_on"), **words)


def _late(period: Period) -> Any:
    return _ended()(period).filter(case__closed_on__gt=F("promised_on"))


def _running_late(period: Period) -> Any:
    """What ran past its promise and was not ended on the day that counts; while papers are awaited nothing runs."""
    day = period.judged
    running = Q(case__closed_on=None, case__stop="") | Q(case__closed_on__gt=day)
    return Handling.objects.filter(running, taken_on__lte=day, promised_on__lt=day)


def _days(period: Period) -> Any:
    return _ended()(period).annotate(days=ExtractDay(DAYS))


def _passed_down(period: Period) -> Any:
    return _taken(period).filter(item__in=[item.code for item in catalogue().items if item.passed_down])


def _figure(
    key: str, zh: str, words: str, rows: Any, unit: Unit = Unit.PIECE, kind: Kind = Kind.FLOW, **more: Any
) -> Figure:
    return Figure(
        f"hall.{key}", zh, words, unit, kind, rows, breakdowns=PARTS, describe=_describe, owner=OWNER, basis=BASIS, **more
    )


GRADED = tuple(Breakdown(key, zh, f"handling__{key}", names) for key, zh, names in (
    ("window", "窗口", _windows), ("item", "事项", _items),
))  # fmt: skip
GRADES = (
    Breakdown("grade", "评价", "grade", dict(Grade.choices())), Breakdown("stage", "环节", "stage", dict(Stage.choices())),
    *GRADED,
)


def _rated(**words: Any) -> Any:
    return lambda period: Rating.objects.filter(**period.within("since"), **words).select_related("handling")


def _rating(key: str, zh: str, words: str, **only: Any) -> Figure:
    return Figure(
        f"hall.{key}", zh, words, Unit.TIME, Kind.FLOW, _rated(**only), breakdowns=GRADES, owner=OWNER,
        basis="国办发〔2019〕51号",
        describe=lambda one: (f"{one.handling.number} {one.get_grade_display()}", reverse("hall:rating", args=[one.pk])),
    )


RATINGS = (
    _rating("rated", "好差评", "统计期内居民作出的评价，每件每个环节一次"),
    _rating("satisfied", "好评", "统计期内基本满意以上的评价", grade__gte="3"),
    _rating("poor", "差评", "统计期内不满意和非常不满意的评价", grade__lt="3"),
)
def _tickets(period: Period) -> Any:
    return Ticket.objects.filter(**period.within("day"))


def _waited(period: Period) -> Any:
    """Whoever was called later than promised after drawing the number."""
    most = timedelta(minutes=law().on("hall.wait_minutes", period.last, "").count)
    return _tickets(period).filter(called_at__gt=F("taken_at") + most)


def _ticket(key: str, zh: str, words: str, rows: Any) -> Figure:
    return Figure(
        f"hall.{key}", zh, words, Unit.TIMES, Kind.FLOW, rows, breakdowns=(Breakdown("window", "窗口", "window", _windows),),
        describe=lambda one: (f"{one.day} {one.label}", ""), owner=OWNER, basis=BASIS,
    )  # fmt: skip


TICKETS = (
    _ticket("tickets", "大厅取号", "统计期内在服务大厅取号的人次", _tickets),
    _ticket("waited", "等候超过承诺", "统计期内取号后等候时间超过承诺才叫到的人次", _waited),
)


def _appointments(**only: Any) -> Any:
    kept = Appointment.objects.exclude(state=AppointmentState.CANCELLED)
    return lambda period: kept.filter(**period.within("day"), **only)


def _booking(key: str, zh: str, words: str, **only: Any) -> Figure:
    return Figure(
        f"hall.{key}", zh, words, Unit.TIMES, Kind.FLOW, _appointments(**only),
        breakdowns=(Breakdown("window", "窗口", "window", _windows),), owner=OWNER, basis=BASIS,
        describe=lambda one: (f"{one.day} {clock(one.start)} {one.what}", ""),
    )  # fmt: skip


BOOKINGS = (
    _booking("booked", "大厅预约", "预约日在统计期内的预约人次，取消的不计"),
    _booking("booked_web", "网上预约", "预约日在统计期内、居民自己在网上预约的人次，取消的不计", web=True),
    _booking("missed", "预约未到", "预约日在统计期内、当天没有到场的人次", state=AppointmentState.MISSED.value),
)
BOTH = Figure(
    "hall.both", "双中心齐备的村", "期末日既有行政服务中心又有生活服务中心的村（社区）数", Unit.EACH, Kind.STOCK,
    lambda period: both_centres(period.last), measure="distinct:area", owner=OWNER, basis=BASIS,
    describe=lambda row: (str(row.values["name"]), reverse("records:entry", args=[row.pk])),
)  # fmt: skip
def _by_business(day: str, **words: Any) -> Any:
    flows = [flow for one in catalogue().handlers for flow in one.flows]
    return lambda period: cases().filter(flow__in=flows, **period.within(day), **words)


def _business(key: str, zh: str, words: str, rows: Any) -> Figure:
    flows = {flow: one.zh for one in catalogue().handlers for flow in one.flows}
    return Figure(
        f"hall.{key}", zh, words, Unit.PIECE, Kind.FLOW, rows, breakdowns=(Breakdown("flow", "申请", "flow", flows),),
        describe=lambda one: (f"{one.number} {flow_of(one).zh}", reverse("cases:case", args=[one.pk])), owner=OWNER, basis=BASIS,
    )  # fmt: skip


FIGURES = (
    _figure("taken", "大厅受理件",
            "统计期内三级服务大厅受理的件数；按业务申请受理的低保、特困、临时救助等另计", _taken, dashboard=60),
    _figure("ended", "大厅办结件", "统计期内办成的受理件数，不予办理和撤回的不计", _ended(), dashboard=61),
    _figure("spot", "当场办结件", "统计期内办成的受理件中，申请人在窗口等候时办结的件数", _ended(spot=True)),
    _figure("agency", "全程代办件", "统计期内办成的受理件中，由干部全程代办的件数", _ended(agency=True)),
    _figure("late", "超过承诺时限办结件", "统计期内办成、办结日晚于承诺日的件数", _late),
    _figure("running_late", "超过承诺时限未办结件",
            "期末日（统计期未完的，到今天）还没有办结、已经过了承诺日的受理件数，正在等待补正的不计",
            _running_late, kind=Kind.STOCK),
    _figure("days", "办理用时", "统计期内办成的受理件从受理到办结的天数之和，停止计时的日子不扣除", _days,
            Unit.DAY, measure="sum:days"),
    _figure("passed_down", "下放事项受理件", "统计期内受理的、部门下放到村居办理的事项的件数", _passed_down),
    _business(
        "by_business", "按业务申请受理的事项",
        "统计期内事项目录中有业务申请的事项（低保、特困、临时救助、残疾人两项补贴、慈善救助）受理的件数，窗口、上门和网上"
        "受理的都算；不计入好差评和办理用时", _by_business("opened_on"),
    ),
    _business(
        "by_business_ended", "按业务申请办结的事项", "统计期内上述事项办成的件数", _by_business("closed_on", outcome="granted"),
    ),
    BOTH, *RATINGS, *TICKETS, *BOOKINGS,
)
SHARES = (
    Share("hall.waited", "等候超时率", "等候超过承诺的人次占取号人次的比例", "hall.waited", "hall.tickets"),
    Share("hall.missed", "预约未到率", "预约未到的人次占预约人次的比例", "hall.missed", "hall.booked"),
    Share("hall.booked_web", "网上预约率", "居民自己网上预约的人次占预约人次的比例", "hall.booked_web", "hall.booked"),
    Share("hall.satisfied", "满意率", "好评占全部评价的比例", "hall.satisfied", "hall.rated"),
    Share("hall.spot", "当场办结率", "当场办结件占办结件的比例", "hall.spot", "hall.ended"),
    Share("hall.agency", "全程代办率", "全程代办件占办结件的比例", "hall.agency", "hall.ended"),
    Share("hall.in_time", "超时办结率", "超过承诺时限办结件占办结件的比例", "hall.late", "hall.ended"),
)
