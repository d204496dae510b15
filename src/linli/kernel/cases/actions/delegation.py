"""Standing in for somebody on leave: a post like one's own, with an end, granted by a second person like any other."""

from __future__ import annotations

from datetime import date

from linli.kernel.access.actions import about, action
from linli.kernel.access.models import Post
from linli.kernel.access.queries import posts_of, staff_member
from linli.kernel.access.rules import Actor, Refused, Role, may_hold_together


@action("cases.delegate")
def delegate(*, by: Actor, on: date, to: int, since: date, until: date) -> Post:
    """Let another member of staff work in one's own role and area from a day until a day (exclusive).

    The post waits for the security administrator's grant. What the deputy does is recorded in the deputy's own name, and the
    deputy's own earlier work still bars them from judging it.
    """
    own = Post.objects.filter(pk=by.post_id or 0).first()
    deputy = staff_member(to)
    if own is None or deputy is None or not deputy.is_active:
        raise Refused("没有这名在岗人员，请重新选择。", field="to")
    if own.delegated_from_id is not None:
        raise Refused("受委托的岗位不能再委托他人。")
    if deputy.pk == by.staff_id:
        raise Refused("不能委托本人，请重新选择。", field="to")
    if not on <= since < until:
        raise Refused("委托期限应自今日或以后开始，并写明结束日期。", field="until")
    held = {Role(post.role) for post in posts_of(deputy, on=since)}
    if not may_hold_together(held | {by.role}):
        raise Refused(f"{deputy.name}现有岗位与{by.role.zh}不能由同一人担任，请另选一人。", field="to")
    open_ended = Post.objects.filter(staff=deputy, role=own.role, at=own.at, delegated_from=own, until__gt=since, since__lt=until)
    if open_ended.exists():
        raise Refused(f"这段时间已经委托{deputy.name}，无需重复办理。", field="since")
    post = Post.objects.create(
        staff=deputy, role=own.role, at=own.at, since=since, until=until, made_by_id=by.staff_id, delegated_from=own
    )
    about("access.post", post.pk, delegated=own.pk, staff=deputy.pk)
    return post
