"""Sealing again, under the current key, who sent an objection or enquiry."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Renewed
from linli.kernel.publicity.models import Objection
from linli.kernel.publicity.queries.objections import SEALED

AT_ONCE = 2000


@action("access.renew_seals")
def renew_senders(*, by: Actor, on: date, after: int = 0) -> Renewed:
    """The senders of messages that were taken in. What still lies in the inbox is taken in first, within a minute."""
    keys = settings.KEYRING
    rows = Objection.objects.select_for_update(of=("self",)).filter(pk__gt=after).exclude(sender=None).order_by("pk")
    seen = [(row.pk, bytes(row.sender or b"")) for row in rows.only("pk", "sender")[:AT_ONCE]]
    old = [(pk, sealed) for pk, sealed in seen if not keys.is_current(sealed)]
    for pk, sealed in old:
        Objection.objects.filter(pk=pk).update(sender=keys.seal(keys.open(sealed, SEALED), SEALED))
    about("publicity.seals", keys.current, senders=len(old))
    return Renewed(len(old), seen[-1][0] if len(seen) == AT_ONCE else None)
