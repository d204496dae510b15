"""What the provider does, or the centre writes down for it: sign, begin, end; and what the resident said on the web."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from linli.domains.providers.actions.common import SERVICE
from linli.domains.providers.models import Reply, ServiceOrder
from linli.domains.providers.queries.services import GOOD
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused
from linli.kernel.orders import actions as work
from linli.kernel.orders.queries import enters_for, order_by_id, serves
from linli.kernel.orders.rules import CallOutcome, Satisfaction, Stage

SERVE = "providers.serve"


def _own(by: Actor, one: ServiceOrder) -> Any:
    """The order, when this post belongs to the provider's desk or enters for it."""
    order = order_by_id(one.order_id)
    if not (serves(by, order.desk) or enters_for(by, order.desk)):
        raise Forbidden("服务情况由服务商登记，没有账号的由中心代为登记。")
    if order.desk_id != one.provider.desk_id:
        raise Refused(f"工单已改派给{order.desk.name if order.desk else '其他单位'}，请先由中心在服务单上改选服务商和价格。")
    if one.cancelled_on is not None:
        raise Refused("居民已取消这项服务，请按取消办结。")
    return order


@action(SERVE)
def accept(*, by: Actor, at: datetime, service: ServiceOrder) -> ServiceOrder:
    """The provider takes the order."""
    work.sign(by=by, at=at, order=_own(by, service))
    about(SERVICE, service.pk, area=service.area)
    return service


@action(SERVE)
def begin(*, by: Actor, at: datetime, service: ServiceOrder, started_at: datetime) -> ServiceOrder:
    """Somebody came. In a further round the times are those of the new visit.

    :raises Refused: it was not signed for, began already, or at a time that cannot be.
    """
    order = _own(by, service)
    if order.stage != Stage.WORKING:
        raise Refused("请先签收，再登记上门时间。" if order.stage == Stage.SENT else "这张服务单现在不在办理中，请刷新后再看。")
    if not order.received_at.replace(second=0, microsecond=0) <= started_at <= at:
        raise Refused("上门时间应在下单以后、现在以前，请修改。", field="started_at")
    fresh = Q(started_at=None) | Q(round__lt=order.round)
    words = {"started_at": started_at, "ended_at": None, "round": order.round, "entered_by_id": by.own_hand}
    if not ServiceOrder.objects.filter(fresh, pk=service.pk, statement=None, cancelled_on=None).update(**words):
        raise Refused("已经登记过上门时间。")
    if order.contacted_at is None:
        work.contact(by=by, at=at, order=order, note="已上门，开始服务。")
    service.refresh_from_db()
    about(SERVICE, service.pk, area=service.area)
    return service


@action(SERVE)
def finish(*, by: Actor, at: datetime, service: ServiceOrder, ended_at: datetime, result: str) -> ServiceOrder:
    """The service is done; the resident is asked next. Where the desk has answered already, only the time is added."""
    order = _own(by, service)
    if service.started_at is None or service.round < order.round:
        raise Refused("请先登记上门时间。", field="ended_at")
    if not service.started_at <= ended_at <= at:
        raise Refused("结束时间应在开始以后、现在以前，请修改。", field="ended_at")
    same = ServiceOrder.objects.filter(pk=service.pk, ended_at=None, statement=None, cancelled_on=None)
    if not same.update(ended_at=ended_at, entered_by_id=by.own_hand):
        raise Refused("已经登记过结束时间。")
    if order.stage == Stage.WORKING:
        work.handle(by=by, at=at, order=order_by_id(order.pk), result=result, withdraw=True)
    service.refresh_from_db()
    about(SERVICE, service.pk, area=service.area)
    return service


@action(SERVE)
def close_cancelled(*, by: Actor, at: datetime, service: ServiceOrder) -> ServiceOrder:
    """The order of a cancelled service comes to its end: the resident is called back as after any order."""
    order = order_by_id(service.order_id)
    if service.cancelled_on is None:
        raise Refused("居民没有取消这项服务。")
    if not (serves(by, order.desk) or enters_for(by, order.desk)):
        raise Forbidden("取消的服务单由服务商或中心办结。")
    if order.stage == Stage.SENT:
        order = work.sign(by=by, at=at, order=order)
    if order.contacted_at is None:
        order = work.contact(by=by, at=at, order=order, note="居民已取消，无需上门。")
    work.handle(by=by, at=at, order=order, result=f"居民取消服务：{service.cancelled_why}", withdraw=True)
    about(SERVICE, service.pk, area=service.area)
    return service


@action("providers.enter_reply")
def enter_replies(*, by: Actor, at: datetime, most: int = 200) -> int:
    """What residents said on the web with number and code is entered as calls back; how many. Once for each round."""
    rows = Reply.objects.filter(entered_at=None).select_related("service__order").order_by("id")
    found = list(rows.select_for_update(of=("self",), skip_locked=True)[:most])
    entered = 0
    for one in found:
        Reply.objects.filter(pk=one.pk).update(entered_at=at)
        order = order_by_id(one.service.order_id)
        if order.stage != Stage.HANDLED or order.round != one.round:
            continue
        words = f"居民凭确认码在网上填写。{one.text}"
        work.call_back(
            by=by, at=at, order=order, outcome=CallOutcome.REACHED, solved=one.grade in GOOD, grade=Satisfaction(one.grade),
            words=words,
        )  # fmt: skip
        entered += 1
    about(SERVICE, f"replies {entered}", area=by.area, entered=entered)
    return entered
