"""Who handles an order, and so may know whom to call; who may read a confidential one."""

from __future__ import annotations

import json
from dataclasses import dataclass

from linli.kernel.access.actions import record_seen
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.orders.models import Check, Desk, Order, OrderPicture, Reader
from linli.kernel.orders.rules import OUTSIDE, DeskKind, Stage
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import PHONE

CONTENT = "orders.content"
PICTURE = "orders.picture"


@dataclass(frozen=True)
class Content:
    """What an order is about, and who asked; ``hidden``: it is confidential and this reader is not named."""

    caller: str = ""
    address: str = ""
    text: str = ""
    hidden: bool = False


def serves(by: Actor, desk: Desk | None) -> bool:
    """Whether this post belongs to the desk: a post at its seat that handles orders."""
    return desk is not None and by.area == desk.area and by.may("orders.handle")


def enters_for(by: Actor, desk: Desk | None) -> bool:
    """Whether this post may write down what a firm or a volunteer reports who has no account."""
    return desk is not None and DeskKind(desk.kind) in OUTSIDE and by.may("orders.enter_for")


def handles(by: Actor, order: Order) -> bool:
    """Whether the order is this post's work now: its desk's, while it is handled; the operators', while none has it or all waits
    for the call back; or while a closed one waits for a call by lot.
    """
    if order.stage in (Stage.NEW, Stage.HANDLED):
        return by.may("orders.call_back") or serves(by, order.desk)
    if order.stage == Stage.CLOSED:
        return by.may("orders.call_back") and _drawn(order)
    return (serves(by, order.desk) or enters_for(by, order.desk)) and order.stage in (Stage.SENT, Stage.WORKING, Stage.SUSPENDED)


def _drawn(order: Order) -> bool:
    return Check.objects.filter(order=order.pk, round=order.round, called_at=None).exists()


def is_reader(by: Actor, order: Order) -> bool:
    """Whether the content is open to this person: always, unless it is confidential; then by name only.

    Never to the person who is complained of, named before or not.
    """
    if order.about_staff_id is not None and order.about_staff_id == by.staff_id:
        return False
    return not order.confidential or Reader.objects.filter(order=order, staff=by.staff_id).exists()


def content_of(by: Actor, order: Order) -> Content:
    """The content as far as this person may read it."""
    if not order.confidential:
        return Content(order.caller, order.address, order.text)
    if not is_reader(by, order):
        return Content(hidden=True)
    assert order.content_sealed is not None
    kept = json.loads(keyring().open(bytes(order.content_sealed), CONTENT))
    return Content(kept["caller"], kept["address"], kept["text"])


def may_reveal(by: Actor, order: Order) -> bool:
    """Whether this person may see the whole number: who handles the order, and of a confidential one who is named as well."""
    known = order.phone_sealed is not None and by.may("orders.reveal")
    return known and handles(by, order) and is_reader(by, order)


def phone_of(order: Order) -> str:
    """The number in clear; "" when none was given. Pages show it masked."""
    return keyring().open(bytes(order.phone_sealed), PHONE) if order.phone_sealed else ""


def pictures_of(by: Actor, order: Order) -> list[OrderPicture]:
    """The pictures of an order without their contents; none for who may not read it."""
    return list(OrderPicture.objects.filter(order=order).defer("content").order_by("id")) if is_reader(by, order) else []


def open_picture(by: Actor, order: Order, picture_id: int) -> tuple[OrderPicture, bytes]:
    """A picture and its content; the look is a line of the trail. :raises Forbidden: there is none for this post."""
    found = OrderPicture.objects.filter(order=order, pk=picture_id).first()
    if found is None or not is_reader(by, order):
        raise Forbidden("没有这张照片，或它不对本岗位开放。")
    record_seen(by=by, verb="orders.open_picture", kind="orders.order", subject=order.pk, area=order.area, picture=found.pk)
    return found, keyring().open_bytes(bytes(found.content), PICTURE)
