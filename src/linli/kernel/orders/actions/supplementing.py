"""What a caller adds afterwards: words and pictures."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Renewed
from linli.kernel.files.rules import FileKind, clean_file_name, sniff, without_traces
from linli.kernel.orders.actions.common import KIND, LONGEST, event
from linli.kernel.orders.models import Order, OrderPicture
from linli.kernel.orders.queries import PICTURE
from linli.kernel.orders.rules import Move, Stage
from linli.kernel.registry.queries import keyring

PICTURES = frozenset({FileKind.JPEG, FileKind.PNG})
LARGEST = 8 * 1024 * 1024


@action("orders.supplement")
def supplement(*, by: Actor, at: datetime, order: Order, text: str) -> Order:
    """The caller said more. Stage and clocks stay as they are; whoever handles the order finds it among its events.

    An order that was merged is handled with its main one: there it is read as well.
    """
    said = tidy(text)[:LONGEST]
    if len(said) < 2:
        raise Refused("请填写补充的内容。", field="text")
    event(order, Move.SUPPLEMENTED, by=by, at=at, text=said)
    if (leading := _leading(order)).pk != order.pk:
        event(leading, Move.SUPPLEMENTED, by=by, at=at, text=f"{order.number}的来电人补充：{said}")
    about(KIND, order.pk, area=order.area, move=Move.SUPPLEMENTED.value)
    return order


def _leading(order: Order) -> Order:
    """The order with which this one is handled: its main one while it is merged, else itself."""
    main = Order.objects.filter(merged=order).first() if order.stage == Stage.MERGED else None
    return main or order


@action("orders.supplement")
def add_picture(*, by: Actor, at: datetime, order: Order, name: str, content: bytes) -> OrderPicture:
    """Keep a picture with the order, sealed and without its traces; it goes where the order goes.

    :raises Refused: it is no picture, or not what its name says.
    """
    kind = sniff(name, content, PICTURES, LARGEST)
    clean, order = without_traces(kind, content), _leading(order)
    made = OrderPicture.objects.create(
        order=order, name=clean_file_name(name), kind=kind, content=keyring().seal_bytes(clean, PICTURE), size=len(clean),
        at=at, area=order.area,
    )  # fmt: skip
    about(KIND, order.pk, area=order.area, picture=made.pk, size=len(clean))
    return made


@action("access.renew_seals")
def renew_pictures(*, by: Actor, on: date, after: int = 0, most: int = 50) -> Renewed:
    """Seal pictures again under the current key."""
    seen = list(OrderPicture.objects.select_for_update().filter(Q(pk__gt=after)).order_by("pk")[:most])
    old = [one for one in seen if not keyring().is_current(bytes(one.content))]
    for one in old:
        content = keyring().seal_bytes(keyring().open_bytes(bytes(one.content), PICTURE), PICTURE)
        OrderPicture.objects.filter(pk=one.pk).update(content=content)
    about("orders.seals", keyring().current, area=by.area, pictures=len(old))
    return Renewed(len(old), seen[-1].pk if len(seen) == most else None)
