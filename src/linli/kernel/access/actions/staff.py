"""Staff and their posts. A post made by one administrator waits until another one grants it."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.hashers import check_password
from django.db.models import F, Q

from linli.base.areas import level_of
from linli.kernel.access.actions.door import about, action
from linli.kernel.access.models import Post, Staff
from linli.kernel.access.rules import Actor, Refused, Role, Stale, may_hold_together
from linli.kernel.access.rules.actors import LEVELS


@action("access.manage_staff")
def create_staff(*, by: Actor, on: date, username: str, name: str, password: str, phone: str = "") -> Staff:
    """A new account. It can sign in, must change its password first, and may do nothing until a post is granted."""
    if Staff.objects.filter(username=username).exists():
        raise Refused(f"用户名“{username}”已被使用，请换一个。", field="username")
    staff = Staff(username=username, name=name, phone=phone)
    staff.set_password(password)
    staff.save()
    about("access.staff", staff.pk)
    return staff


@action("access.manage_staff")
def create_post(*, by: Actor, on: date, staff: Staff, role: Role, at: str, since: date, until: date | None = None) -> Post:
    """A post that waits for a second person's grant (待授权)."""
    if level_of(at) not in LEVELS[role]:
        levels = "、".join(sorted(level.zh for level in LEVELS[role]))
        raise Refused(f"{role.zh}的任职区域应为{levels}一级，请重新选择区域。", field="at")
    if not by.covers(at):
        raise Refused("任职区域不在本辖区内，请重新选择。", field="at")
    _check_together(staff.pk, role, since, until)
    running = Post.objects.filter(Q(until=None) | Q(until__gt=since), staff=staff.pk, role=role.value, at=at)
    if running.exists():
        raise Refused("此人在这个区域已有同样的岗位，请先结束原岗位，或改选角色、区域。", field="role")
    post = Post.objects.create(staff=staff, role=role.value, at=at, since=since, until=until, made_by_id=by.staff_id)
    about("access.post", post.pk, role=role.value, at=at, staff=staff.pk)
    return post


def _check_together(staff_id: int, role: Role, since: date, until: date | None, *, granting: Post | None = None) -> None:
    """Refuse a role beside one that excludes it on any day of its term, whenever that day is.

    Posts that wait count when a post is made; when one is granted only those that are granted do. The row of the person is
    held until the end, so that two posts at once see each other.
    """
    Staff.objects.select_for_update().get(pk=staff_id)
    beside = Post.objects.filter(Q(until=None) | Q(until__gt=since), staff=staff_id)
    if until is not None:
        beside = beside.filter(since__lt=until)
    if granting is not None:
        beside = beside.exclude(pk=granting.pk).exclude(granted_by=None)
    held = {Role(post.role) for post in beside}
    if not may_hold_together(held | {role}):
        others = "、".join(sorted(other.zh for other in held))
        raise Refused(f"{role.zh}与同期的岗位（{others}）不能由同一人担任。", field="role")


@action("access.grant_post")
def grant_post(*, by: Actor, on: date, post: Post) -> Post:
    """The security administrator grants a post that somebody else made."""
    by.apart_from(post.made_by_id, post.staff_id, said="岗位须由另一人授权：不能授权本人建立或本人担任的岗位。")
    _check_together(post.staff_id, Role(post.role), post.since, post.until, granting=post)
    changed = Post.objects.filter(pk=post.pk, granted_by=None).update(granted_by_id=by.staff_id)
    if not changed:
        raise Refused("这个岗位已经授权，无需再次办理。")
    about("access.post", post.pk, staff=post.staff_id)
    post.refresh_from_db()
    return post


@action("access.end_post")
def end_post(*, by: Actor, on: date, post: Post) -> Post:
    """The post ends with this day; the next request of its holder is refused."""
    running = Post.objects.filter(Q(until=None) | Q(until__gt=on), pk=post.pk)
    # One that has never begun ends the day after it would have begun, and is not granted.
    words = {"until": on} | ({"since": on.fromordinal(on.toordinal() - 1)} if post.since >= on else {})
    if not running.update(**words):
        raise Refused("这个岗位已经结束。")
    about("access.post", post.pk, staff=post.staff_id)
    post.refresh_from_db()
    return post


@action("access.manage_staff")
def set_staff_active(*, by: Actor, on: date, staff: Staff, active: bool) -> Staff:
    """Switch an account off or on; a switched-off account is out at its next request, and no old session comes back with it."""
    if staff.pk == by.staff_id:
        raise Refused("不能停用或启用本人的账号。")
    there = Staff.objects.filter(pk=staff.pk, is_active=not active)
    if not there.update(is_active=active, session_round=F("session_round") + 1):
        raise Stale()
    about("access.staff", staff.pk, active=active)
    staff.refresh_from_db()
    return staff


@action("access.manage_staff")
def set_password(*, by: Actor, on: date, staff: Staff, password: str) -> Staff:
    """Give a first password again; its owner must change it at the next sign-in.

    :raises Refused: one's own, which is changed with the old one: an open desk is not enough to take an account over.
    """
    if staff.pk == by.staff_id:
        raise Refused("本人的密码请在“修改密码”页面修改，须填写原密码。", field="password")
    staff.set_password(password)
    staff.must_change_password = True
    staff.save(update_fields=["password", "must_change_password"])
    about("access.staff", staff.pk)
    return staff


@action("access.own_password")
def change_own_password(*, by: Actor, on: date, at: datetime, staff: Staff, old: str, new: str) -> Staff:
    """The owner changes the password; all other sessions of the account end with it."""
    if staff.pk != by.staff_id:
        raise Refused("只能修改本人的密码。")
    if not staff.check_password(old):
        raise Refused("原密码不对，请重新输入。", field="old")
    if check_password(new, staff.password):
        raise Refused("新密码不能与原密码相同。", field="new")
    staff.set_password(new)
    staff.must_change_password = False
    staff.password_changed_at = at
    staff.save(update_fields=["password", "must_change_password", "password_changed_at"])
    about("access.staff", staff.pk)
    return staff
