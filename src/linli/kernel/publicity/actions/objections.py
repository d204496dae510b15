"""Objections and enquiries: taken in from the public inbox or at the counter, examined, answered. Domains are told."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import connection
from django.db.models import F

from linli.base.days import official_calendar
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.publicity import queries
from linli.kernel.publicity.actions.listeners import tell_of_objection
from linli.kernel.publicity.models import Notice, NoticeItem, Objection, PublishedItem, PublishedNotice
from linli.kernel.publicity.rules import OPEN, Channel, MessageKind, NoticeState, ObjectionState, receipt_of

COLLECTING = 20_100_002


def new_receipt() -> str:
    """A receipt number that cannot be guessed."""
    return receipt_of(secrets.token_bytes(32))


@action("publicity.receive")
def receive_objection(
    *, by: Actor, on: date, notice: Notice, text: str, item_number: int | None = None,
    kind: MessageKind = MessageKind.OBJECTION, channel: Channel = Channel.COUNTER, name: str = "", contact: str = "",
) -> Objection:  # fmt: skip
    """Enter what somebody said at the counter, by telephone or by letter. Name and contact may be empty (匿名)."""
    if notice.state == NoticeState.DRAFT:
        raise Refused("这份公示还没有发布，不能登记异议。")
    item = _item(notice, item_number)
    if item_number is not None and item is None:
        raise Refused(f"这份公示没有第{item_number}号，请核对序号。", field="item_number")
    if not text.strip():
        raise Refused("没有填写内容，请写明对哪一项有什么意见。", field="text")
    made = _receive(
        by=by, on=on, notice=notice, item=item, receipt=new_receipt(), received_on=on, text=text.strip(), kind=kind,
        channel=channel, sender=queries.sealed_sender(name, contact),
    )  # fmt: skip
    about("publicity.objection", made.pk, area=notice.area, notice=notice.pk, channel=channel.value)
    return made


@action("publicity.collect")
def receive_inbox(*, by: Actor, on: date) -> int:
    """Take in what residents sent from the public pages about notices of the actor's area; how many messages.

    A message leaves the inbox in the transaction that makes it an objection: none is lost, none is taken twice.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [COLLECTING])
        cursor.execute(
            "delete from bulletin.inbox where notice in (select id from publicity_notice) "
            "returning receipt, notice, item_number, kind, text, sender, received_on, received_at"
        )
        columns = [column.name for column in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    notices = Notice.objects.in_bulk({row["notice"] for row in rows})
    known = set(Objection.objects.filter(receipt__in=[row["receipt"] for row in rows]).values_list("receipt", flat=True))
    rows = [row for row in rows if row["receipt"] not in known]  # the same form sent again after it was taken in
    for row in sorted(rows, key=lambda row: row["received_at"]):
        notice = notices[row.pop("notice")]
        item = _item(notice, row.pop("item_number"))
        _receive(by=by, on=on, notice=notice, item=item, channel=Channel.SITE, **row)
    about("publicity.inbox", "all", count=len(rows))
    return len(rows)


def _item(notice: Notice, number: int | None) -> NoticeItem | None:
    return queries.items_of(notice).filter(number=number).first() if number is not None else None


def _receive(*, by: Actor, on: date, notice: Notice, item: NoticeItem | None, received_on: date, **words: object) -> Objection:
    due = queries.notice_kind(notice.kind).answer_within.due(received_on, official_calendar())
    made = Objection.objects.create(
        notice=notice, item=item, state=ObjectionState.RECEIVED, received_on=received_on, due=due.day,
        due_provisional=due.provisional, taken_by_id=by.staff_id, **words,
    )  # fmt: skip
    tell_of_objection(made, by=by, on=on)
    return made


@action("publicity.answer")
def accept_objection(*, by: Actor, on: date, objection: Objection) -> Objection:
    """Take an objection up for examination (受理核查). The domain is told, so that it reopens the case."""
    if objection.kind != MessageKind.OBJECTION:
        raise Refused("这是咨询，不需要核查，请直接答复。")
    return _move(objection, by=by, on=on, state=ObjectionState.ACCEPTED, since=(ObjectionState.RECEIVED,))


@action("publicity.answer")
def dismiss_objection(*, by: Actor, on: date, objection: Objection, outcome: str) -> Objection:
    """Not take an objection up (不予受理), and say why, e.g. it is about another matter."""
    words = {"outcome": _outcome(outcome), "handled_by_id": by.staff_id, "handled_on": on}
    return _move(objection, by=by, on=on, state=ObjectionState.DISMISSED, since=(ObjectionState.RECEIVED,), **words)


@action("publicity.answer")
def answer_objection(*, by: Actor, on: date, objection: Objection, outcome: str, upheld: bool | None = None) -> Objection:
    """Answer it. ``upheld`` says whether an objection was right; an enquiry has only an answer.

    A line whose objection is upheld leaves the public pages at once.
    """
    if objection.kind == MessageKind.OBJECTION and upheld is None:
        raise Refused("请写明异议是否成立。", field="upheld")
    words = {"outcome": _outcome(outcome), "handled_by_id": by.staff_id, "handled_on": on}
    words["upheld"] = upheld if objection.kind == MessageKind.OBJECTION else None
    if words["upheld"] and objection.item is not None:
        _strike(objection.item)
    return _move(objection, by=by, on=on, state=ObjectionState.ANSWERED, since=OPEN, **words)


def _strike(item: NoticeItem) -> None:
    erased, _ = PublishedItem.objects.filter(notice=item.notice_id, number=item.number).delete()
    PublishedNotice.objects.filter(pk=item.notice_id).update(item_count=F("item_count") - erased)


def _outcome(outcome: str) -> str:
    if not outcome.strip():
        raise Refused("请写明处理结果。", field="outcome")
    return outcome.strip()


def _move(
    objection: Objection, *, by: Actor, on: date, state: ObjectionState, since: tuple[ObjectionState, ...], **words: object
) -> Objection:
    if not Objection.objects.filter(pk=objection.pk, state__in=since).update(state=state, **words):
        raise Stale
    objection.refresh_from_db()
    tell_of_objection(objection, by=by, on=on)
    about("publicity.objection", objection.pk, area=objection.area, state=state.value)
    return objection
