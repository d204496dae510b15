"""Objections and enquiries in the present scope."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from linli.base.text import tidy
from linli.kernel.access.actions import record_seen
from linli.kernel.access.rules import Actor
from linli.kernel.publicity.models import Inbox, Notice, Objection
from linli.kernel.publicity.rules import OPEN

SEALED = "publicity.sender"


def sealed_sender(name: str, contact: str) -> bytes | None:
    """Who sent it and how to reach them, sealed; None when nothing was given (匿名)."""
    words = f"{tidy(name)}\n{tidy(contact)}"
    return settings.KEYRING.seal(words, SEALED) if words.strip() else None


def sender_of(found: Objection, *, by: Actor, purpose: str) -> tuple[str, str]:
    """Name and contact of the sender; the look is a line of the audit trail. Empty texts when none was given."""
    record_seen(
        by=by, verb="publicity.sender", kind="publicity.objection", subject=found.pk, area=found.area, purpose=purpose
    )
    if found.sender is None:
        return "", ""
    name, _, contact = settings.KEYRING.open(bytes(found.sender), SEALED).partition("\n")
    return name, contact


def objections(*, state: str = "", kind: str = "", notice_id: int | None = None) -> QuerySet[Objection]:
    """Objections and enquiries, the first due first. ``state`` "open" stands for all that wait for an answer."""
    found = Objection.objects.select_related("notice", "item").defer("sender").order_by("due", "id")
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


def waiting_in_inbox() -> int:
    """How many messages about notices of the present scope have not been taken in yet."""
    return Inbox.objects.filter(notice__in=Notice.objects.values("id")).count()


def districts_waiting() -> list[str]:
    """The districts about whose notices messages wait in the inbox."""
    waiting = Notice.objects.filter(pk__in=Inbox.objects.values("notice"))
    return sorted({area[:6] + "000000" for area in waiting.values_list("area", flat=True)})
