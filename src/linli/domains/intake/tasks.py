"""What intake does by itself: it takes in what was sent, one post after the other."""

from __future__ import annotations

import logging

from django.db import DatabaseError

from linli.base.areas import WHOLE
from linli.domains.intake import actions, queries
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import business_day, business_moment, machine_actor
from linli.kernel.jobs.rules import every
from linli.kernel.registry.queries import machines

AT_ONCE = 200
log = logging.getLogger(__name__)


@every(5.0, "intake.receive")
def receive() -> None:
    """Each post in a transaction of its own: one that cannot be taken in holds up no other."""
    with scoped(WHOLE):
        waiting = list(queries.waiting().values_list("pk", "area")[:AT_ONCE])
    at = business_moment()
    for post_id, district in waiting:
        try:
            actions.receive_post(by=machine_actor("intake.receive", district), at=at, post_id=post_id)
        except DatabaseError:
            log.exception("post %s could not be taken in", post_id)
            by = machine_actor("intake.receive", district)
            actions.set_aside(by=by, post_id=post_id, why="登记时数据库出错，请再次收取；仍不行的请联系系统管理员。")


@every(3600.0, "intake.forget")
def forget() -> None:
    """Each hour, in each district: what could not be taken in is not kept for ever."""
    on = business_day()
    for by in machines("intake.receive", on):
        actions.forget_posts(by=by, on=on)
