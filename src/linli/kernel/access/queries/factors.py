"""Second factors: who has one, who needs one, and resets that wait for a second person."""

from __future__ import annotations

import base64
from datetime import date, datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.db.models import Q, QuerySet

from linli.base.areas import scope_of
from linli.kernel.access.models import FactorReset, RecoveryCode, SecondFactor, Staff
from linli.kernel.access.queries.locks import keyring
from linli.kernel.access.queries.staff import posts_of
from linli.kernel.access.rules import Actor, FactorMode
from linli.kernel.access.rules.sign_in import needs_factor

TIME_TO_SET_UP = timedelta(minutes=15)
ISSUER = "邻里"


def context_of(staff_id: int) -> str:
    """Where a secret belongs: sealed for one account it opens for no other."""
    return f"access.factor.{staff_id}"


def factor_of(staff: Staff) -> SecondFactor | None:
    """The second factor that this person signs in with."""
    return SecondFactor.objects.filter(staff=staff, ended_at=None).exclude(confirmed_at=None).first()


def factor_begun(staff: Staff, *, at: datetime) -> SecondFactor | None:
    """The factor that this person is setting up just now."""
    begun = SecondFactor.objects.filter(staff=staff, ended_at=None, confirmed_at=None, begun_at__gt=at - TIME_TO_SET_UP)
    return begun.order_by("-id").first()


def secret_of(factor: SecondFactor) -> bytes:
    """The shared secret; only for checking a code, and for showing it to its owner while it is being set up."""
    return keyring().open_bytes(bytes(factor.secret), context_of(factor.staff_id))


def typed_secret(factor: SecondFactor) -> str:
    """The secret as an authenticator lets one type it: base 32 in groups of four."""
    text = base64.b32encode(secret_of(factor)).decode()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def address_of_secret(factor: SecondFactor, username: str) -> str:
    """The ``otpauth`` address that the picture holds."""
    secret = typed_secret(factor).replace(" ", "")
    return f"otpauth://totp/{quote(ISSUER)}:{quote(username)}?secret={secret}&issuer={quote(ISSUER)}"


def codes_left(factor: SecondFactor) -> int:
    """How many recovery codes are unused."""
    return RecoveryCode.objects.filter(factor=factor, used_at=None, replaced=False).count()


def factor_mode() -> FactorMode:
    """Whether the installation demands the second factor."""
    return FactorMode(settings.SECOND_FACTOR)


def must_have_factor(staff: Staff, *, on: date) -> bool:
    """Whether one of this person's posts demands a second factor."""
    roles = [post.role for post in posts_of(staff, on=on)]
    return needs_factor(roles, settings.SECOND_FACTOR_ROLES, factor_mode())


def open_reset_of(staff: Staff) -> FactorReset | None:
    """The reset that waits for a second person."""
    return FactorReset.objects.filter(staff=staff, granted_at=None, dropped_at=None).select_related("asked_by", "staff").first()


def resets_waiting(*, by: Actor) -> QuerySet[FactorReset]:
    """All resets in the actor's area that wait for a second person."""
    scope = scope_of(by.area)
    here = Q(staff__posts__at__gte=scope.lo, staff__posts__at__lt=scope.hi) | Q(staff__posts=None)
    waiting = FactorReset.objects.filter(here, granted_at=None, dropped_at=None).distinct().order_by("id")
    return waiting.select_related("staff", "asked_by")
