"""The register of what the centre does outside its room: its days in the communities, declared as data."""

from __future__ import annotations

from linli.base.fields import Field, FieldKind
from linli.domains.hotline.rules import EVENTS
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
BOOKS = (EVENT_BOOK,)
