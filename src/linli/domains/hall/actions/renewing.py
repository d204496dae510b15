"""Sealing telephone numbers again under the current key."""

from __future__ import annotations

from datetime import date

from linli.domains.hall.models import Appointment, Handling
from linli.domains.hall.queries import phone_of, phone_of_appointment
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Renewed
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import seal_phone

AT_ONCE = 2000


@action("access.renew_seals")
def renew_phones(*, by: Actor, on: date, after: int = 0) -> Renewed:
    """The numbers that older keys sealed, behind the row ``after``."""
    seen = list(Handling.objects.filter(pk__gt=after).order_by("pk")[:AT_ONCE])
    old = [one for one in seen if not keyring().is_current(bytes(one.phone_sealed))]
    for one in old:
        sealed = seal_phone(keyring(), phone_of(one))
        Handling.objects.filter(pk=one.pk).update(phone_sealed=sealed.sealed, phone_digest=sealed.digest)
    about("hall.seals", keyring().current, area=by.area, handlings=len(old))
    return Renewed(len(old), seen[-1].pk if len(seen) == AT_ONCE else None)


@action("access.renew_seals")
def renew_bookings(*, by: Actor, on: date, after: int = 0) -> Renewed:
    """The telephones of appointments that older keys sealed, behind the row ``after``."""
    seen = list(Appointment.objects.filter(pk__gt=after, phone_sealed__isnull=False).order_by("pk")[:AT_ONCE])
    old = [one for one in seen if not keyring().is_current(bytes(one.phone_sealed or b""))]
    for one in old:
        sealed = seal_phone(keyring(), phone_of_appointment(one))
        Appointment.objects.filter(pk=one.pk).update(phone_sealed=sealed.sealed, phone_digest=sealed.digest)
    about("hall.seals", keyring().current, area=by.area, appointments=len(old))
    return Renewed(len(old), seen[-1].pk if len(seen) == AT_ONCE else None)
