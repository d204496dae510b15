"""Writing what was seen and refused, and sealing the trail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from linli.kernel.access.actions.door import scoped
from linli.kernel.access.actions.lines import write_line
from linli.kernel.access.models import AuditLine, AuditSeal
from linli.kernel.access.queries.audit import GENESIS, link
from linli.kernel.access.rules import EXPORTED, Actor

SEAL_LOCK = 20_100_001
AT_ONCE = 20_000


def record_seen(
    *, by: Actor, verb: str, kind: str, subject: object = "", area: str = "", purpose: str = "", **facts: Any
) -> None:
    """A line for a look: opening a person or a case, a search, an export. In the present transaction."""
    write_line(by, verb, "seen", kind, subject, area=area, purpose=purpose, facts=facts)


def recording(*, by: Actor, verb: str, kind: str, subject: object = "", area: str = "") -> Callable[[str, int], None]:
    """What a list calls before its file goes out: the export is a line with its purpose and the number of rows."""

    def record(purpose: str, count: int) -> None:
        record_seen(by=by, verb=verb, kind=kind, subject=subject, area=area, purpose=purpose, rows=count)

    return record


def recorder_of(request: Any) -> Callable[[str, int], None] | None:
    """What a list calls that says nothing of its export itself: the line names its page. None on a page without an actor."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return None
    page = request.resolver_match.view_name if request.resolver_match else request.path
    return recording(by=actor, verb=EXPORTED[0], kind=page[:60])


def record_refusal(*, by: Actor, verb: str, kind: str = "", subject: object = "", why: str = "") -> None:
    """A line for what was refused, in a transaction of its own so that it outlives the refused one."""
    with transaction.atomic(), scoped(by):
        write_line(by, verb, "refused", kind, subject, area="", purpose="", facts={"why": why[:200]})


def seal_audit() -> int:
    """Chain every line that can be seen and has no seal yet; how many were sealed.

    A line is sealed as soon as its transaction has ended, whatever else runs on the server. Only the search for it
    reaches back to the oldest transaction that still ran at the seal before, because that one's lines may appear late.
    One sealer at a time; runs every second, under the widest scope.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [SEAL_LOCK])
            cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            horizon = cursor.fetchone()[0]
        last = AuditSeal.objects.order_by("-number").first()
        number, before, since = (last.number, bytes(last.digest), last.horizon) if last else (0, GENESIS, 0)
        found = AuditLine.objects.filter(~Exists(AuditSeal.objects.filter(line=OuterRef("pk"))), transaction__gte=since)
        lines = list(found.order_by("transaction", "id")[:AT_ONCE])
        if len(lines) == AT_ONCE:
            horizon = since
        seals = []
        for line in lines:
            number += 1
            before = link(settings.SEAL_KEY, before, line)
            seals.append(AuditSeal(number=number, line=line.pk, digest=before, horizon=horizon))
        AuditSeal.objects.bulk_create(seals, batch_size=2000)
    return len(seals)
