"""What waits for a member of staff, for the workbench."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from django.db.models import Q
from django.urls import reverse

from linli.base.days import official_calendar
from linli.kernel.access.rules import Actor
from linli.kernel.publicity.models import Notice, Objection
from linli.kernel.publicity.queries.objections import objections
from linli.kernel.publicity.rules import OPEN, MessageKind, NoticeState, Place
from linli.kernel.ui.rules import DaysLeft, Task

MOST = 200


def desk_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """Drafts to be published, notices that lack a photograph, objections and enquiries to be answered; or those answered."""
    if which == "done":
        done = objections().filter(handled_by=actor.staff_id).order_by("-handled_on", "-id")[:MOST]
        return [_task(row, since=row.handled_on) for row in done]
    found: list[Task] = []
    if actor.may("publicity.answer"):
        found += [_task(row, on) for row in objections(state="open")[:MOST]]
    if actor.may("publicity.publish"):
        found += [_notice_task(row, "发布公示") for row in Notice.objects.filter(state=NoticeState.DRAFT).order_by("id")[:MOST]]
    if actor.may("publicity.prove"):
        bare = Notice.objects.filter(state=NoticeState.UP, proofs=None, places__contains=[Place.BOARD.value])
        # whose notice it is stands before the board; those above hear of it when it is nearly too late
        bare = bare.filter(Q(area=actor.area) | Q(until__lte=on + timedelta(days=1)))
        found += [_notice_task(row, "张榜拍照", on) for row in bare.order_by("until", "id")[:MOST]]
    return found


def _task(row: Objection, on: date | None = None, since: date | None = None) -> Task:
    kind = MessageKind(row.kind)
    left = None
    if on is not None and row.state in OPEN:
        left = DaysLeft(official_calendar().working_days_between(on, row.due), row.due_provisional, "个工作日")
    return Task(
        title=f"{kind.zh}：{row.notice.title}", kind=f"答复{kind.zh}", href=reverse("publicity:objection", args=[row.pk]),
        area=row.area, due=row.due if on is not None else None, days_left=left, since=since or row.received_on,
    )  # fmt: skip


def _notice_task(row: Notice, kind: str, on: date | None = None) -> Task:
    due = row.until if on is not None else None
    left = DaysLeft((due - on).days) if due is not None and on is not None else None
    return Task(
        title=row.title, kind=kind, href=reverse("publicity:notice", args=[row.pk]), area=row.area, due=due, days_left=left,
        since=row.drafted_on,
    )  # fmt: skip
