"""The record books of assistance and the duty to inspect, declared as data."""

from __future__ import annotations

from datetime import date

from linli.base.areas import Level
from linli.base.fields import Field, FieldKind
from linli.domains.assistance.rules.registers import Care, Labour, Matched, Occasion, Result
from linli.kernel.duties.rules import Duty, Everywhere, Per
from linli.kernel.records.rules import Book

PACKAGE = "linli.domains.assistance"
LOCAL = "峄城区低保规范化管理办法"
READ = "assistance.read"

INSPECTIONS = Book(
    "assistance.inspections", "低保核查组登记", "核查组到镇街检查低保管理，记录每一次检查", LOCAL,
    (
        Field("town", "镇街", FieldKind.AREA, required=True, within="district"),
        Field("day", "核查日期", FieldKind.DAY, required=True),
        Field("leader", "组长", required=True, longest=30, searchable=True),
        Field("members", "组员", required=True, longest=100, help="两人以上，写姓名"),
        Field("found", "检查情况", required=True, longest=500, searchable=True, listed=False),
        Field("mend", "要求整改的事项", longest=500, listed=False),
        Field("mend_by", "整改期限", FieldKind.DAY),
    ),
    write="assistance.inspect", read=READ, subject="town", day="day", unique=("town", "day"), noun="次", counted="次",
    heard=f"{PACKAGE}.actions.inspections_changed",
)  # fmt: skip
INSPECTED = Book(
    "assistance.inspected", "低保核查入户登记", "核查组抽查享受救助的家庭，核对档案与实际是否相符", LOCAL,
    (
        Field("household", "家庭", FieldKind.HOUSEHOLD, required=True),
        Field("day", "入户日期", FieldKind.DAY, required=True),
        Field("by", "核查人", required=True, longest=60, help="两人以上，写姓名"),
        Field("result", "核查结果", FieldKind.CHOICE, required=True, choices=tuple(Result.choices())),
        Field("found", "核查情况", required=True, longest=500, searchable=True, listed=False),
        Field("photo", "照片", FieldKind.FILE),
    ),
    write="assistance.inspect", read=READ, subject="household", day="day", unique=("household", "day"), noun="户", counted="户",
    heard=f"{PACKAGE}.actions.homes_inspected",
)  # fmt: skip
MATCHED = Book(
    "assistance.matched", "部门信息比对登记", "把公安、人社、不动产、殡葬、监所等部门的名单与正在救助的人比对，有变化的复核",
    "社会救助法 §39、§46",
    (
        Field("person", "人员", FieldKind.PERSON, required=True),
        Field("day", "信息日期", FieldKind.DAY, required=True, help="部门名单上的日期，例如登记日、入所日"),
        Field("kind", "情况", FieldKind.CHOICE, required=True, choices=tuple(Matched.choices())),
        Field("source", "提供部门", required=True, longest=60, searchable=True),
        Field("what", "具体内容", longest=200, listed=False, help="例如：小型汽车1辆；月缴费基数2400元"),
    ),
    write="assistance.match", read=READ, subject="person", day="day", unique=("person", "day", "kind"), noun="条", counted="人次",
)  # fmt: skip
FILES = Book(
    "assistance.files", "低保残疾人服务档案", "掌握享受低保的残疾人的情况和需求，及时提供服务",
    f"{LOCAL}；残疾人保障法 §48",
    (
        Field("person", "残疾人", FieldKind.PERSON, required=True),
        Field("since", "建档日期", FieldKind.DAY, required=True),
        Field("care", "自理情况", FieldKind.CHOICE, required=True, choices=tuple(Care.choices())),
        Field("carer", "照料人和关系", longest=60, searchable=True),
        Field("need", "服务需求", required=True, longest=300, searchable=True, help="例如：辅助器具、康复训练、代办、送餐"),
        Field("given", "已提供的服务", longest=500, listed=False, searchable=True),
        Field("health", "身体和用药情况", longest=300, sensitive=True),
    ),
    write="assistance.keep_files", read=READ, subject="person", day="since", lasting=True, unique=("person",), keep_years=10,
    noun="份", counted="人", heard=f"{PACKAGE}.actions.files_changed",
)  # fmt: skip
TRAININGS = Book(
    "assistance.trainings", "低保业务培训登记", "培训镇街分管领导、民政助理员和村居干部", LOCAL,
    (
        Field("day", "培训日期", FieldKind.DAY, required=True),
        Field("topic", "内容", required=True, longest=100, searchable=True),
        Field("place", "地点", required=True, longest=60),
        Field("teacher", "授课人", required=True, longest=30, searchable=True),
        Field("leaders", "镇街分管领导", FieldKind.NUMBER, unit="人", required=True, least=0, most=500),
        Field("assistants", "民政助理员", FieldKind.NUMBER, unit="人", required=True, least=0, most=500),
        Field("villagers", "村居干部", FieldKind.NUMBER, unit="人", required=True, least=0, most=2000),
        Field("sheet", "签到表", FieldKind.FILE),
    ),
    write="assistance.publicise", read=READ, day="day", unique=("day", "topic"), noun="场", counted="场",
)  # fmt: skip
LEAFLETS = Book(
    "assistance.leaflets", "低保政策宣传登记", "结合入户、抽查发放明白纸，让群众知道政策和标准", LOCAL,
    (
        Field("day", "日期", FieldKind.DAY, required=True),
        Field("occasion", "场合", FieldKind.CHOICE, required=True, choices=tuple(Occasion.choices())),
        Field("what", "宣传材料", required=True, longest=100, searchable=True),
        Field("leaflets", "发放份数", FieldKind.NUMBER, unit="个", required=True, least=1, most=100_000),
        Field("heads", "宣传人数", FieldKind.NUMBER, unit="人", least=0, most=100_000),
        Field("photo", "照片", FieldKind.FILE),
    ),
    write="assistance.publicise", read=READ, day="day", noun="次", counted="次",
)  # fmt: skip
SERVICE = Book(
    "assistance.service", "低保人员社区服务登记", "组织有劳动能力、尚未就业的低保人员参加社区服务",
    "城市居民最低生活保障条例 第十条",
    (
        Field("person", "低保人员", FieldKind.PERSON, required=True),
        Field("day", "服务日期", FieldKind.DAY, required=True),
        Field("labour", "劳动能力", FieldKind.CHOICE, required=True, choices=tuple(Labour.choices())),
        Field("what", "服务内容", required=True, longest=100, searchable=True, help="例如：环境卫生、治安巡逻、照看老人"),
        Field("hours", "服务时间", FieldKind.NUMBER, unit="小时", required=True, least=1, most=12),
        Field("note", "备注", longest=200, listed=False),
    ),
    write="assistance.serve", read=READ, subject="person", day="day", unique=("person", "day"), noun="次", counted="人次",
    heard=f"{PACKAGE}.actions.services_changed",
)  # fmt: skip
BOOKS = (INSPECTIONS, INSPECTED, MATCHED, FILES, TRAININGS, LEAFLETS, SERVICE)

INSPECTING = Duty(
    "assistance.inspection", "低保核查", "核查组每季度至少到每个镇街核查一次，抽查家庭，核对档案", f"{LOCAL}（频次为内部规定）",
    Everywhere(Level.TOWN, ("street", "town", "township")), Per("quarter", 1), permission="assistance.inspect",
    since=date(2010, 10, 1), grace=5, told="assistance.post", act="assistance:inspect", subject_zh="镇街",
)  # fmt: skip
DUTIES = (INSPECTING,)
