"""Sealing telephone numbers of wishes again under the current key."""

from __future__ import annotations

from datetime import date

from linli.domains.providers.actions.common import WISH
from linli.domains.providers.models import Wish
from linli.domains.providers.queries import phone_of
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Renewed
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import seal_phone

AT_ONCE = 2000


@action("access.renew_seals")
def renew_phones(*, by: Actor, on: date, after: int = 0) -> Renewed:
    """The numbers that older keys sealed, behind the row ``after``."""
    seen = list(Wish.objects.filter(pk__gt=after, forgotten_on=None).order_by("pk")[:AT_ONCE])
    old = [one for one in seen if not keyring().is_current(bytes(one.phone_sealed or b""))]
    for one in old:
        sealed = seal_phone(keyring(), phone_of(one))
        Wish.objects.filter(pk=one.pk).update(phone_sealed=sealed.sealed, phone_digest=sealed.digest)
    about(WISH, keyring().current, area=by.area, wishes=len(old))
    return Renewed(len(old), seen[-1].pk if len(seen) == AT_ONCE else None)
