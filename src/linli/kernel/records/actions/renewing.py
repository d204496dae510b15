"""Sealing again, under the current key, the sensitive texts of rows and of each of their versions."""

from __future__ import annotations

import json
from datetime import date

from django.db import connection

from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Renewed
from linli.kernel.records.models import EntryVersion
from linli.kernel.records.queries.entries import SEALED
from linli.kernel.registry.queries import keyring

AT_ONCE = 2000


@action("access.renew_seals")
def renew_texts(*, by: Actor, on: date, after: int = 0) -> Renewed:
    """The texts of a version and, where it is the present one, of its row: what a row says does not change.

    The history is written by the database alone, so its guard puts the texts there (sql: records_reseal).
    """
    seen = list(EntryVersion.objects.filter(pk__gt=after).exclude(sealed={}).order_by("pk")[:AT_ONCE])
    old = [one for one in seen if any(not keyring().is_current(bytes.fromhex(text)) for text in one.sealed.values())]
    with connection.cursor() as cursor:
        for one in old:
            cursor.execute("select records_reseal(%s, %s)", [one.pk, json.dumps(_again(one.sealed))])
    about("records.seals", keyring().current, versions=len(old))
    return Renewed(len(old), seen[-1].pk if len(seen) == AT_ONCE else None)


def _again(sealed: dict[str, str]) -> dict[str, str]:
    keys = keyring()
    return {key: keys.seal(keys.open(bytes.fromhex(text), SEALED), SEALED).hex() for key, text in sealed.items()}
