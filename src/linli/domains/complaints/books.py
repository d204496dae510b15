"""Reception rooms, the roster, receptions and talks, and the matters raised there: registers and one duty, declared as data."""

from __future__ import annotations

from datetime import date

from linli.base.areas import Level
from linli.base.fields import Field, FieldKind
from linli.domains.complaints.rules import (
    MATTERS,
    RECEPTION,
    ROOMS,
    ROSTER,
    SESSIONS,
    MatterResult,
    Occasion,
    Receiver,
)
from linli.kernel.duties.rules import Duty, Everywhere, Per
from linli.kernel.records.rules import Book

BASIS = "社区信访接待制度"
KEEP, SEE = "complaints.receive", "complaints.see"
SINCE = date(2010, 12, 1)
HEARD = "linli.domains.complaints.actions.heard"
VILLAGE = Field("village", "社区（村）", FieldKind.AREA, required=True)

ROOM_BOOK = Book(
    ROOMS, "信访接待室", "每个社区有没有接待室，在哪里，什么时候有人", BASIS,
    (
        VILLAGE, Field("since", "启用日期", FieldKind.DAY, required=True),
        Field("place", "地点", required=True, longest=80, searchable=True),
        Field("hours", "接待时间", required=True, longest=60),
        Field("phone", "电话", required=True, longest=20),
    ),
    write=KEEP, read=SEE, subject="village", day="since", lasting=True, unique=("village",), keep_years=30,
    noun="处", counted="个",
)  # fmt: skip
ROSTER_BOOK = Book(
    ROSTER, "信访接待值班安排", "哪一天由哪位人大代表或领导到接待室接待", BASIS,
    (
        VILLAGE, Field("day", "接待日", FieldKind.DAY, required=True),
        Field("receiver", "接待人身份", FieldKind.CHOICE, required=True, choices=tuple(Receiver.choices())),
        Field("name", "接待人", required=True, longest=30, searchable=True),
    ),
    write=KEEP, read=SEE, subject="village", day="day", unique=("village", "day", "receiver"), counted="次",
)  # fmt: skip
SESSION_BOOK = Book(
    SESSIONS, "接待、走访和聊天活动", "谁在哪天接待或走访了居民、和居民聊天，来了多少人，说了什么", BASIS,
    (
        VILLAGE, Field("day", "日期", FieldKind.DAY, required=True),
        Field("occasion", "类别", FieldKind.CHOICE, required=True, choices=tuple(Occasion.choices())),
        Field("host", "接待（主持）人", required=True, longest=60, searchable=True),
        Field("came", "居民人数", FieldKind.NUMBER, unit="人", required=True, least=0, most=2000),
        Field("said", "主要情况", longest=500, searchable=True, listed=False, help="不写身份证号、电话和住址。"),
    ),
    write=KEEP, read=SEE, subject="village", day="day", unique=("village", "day", "occasion", "host"), noun="次", counted="场",
    heard=f"{HEARD}.sessions_changed",
)  # fmt: skip
MATTER_BOOK = Book(
    MATTERS, "接待和聊天中反映的事项", "居民反映了什么，当场解决、解释，还是转为投诉、信访或工单", BASIS,
    (
        VILLAGE, Field("day", "日期", FieldKind.DAY, required=True),
        Field("occasion", "类别", FieldKind.CHOICE, required=True, choices=tuple(Occasion.choices())),
        Field("what", "反映的事项", required=True, longest=500, searchable=True, help="不写身份证号、电话和住址。"),
        Field("result", "结果", FieldKind.CHOICE, required=True, choices=tuple(MatterResult.choices())),
        Field("number", "工单号", longest=16, searchable=True),
    ),
    write=KEEP, read=SEE, subject="village", day="day", noun="件", counted="件", new="complaints:receptions",
    heard=f"{HEARD}.matters_changed",
)  # fmt: skip
BOOKS = (ROOM_BOOK, ROSTER_BOOK, SESSION_BOOK, MATTER_BOOK)
DUTIES = (
    Duty(
        RECEPTION, "社区信访接待", "驻社区人大代表或街道领导每月到接待室接待居民", BASIS, Everywhere(Level.COMMUNITY),
        Per("month", 1), permission=KEEP, since=SINCE, told="complaints.oversee_receptions", act="complaints:hold",
        subject_zh="社区（村）",
    ),
)  # fmt: skip
