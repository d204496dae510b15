"""Letters from the public page: who may open one, what it says, how it stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models import QuerySet

from linli.domains.complaints.models import Letter
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.orders.rules import Stage

PUBLIC = "public"
SEALED = "complaints.letter"


def may_open(by: Actor, letter: Letter) -> bool:
    """A letter about those who receive letters is opened by the district's approvers only."""
    return by.may("complaints.judge") if letter.centre else by.may("complaints.collect")


def letters(*, state: str = "", kind: str = "") -> QuerySet[Letter]:
    """Letters, those that wait first. ``state``: waiting, taken, refused."""
    found = Letter.objects.select_related("done_by").order_by("-received_at")
    if kind:
        found = found.filter(kind=kind)
    return found.filter(**_STATES[state]) if state else found


_STATES: dict[str, dict[str, Any]] = {
    "waiting": {"done_on": None}, "taken": {"order__gt": ""}, "refused": {"why__gt": ""},
}  # fmt: skip


def letter(receipt: str, by: Actor) -> Letter:
    """One letter. :raises Forbidden: there is none, or it is about those who receive letters."""
    found = Letter.objects.filter(receipt=receipt).first()
    if found is None or not may_open(by, found):
        raise Forbidden("没有这封来信，或它反映的是受理中心，由区级审批员拆阅。")
    return found


def content_of_letter(found: Letter) -> dict[str, str]:
    """What was written; empty once it became an order."""
    if found.content is None:
        return {}
    return dict(json.loads(settings.KEYRING.open(bytes(found.content), SEALED)))


@dataclass(frozen=True, slots=True)
class Progress:
    """How a letter stands in words; the last day while it runs; the number of the answer that everybody may read."""

    zh: str
    due: date | None = None
    answer: int | None = None


def progress(receipt: str) -> Progress | None:
    """How a letter stands, through the public's connection; None where there is no such letter."""
    with connections[PUBLIC].cursor() as cursor:
        cursor.execute("select bulletin.complaint_progress(%s)", [receipt])
        told = (cursor.fetchone() or [None])[0]
    if told is None:
        return None
    if told == "waiting":
        return Progress("已收到，等待受理")
    if told.startswith("refused:"):
        return Progress(f"不予受理：{told.removeprefix('refused:')}")
    stage, due, answer = (*told.split(";"), "", "")[:3]
    zh = {Stage.NEW: "已受理，等待分办", Stage.HANDLED: "已办理，等待回访", Stage.CLOSED: "已办结"}.get(stage, "正在办理")
    over = not due or stage in (Stage.HANDLED, Stage.CLOSED)
    return Progress(zh, None if over else date.fromisoformat(due), int(answer) if answer else None)
