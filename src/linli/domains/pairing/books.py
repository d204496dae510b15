"""The books of the pairing and the duty to visit, declared as data."""

from __future__ import annotations

from datetime import date

from linli.base.fields import Field, FieldKind
from linli.domains.pairing.rules import VISIT, Cause, Help, Way
from linli.kernel.duties.rules import Duty, From, Per
from linli.kernel.records.rules import Book

BASIS = "市、区机关干部与困难家庭结对帮扶工作安排"
PACKAGE = "linli.domains.pairing"
FAMILY = Field("household", "结对家庭", FieldKind.HOUSEHOLD, required=True)
HELPER = Field("helper", "帮扶单位", FieldKind.AREA, within="units", required=True)

PAIRS = Book(
    "pairing.pairs", "结对帮扶台账", "落实机关单位与困难家庭结对，责任到人", BASIS,
    (
        FAMILY,
        Field("since", "结对日期", FieldKind.DAY, required=True),
        HELPER,
        Field("cadre", "帮扶责任人", required=True, longest=30, searchable=True),
        Field("phone", "责任人电话", sensitive=True, longest=20),
        Field("cause", "困难原因", FieldKind.CHOICE, required=True, choices=tuple(Cause.choices())),
        Field("plan", "帮扶措施", longest=500, listed=False, searchable=True, help="扶贫与扶志：近期解决什么，长远怎么办。"),
    ),
    write="pairing.pair", read="pairing.see", subject="household", day="since", lasting=True, unique=("household", "helper"),
    keep_years=10, noun="户", counted="户", heard=f"{PACKAGE}.actions.pairs_changed",
)  # fmt: skip
VISITS = Book(
    "pairing.visits", "结对走访登记", "记录每一次走访了解的情况和困难，不漏一户", BASIS,
    (
        FAMILY,
        Field("day", "走访日期", FieldKind.DAY, required=True),
        HELPER,
        Field("way", "走访事项", FieldKind.CHOICE, required=True, choices=tuple(Way.choices())),
        Field("found", "了解的情况", required=True, longest=500, searchable=True),
        Field("needs", "需要解决的困难", longest=500, listed=False, searchable=True),
        Field("photo", "照片", FieldKind.FILE),
    ),
    write="pairing.visit", read="pairing.see", subject="household", day="day", keep_years=10, noun="次", counted="次",
    new="pairing:pairs", heard=f"{PACKAGE}.actions.visits_changed",
)  # fmt: skip
HELPS = Book(
    "pairing.helps", "结对帮扶投入登记", "登记帮扶单位投入的资金和物资，与账簿一致", BASIS,
    (
        FAMILY,
        Field("day", "投入日期", FieldKind.DAY, required=True),
        HELPER,
        Field("kind", "投入类别", FieldKind.CHOICE, required=True, choices=tuple(Help.choices())),
        Field("amount", "金额", FieldKind.MONEY, required=True, least=1, help="物资按价值折算。"),
        Field("heads", "受助人数", FieldKind.NUMBER, unit="人", required=True, least=1, most=20),
        Field("goods", "物资", searchable=True, help="品名、数量和单位。"),
    ),
    write="pairing.give", read="pairing.see", subject="household", day="day", keep_years=10, noun="笔", counted="次",
    new="pairing:pairs", own=True,
)  # fmt: skip
BOOKS = (PAIRS, VISITS, HELPS)

VISITING = Duty(
    VISIT, "结对走访", "帮扶单位每季度至少走访结对家庭一次，了解情况，解决困难", f"{BASIS}（频次为内部规定）",
    From(f"{PACKAGE}.queries.owing"), Per("quarter", 1), permission="pairing.visit", since=date(2010, 1, 1),
    grace=5, told="pairing.pair", act="pairing:visit", subject_zh="结对家庭",
)  # fmt: skip
DUTIES = (VISITING,)
