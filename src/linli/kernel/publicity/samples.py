"""A kind of notice and notices for tests and the demo, through the real actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.base.days import Term
from linli.kernel.access.rules import Actor
from linli.kernel.publicity.actions import draft_notice, publish
from linli.kernel.publicity.models import Notice
from linli.kernel.publicity.rules import Entry, LawfulField, NoticeKind, Place, Show, Who

SAMPLE_KIND = NoticeKind(
    key="sample.aid",
    zh="救助对象公示",
    title="{area}{project}救助对象公示",
    lead="经村居初核、镇街审核，现将{project}拟救助对象予以公示，接受群众监督。",
    law="慈善法 §82",
    fields=(
        LawfulField("name", "姓名", Show.NAME, "慈善法 §82"),
        LawfulField("village", "所在村居", Show.TEXT, "慈善法 §82"),
        LawfulField("amount", "金额（元）", Show.MONEY, "慈善法 §82"),
    ),
    term=Term("calendar", 7),
    answer_within=Term("working", 5),
    places=frozenset({Place.BOARD, Place.SITE}),
)
NAMES = ("张桂兰", "李明", "欧阳小明", "王小虎")


def make_entries(count: int = 3, *, start: int = 1, **row: Any) -> list[Entry]:
    """Lines of made-up people; each fourth one is a minor."""
    return [
        Entry(
            f"sample:{start + i}",
            {"name": Who(NAMES[i % 4], minor=i % 4 == 3), "village": "坛山社区", "amount": 50_000} | row,
        )
        for i in range(count)
    ]


def make_draft(by: Actor, on: date, *, area: str = "370404001000", entries: list[Entry] | None = None, **words: Any) -> Notice:
    """A draft of the sample kind. The kind must be declared (see the fixture ``sample_kind``)."""
    words = {
        "kind": SAMPLE_KIND.key, "area_name": "坛山街道", "issuer": "坛山街道办事处",
        "contact": "坛山街道民政办公室，电话0632-7711234", "words": {"project": "情暖万家"},
    } | words  # fmt: skip
    return draft_notice(by=by, on=on, area=area, entries=entries or make_entries(), **words)


def make_notice(by: Actor, on: date, **words: Any) -> Notice:
    """A notice that went up on this day."""
    return publish(by=by, on=on, notice=make_draft(by, on, **words))
