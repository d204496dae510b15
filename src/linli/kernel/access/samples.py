"""Made-up staff for tests and the demo, through the real actions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache

from django.contrib.auth.hashers import make_password

from linli.base.areas import WHOLE, scope_of
from linli.kernel.access.actions import create_post, create_staff, grant_post, scoped
from linli.kernel.access.models import Staff
from linli.kernel.access.queries import actor_for, rights_of
from linli.kernel.access.rules import Actor, Role
from linli.kernel.access.rules.actors import actor_of

DISTRICT = "370404000000"
PASSWORD = "Linli-demo-2010"
FIRST_DAY = date(2010, 1, 1)
BEGUN = date(2009, 1, 1)
"""The day from which the demo's office has worked: a year earlier, so that its reports have a last year beside them."""


def founding_actor(role: Role, staff_id: int | None = None, area: str = DISTRICT) -> Actor:
    """An actor without a post, for the very first accounts of a new database."""
    return actor_of(staff_id=staff_id or 0, name="建库", post_id=0, role=role, area=area, permissions=rights_of(role))


def make_founders(area: str = DISTRICT, since: date = FIRST_DAY) -> tuple[Actor, Actor]:
    """The system administrator and the security administrator, who make and grant all further posts.

    The first two accounts cannot be made by anyone; they are entered as each other's.
    """
    from linli.kernel.access.models import Post

    made = []
    for username, name, role in (("sys", "宋系统", Role.SYSTEM_ADMIN), ("sec", "安全宁", Role.SECURITY_ADMIN)):
        staff = Staff.objects.filter(username=username).first() or Staff(username=username, name=name)
        if staff.pk is None:
            staff.must_change_password = False
            staff.set_password(PASSWORD)
            staff.save()
        made.append((staff, role))
    for (staff, role), (other, _) in zip(made, reversed(made), strict=True):
        Post.objects.get_or_create(
            staff=staff, role=role.value, at=area, defaults={"since": since, "granted_by": other}
        )
    system, security = (actor_for(staff, on=since) for staff, _ in made)
    assert system and security
    return system, security


def make_staff(
    username: str = "li", name: str = "李社工", role: Role = Role.COMMUNITY_WORKER, area: str = "370404001001",
    on: date = FIRST_DAY, founders: tuple[Actor, Actor] | None = None,
) -> Actor:  # fmt: skip
    """A member of staff with one granted post, ready to act."""
    system, security = founders or make_founders()
    staff = create_staff(by=system, on=on, username=username, name=name, password=PASSWORD)
    Staff.objects.filter(pk=staff.pk).update(must_change_password=False)
    post = create_post(by=system, on=on, staff=staff, role=role, at=area, since=min(on, FIRST_DAY))
    grant_post(by=security, on=on, post=post)
    actor = actor_for(staff, on=on)
    assert actor is not None
    return actor


@contextmanager
def one_hash() -> Iterator[None]:
    """Hash each password once: an honest hash takes a fifth of a second, and the demo's thirty accounts have one password."""
    kept = cache(make_password)

    def set_password(staff: Staff, raw: str) -> None:
        staff.password = kept(raw)

    Staff.set_password = set_password
    try:
        yield
    finally:
        del Staff.set_password


def demo_actor(username: str, on: date) -> Actor:
    """The demo's member of staff with this user name, ready to act on this day."""
    actor = actor_for(Staff.objects.get(username=username), on=on)
    assert actor is not None, f"{username} holds no post on {on}"
    return actor


def whole_scope() -> object:
    """The widest range, for tests that look over the fence."""
    return scoped(WHOLE)


__all__ = [
    "BEGUN", "DISTRICT", "FIRST_DAY", "PASSWORD", "demo_actor", "founding_actor", "make_founders", "make_staff", "one_hash",
    "scope_of", "whole_scope",
]  # fmt: skip
