"""Registers and recurring work of the three-level network, declared as data; lists, forms, prints, figures are the kernel's."""

from __future__ import annotations

from datetime import date

from linli.base.areas import Level
from linli.base.fields import Field, FieldKind
from linli.domains.hall.rules.network import (
    CHANNELS,
    DISTRICT_WATCH,
    HALLS,
    HOURS,
    JOINT,
    OPINIONS,
    POINTS,
    SESSION_HOURS,
    SESSIONS,
    SHEET,
    SYSTEMS,
    TOWN_WATCH,
    WATCH,
    WINDOW_NAMES,
    WINDOWS,
    Funding,
    HallKind,
    HallState,
    OpinionResult,
    PointKind,
    Source,
    System,
    Topic,
)
from linli.domains.hall.rules.slots import ANY_WINDOW, OpenDays, clock
from linli.kernel.duties.rules import Duty, Everywhere, OnDays, Per, Rota
from linli.kernel.records.rules import Book

BASIS = "关于加强社区服务体系建设的意见"
KEEP, SEE = "hall.keep", "hall.see"
SINCE = date(2010, 12, 1)

HALL_BOOK = Book(
    HALLS, "服务大厅和服务中心", "知道三级服务网络有哪些大厅和中心，建成了没有，能做什么", BASIS,
    (
        Field("since", "启用（开工）日期", FieldKind.DAY, required=True),
        Field("kind", "类别", FieldKind.CHOICE, required=True, choices=tuple(HallKind.choices())),
        Field("name", "名称", required=True, longest=60, searchable=True),
        Field("state", "状态", FieldKind.CHOICE, required=True, choices=tuple(HallState.choices())),
        Field("counters", "柜台", FieldKind.NUMBER, unit="个", required=True, least=0, most=200),
        Field("space", "面积（平方米）", FieldKind.NUMBER, least=0, most=100000, listed=False),
        Field("functions", "功能", required=True, longest=200, help="如：办公、便民服务、文体活动、培训、议事、公开、信息。"),
        Field("chief", "负责人", longest=30, searchable=True),
        Field("phone", "监督电话", required=True, longest=20),
    ),
    write=KEEP, read=SEE, day="since", lasting=True, unique=("kind", "name"), keep_years=30, noun="处", counted="个",
)  # fmt: skip
WINDOW_BOOK = Book(
    WINDOWS, "部门服务窗口", "知道哪些部门在哪个大厅设了窗口，办什么，什么时候有人", BASIS,
    (
        Field("since", "设立日期", FieldKind.DAY, required=True),
        Field("hall", "大厅", required=True, longest=60, searchable=True),
        Field("department", "部门", required=True, longest=60, searchable=True),
        Field("permits", "有行政许可权", FieldKind.YES_NO, required=True),
        Field("does", "办理的事项", required=True, longest=200, searchable=True),
        Field("hours", "值守时间", required=True, longest=60),
        Field("people", "窗口人员", FieldKind.NUMBER, unit="人", required=True, least=1, most=50),
    ),
    write=KEEP, read=SEE, day="since", lasting=True, unique=("hall", "department"), noun="个", counted="个",
)  # fmt: skip
POINT_BOOK = Book(
    POINTS, "便民服务站点和公益项目", "知道各社区有哪些便民站点、公益性服务项目和特殊服务设施", BASIS,
    (
        Field("since", "开办日期", FieldKind.DAY, required=True),
        Field("kind", "类别", FieldKind.CHOICE, required=True, choices=tuple(PointKind.choices())),
        Field("name", "名称", required=True, longest=60, searchable=True),
        Field("place", "地点", required=True, longest=80),
        Field("funding", "举办方式", FieldKind.CHOICE, required=True, choices=tuple(Funding.choices())),
        Field("offers", "服务内容", required=True, longest=200, searchable=True),
    ),
    write=KEEP, read=SEE, day="since", lasting=True, unique=("kind", "name", "place"), noun="处", counted="个",
)  # fmt: skip
SYSTEM_BOOK = Book(
    SYSTEMS, "五位一体公共服务中心", "五个系统在一处办公，各由谁负责、找谁", BASIS,
    (
        Field("since", "启用日期", FieldKind.DAY, required=True),
        Field("system", "系统", FieldKind.CHOICE, required=True, choices=tuple(System.choices())),
        Field("unit", "责任单位", required=True, longest=60, searchable=True),
        Field("phone", "电话", required=True, longest=20),
        Field("hours", "服务时间", required=True, longest=60),
    ),
    write=KEEP, read=SEE, day="since", lasting=True, unique=("system",), noun="个", counted="个",
)  # fmt: skip
SESSION_BOOK = Book(
    SESSIONS, "村级联合办公记录", "记录每次联合办公谁主持、谁参加、议了什么、办成了什么", "村级定期联合办公制度",
    (
        Field("village", "村（社区）", FieldKind.AREA, required=True),
        Field("day", "日期", FieldKind.DAY, required=True),
        Field("hours", "办公时间", FieldKind.NUMBER, unit="小时", required=True, least=1, most=24, help="每天不少于8小时。"),
        Field("chair", "主持人（村支部书记）", required=True, longest=30, searchable=True),
        Field("came", "到会人数", FieldKind.NUMBER, unit="人", required=True, least=2, most=200),
        Field("leader", "乡镇包片领导", required=True, longest=30, searchable=True, listed=False),
        Field("departments", "参加的部门站所", longest=200, listed=False),
        Field("matters", "议题", required=True, longest=500, searchable=True),
        Field("raised", "受理事项", FieldKind.NUMBER, unit="件", required=True, least=0, most=500),
        Field("settled", "办结事项", FieldKind.NUMBER, unit="件", required=True, least=0, most=500),
        Field("result", "办理结果", required=True, longest=500, listed=False),
    ),
    write=KEEP, read=SEE, subject="village", day="day", unique=("village", "day"), noun="次", counted="场",
    heard="linli.domains.hall.actions.sessions_changed",
)  # fmt: skip
OPINION_BOOK = Book(
    OPINIONS, "社情民意登记", "居民说了什么、从哪里来、怎样办的，每月分析一次", "社情民意登记、联系、收集、分析、汇总制度",
    (
        Field("village", "村（社区）", FieldKind.AREA, required=True),
        Field("day", "日期", FieldKind.DAY, required=True),
        Field("source", "来源", FieldKind.CHOICE, required=True, choices=tuple(Source.choices())),
        Field("group", "小组", longest=30, searchable=True),
        Field("topic", "类别", FieldKind.CHOICE, required=True, choices=tuple(Topic.choices())),
        Field("said", "内容", required=True, longest=500, searchable=True, help="不写身份证号和电话。"),
        Field("handler", "办理人", required=True, longest=30),
        Field("result", "办理结果", FieldKind.CHOICE, required=True, choices=tuple(OpinionResult.choices())),
    ),
    write=KEEP, read=SEE, subject="village", day="day", keep_years=10, noun="条", counted="件",
)  # fmt: skip
CHANNEL_BOOK = Book(
    CHANNELS, "社情民意登记本、联系卡、收集箱", "每个干部一本登记本、每户一张联系卡、每个小组一个收集箱，是否到位",
    "社情民意登记、联系、收集、分析、汇总制度",
    (
        Field("village", "村（社区）", FieldKind.AREA, required=True),
        Field("since", "发放（设置）日期", FieldKind.DAY, required=True),
        Field("kind", "类别", FieldKind.CHOICE, required=True, choices=tuple(Source.choices())[:3]),
        Field("holder", "持有人或小组", required=True, longest=60, searchable=True),
        Field("pieces", "数量", FieldKind.NUMBER, unit="个", required=True, least=1, most=10000),
    ),
    write=KEEP, read=SEE, subject="village", day="since", lasting=True, unique=("village", "kind", "holder"),
    noun="条", counted="件",
)  # fmt: skip
HALF_HOURS = tuple((clock(minutes), clock(minutes)) for minutes in range(7 * 60, 21 * 60 + 1, 30))
HOUR_BOOK = Book(
    HOURS, "窗口开放和预约名额", "各大厅的窗口哪几天、几点开门，每个时段接待几个预约的人；没有登记的按全区的规定",
    "区服务大厅工作制度",
    (
        Field("hall", "大厅所在地", FieldKind.AREA, required=True),
        Field("since", "开始日期", FieldKind.DAY, required=True),
        Field("window", "窗口", FieldKind.CHOICE, required=True, choices=((ANY_WINDOW, "全部窗口"), *WINDOW_NAMES)),
        Field("days", "开放日", FieldKind.CHOICE, required=True, choices=tuple(OpenDays.choices()),
              help="停办的，时间照原来的填写；停办结束时把这一条终止。"),
        Field("opens", "开门", FieldKind.CHOICE, required=True, choices=HALF_HOURS),
        Field("closes", "关门", FieldKind.CHOICE, required=True, choices=HALF_HOURS),
        Field("places", "每个时段预约", FieldKind.NUMBER, unit="人", required=True, least=0, most=50),
    ),
    write=KEEP, read=SEE, subject="hall", day="since", lasting=True, unique=("hall", "window"), noun="条", counted="件",
    heard="linli.domains.hall.actions.hours_changed",
)  # fmt: skip
BOOKS = (HALL_BOOK, WINDOW_BOOK, HOUR_BOOK, POINT_BOOK, SYSTEM_BOOK, SESSION_BOOK, OPINION_BOOK, CHANNEL_BOOK)

IN_USE = "linli.domains.hall.queries.halls_in_use"
ON_DUTY = Duty(
    WATCH, "服务大厅值班", "每个工作日有两名以上社区干部在大厅值班服务", "社区服务大厅值班制度",
    Everywhere(Level.COMMUNITY, among=IN_USE), Rota(least=2, working=True), permission="hall.serve", since=SINCE,
    told="hall.supervise", subject_zh="社区（村）",
)  # fmt: skip
TOWN_DUTY = Duty(
    TOWN_WATCH, "镇街服务大厅值班", "每个工作日有两名以上人员在镇街服务大厅值班服务", "镇街服务大厅值班制度",
    Everywhere(Level.TOWN, among=IN_USE), Rota(least=2, working=True), permission="hall.attend", since=SINCE,
    told="hall.supervise", subject_zh="镇街",
)  # fmt: skip
DISTRICT_DUTY = Duty(
    DISTRICT_WATCH, "区服务中心值班", "每个工作日有两名以上人员在区公共行政服务中心值班服务", "区公共服务中心值班制度",
    Everywhere(Level.DISTRICT, among=IN_USE), Rota(least=2, working=True), permission="hall.attend_district", since=SINCE,
    subject_zh="区",
)  # fmt: skip
JOINT_OFFICE = Duty(
    JOINT, "村级定期联合办公", f"每月两天，每天不少于{SESSION_HOURS}小时，村支部书记主持", "村级定期联合办公制度",
    Everywhere(Level.COMMUNITY, ("village",)), Per("month", 2), permission="hall.serve", since=SINCE,
    least_minutes=SESSION_HOURS * 60, told="hall.supervise", act="hall:hold_session", subject_zh="村",
)  # fmt: skip
MONTHLY_SHEET = Duty(
    SHEET, "社情民意月分析和汇总表", "每月开展一次社情民意分析，上报一次汇总表", "社情民意登记、联系、收集、分析、汇总制度",
    Everywhere(Level.COMMUNITY), OnDays(("last",)), permission="hall.serve", since=SINCE, grace=3, told="hall.supervise",
    fields=(
        Field("came", "参加分析的人数", FieldKind.NUMBER, unit="人", required=True, least=2, most=200),
        Field("main", "群众反映最集中的问题", required=True, longest=500),
        Field("advice", "办理意见和建议", required=True, longest=500),
    ),
    subject_zh="社区（村）",
)  # fmt: skip
DUTIES = (ON_DUTY, TOWN_DUTY, DISTRICT_DUTY, JOINT_OFFICE, MONTHLY_SHEET)
