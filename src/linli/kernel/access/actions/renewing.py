"""Sealing again, under the current key, what the sign-in keeps sealed."""

from __future__ import annotations

from datetime import date

from linli.kernel.access.actions.door import about, action
from linli.kernel.access.models import SecondFactor
from linli.kernel.access.queries.factors import context_of, secret_of
from linli.kernel.access.queries.locks import keyring
from linli.kernel.access.rules import Actor, Renewed

AT_ONCE = 2000


@action("access.renew_seals")
def renew_factors(*, by: Actor, on: date, after: int = 0) -> Renewed:
    """The secrets of authenticators. Recovery codes are hashes: who has not used one by then gets new ones."""
    seen = list(SecondFactor.objects.select_for_update().filter(pk__gt=after, ended_at=None).order_by("pk")[:AT_ONCE])
    old = [factor for factor in seen if not keyring().is_current(bytes(factor.secret))]
    for factor in old:
        sealed = keyring().seal_bytes(secret_of(factor), context_of(factor.staff_id))
        SecondFactor.objects.filter(pk=factor.pk).update(secret=sealed)
    about("access.seals", keyring().current, factors=len(old))
    return Renewed(len(old), seen[-1].pk if len(seen) == AT_ONCE else None)
