"""The registers of what the centre does outside its room: days in the communities; vacancies and residents who seek work."""

from __future__ import annotations

from linli.base.fields import Field, FieldKind
from linli.domains.hotline.rules import EVENTS, VACANCIES, WISHES, Trade
from linli.kernel.records.rules import Book

EVENT_BOOK = Book(
    EVENTS, "服务中心进社区活动", "服务中心哪天到哪个社区开展了什么活动，来了多少居民，做了什么", "市民服务热线工作统计",
    (
        Field("village", "社区（村）", FieldKind.AREA, required=True),
        Field("day", "日期", FieldKind.DAY, required=True),
        Field("topic", "活动名称", required=True, longest=60, searchable=True),
        Field("place", "地点", required=True, longest=60),
        Field("staff", "参加人员", required=True, longest=100, help="中心和加盟服务商的参加人员，如：明坐席；万帮家政2人。"),
        Field("came", "居民人数", FieldKind.NUMBER, unit="人", required=True, least=0, most=5000),
        Field("helped", "现场服务", FieldKind.NUMBER, unit="件次", required=True, least=0, most=5000),
        Field("done", "做了什么", required=True, longest=500, searchable=True, listed=False, help="不写居民姓名、电话和住址。"),
        Field("picture", "照片", FieldKind.FILE),
    ),
    write="hotline.keep_events", read="hotline.see_events", subject="village", day="day", unique=("village", "day", "topic"),
    noun="次", counted="次",
)  # fmt: skip
JOBS = "就业促进法 第三十五条（公共就业服务机构免费发布职业供求信息、介绍职业）"
VACANCY_BOOK = Book(
    VACANCIES, "招聘信息", "哪些单位要招什么人、招几人、到什么时候，供居民求职和职业介绍", JOBS,
    (
        Field("unit", "用人单位", FieldKind.ORGANISATION, required=True),
        Field("day", "登记日期", FieldKind.DAY, required=True),
        Field("post", "岗位", required=True, longest=30, searchable=True),
        Field("trade", "工种", FieldKind.CHOICE, required=True, choices=tuple(Trade.choices())),
        Field("heads", "招聘人数", FieldKind.NUMBER, unit="人", required=True, least=1, most=500),
        Field("pay", "工资待遇", required=True, longest=60, help="如：月薪1200元，缴社会保险。"),
        Field("asks", "招聘条件", longest=100, help="不得以性别、民族、残疾等为由拒绝录用。"),
        Field("closes", "招聘截止日期", FieldKind.DAY, required=True, not_before="day"),
    ),
    write="hotline.introduce", read="hotline.see_jobs", subject="unit", day="day", lasting=True, unique=("unit", "post"),
    noun="条", counted="个",
)  # fmt: skip
WISH_BOOK = Book(
    WISHES, "求职登记", "居民想找什么工作，以便介绍合适的岗位", JOBS,
    (
        Field("person", "居民", FieldKind.PERSON, required=True),
        Field("day", "登记日期", FieldKind.DAY, required=True),
        Field("trade", "想做的工种", FieldKind.CHOICE, required=True, choices=tuple(Trade.choices())),
        Field("wants", "其他要求", longest=100, help="如：离家近、白天、包吃住。"),
        Field("skill", "技能和证书", longest=100, searchable=True),
    ),
    write="hotline.introduce", read="hotline.introduce", subject="person", day="day", lasting=True, unique=("person",),
    keep_years=5, noun="份", counted="人",
)  # fmt: skip
BOOKS = (EVENT_BOOK, VACANCY_BOOK, WISH_BOOK)
