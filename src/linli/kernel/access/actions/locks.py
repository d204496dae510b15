"""Tries at the door, the locks that follow too many of them, and lifting those.

A try is written down before the password is looked at, while the name is held: sixteen clients at once get no more
tries than one. What is right is forgiven afterwards; what is wrong stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from linli.kernel.access.actions.audit import record_refusal
from linli.kernel.access.actions.door import about, action
from linli.kernel.access.models import SignInLock, SignInTry, Staff
from linli.kernel.access.queries.locks import home_area, limit_of, lock_before, name_key, tries_left
from linli.kernel.access.queries.staff import machine_actor
from linli.kernel.access.rules import Actor, LockKind, Refused, Stale
from linli.kernel.access.rules.sign_in import DESK, PASSWORD_LOCKS, locks_for

KEPT_TRIES = timedelta(days=2)
KEPT_LOCKS = timedelta(days=190)  # 网络安全法 §23: logs of at least six months


def begin_try(*, name: str, address: str, at: datetime, code: bool = False) -> SignInLock | None:
    """Take one of the tries that are left. With a lock as the answer there is none, and nothing may be looked at.

    The lock is an unsaved one when the tries before it, still running beside this one, may yet turn out right.
    """
    key = name_key(name)
    kinds = locks_for(address, code=code)
    with transaction.atomic():
        _hold(key)
        if lock := lock_before(kinds, name=key, address=address, at=at):
            return lock
        for kind in kinds:
            if tries_left(kind, name=key, address=address, at=at) <= 0:
                limit = limit_of(kind)
                return SignInLock(kind=kind.value, tries=limit.tries, since=at, until=at + limit.lock)
        SignInTry.objects.create(name=key, address=address, at=at, code=code)
    return None


def forgive_tries(*, name: str, address: str, at: datetime, code: bool = False) -> None:
    """The right secret came from this address: what was mistyped here before does not count any more, elsewhere it does."""
    window = at - max(limit_of(kind).window for kind in LockKind)
    tries = SignInTry.objects.filter(name=name_key(name), address=address, at__gt=window, code=code, forgiven=False)
    tries.update(forgiven=True)


def note_failure(
    *, on: date, name: str, address: str, at: datetime, code: bool = False, seen_from: str = ""
) -> SignInLock | None:
    """A try was wrong: into the trail if the account exists; the lock, if it was the last try, else None.

    ``address`` is what counts (:func:`..queries.locks.place_of`), ``seen_from`` the address for the trail.
    """
    key = name_key(name)
    staff = Staff.objects.filter(username=name).first()
    area = home_area(staff)
    machine = machine_actor("sign-in", area).with_request("", seen_from or address) if area else None
    if machine and staff:
        why = "动态口令不对" if code else "密码不对"
        record_refusal(by=machine, verb="access.sign_in", kind="access.staff", subject=staff.pk, why=why)
    with transaction.atomic():
        _hold(key)
        made = [
            _lock(machine, on=on, kind=kind, key=key, staff=staff, address=address, at=at)
            for kind in ((LockKind.CODE,) if code else PASSWORD_LOCKS)
            if not (kind is LockKind.ADDRESS and address.startswith(DESK))  # a desk has no address to lock
            and tries_left(kind, name=key, address=address, at=at) <= 0
            and not lock_before((kind,), name=key, address=address, at=at)
        ]
    return made[0] if made else None


def _hold(key: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"access.try {key.hex()}"])


def _lock(
    machine: Actor | None, *, on: date, kind: LockKind, key: bytes, staff: Staff | None, address: str, at: datetime
) -> SignInLock:
    limit = limit_of(kind)
    lock = SignInLock(
        kind=kind.value, tries=limit.tries, since=at, until=at + limit.lock,
        name=b"" if kind is LockKind.ADDRESS else key,
        staff=None if kind is LockKind.ADDRESS else staff,
        address=address if kind in (LockKind.ADDRESS, LockKind.PAIR) else "",
    )  # fmt: skip
    if machine is None:  # nobody holds a post yet, so there is no area that the line could belong to
        lock.save()
        return lock
    return lock_sign_in(by=machine, on=on, lock=lock)


@action("access.lock_sign_in")
def lock_sign_in(*, by: Actor, on: date, lock: SignInLock) -> SignInLock:
    """Too many tries: nobody signs in here for a while."""
    lock.save()
    about("access.sign_in_lock", lock.pk, lock=lock.kind, staff=lock.staff_id, tries=lock.tries)
    return lock


@action("access.lift_lock")
def lift_locks(*, by: Actor, on: date, at: datetime, locks: Iterable[SignInLock]) -> int:
    """Lift these locks before their time, after the member of staff has made himself known; how many were lifted.

    Counting begins anew with this moment.
    """
    found = list(locks)
    if not found:
        raise Refused("这个账号现在没有锁定，无需解除。")
    ids = [lock.pk for lock in found]
    changed = SignInLock.objects.filter(pk__in=ids, lifted_at=None, until__gt=at).update(lifted_at=at, lifted_by_id=by.staff_id)
    if not changed:
        raise Stale("这个锁定已经到时或已由他人解除，无需再办。")
    first = found[0]
    about("access.sign_in_lock", first.pk, staff=first.staff_id, locks=ids)
    return changed


def clear_old_tries(*, at: datetime) -> int:
    """Forget tries and locks that count for nothing any more; the trail keeps what was locked."""
    tries, _ = SignInTry.objects.filter(at__lt=at - KEPT_TRIES).delete()
    locks, _ = SignInLock.objects.filter(until__lt=at - KEPT_LOCKS).delete()
    return tries + locks
