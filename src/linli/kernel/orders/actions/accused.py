"""Who is complained of, when it is found out after the order was taken: the order moves away from them at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from linli.kernel.access.actions import action
from linli.kernel.access.rules import Actor, Forbidden, Refused
from linli.kernel.orders.actions.common import go, need_words
from linli.kernel.orders.actions.dispatching import may_handle, proposed, send
from linli.kernel.orders.actions.taking import check_accused, desk_here, name_staff, sealed_content
from linli.kernel.orders.models import Order
from linli.kernel.orders.queries import is_reader
from linli.kernel.orders.rules import Move


@action("orders.dispatch")
def set_accused(
    *, by: Actor, at: datetime, order: Order, about: int, why: str, about_staff: int | None = None
) -> Order:
    """Enter the body that is complained of, and the person. The content is sealed when a person is named; an order that lies at
    that body goes to the one that is proposed first.
    """
    said = need_words(why, "why", "登记的依据")
    check_accused(by, about, about_staff)
    if not is_reader(by, order):
        raise Forbidden("这是保密工单，由知情人登记被投诉对象。")
    if order.asks.filter(granted=None).exists():  # type: ignore[attr-defined]
        raise Refused("这件工单还有申请没有裁定，请先裁定。")
    values: dict[str, Any] = {"about": desk_here(about, "about"), "about_staff_id": about_staff}
    known = (order.about_id, order.about_staff_id)
    order.about = values["about"]
    if about_staff is not None and not order.confidential:
        content = {"caller": order.caller, "address": order.address, "text": order.text}
        values |= dict.fromkeys(content, "") | {"person": None, "confidential": True, "content_sealed": sealed_content(content)}
    if order.desk is None or may_handle(order, order.desk):
        if known == (about, about_staff):
            raise Refused("已经这样登记过，没有变化。", field="about")
        go(order, Move.ACCUSED, by=by, at=at, text=said, values=values)
    else:
        ranked = proposed(order, at)
        if not ranked:
            raise Refused("没有可以承办的其他单位，请先设立承办单位。", field="about")
        also = values | {"stopped_at": None}
        send(order, desk_here(ranked[0].desk), by=by, at=at, said=said, facts={}, move=Move.RECALLED, also=also)
    if order.confidential:
        name_staff(order, by, at, order.area)
    return order
