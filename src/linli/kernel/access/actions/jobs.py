"""Background work in somebody's name: the order keeps the post, the job runs with what that post may do by then."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from typing import Any

from linli.kernel.access.models import Post
from linli.kernel.access.queries import clock
from linli.kernel.access.queries.staff import actor_for, machine_actor
from linli.kernel.access.rules import Actor, Forbidden, Refused
from linli.kernel.jobs.actions import defer as put_in_queue
from linli.kernel.jobs.rules import task

Job = Callable[..., Any]
FAULT = "系统出现故障，这项后台任务没有完成，数据没有改变。请联系系统管理员查看日志后重试。"


def defer(name: str, *, by: Actor, on: date, lock: str = "", **words: Any) -> int | None:
    """Order a job in the name of this actor, in the present transaction (see jobs.actions.defer)."""
    whom = {"staff": by.staff_id, "post": by.post_id, "area": by.area, "request": by.request}
    return put_in_queue(name, lock=lock, whom=whom, on=on.isoformat(), **words)


def job(name: str, *, attempts: int = 3, failed: Job | None = None) -> Callable[[Job], Job]:
    """Declare a job: a function of ``by=`` (the actor), ``on=`` (the business day of the order) and the order's words.

    It calls actions, which open the range of areas; a query of its own needs ``scoped(by)`` or raises. ``failed`` is
    told when it did not succeed for good: ``by`` is then the machine in the same area, ``why`` a sentence for the user.
    """

    def declare(function: Job) -> Job:
        @functools.wraps(function)
        def run(whom: dict[str, Any], on: str, **words: Any) -> None:
            day = date.fromisoformat(on)
            try:
                function(by=_actor(name, whom), on=day, **words)
            except Exception as fault:
                refused = isinstance(fault, Refused)
                if failed and (refused or attempts == 1):
                    why = fault.message if isinstance(fault, Refused) else FAULT
                    failed(by=machine_actor(name, whom["area"]), on=day, why=why, **words)
                if not refused:
                    raise

        return task(name, attempts=attempts)(run)

    return declare


def _actor(name: str, whom: dict[str, Any]) -> Actor:
    """The actor of the order's post as it stands now; a post that ended meanwhile does nothing more."""
    if whom["post"] is None:
        return machine_actor(name, whom["area"])
    post = Post.objects.select_related("staff").filter(pk=whom["post"], staff_id=whom["staff"]).first()
    actor = actor_for(post.staff, on=clock.business_day(), post_id=post.pk) if post else None
    if actor is None or actor.post_id != whom["post"]:
        raise Forbidden("提交人的岗位已经结束，这项后台任务没有执行。请由现任岗位重新提交。")
    return actor.with_request(whom["request"])
