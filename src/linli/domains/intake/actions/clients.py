"""Keys of the programs that may send: shown once, kept as a hash, revoked for good."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date

from django.db import IntegrityError, transaction

from linli.base.text import tidy
from linli.domains.intake.models import Client
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale

KIND = "intake.client"


def digest_of(key: str) -> bytes:
    """The hash of a key. The key holds 256 random bits, so a plain hash cannot be turned round."""
    return hashlib.sha256(key.encode()).digest()


@action("intake.keep_clients")
def issue_client(*, by: Actor, on: date, name: str, contact: str, per_hour: int) -> tuple[Client, str]:
    """A program and its key, which nobody can read again."""
    key = f"ll-{secrets.token_urlsafe(32)}"
    try:
        with transaction.atomic():
            made = Client.objects.create(
                name=tidy(name), contact=tidy(contact), digest=digest_of(key), tail=key[-4:], per_hour=per_hour, issued_on=on,
                issued_by_id=by.own_hand, area=by.area,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused("这个接入方已有在用的密钥。要换密钥，请先停用旧的。", field="name") from fault
    about(KIND, made.pk, area=by.area, per_hour=per_hour)
    return made, key


@action("intake.keep_clients")
def revoke_client(*, by: Actor, on: date, client: Client, why: str) -> None:
    """The key stops working at once. :raises Stale: it was revoked already."""
    words = {"revoked_on": on, "revoked_by_id": by.own_hand, "why": tidy(why)[:200]}
    if not Client.objects.filter(pk=client.pk, revoked_on=None).update(**words):
        raise Stale
    about(KIND, client.pk, area=client.area)
