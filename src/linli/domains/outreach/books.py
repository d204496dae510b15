"""The registers of outreach, declared as data; list, form, import, print and figures are the kernel's."""

from __future__ import annotations

from linli.base.fields import Field, FieldKind
from linli.domains.outreach.rules import (
    CAUSES,
    CHECKED,
    GUARDED,
    HELPS,
    INSURANCES,
    NEEDS,
    PAYERS,
    PLACES,
    PROGRAMMES,
    SERVICES,
    SESSIONS,
)
from linli.kernel.records.rules import AfterKeeping, Book

HEARD = "linli.domains.outreach.actions"
ASSISTANCE = "社会救助法 §13、§46；本区社会救助工作安排"
REHABILITATION_LAW = "残疾预防和残疾人康复条例 §17、§20；个人信息保护法 §28、§29"

WORKERS = Book(
    "outreach.workers", "困难职工档案", "掌握困难职工家庭的情况，由区困难职工帮扶中心帮扶",
    "工会法 §30；全国总工会困难职工档案管理规定",
    (
        Field("person", "困难职工", FieldKind.PERSON, required=True),
        Field("since", "建档日期", FieldKind.DAY, required=True),
        Field("organisation", "工作单位", FieldKind.ORGANISATION, required=True),
        Field("cause", "困难原因", FieldKind.CHOICE, required=True, choices=CAUSES),
        Field("family", "家庭人口", FieldKind.NUMBER, unit="人", required=True, least=1, most=20),
        Field("income", "家庭月人均收入", FieldKind.MONEY, required=True, least=0),
        Field("situation", "困难情况", longest=500, listed=False, sensitive=True),
    ),
    write="outreach.union", read="outreach.see_union", subject="person", day="since", lasting=True, unique=("person",),
    keep_years=10, noun="户", counted="户",
)  # fmt: skip
UNION_HELP = Book(
    "outreach.union_help", "困难职工帮扶登记", "登记帮扶中心给予困难职工家庭的每一次帮扶", "工会法 §30",
    (
        Field("person", "困难职工", FieldKind.PERSON, required=True),
        Field("day", "帮扶日期", FieldKind.DAY, required=True),
        Field("kind", "帮扶类别", FieldKind.CHOICE, required=True, choices=HELPS),
        Field("amount", "金额", FieldKind.MONEY, least=0, required=True, help="职业介绍、法律援助等没有金额的填0。"),
        Field("what", "帮扶内容", required=True, longest=200, searchable=True),
        Field("signed", "签收人", required=True, longest=30),
    ),
    write="outreach.union", read="outreach.see_union", subject="person", day="day", unique=("person", "day", "kind"),
    keep_years=10, noun="次", counted="次",
    heard=f"{HEARD}.union_help_entered",
)  # fmt: skip
REHABILITATION = Book(
    "outreach.rehabilitation", "残疾人康复服务档案", "为辖区每一位残疾人建档，安排康复服务", REHABILITATION_LAW,
    (
        Field("person", "残疾人", FieldKind.PERSON, required=True),
        Field("since", "建档日期", FieldKind.DAY, required=True),
        Field("need", "康复需求", FieldKind.CHOICE, required=True, choices=NEEDS),
        Field("organisation", "服务医院或机构", FieldKind.ORGANISATION),
        Field("frequency", "每月训练", FieldKind.NUMBER, unit="次", least=0, most=60),
        Field("diagnosis", "功能评估", sensitive=True, longest=500, listed=False),
    ),
    write="outreach.rehabilitate", read="outreach.see_rehabilitation", subject="person", day="since", lasting=True,
    unique=("person",), keep_years=10, after=AfterKeeping.DESTROY, noun="份", counted="人",
    heard=f"{HEARD}.files_entered",
)  # fmt: skip
SERVICES_BOOK = Book(
    "outreach.services", "康复服务登记", "登记残疾人和残疾儿童得到的每一次康复服务", REHABILITATION_LAW,
    (
        Field("person", "残疾人", FieldKind.PERSON, required=True),
        Field("day", "服务日期", FieldKind.DAY, required=True),
        Field("service", "服务项目", FieldKind.CHOICE, required=True, choices=SERVICES),
        Field("organisation", "服务医院或机构", FieldKind.ORGANISATION),
        Field("result", "效果", longest=200, listed=False),
    ),
    write="outreach.rehabilitate", read="outreach.see_rehabilitation", subject="person", day="day",
    unique=("person", "day", "service"), keep_years=10, after=AfterKeeping.DESTROY, noun="次", counted="人次",
    heard=f"{HEARD}.files_entered",
)  # fmt: skip
CHILDREN = Book(
    "outreach.children", "残疾儿童康复名册", "为需要康复的残疾儿童安排机构和资助，不误康复时机", REHABILITATION_LAW,
    (
        Field("person", "残疾儿童", FieldKind.PERSON, required=True),
        Field("since", "开始日期", FieldKind.DAY, required=True),
        Field("programme", "康复类别", FieldKind.CHOICE, required=True, choices=PROGRAMMES),
        Field("organisation", "康复机构", FieldKind.ORGANISATION, required=True),
        Field("guardian", "监护人", required=True, longest=30),
        Field("aided", "每年资助", FieldKind.MONEY, required=True, least=0),
    ),
    write="outreach.rehabilitate", read="outreach.see_rehabilitation", subject="person", day="since", lasting=True,
    unique=("person",), keep_years=10, after=AfterKeeping.DESTROY, noun="人", counted="人", heard=f"{HEARD}.children_entered",
)  # fmt: skip
SESSIONS_BOOK = Book(
    "outreach.sessions", "康复讲座和集中训练", "记录康复知识讲座和集中训练的场次、专家和人数", "残疾预防和残疾人康复条例 §10",
    (
        Field("day", "日期", FieldKind.DAY, required=True),
        Field("kind", "形式", FieldKind.CHOICE, required=True, choices=SESSIONS),
        Field("topic", "主题", required=True, longest=60, searchable=True),
        Field("place", "地点", required=True, longest=60),
        Field("expert", "专家", longest=60, searchable=True),
        Field("organisation", "协办医院", FieldKind.ORGANISATION),
        Field("heads", "参加人数", FieldKind.NUMBER, unit="人", required=True, least=1, most=10000),
    ),
    write="outreach.rehabilitate", read="outreach.see_rehabilitation", day="day", unique=("day", "kind", "topic", "place"),
    keep_years=10, noun="场", counted="场",
)  # fmt: skip
LOW_INCOME = Book(
    "outreach.low_income", "低收入农户核查", "逐户核查农户收入，认定低收入农户", ASSISTANCE,
    (
        Field("household", "农户", FieldKind.HOUSEHOLD, required=True),
        Field("day", "核查日期", FieldKind.DAY, required=True),
        Field("people", "家庭人口", FieldKind.NUMBER, unit="人", required=True, least=1, most=30),
        Field("farm", "家庭经营纯收入", FieldKind.MONEY, required=True, least=0, help="上年，种植、养殖等扣除成本。"),
        Field("wages", "工资性收入", FieldKind.MONEY, required=True, least=0, help="上年，外出务工的也算。"),
        Field("transfers", "转移性和财产性收入", FieldKind.MONEY, required=True, least=0, help="上年，补贴、赡养费、租金等。"),
        Field("result", "核查结果", FieldKind.CHOICE, required=True, choices=CHECKED),
        Field("checked_by", "核查人", required=True, longest=60, help="不少于两人"),
    ),
    write="outreach.survey", read="outreach.see_survey", subject="household", day="day", unique=("household", "day"),
    keep_years=10, noun="户", counted="户",
)  # fmt: skip
ORPHANS = Book(
    "outreach.orphans", "孤儿调查摸底", "逐人摸清孤儿的监护、就学和身体情况，落实保障",
    "未成年人保护法 §43、§92；国办发〔2010〕54号",
    (
        Field("person", "孤儿", FieldKind.PERSON, required=True),
        Field("since", "摸底日期", FieldKind.DAY, required=True),
        Field("guarded", "监护情况", FieldKind.CHOICE, required=True, choices=GUARDED),
        Field("guardian", "监护人", required=True, longest=30),
        Field("place", "安置方式", FieldKind.CHOICE, required=True, choices=PLACES),
        Field("school", "就读学校", longest=60),
        Field("situation", "生活和身体情况", sensitive=True, longest=500, listed=False),
    ),
    write="outreach.survey", read="outreach.see_survey", subject="person", day="since", lasting=True, unique=("person",),
    keep_years=30, noun="人", counted="人",
    heard=f"{HEARD}.children_entered",
)  # fmt: skip
INSURED = Book(
    "outreach.insured", "参保参合代办", "为低保、五保和优抚对象代办医疗保险，减免或代缴个人缴费",
    "社会救助法 §24；国办发〔2021〕42号",
    (
        Field("person", "参保人", FieldKind.PERSON, required=True),
        Field("day", "办理日期", FieldKind.DAY, required=True),
        Field("year", "参保年度", FieldKind.NUMBER, required=True, least=2003, most=2100),
        Field("insurance", "险种", FieldKind.CHOICE, required=True, choices=INSURANCES),
        Field("group", "对象类别", FieldKind.CHOICE, required=True, choices=PAYERS),
        Field("waived", "减免金额", FieldKind.MONEY, required=True, least=0),
        Field("paid", "代缴金额", FieldKind.MONEY, required=True, least=0),
    ),
    write="outreach.insure", read="outreach.see_insured", subject="person", day="day", unique=("person", "year", "insurance"),
    keep_years=10, noun="人", counted="人",
    heard=f"{HEARD}.insured_entered",
)  # fmt: skip
BOOKS = (WORKERS, UNION_HELP, REHABILITATION, CHILDREN, SERVICES_BOOK, SESSIONS_BOOK, LOW_INCOME, ORPHANS, INSURED)
