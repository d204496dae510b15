"""Looking at what is hidden: a telephone number, the content of a confidential order; and who is named for it."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from linli.kernel.access.actions import about, action, record_seen
from linli.kernel.access.models import Staff
from linli.kernel.access.rules import Actor, Forbidden, Refused, Renewed
from linli.kernel.orders.actions.common import KIND, event, keep_apart, need_words
from linli.kernel.orders.models import Order, Reader
from linli.kernel.orders.queries import CONTENT, is_reader, may_reveal, phone_of
from linli.kernel.orders.rules import Move
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import PHONE, seal_phone


@action("orders.reveal")
def reveal_phone(*, by: Actor, at: datetime, order: Order) -> str:
    """The number in clear, for whoever handles the order now; the look is a line in the trail with the order as its purpose."""
    if not may_reveal(by, order):
        raise Forbidden("只有正在办理这件工单的人可以查看电话。")
    about(KIND, order.pk, area=order.area, purpose=f"办理工单{order.number}")
    return phone_of(order)


def note_opened(*, by: Actor, order: Order) -> None:
    """Opening an order is a line in the trail; of a confidential one it says whether the content was read."""
    keep_apart(by, order)
    record_seen(by=by, verb="orders.open", kind=KIND, subject=order.pk, area=order.area, content=is_reader(by, order))


@action("orders.name_reader")
def name_reader(*, by: Actor, at: datetime, order: Order, staff_id: int, why: str) -> Reader:
    """Let one more person read a confidential order. Only somebody who may read it can name others."""
    said = need_words(why, "why", "指定的原因", 2)
    keep_apart(by, order)
    if not order.confidential:
        raise Refused("这件工单不保密，不需要指定知情人。")
    if not is_reader(by, order) and Reader.objects.filter(order=order).exists():
        raise Forbidden("只有知情人可以再指定知情人。")
    staff = Staff.objects.filter(pk=staff_id, is_active=True).first()
    if staff is not None and staff.pk == order.about_staff_id:
        raise Refused("这位工作人员是投诉对象，不能指定为知情人。", field="staff")
    if staff is None:
        raise Refused("没有这位工作人员，请重新选择。", field="staff")
    made, fresh = Reader.objects.get_or_create(
        order=order, staff=staff, defaults={"why": said[:200], "named_by_id": by.own_hand, "at": at, "area": order.area}
    )
    if not fresh:
        raise Refused("这位工作人员已是知情人。", field="staff")
    event(order, Move.NAMED, by=by, at=at, text=said, staff=staff.pk)
    about(KIND, order.pk, area=order.area, named=staff.pk)
    return made


@action("access.renew_seals")
def renew_seals(*, by: Actor, on: date, after: int = 0, most: int = 2000) -> Renewed:
    """Seal and hash again, under the current key, the numbers and contents of orders."""
    wanted = Q(phone_sealed__isnull=False) | Q(content_sealed__isnull=False)
    seen = list(Order.objects.select_for_update(of=("self",)).filter(wanted, pk__gt=after).order_by("pk")[:most])
    old = [one for one in seen if not _is_current(one)]
    for one in old:
        phone = seal_phone(keyring(), keyring().open(bytes(one.phone_sealed), PHONE) if one.phone_sealed else "")
        words = {"phone_sealed": phone.sealed, "phone_digest": phone.digest, "phone_tail": phone.tail}
        if one.content_sealed:
            words["content_sealed"] = keyring().seal(keyring().open(bytes(one.content_sealed), CONTENT), CONTENT)
        Order.objects.filter(pk=one.pk).update(**words)
    about("orders.seals", keyring().current, area=by.area, orders=len(old))
    return Renewed(len(old), seen[-1].pk if len(seen) == most else None)


def _is_current(one: Order) -> bool:
    kept = [bytes(part) for part in (one.phone_sealed, one.content_sealed) if part]
    return all(keyring().is_current(part) for part in kept)

