"""Registers beside providers: meetings of the members, and what the government did for them."""

from __future__ import annotations

from linli.base.fields import Field, FieldKind
from linli.base.named import Named
from linli.kernel.records.rules import Book

BASIS = "加盟服务管理办法（示范）"
MEETINGS, SUPPORT = "providers.meetings", "providers.support"
KEEP, SEE = "providers.keep", "providers.see"


class SupportKind(Named):
    """How the government helps a provider to stand."""

    START = "start", "启动资金"
    OFFICE = "office", "办公用房"
    POLICY = "policy", "政策扶持"
    TRAINING = "training", "人员培训"
    EQUIPMENT = "equipment", "设备网络"


MEETING_BOOK = Book(
    MEETINGS, "加盟会议", "记录加盟企业和一技之长服务者会议谁到会、议了什么、定了什么", BASIS,
    (
        Field("day", "日期", FieldKind.DAY, required=True),
        Field("topic", "议题", required=True, longest=100, searchable=True),
        Field("place", "地点", required=True, longest=60),
        Field("chair", "主持人", required=True, longest=30),
        Field("firms", "到会企业", FieldKind.NUMBER, unit="家", required=True, least=0, most=2000),
        Field("persons", "到会服务者", FieldKind.NUMBER, unit="人", required=True, least=0, most=5000),
        Field("decided", "议定事项", FieldKind.TEXT, required=True, longest=500, listed=False),
        Field("came", "到会名单", FieldKind.TEXT, required=True, longest=500, listed=False, searchable=True, since=2,
              help="到会的企业和服务者的名称，用顿号分开。"),
        Field("minutes", "会议纪要", FieldKind.FILE, since=2),
    ),
    write=KEEP, read=SEE, day="day", noun="次", counted="次", version=2,
)  # fmt: skip
SUPPORT_BOOK = Book(
    SUPPORT, "扶持服务商", "知道政府给了哪家服务商什么扶持、依据什么文件，避免重复扶持", BASIS,
    (
        Field("day", "日期", FieldKind.DAY, required=True),
        Field("provider", "服务商", required=True, longest=60, searchable=True),
        Field("kind", "方式", FieldKind.CHOICE, required=True, choices=tuple(SupportKind.choices())),
        Field("what", "内容", required=True, longest=200),
        Field("amount", "折合金额", FieldKind.MONEY, least=0),
        Field("document", "依据文件", required=True, longest=80),
    ),
    write=KEEP, read=SEE, day="day", unique=("provider", "kind", "document"), noun="项", counted="件",
)  # fmt: skip
BOOKS = (MEETING_BOOK, SUPPORT_BOOK)
