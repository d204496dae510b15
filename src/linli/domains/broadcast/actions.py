"""Writes of mass messages: receivers, drafts, sending by a second person, each delivery once, the confirmation of reading."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connections, transaction

from linli.base.days import SHANGHAI
from linli.base.text import tidy
from linli.domains.broadcast.models import Consent, Delivery, Message, Receiver
from linli.domains.broadcast.queries import CODE, PUBLIC, consents_of, gateway, may_write_to, members, phone_of, residents
from linli.domains.broadcast.rules import (
    LONGEST,
    REPORTED_WITHIN,
    ConsentWay,
    DeliveryState,
    Group,
    MessageState,
    Office,
    ask_again,
)
from linli.gateways.messages import NOTICE, TRIES, Arrival, NotSent, Receipt, pause_after
from linli.gateways.messages import Message as Short
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Renewed, Stale
from linli.kernel.publicity.rules import personal_data_in
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import PHONE, seal_phone

KIND = "broadcast.message"
LANDLINE = frozenset({"landline"})
AT_ONCE = 500


@action("broadcast.equip")
def equip(*, by: Actor, on: date, staff: int, office: Office, phone: str, device: str, area: str) -> Receiver:
    """A cadre gets a receiver. :raises Refused: they have one, or the number is another's."""
    if not by.covers(area):
        raise Refused("使用人不在本辖区任职，请重新选择。", field="staff")
    sealed = seal_phone(keyring(), phone)
    try:
        with transaction.atomic():
            made = Receiver.objects.create(
                staff_id=staff, office=office.value, device=tidy(device), phone_sealed=sealed.sealed, phone_digest=sealed.digest,
                since=on, area=area,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused("这位干部已有在用的接收机，或这个号码已登记给别人。先停用原来的，再登记。", field="phone") from fault
    about("broadcast.receiver", made.pk, area=area, office=office.value)
    return made


@action("broadcast.equip")
def end_receiver(*, by: Actor, on: date, receiver: Receiver) -> None:
    """The receiver is given back or lost. :raises Stale: it was ended already."""
    if not Receiver.objects.filter(pk=receiver.pk, ended_on=None).update(ended_on=on):
        raise Stale
    about("broadcast.receiver", receiver.pk, area=receiver.area)


@action("broadcast.draft")
def draft(*, by: Actor, on: date, text: str, group: Group, place: str) -> Message:
    """Write a message down. It names nobody: numbers and addresses of people are refused, wherever it goes."""
    said = tidy(text)
    if not 2 <= len(said) <= LONGEST:
        raise Refused(f"短信内容应为2到{LONGEST}个字，现有{len(said)}个，请修改。", field="text")
    if found := personal_data_in(said, allowed=LANDLINE):
        kinds = "、".join(dict.fromkeys(one.zh for one in found))
        raise Refused(f"短信内容里有{kinds}。群发短信不能写个人信息，请删去。", field="text")
    if not by.covers(place):
        raise Refused("接收范围不在本辖区内，请重新选择。", field="place")
    made = Message.objects.create(
        text=said, group=group.value, place=place, drafted_on=on, drafted_by_id=by.own_hand, area=by.area
    )
    about(KIND, made.pk, area=by.area, group=group.value)
    return made


@action("broadcast.draft")
def drop(*, by: Actor, on: date, message: Message) -> None:
    """A draft that nobody sent goes. :raises Stale: it was sent already."""
    if not Message.objects.filter(pk=message.pk, state=MessageState.DRAFT).update(state=MessageState.DROPPED):
        raise Stale
    about(KIND, message.pk, area=message.area)


@action("broadcast.send")
def send(*, by: Actor, on: date, at: datetime, message: Message) -> int:
    """Send it: everybody of the group on this day gets one delivery, which the machine hands to the provider.

    :raises Forbidden: to residents, by the hand that wrote it. :raises Refused: the group is empty.
    """
    group = Group(message.group)
    if group is Group.RESIDENTS and message.drafted_by_id == by.own_hand:
        raise Forbidden("发给居民的短信须由拟稿人以外的人审发。")
    words = {"state": MessageState.SENDING, "sent_by_id": by.own_hand, "sent_at": at}
    if not Message.objects.filter(pk=message.pk, state=MessageState.DRAFT).update(**words):
        raise Stale
    wanted = _lay_out(message, at, _receiving(group, message.place, on))
    if not wanted:
        raise Refused("这个范围内没有可接收的人：干部须先登记接收机，居民须登记手机号。")
    Message.objects.filter(pk=message.pk).update(wanted=wanted)
    about(KIND, message.pk, area=message.area, group=group.value, wanted=wanted)
    return wanted


def _receiving(group: Group, place: str, on: date) -> Iterable[dict[str, Any]]:
    if group is Group.RESIDENTS:
        seen: set[bytes] = set()
        for one in residents(place, on).iterator(AT_ONCE):
            digest = bytes(one.phone_digest)
            if digest not in seen:  # a family with one telephone gets one message
                seen.add(digest)
                yield {"person_id": one.pk, "phone_sealed": one.phone_sealed, "area": one.area}
        return
    for holder in members(group, place, on):
        yield {"staff_id": holder.staff_id, "phone_sealed": holder.phone_sealed, "area": holder.area}


def _lay_out(message: Message, at: datetime, receiving: Iterable[dict[str, Any]]) -> int:
    rows, wanted = [], 0
    for one in receiving:
        code = secrets.token_urlsafe(9)
        rows.append(Delivery(message=message, text=message.text, code=keyring().seal_bytes(code.encode(), CODE),
                             code_digest=keyring().keyed_hash(code, CODE), next_at=at, **one))  # fmt: skip
        if len(rows) == AT_ONCE:
            wanted += len(Delivery.objects.bulk_create(rows))
            rows = []
    return wanted + len(Delivery.objects.bulk_create(rows))


@action("broadcast.deliver")
def deliver(*, by: Actor, at: datetime, delivery_id: int) -> bool:
    """Hand one delivery to the provider under a key of its own: cut off after that and tried again, it is the same message."""
    one = Delivery.objects.select_for_update(skip_locked=True).filter(pk=delivery_id, state=DeliveryState.WAITING).first()
    about("broadcast.delivery", delivery_id, area=by.area)
    if one is None:
        return False
    values = _tried(one, at)
    Delivery.objects.filter(pk=one.pk).update(tries=one.tries + 1, **values)
    if not Delivery.objects.filter(message=one.message_id, state=DeliveryState.WAITING).exists():
        Message.objects.filter(pk=one.message_id, state=MessageState.SENDING).update(state=MessageState.SENT)
    return bool(values["state"] == DeliveryState.SENT)


def _tried(one: Delivery, at: datetime) -> dict[str, Any]:
    """What a try leads to: out, refused for good, or once more later."""
    over: dict[str, Any] = {"phone_sealed": None, "code": None}
    if one.person_id and not may_write_to(one.person_id, at.astimezone(SHANGHAI).date()):
        return over | {"state": DeliveryState.REFUSED, "reason": "居民没有同意接收短信，或已经撤回。"}
    try:
        receipt = _hand_over(one)
    except NotSent as fault:
        if fault.again and one.tries + 1 < TRIES:
            return {"state": DeliveryState.WAITING, "next_at": at + pause_after(one.tries + 1), "reason": str(fault)[:200]}
        return over | {"state": DeliveryState.FAILED, "reason": str(fault)[:200]}
    except ValueError:
        return over | {"state": DeliveryState.REFUSED, "reason": "不是手机号码，或平台已用这个编号发过别的内容。"}
    if not receipt.accepted:
        return over | {"state": DeliveryState.REFUSED, "reason": receipt.reason[:200]}
    words = {"sent_at": at, "provider": receipt.id[:60], "reason": "", "next_at": at + ask_again(timedelta(0))}
    return over | words | {"state": DeliveryState.SENT}


def _hand_over(one: Delivery) -> Receipt:
    assert one.phone_sealed is not None and one.code is not None
    code = keyring().open_bytes(bytes(one.code), CODE).decode()
    values = {"text": one.text, "link": f"{settings.PUBLIC_ADDRESS}/m/{code}/"}
    return gateway().send(Short(f"broadcast:{bytes(one.code_digest).hex()}", phone_of(one.phone_sealed), NOTICE, values))


@action("broadcast.deliver")
def hear_arrival(*, by: Actor, at: datetime, delivery_id: int) -> bool:
    """Ask the provider what became of a message that it took, and keep the answer; once known it does not change."""
    one = Delivery.objects.select_for_update(skip_locked=True).filter(
        pk=delivery_id, state=DeliveryState.SENT, arrived=""
    ).first()  # fmt: skip
    about("broadcast.delivery", delivery_id, area=by.area)
    if one is None or one.sent_at is None:
        return False
    waited = at - one.sent_at
    try:
        told = gateway().arrival(one.provider)
    except NotSent:
        told = None
    if told is None and waited >= REPORTED_WITHIN:
        told = Arrival("unknown", "平台三天内没有回报")
    values: dict[str, Any] = {"next_at": at + ask_again(waited)}
    if told is not None:
        values = {"arrived": told.state, "arrived_at": at, "reason": told.reason[:200]}
    Delivery.objects.filter(pk=one.pk).update(**values)
    return told is not None


@action("broadcast.consent")
def give_consent(*, by: Actor, on: date, person: Any, way: ConsentWay, since: date) -> Consent:
    """A resident agrees to receive messages, from a day on that is not to come.

    :raises Refused: the day is to come, or the agreement holds already.
    """
    if since > on:
        raise Refused("同意日期不能晚于今天，请修改。", field="since")
    if may_write_to(person.pk, on):
        raise Refused("这位居民已经同意接收短信。")
    last = Consent.objects.filter(person=person.pk).order_by("-until").first()
    if last is not None and last.until is not None and since < last.until:
        raise Refused(f"这位居民{last.until:%Y-%m-%d}撤回过同意，新的同意日期不能更早。", field="since")
    words = {"way": way.value, "since": since, "entered_by_id": by.own_hand, "area": person.area}
    try:
        with transaction.atomic():
            made = Consent.objects.create(person=person, **words)
    except IntegrityError as fault:
        raise Refused("这位居民已经同意接收短信。") from fault
    about("broadcast.consent", made.pk, area=made.area, given=True)
    return made


@action("broadcast.consent")
def withdraw_consent(*, by: Actor, on: date, person: Any) -> None:
    """A resident does not want messages any more: from today none goes out. 个人信息保护法 §15."""
    ids = [one.pk for one in consents_of(person.pk) if one.until is None]
    if not Consent.objects.filter(pk__in=ids, until=None).update(until=on, ended_by_id=by.own_hand):
        raise Stale("这位居民没有同意接收短信，或已经撤回。")
    about("broadcast.consent", person.pk, area=person.area, given=False)


@action("broadcast.read")
def mark_read(*, by: Actor, at: datetime, delivery_id: int) -> None:
    """This member of staff has read it. Said twice, the first time counts."""
    about("broadcast.delivery", delivery_id, area=by.area)
    Delivery.objects.filter(pk=delivery_id, staff_id=by.own_hand, read_at=None).update(read_at=at)


def confirm_by_code(*, code: str, at: datetime) -> bool:
    """Whoever holds the telephone has read it, by the address in the message; the public's connection."""
    with connections[PUBLIC].cursor() as cursor:
        cursor.execute("select bulletin.broadcast_read(%s, %s)", [keyring().keyed_hashes(code, CODE), at])
        return bool(cursor.fetchone()[0])


@action("access.renew_seals")
def renew_seals(*, by: Actor, on: date, after: int = 0, most: int = 2000) -> Renewed:
    """Seal and hash the numbers of receivers again under the current key."""
    seen = list(Receiver.objects.select_for_update().filter(pk__gt=after).order_by("pk")[:most])
    old = [one for one in seen if not keyring().is_current(bytes(one.phone_sealed))]
    for one in old:
        fresh = seal_phone(keyring(), keyring().open(bytes(one.phone_sealed), PHONE))
        Receiver.objects.filter(pk=one.pk).update(phone_sealed=fresh.sealed, phone_digest=fresh.digest)
    about("broadcast.seals", keyring().current, area=by.area, receivers=len(old))
    return Renewed(len(old), seen[-1].pk if len(seen) == most else None)
