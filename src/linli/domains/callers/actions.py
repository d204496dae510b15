"""Installing devices, taking their signals, answering a press, climbing the ladder, looking after silent devices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest

from linli.base.days import SHANGHAI
from linli.base.names import sort_key
from linli.base.text import tidy
from linli.domains.callers import queries
from linli.domains.callers.models import Contact, Device, Press, PressEvent
from linli.domains.callers.queries import NEEDS
from linli.domains.callers.rules import (
    BEAT_EVERY,
    CATEGORIES,
    LONGEST_NEEDS,
    RUNGS,
    SILENT_CATEGORY,
    URGENT,
    Function,
    Happening,
    Outcome,
    PressState,
    faults_of_keys,
    function_of,
    rung_at,
)
from linli.gateways.alarms import Beat
from linli.gateways.alarms import Press as Pressed
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Renewed, Stale
from linli.kernel.orders.actions import Intake, settle_with, take
from linli.kernel.orders.queries import order_by_id
from linli.kernel.orders.rules import Channel
from linli.kernel.registry.queries import keyring, person_by_id
from linli.kernel.registry.rules import Removal, read_phone, seal_phone

DEVICE, PRESS = "callers.device", "callers.press"
MOST_CONTACTS = 5


@dataclass(frozen=True)
class Kin:
    """Somebody to be called."""

    name: str
    relation: str
    phone: str


@action("callers.install")
def install(
    *, by: Actor, at: datetime, person_id: int, name: str, address: str, keys: Mapping[str, str], needs: str, kin: Sequence[Kin]
) -> Device:
    """A device stands in somebody's home from now on.

    :raises Refused: nobody of the own area, a name that is in use, keys that call no help, or nobody to be called.
    """
    person = person_by_id(person_id)
    if person is None or person.died_on:
        raise Refused("没有这位居民，或不在本辖区内，请先办理居民登记。")
    known = tidy(name)
    if not known:
        raise Refused("请填写设备编号。", field="name")
    if fault := faults_of_keys(keys):
        raise Refused(fault, field="key_1")
    try:
        with transaction.atomic():
            made = Device.objects.create(
                name=known, person=person, holder=person.name, sort_key=sort_key(person.name), address=tidy(address)[:200],
                keys=dict(keys), needs_sealed=_sealed(needs), installed_on=at.astimezone(SHANGHAI).date(),
                installed_by_id=by.own_hand, heard_at=at, area=person.area,
            )  # fmt: skip
    except IntegrityError as fault_of_name:
        raise Refused(f"设备编号{known}正在使用，请核对标签；换人使用的请先停用原设备。", field="name") from fault_of_name
    _write_kin(made, kin)
    about(DEVICE, made.pk, area=made.area)
    return made


@action("callers.install")
def set_up(
    *, by: Actor, at: datetime, device: Device, address: str, keys: Mapping[str, str], needs: str, kin: Sequence[Kin]
) -> Device:
    """Another address, other keys, other needs, other people to be called; what was before ends."""
    if fault := faults_of_keys(keys):
        raise Refused(fault, field="key_1")
    changed = Device.objects.filter(pk=device.pk, ended_on=None).update(
        address=tidy(address)[:200], keys=dict(keys), needs_sealed=_sealed(needs)
    )
    if not changed:
        raise Stale("这个呼叫器已经停用，不能修改。")
    Contact.objects.filter(device=device, ended_at=None).update(ended_at=at)
    _write_kin(device, kin)
    about(DEVICE, device.pk, area=device.area)
    device.refresh_from_db()
    return device


@action("callers.install")
def end_device(*, by: Actor, on: date, device: Device, why: str) -> Device:
    """The device is taken away; a press of it is one of an unknown device from now on."""
    said = tidy(why)[:200]
    if not said:
        raise Refused("请填写停用原因。", field="why")
    if not Device.objects.filter(pk=device.pk, ended_on=None).update(ended_on=on, ended_why=said):
        raise Stale("这个呼叫器已经停用。")
    about(DEVICE, device.pk, area=device.area)
    device.refresh_from_db()
    return device


def go_along(*, by: Actor, on: date, removal: Removal) -> None:
    """Help comes to where the holder lives now: the device goes along, and its address with it, until somebody has looked."""
    words = f"{removal.address}（随居民登记迁入，请上门核对）"[:200]
    for device in Device.objects.filter(person__in=removal.people, ended_on=None):
        Device.objects.filter(pk=device.pk).update(address=words)
        about(DEVICE, device.pk, area=device.area, moved_to=removal.to)


@action("callers.receive")
def receive(*, by: Actor, at: datetime, pressed: Pressed) -> Press:
    """A key was pressed: it is written down, opens an order, and waits for an answer when it is urgent.

    The same press again changes nothing; another press of the same key while the first is open is counted with it. Whatever
    is wrong with the order, the press stays and waits.
    """
    device = queries.device_named(pressed.device)
    function = function_of(device.keys, pressed.key) if device else Function.UNKNOWN
    known = queries.known_press(pressed, function, at)
    if known is None:
        made = _written(by, at, pressed, device, function)
        if made is not None:
            return made
        known = queries.known_press(pressed, function, at)
        assert known is not None
    if known.press_id != pressed.id or not pressed.id:
        Press.objects.filter(pk=known.pk).update(repeats=F("repeats") + 1)
    about(PRESS, known.pk, area=known.area, again=True)
    return known


def _written(by: Actor, at: datetime, pressed: Pressed, device: Device | None, function: Function) -> Press | None:
    """The new press; None where another process was quicker."""
    urgent = function in URGENT
    words: dict[str, Any] = {
        "device_name": pressed.device, "device": device, "press_id": pressed.id, "key": pressed.key,
        "function": function.value, "pressed_at": pressed.at, "day": at.astimezone(SHANGHAI).date(),
        "received_at": at, "area": device.area if device else by.area,
    }  # fmt: skip
    try:
        with transaction.atomic():
            made = Press.objects.create(**words, state=(PressState.WAITING if urgent else PressState.PASSED).value)
    except IntegrityError:
        return None
    _told(made, Happening.ARRIVED, by, at, f"{function.zh}（{pressed.key or '未知'}号键）")
    if device is not None:
        Device.objects.filter(pk=device.pk).update(heard_at=Greatest(F("heard_at"), at), silent_since=None)
        _order(made, device, by, at)
    about(PRESS, made.pk, area=made.area, function=function.value)
    return made


def _order(press: Press, device: Device, by: Actor, at: datetime) -> None:
    """An order like those by telephone. An urgent press waits for its answer whether or not the order could be made."""
    function = Function(press.function)
    intake = Intake(
        channel=Channel.KEY, category=CATEGORIES[function], place=device.area, text=f"单键呼叫器{device.name}：{function.zh}",
        caller=device.holder, person=device.person_id, address=device.address,
    )  # fmt: skip
    try:
        with transaction.atomic():
            taken = take(by=by, at=at, intake=intake)
    except Refused as fault:
        _told(press, Happening.NOT_ORDERED, by, at, str(fault))
        if press.state == PressState.PASSED.value:
            Press.objects.filter(pk=press.pk).update(state=PressState.WAITING.value)
        return
    Press.objects.filter(pk=press.pk).update(order_id=taken.id)
    press.order_id = taken.id
    _told(press, Happening.ORDERED, by, at, f"{taken.number}，{taken.desk}")


@action("callers.beat")
def hear_beat(*, by: Actor, at: datetime, beat: Beat) -> bool:
    """A sign of life. It is written down at most every two hours, and at once when the device was silent."""
    device = queries.device_named(beat.device)
    if device is None:
        return False
    if device.silent_since is None and at - device.heard_at < BEAT_EVERY:
        return False
    Device.objects.filter(pk=device.pk).update(heard_at=Greatest(F("heard_at"), at), silent_since=None, battery=beat.battery)
    about(DEVICE, device.pk, area=device.area)
    return True


@action("callers.answer")
def answer(*, by: Actor, at: datetime, press: Press) -> Press:
    """Somebody takes it: from now on this person sees whom to call and what helpers must know.

    :raises Stale: another has taken it.
    """
    changed = Press.objects.filter(pk=press.pk, state=PressState.WAITING.value).update(
        state=PressState.TAKEN.value, taken_by=by.own_hand, taken_at=at
    )
    if not changed:
        raise Stale("这次呼叫已有人应答，请刷新页面查看。")
    press.refresh_from_db()
    _told(press, Happening.TAKEN, by, at, "")
    about(PRESS, press.pk, area=press.area)
    return press


@action("callers.answer")
def close(*, by: Actor, at: datetime, press: Press, outcome: Outcome, note: str) -> Press:
    """How it ended; only whoever answered it can say so. Where that is the desk of its order, the order is settled with it.

    :raises Refused: another answered it, or nothing is said of a person who was helped.
    """
    said = tidy(note)[:300]
    if press.taken_by_id != by.staff_id:
        raise Refused("请由接警人填写处理结果。")
    if not said and outcome is not Outcome.TEST:
        raise Refused("请填写处理情况。", field="note")
    changed = Press.objects.filter(pk=press.pk, state=PressState.TAKEN.value, taken_by=by.staff_id).update(
        state=PressState.CLOSED.value, outcome=outcome.value, closed_at=at
    )
    if not changed:
        raise Stale("这次呼叫已经处理完毕。")
    press.refresh_from_db()
    told = f"{outcome.zh}　{said}".strip()
    _told(press, Happening.CLOSED, by, at, told)
    if press.order_id and outcome is not Outcome.UNREACHED:  # who is still being looked for is not settled
        settle_with(by=by, at=at, order=order_by_id(press.order_id), result=told)
    about(PRESS, press.pk, area=press.area, outcome=outcome.value)
    return press


@action("callers.answer")
def send_for(*, by: Actor, at: datetime, press: Press, place: str, text: str) -> Press:
    """An order for a press that has none: the device is not known, or no desk was found when it came."""
    if press.order_id:
        raise Stale("这次呼叫已经有工单。")
    intake = Intake(channel=Channel.KEY, category=CATEGORIES[Function(press.function)], place=place, text=text)
    taken = take(by=by, at=at, intake=intake)
    if not Press.objects.filter(pk=press.pk, order=None).update(order_id=taken.id):
        raise Stale("这次呼叫已经有工单。")
    press.refresh_from_db()
    _told(press, Happening.ORDERED, by, at, f"{taken.number}，{taken.desk}")
    about(PRESS, press.pk, area=press.area)
    return press


@action("callers.escalate")
def escalate(*, by: Actor, at: datetime) -> int:
    """Presses that nobody answered climb; returns how many did."""
    steps = queries.ladder(at.astimezone(SHANGHAI).date(), by.area)
    climbed = 0
    for press in queries.waiting_long(at, steps[0]):
        rung = rung_at(at - press.received_at, steps)
        same = Press.objects.filter(pk=press.pk, state=PressState.WAITING.value, rung=press.rung)
        if rung > press.rung and same.update(rung=rung):
            _told(press, Happening.ESCALATED, by, at, f"无人应答，升级到{RUNGS[rung].zh}")
            climbed += 1
    about("callers.ladder", by.area, area=by.area, climbed=climbed)
    return climbed


@action("callers.escalate")
def look_after_silent(*, by: Actor, at: datetime) -> int:
    """A device that says nothing for a day becomes an order to look after it; returns how many did."""
    hours = queries.silent_after(at.astimezone(SHANGHAI).date(), by.area)
    found = 0
    for device in queries.silent_devices(at, hours):
        if not Device.objects.filter(pk=device.pk, silent_since=None).update(silent_since=at):
            continue
        text = f"单键呼叫器{device.name}超过{hours}小时没有信号，请上门查看使用人和设备。"
        intake = Intake(
            channel=Channel.KEY, category=SILENT_CATEGORY, place=device.area, text=text, caller=device.holder,
            person=device.person_id, address=device.address,
        )  # fmt: skip
        take(by=by, at=at, intake=intake)
        found += 1
    about("callers.silent", by.area, area=by.area, devices=found)
    return found


@action("access.renew_seals")
def renew_seals(*, by: Actor, on: date, after: int = 0, most: int = 2000) -> Renewed:
    """Seal again, under the current key, what helpers must know and the numbers of those to be called."""
    seen = list(Device.objects.select_for_update(of=("self",)).filter(pk__gt=after).order_by("pk")[:most])
    changed = 0
    for device in seen:
        if device.needs_sealed and not keyring().is_current(bytes(device.needs_sealed)):
            Device.objects.filter(pk=device.pk).update(needs_sealed=_sealed(queries.needs_of(device)))
            changed += 1
        for contact in Contact.objects.filter(device=device):
            if not keyring().is_current(bytes(contact.phone_sealed)):
                Contact.objects.filter(pk=contact.pk).update(phone_sealed=seal_phone(keyring(), queries.phone_of(contact)).sealed)
                changed += 1
    about("callers.seals", keyring().current, area=by.area, sealed=changed)
    return Renewed(changed, seen[-1].pk if len(seen) == most else None)


def _sealed(needs: str) -> bytes | None:
    said = needs.strip()[:LONGEST_NEEDS]
    return keyring().seal(said, NEEDS) if said else None


def _write_kin(device: Device, kin: Sequence[Kin]) -> None:
    if not kin:
        raise Refused("请至少填写一位紧急联系人。", field="kin_name_1")
    rows = []
    for rank, one in enumerate(kin[:MOST_CONTACTS], 1):
        try:
            phone = read_phone(one.phone)
        except ValueError as fault:
            raise Refused(str(fault), field=f"kin_phone_{rank}") from fault
        if not tidy(one.name) or not phone:
            raise Refused("联系人的姓名和电话要一起填写。", field=f"kin_phone_{rank}")
        sealed = seal_phone(keyring(), phone).sealed
        assert sealed is not None
        rows.append(
            Contact(
                device=device, rank=rank, name=tidy(one.name)[:60], relation=tidy(one.relation)[:20], phone_sealed=sealed,
                area=device.area,
            )
        )  # fmt: skip
    Contact.objects.bulk_create(rows)


def _told(press: Press, what: Happening, by: Actor, at: datetime, text: str) -> None:
    PressEvent.objects.create(press=press, what=what.value, at=at, by_id=by.staff_id, text=text[:300], area=press.area)
