"""Locks at the door: what stands in somebody's way, and what the administrators see of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.crypto import constant_time_compare, salted_hmac

from linli.base.areas import scope_of
from linli.base.crypto import Keyring
from linli.kernel.access.models import Post, SignInLock, SignInTry, Staff
from linli.kernel.access.rules import Actor, LockKind, Role
from linli.kernel.access.rules.addresses import network_of
from linli.kernel.access.rules.sign_in import DESK, DESK_SEPARATOR, LIMITS, MOST_DESK_MARKS, Limit


def keyring() -> Keyring:
    """The installation's keys."""
    return cast(Keyring, settings.KEYRING)


def name_key(username: str) -> bytes:
    """What is kept of a typed user name."""
    return keyring().keyed_hash(username, "access.sign_in")


def desk_mark(nonce: str, username: str) -> str:
    """What a browser keeps from a sign-in, to be known again as this person's desk: it says nothing about who it is."""
    return f"{nonce}.{salted_hmac('linli.access.desk', f'{nonce} {username}', algorithm='sha256').hexdigest()[:32]}"


def desk_of(marks: str, username: str) -> str:
    """The desk, if one of these marks was made for this user name; empty for a browser that this person never used."""
    for mark in marks.split(DESK_SEPARATOR)[:MOST_DESK_MARKS]:
        nonce = mark.partition(".")[0]
        if nonce and constant_time_compare(mark, desk_mark(nonce, username)):
            return f"{DESK}{nonce}"
    return ""


def place_of(*, marks: str, username: str, address: str) -> str:
    """From where somebody tries, for the counts: a desk that is known to be this person's, else the network."""
    return desk_of(marks, username) or network_of(address)


def limit_of(kind: LockKind) -> Limit:
    """The limit of this kind; how many tries one address has is the installation's to set (``SIGN_IN_ADDRESS_TRIES``)."""
    known = LIMITS[kind]
    if kind is LockKind.ADDRESS:
        return Limit(settings.SIGN_IN_ADDRESS_TRIES, known.window, known.lock)
    return known


def _before(kind: LockKind, name: bytes, address: str) -> Q:
    """The locks or tries of this kind for this name and this address."""
    found = Q()
    if kind is not LockKind.ADDRESS:
        found &= Q(name=name)
    if kind in (LockKind.ADDRESS, LockKind.PAIR):
        found &= Q(address=address)
    return found


def lock_before(kinds: Iterable[LockKind], *, name: bytes, address: str, at: datetime) -> SignInLock | None:
    """The lock that stands in the way now; the widest if there are several."""
    wanted = Q(pk=None)
    for kind in kinds:
        wanted |= Q(kind=kind.value) & _before(kind, name, address)
    running = list(SignInLock.objects.filter(wanted, until__gt=at, lifted_at=None))
    order = list(LockKind)
    return min(running, key=lambda lock: order.index(LockKind(lock.kind)), default=None)


def tries_left(kind: LockKind, *, name: bytes, address: str, at: datetime) -> int:
    """How many tries there are before the lock: those of the window count, but none from before the last lock's end."""
    limit = limit_of(kind)
    locks = SignInLock.objects.filter(_before(kind, name, address), kind=kind.value)
    ended = locks.aggregate(at=Max(Coalesce("lifted_at", "until")))["at"]
    since = max(at - limit.window, ended) if ended else at - limit.window
    tries = SignInTry.objects.filter(_before(kind, name, address), at__gte=since, code=kind is LockKind.CODE)
    return limit.tries - (tries if limit.all_tries else tries.filter(forgiven=False)).count()


def running_locks(*, by: Actor, at: datetime) -> QuerySet[SignInLock]:
    """Locks that stand now: of the area's staff, of addresses, and of names that nobody has."""
    scope = scope_of(by.area)
    here = Q(posts__at__gte=scope.lo, posts__at__lt=scope.hi) | Q(posts=None)
    ours = Q(staff=None) | Q(staff__in=Staff.objects.filter(here).values("pk"))
    return SignInLock.objects.filter(ours, until__gt=at, lifted_at=None).select_related("staff").order_by("-since", "-id")


def home_area(staff: Staff | None) -> str:
    """The district of this member of staff, else that of the installation's first system administrator; may be empty."""
    posts = Post.objects.exclude(granted_by=None).order_by("id")
    wanted = posts.filter(staff=staff) if staff else posts.filter(role=Role.SYSTEM_ADMIN.value)
    found = wanted.values_list("at", flat=True).first() or posts.values_list("at", flat=True).first()
    return f"{found[:6]}000000" if found else ""
