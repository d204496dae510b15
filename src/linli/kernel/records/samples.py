"""Made-up books and rows for tests, through the real actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.base.fields import Field, FieldKind
from linli.kernel.access.rules import Actor
from linli.kernel.records.actions import add_entry
from linli.kernel.records.models import Entry
from linli.kernel.records.rules import AfterKeeping, Book

DAY = date(2010, 12, 20)
REHABILITATION = Book(
    "records.rehabilitation", "康复服务档案", "掌握残疾人的康复需求，安排康复服务", "残疾预防和残疾人康复条例 第二十条",
    (
        Field("person", "残疾人", FieldKind.PERSON, required=True),
        Field("since", "建档日期", FieldKind.DAY, required=True),
        Field("need", "康复需求", FieldKind.CHOICE, required=True, choices=(("train", "康复训练"), ("device", "辅助器具"))),
        Field("hours", "每周训练", FieldKind.NUMBER, unit="小时", places=1, least=0, most=40),
        Field("cost", "自付费用", FieldKind.MONEY),
        Field("hospital", "康复机构", searchable=True),
        Field("diagnosis", "诊断情况", sensitive=True),
        Field("paper", "评估表", FieldKind.FILE),
        Field("guarded", "有监护人", FieldKind.YES_NO, since=2),
    ),
    write="records.write", read="records.see", subject="person", day="since", lasting=True, unique=("person",),
    keep_years=5, after=AfterKeeping.DESTROY, version=2, noun="份", counted="人",
)  # fmt: skip
LECTURES = Book(
    "records.lectures", "康复知识讲座登记", "记录讲座场次和到场人数", "残疾预防和残疾人康复条例 第十条",
    (
        Field("on", "讲座日期", FieldKind.DAY, required=True),
        Field("topic", "主题", required=True, searchable=True),
        Field("heads", "到场人数", FieldKind.NUMBER, unit="人", required=True, least=1),
        Field("unit", "协办单位", FieldKind.AREA, within="units"),
    ),
    write="records.write", read="records.see", day="on", unique=("on", "topic"), noun="场", counted="件次",
)  # fmt: skip
VISITS = Book(
    "records.visits", "走访登记", "记录对困难家庭的走访", "社会救助暂行办法 第三条",
    (
        Field("household", "家庭", FieldKind.HOUSEHOLD, required=True),
        Field("day", "走访日期", FieldKind.DAY, required=True),
        Field("found", "了解的情况", longest=500, searchable=True),
        Field("money", "慰问金", FieldKind.MONEY, least=0),
    ),
    write="records.write", read="records.see", subject="household", day="day", noun="次", counted="件次",
)  # fmt: skip
SAMPLE_BOOKS = (REHABILITATION, LECTURES, VISITS)


def make_file_of(by: Actor, person_id: int, *, on: date = DAY, **values: Any) -> Entry:
    """A rehabilitation file of a person."""
    given = {"person": person_id, "since": on.isoformat(), "need": "train", **values}
    return add_entry(by=by, on=on, book=REHABILITATION.key, values=given)


def make_lecture(by: Actor, topic: str = "脑卒中康复", *, on: date = DAY, heads: int = 30) -> Entry:
    """A lecture with so many listeners."""
    return add_entry(by=by, on=on, book=LECTURES.key, values={"on": on.isoformat(), "topic": topic, "heads": heads})
