"""Staff, posts, and the actor that a post makes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from linli.base.areas import scope_of
from linli.kernel.access.models import Post, Staff
from linli.kernel.access.queries.permissions import permissions, rights_of
from linli.kernel.access.rules import Actor, Forbidden, Role
from linli.kernel.access.rules.actors import actor_of, machine


def posts_of(staff: Staff, *, on: date) -> QuerySet[Post]:
    """The posts that this person may act in on this day: granted, begun and not ended."""
    running = Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))
    return Post.objects.filter(running, staff=staff).exclude(granted_by=None).order_by("id")


def _waiting(on: date) -> QuerySet[Post]:
    """Posts that are not granted and not over; those with a last day, as a deputy's, among them."""
    return Post.objects.filter(Q(until=None) | Q(until__gt=on), granted_by=None).order_by("id")


def waiting_posts_of(staff: Staff, *, on: date) -> QuerySet[Post]:
    """Posts that a second person has not granted yet (待授权)."""
    return _waiting(on).filter(staff=staff)


def actor_for(staff: Staff, *, on: date, post_id: int | None = None) -> Actor | None:
    """The actor in the chosen post, else in the first; None when the person holds no post on this day."""
    return actor_among(staff, list(posts_of(staff, on=on)), post_id)


def actor_among(staff: Staff, posts: list[Post], post_id: int | None = None) -> Actor | None:
    """The actor in the chosen one of these posts, else in the first; None when there is none or the account is off."""
    if not staff.is_active:
        return None
    chosen = next((post for post in posts if post.id == post_id), posts[0] if posts else None)
    if chosen is None:
        return None
    role = Role(chosen.role)
    return actor_of(
        staff_id=staff.pk,
        name=staff.name,
        post_id=chosen.pk,
        role=role,
        area=chosen.at,
        permissions=rights_of(role),
    )


def machine_actor(task: str, area: str) -> Actor:
    """The actor of a job that nobody started by hand, over the district ``area`` (12 digits)."""
    return machine(task=task, area=area, permissions=rights_of(Role.MACHINE))


def staff_member(staff_id: int) -> Staff | None:
    """The member of staff with this id."""
    return Staff.objects.filter(pk=staff_id).first()


def staff_by_username(username: str) -> Staff | None:
    """The member of staff who signs in with this name."""
    return Staff.objects.filter(username=username).first()


def staff_list(*, by: Actor, words: str = "", role: str = "", active: str = "") -> QuerySet[Staff]:
    """Staff with a post in the actor's area (and those who have none yet), by user name."""
    scope = scope_of(by.area)
    here = Q(posts__at__gte=scope.lo, posts__at__lt=scope.hi) | Q(posts=None)
    found = Staff.objects.filter(here).distinct().order_by("username").prefetch_related("posts")
    if words:
        found = found.filter(Q(username__startswith=words) | Q(name__contains=words))
    if role:
        found = found.filter(posts__role=role)
    if active:
        found = found.filter(is_active=active == "yes")
    return found


def staff_at(area: str, *, on: date, role: Role | None = None, right: str = "") -> QuerySet[Staff]:
    """The staff who hold a post (of a role, or one that carries a right) in this very area on a day, by name."""
    running = Q(posts__since__lte=on) & (Q(posts__until=None) | Q(posts__until__gt=on))
    here: dict[str, Any] = {"posts__at": area, "posts__granted_by__isnull": False, "is_active": True}
    if role is not None:
        here["posts__role"] = role.value
    if right:
        here["posts__role__in"] = sorted(one.value for one in permissions()[right].roles)
    return Staff.objects.filter(running, **here).distinct().order_by("name")


def posts_waiting(*, by: Actor, on: date) -> QuerySet[Post]:
    """Posts in the actor's area that wait for the security administrator's grant."""
    scope = scope_of(by.area)
    return _waiting(on).filter(at__gte=scope.lo, at__lt=scope.hi).select_related("staff", "made_by")


def post_in_area(*, by: Actor, post_id: int) -> Post:
    """The post with this id, if it lies in the actor's area. Otherwise it does not exist for them."""
    scope = scope_of(by.area)
    post = Post.objects.filter(pk=post_id, at__gte=scope.lo, at__lt=scope.hi).first()
    if post is None:
        raise Forbidden("没有这个岗位，或它不在本辖区内。")
    return post
