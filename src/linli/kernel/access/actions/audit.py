"""Writing what was seen and refused, and sealing the trail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from linli.kernel.access.actions.door import scoped, unnumbered
from linli.kernel.access.models import AuditLine, AuditSeal
from linli.kernel.access.queries.audit import GENESIS, link
from linli.kernel.access.rules import Actor

SEAL_LOCK = 20_100_001


def record_seen(
    *, by: Actor, verb: str, kind: str, subject: object = "", area: str = "", purpose: str = "", **facts: Any
) -> None:
    """A line for a look: opening a person or a case, a search, an export. In the present transaction."""
    _line(by, verb, "seen", kind, subject, area, purpose, facts)


def record_refusal(*, by: Actor, verb: str, kind: str = "", subject: object = "", why: str = "") -> None:
    """A line for what was refused, in a transaction of its own so that it outlives the refused one."""
    with transaction.atomic(), scoped(by):
        _line(by, verb, "refused", kind, subject, "", "", {"why": why[:200]})


def _line(by: Actor, verb: str, outcome: str, kind: str, subject: object, area: str, purpose: str, facts: dict[str, Any]) -> None:
    AuditLine.objects.create(
        staff_id=by.staff_id, post_id=by.post_id, role=by.role.value, verb=verb[:60], outcome=outcome, kind=kind,
        subject=unnumbered(str(subject))[:40], purpose=unnumbered(purpose)[:200], facts=unnumbered(facts),
        area=area if area and by.covers(area) else by.area, request=by.request[:40], address=by.address[:45],
    )  # fmt: skip


def seal_audit() -> int:
    """Chain the lines whose transactions are final, in the order in which they became so; how many were sealed.

    A line is final when its transaction lies below every running one (the snapshot's xmin), so no earlier line can
    still appear. One sealer at a time; runs every second, under the widest scope.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [SEAL_LOCK])
            cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            horizon = cursor.fetchone()[0]
        last = AuditSeal.objects.order_by("-number").first()
        number, before = (last.number, bytes(last.digest)) if last else (0, GENESIS)
        newest = AuditLine.objects.filter(pk=last.line).values_list("transaction", flat=True).first() if last else 0
        lines = AuditLine.objects.filter(transaction__gte=newest or 0, transaction__lt=horizon)
        lines = lines.filter(~Exists(AuditSeal.objects.filter(line=OuterRef("pk"))))
        seals = []
        for line in lines.order_by("transaction", "id")[:20_000]:
            number += 1
            before = link(settings.SEAL_KEY, before, line)
            seals.append(AuditSeal(number=number, line=line.pk, digest=before))
        AuditSeal.objects.bulk_create(seals, batch_size=2000)
    return len(seals)
