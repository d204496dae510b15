"""Objections and enquiries in the present scope."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from linli.kernel.publicity.models import Inbox, Notice, Objection
from linli.kernel.publicity.rules import OPEN


def objections(*, state: str = "", kind: str = "", notice_id: int | None = None) -> QuerySet[Objection]:
    """Objections and enquiries, the first due first. ``state`` "open" stands for all that wait for an answer."""
    found = Objection.objects.select_related("notice", "item").order_by("due", "id")
    if state == "open":
        found = found.filter(state__in=OPEN)
    elif state:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    return found if notice_id is None else found.filter(notice=notice_id)


def objection(objection_id: int) -> Objection | None:
    """The objection with this id, if it lies in the present scope."""
    related = ("notice", "item", "taken_by", "handled_by")
    return Objection.objects.select_related(*related).filter(pk=objection_id).first()


def objections_overdue(on: date) -> QuerySet[Objection]:
    """What should have been answered before this day."""
    return objections(state="open").filter(due__lt=on)


def waiting_in_inbox() -> int:
    """How many messages about notices of the present scope have not been taken in yet."""
    return Inbox.objects.filter(notice__in=Notice.objects.values("id")).count()
