"""Reading and proving the audit trail."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from django.apps import apps
from django.db.models import Max, QuerySet

from linli.base.days import SHANGHAI
from linli.kernel.access.models import AuditLine, AuditSeal
from linli.kernel.ui.queries import declared

GENESIS = b"linli audit chain, first link"


@dataclass(frozen=True)
class Verification:
    """What a walk over the chain found: sealed lines, the unsealed tail, and every fault as a sentence."""

    sealed: int
    unsealed: int
    head: str
    faults: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return not self.faults


def link(key: bytes, before: bytes, line: AuditLine) -> bytes:
    """The keyed digest of one line and the digest before it."""
    parts = [
        line.pk, line.at.isoformat(), line.transaction, line.staff_id, line.post_id, line.role, line.verb, line.outcome,
        line.kind, line.subject, line.purpose, _ordered(line.facts), line.request, line.address,
    ]  # fmt: skip
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return hmac.new(key, before + text.encode(), hashlib.sha256).digest()


def _ordered(facts: object) -> str:
    import json

    return json.dumps(facts, sort_keys=True, ensure_ascii=False)


def _links(key: bytes) -> Iterator[tuple[AuditSeal, AuditLine | None, bytes]]:
    before = GENESIS
    seals = AuditSeal.objects.order_by("number").iterator(chunk_size=2000)
    batch: list[AuditSeal] = []

    def judge() -> Iterator[tuple[AuditSeal, AuditLine | None, bytes]]:
        nonlocal before
        lines = AuditLine.objects.in_bulk([seal.line for seal in batch])
        for seal in batch:
            line = lines.get(seal.line)
            wanted = link(key, before, line) if line else b""
            yield seal, line, wanted
            before = bytes(seal.digest)

    for seal in seals:
        batch.append(seal)
        if len(batch) == 2000:
            yield from judge()
            batch = []
    yield from judge()


def verify_audit(key: bytes, known_head: tuple[int, str] | None = None) -> Verification:
    """Walk the whole chain. ``known_head`` (number, digest in hex) is a head that was kept elsewhere.

    Needs the widest scope. A changed, lost, inserted or reordered line breaks a link; a cut tail or a chain that was
    built anew is found only against a head kept elsewhere.
    """
    faults: list[str] = []
    number, head = 0, GENESIS.hex()
    seen_head = ""
    for seal, line, wanted in _links(key):
        if seal.number != number + 1:
            faults.append(f"封印 {number + 1} 缺失，其后是 {seal.number}")
        number, head = seal.number, bytes(seal.digest).hex()
        if line is None:
            faults.append(f"封印 {seal.number}：审计记录 {seal.line} 已被删除")
        elif bytes(seal.digest) != wanted:
            faults.append(f"封印 {seal.number}：审计记录 {seal.line} 与封印不符")
        if known_head and known_head[0] == number:
            seen_head = head
    if known_head and seen_head != known_head[1]:
        faults.append(f"与外部留存的第 {known_head[0]} 号封印不符：尾部被截断或整链被重建")
    unsealed = unsealed_lines().count()
    if unsealed:
        early = _earlier_than_seals()
        faults += [f"审计记录 {pk} 早于已封印的记录，却没有封印：疑为事后插入" for pk in early]
    return Verification(number, unsealed, head, tuple(faults))


def unsealed_lines() -> QuerySet[AuditLine]:
    """Lines that the sealer has not chained yet."""
    from django.db.models import Exists, OuterRef

    return AuditLine.objects.filter(~Exists(AuditSeal.objects.filter(line=OuterRef("pk"))))


def _earlier_than_seals() -> list[int]:
    newest = AuditLine.objects.filter(
        pk=AuditSeal.objects.order_by("-number").values("line")[:1]
    ).aggregate(at=Max("at"))["at"]
    if newest is None:
        return []
    # a line may be final later than its neighbours, but not by an hour
    return list(unsealed_lines().filter(at__lt=newest - timedelta(hours=1)).values_list("pk", flat=True)[:50])


@cache
def kind_name(kind: str) -> str:
    """What a line is about, in words: the name of the table or menu page that its kind names, or the kind itself."""
    if ":" in kind:
        return next((label for route, label, *_ in declared("menu", tuple) if route == kind), kind)
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return kind


def audit_trail(
    *, verb: str = "", staff_id: int | None = None, username: str = "", kind: str = "", subject: str = "", outcome: str = "",
    since: date | None = None, until: date | None = None,
) -> QuerySet[AuditLine]:  # fmt: skip
    """Lines in the present scope, newest first; days are inclusive."""
    lines = AuditLine.objects.select_related("staff").order_by("-id")
    exact = {"verb": verb, "staff_id": staff_id, "staff__username": username, "kind": kind, "subject": subject}
    exact["outcome"] = outcome
    lines = lines.filter(**{name: value for name, value in exact.items() if value})
    if since:
        lines = lines.filter(at__gte=datetime.combine(since, time(), SHANGHAI))
    if until:
        lines = lines.filter(at__lt=datetime.combine(until + timedelta(days=1), time(), SHANGHAI))
    return lines
