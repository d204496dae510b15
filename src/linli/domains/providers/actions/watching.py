"""What the clocks see: providers that take and do not come are counted, warned and paused."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from linli.base.days import SHANGHAI
from linli.domains.providers.actions.common import PROVIDER, note
from linli.domains.providers.actions.members import suspend
from linli.domains.providers.models import Lapse, Provider
from linli.domains.providers.queries import lapses_since
from linli.domains.providers.queries.members import events_of
from linli.domains.providers.rules import ACTIVE, Ground, LapseKind, Step, patience
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor
from linli.kernel.orders.queries import orders
from linli.kernel.orders.rules import Stage

ONE_DAY = timedelta(days=1)


@action("providers.watch")
def watch(*, by: Actor, at: datetime) -> int:
    """Write down every order that was not signed for, or not come to, in time; once each. How many were new.

    As many as the dated values say lead to a warning, then to a pause that another person lifts.
    """
    on = at.astimezone(SHANGHAI).date()
    bound = {one.desk_id: one for one in Provider.objects.filter(standing__in=ACTIVE).select_related("desk")}
    new: dict[int, Provider] = {}
    count = 0
    for order in orders(at=at, late="yes").filter(desk__in=list(bound), stage__in=[Stage.SENT, Stage.WORKING]):
        one, kind = bound[order.desk_id], _missed(order, at)
        if kind is None:
            continue
        words = {"number": order.number, "on": on, "area": one.area}
        _, made = Lapse.objects.get_or_create(provider=one, order=order, round=order.round, kind=kind, defaults=words)
        if made:
            count, new[one.pk] = count + 1, one
    for one in new.values():
        _answer(one, by, on)
    about(PROVIDER, f"lapses {count}", area=by.area, lapses=count)
    return count


def _missed(order: Any, at: datetime) -> LapseKind | None:
    if order.stage == Stage.SENT:
        return LapseKind.UNSIGNED if order.sign_due < at else None
    return LapseKind.ABSENT if order.contacted_at is None and order.contact_due < at else None


def _answer(one: Provider, by: Actor, on: date) -> None:
    """A warning, or a pause. What was before a restoration was answered for."""
    limits = patience(on, one.area)
    since = on - timedelta(days=limits.days - 1)
    restored = events_of(one).filter(step=Step.RESTORED).values_list("on", flat=True).first()
    times = lapses_since(one, max(since, restored + ONE_DAY) if restored else since, on)
    if times >= limits.pause:
        why = f"{limits.days}天内{times}次没有按时签收或上门，系统自动暂停派单"
        suspend(by=by, on=on, provider=one, ground=Ground.ABSENT, why=why)
    elif times >= limits.warn and not events_of(one).filter(step=Step.WARNED, on__gte=since).exists():
        said = f"{limits.days}天内{times}次没有按时签收或上门，满{limits.pause}次将暂停派单"
        note(one, Step.WARNED, by=by, on=on, text=said, ground=Ground.ABSENT, facts={"times": times})
