"""Taking an order: as few statements as there can be, because the caller is on the line."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from linli.base.days import SHANGHAI, official_calendar
from linli.base.text import tidy
from linli.gateways.posting import post
from linli.kernel.access.actions import about, action, reach_district
from linli.kernel.access.models import Staff
from linli.kernel.access.queries import staff_at
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.orders.actions.common import KIND, LONGEST, centre_of
from linli.kernel.orders.models import Desk, Order, Reader
from linli.kernel.orders.queries import CONTENT, numbered, numbered_candidates
from linli.kernel.orders.rules import (
    Category,
    Channel,
    Dues,
    Lane,
    Move,
    Need,
    OrderKind,
    Ranked,
    Stage,
    category,
    dues_of,
    explained,
    propose,
)
from linli.kernel.registry.queries import keyring, person_by_id
from linli.kernel.registry.rules import read_phone, seal_phone

JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


@dataclass(frozen=True)
class Intake:
    """What is taken down. ``place`` is the code of the village or community; ``category`` a leaf of the tree.

    ``kind``, ``lane`` and ``confidential`` are the category's where nothing is said. ``about``: the desk that is complained of;
    ``about_staff``: the member of its staff, who may neither handle nor read it: such an order is confidential.
    ``number``: the one that the caller was given already.
    """

    channel: Channel
    category: str
    place: str
    text: str
    caller: str = ""
    phone: str = ""
    person: int | None = None
    address: str = ""
    kind: OrderKind | None = None
    lane: Lane | None = None
    confidential: bool | None = None
    about: int | None = None
    about_staff: int | None = None
    number: str = ""


@dataclass(frozen=True)
class Taken:
    """What the caller is told: the number, and who will deal with it (nobody yet, when it was not sent out)."""

    id: int
    number: str
    desk: str
    reasons: tuple[str, ...] = ()


@action("orders.take")
def take(*, by: Actor, at: datetime, intake: Intake, send: bool = True, desk_id: int | None = None) -> Taken:
    """Take an order and send it out at once: to the desk that is proposed first, or to the chosen one.

    With ``send`` false it waits at the centre. Two messages: its number with the candidates; the order, the trail's line and
    the commit, whose answers nobody waits for.
    """
    kind = _checked(by, intake)
    order, dues = _row(by, at, intake, kind)
    ranked: list[Ranked] = []
    unnamed = kind.accuses and intake.about is None
    if send:
        order["id"], order["number"], found = numbered_candidates(intake.place, kind.code, _day(at), intake.number)
        need = Need(kind.desk, Lane(order["lane"]), at, seat_of(intake.about), unnamed)
        ranked = propose(found, need, official_calendar())
    else:
        order["id"], order["number"] = numbered(_day(at), intake.number)
    chosen = _chosen(ranked, desk_id) if send else None
    told = [_told(Move.RECEIVED, by, at, Channel(intake.channel).zh)]
    if chosen is not None:
        order |= _sent(chosen, by, at, dues) | {"final": chosen.fallback and not unnamed}
        facts = {"proposal": explained(ranked, chosen.desk), "by_hand": chosen.desk != ranked[0].desk}
        told.append(_told(Move.DISPATCHED, by, at, "；".join(chosen.reasons), chosen.desk, facts))
    _write(by, order, told)
    if order["confidential"]:
        _name_readers(order["id"], by, at, order["area"])
    about(KIND, order["id"], area=order["area"], move="received", sent=chosen is not None)
    return Taken(order["id"], order["number"], chosen.zh if chosen else "", chosen.reasons if chosen else ())


@action("orders.answer")
def answer_at_once(*, by: Actor, at: datetime, intake: Intake, answer: str) -> Taken:
    """Answer the caller on the line: the order is taken and closed, and nobody else has to do anything."""
    said = tidy(answer)[:LONGEST]
    if len(said) < 2:
        raise Refused("请填写答复内容。", field="answer")
    kind = _checked(by, intake)
    order, _ = _row(by, at, intake, kind)
    order |= {"stage": Stage.CLOSED.value, "closed_at": at.isoformat(), "handled_at": at.isoformat(), "result": said}
    if order["confidential"]:
        raise Refused("保密事项不能当场办结，请派单给承办单位。", field="answer")
    order["id"], order["number"] = numbered(_day(at), intake.number)
    _write(by, order, [_told(Move.RECEIVED, by, at, Channel(intake.channel).zh), _told(Move.ANSWERED, by, at, said)])
    about(KIND, order["id"], area=order["area"], move="answered")
    return Taken(order["id"], order["number"], "")


def _checked(by: Actor, intake: Intake) -> Category:
    kind = category(intake.category)
    if kind is None:
        raise Refused("请选择事项分类的最末一级。", field="category")
    if len(tidy(intake.text)) < 2:
        raise Refused("请填写诉求内容。", field="text")
    if centre_of(intake.place) != centre_of(by.area) or intake.place.endswith("000000"):
        raise Refused("请选择事发地所在的镇街或村居。", field="place")
    if intake.person is not None and person_by_id(intake.person) is None:
        raise Refused("来电人不在本辖区登记，请只填姓名和电话。", field="caller")
    check_accused(by, intake.about, intake.about_staff)
    return kind


def check_accused(by: Actor, desk_id: int | None, staff_id: int | None) -> None:
    """Who is complained of must exist, and takes no complaint about themselves."""
    if desk_id is not None:
        desk_here(desk_id, "about")
    if staff_id is None:
        return
    if staff_id == by.staff_id:
        raise Refused("被投诉的就是受理人本人，请由其他人员受理。", field="about_staff")
    if not Staff.objects.filter(pk=staff_id, is_active=True).exists():
        raise Refused("没有这位工作人员，请重新选择；不在名单上的，把姓名写在内容里。", field="about_staff")


def _row(by: Actor, at: datetime, intake: Intake, kind: Category) -> tuple[dict[str, Any], Dues]:
    """Every column of a new order but what is drawn for it, as JSON, and when its clocks run out."""
    try:
        phone = seal_phone(keyring(), read_phone(intake.phone))
    except ValueError as fault:
        raise Refused(str(fault), field="phone") from fault
    lane = intake.lane or kind.lane
    secret = intake.about_staff is not None or (kind.secret if intake.confidential is None else intake.confidential)
    dues = dues_of(lane, kind.terms, at, intake.place, official_calendar())
    content = {"caller": tidy(intake.caller)[:60], "address": tidy(intake.address)[:200], "text": intake.text.strip()[:LONGEST]}
    kept = dict.fromkeys(content, "") if secret else content
    area = centre_of(by.area)
    row = kept | {
        "day": _day(at).isoformat(), "channel": intake.channel.value,
        "kind": (intake.kind or kind.kind).value, "category": kind.code, "lane": lane.value,
        "person_id": None if secret else intake.person, "place": intake.place, "confidential": secret,
        "content_sealed": _hex(sealed_content(content)) if secret else None,
        "phone_sealed": _hex(phone.sealed), "phone_digest": _hex(phone.digest), "phone_tail": _hex(phone.tail),
        "stage": Stage.NEW.value, "about_id": intake.about,
        "about_staff_id": intake.about_staff, "bounces": 0, "final": False, "round": 1,
        "received_at": at.isoformat(), "received_by_id": by.staff_id, "dispatch_due": dues.dispatch.isoformat(),
        "working": lane is Lane.ORDINARY, "extensions": 0, "supervised": 0, "result": "", "attempts": 0, "grade": "",
        "version": 1, "area": area, "area_then": area,
    }  # fmt: skip
    return row, dues


def _day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def sealed_content(content: dict[str, str]) -> bytes:
    """Name, address and words of a confidential order, for those who are named only."""
    return keyring().seal(json.dumps(content), CONTENT)


def _hex(content: bytes | None) -> str | None:
    return None if content is None else "\\x" + content.hex()


def _chosen(ranked: list[Ranked], desk_id: int | None) -> Ranked:
    """The first of the proposal, or the one that somebody chose among them."""
    if not ranked:
        raise Refused("没有可以承办的单位（被投诉的单位除外），请先设立承办单位。", field="desk")
    if desk_id is None:
        return ranked[0]
    found = next((one for one in ranked if one.desk == desk_id), None)
    if found is None:
        raise Refused("所选单位不承办这一辖区的这类事项，请从建议的单位中选择。", field="desk")
    return found


def _sent(chosen: Ranked, by: Actor, at: datetime, dues: Dues) -> dict[str, Any]:
    return {
        "stage": Stage.SENT.value, "desk_id": chosen.desk, "area": chosen.area,
        "dispatched_at": at.isoformat(), "dispatched_by_id": by.staff_id, "sign_due": dues.sign.isoformat(),
        "contact_due": dues.contact.isoformat(), "handle_due": dues.handle.isoformat(),
    }  # fmt: skip


def _told(
    move: Move, by: Actor, at: datetime, text: str, desk: int | None = None, facts: dict[str, Any] | None = None
) -> dict[str, Any]:
    words = {"move": move.value, "at": at.isoformat(), "by_id": by.staff_id, "desk_id": desk}
    return words | {"text": text, "facts": facts or {}}


def _write(by: Actor, order: dict[str, Any], told: list[dict[str, Any]]) -> None:
    """One statement; over the whole district when the order goes to a desk outside of the own area."""
    with nullcontext() if by.covers(order["area"]) else reach_district(by, "orders.take"):
        post("select orders_write(%s::jsonb, %s::jsonb)", [JSON.encode(order), JSON.encode(told)])


def _name_readers(order_id: int, by: Actor, at: datetime, area: str) -> None:
    """Who took it down, and those who hold a post at the desk that shall deal with it, may read it."""
    with reach_district(by, "orders.take"):
        order = Order.objects.get(pk=order_id)
        name_staff(order, by, at, area)


def name_staff(order: Order, by: Actor, at: datetime, area: str) -> None:
    """Name the taker and the staff of a seat as readers, once each."""
    found = staff_at(area, on=at.astimezone(SHANGHAI).date()).values_list("pk", flat=True)
    there = set() if area == centre_of(area) else set(found)
    wanted: dict[int | None, str] = dict.fromkeys(there, "承办单位经办人")
    wanted[by.staff_id] = "受理或派单"
    known = {*Reader.objects.filter(order=order).values_list("staff_id", flat=True), order.about_staff_id}
    Reader.objects.bulk_create(
        [
            Reader(order=order, staff_id=pk, why=why, named_by_id=by.staff_id, at=at, area=order.area)
            for pk, why in wanted.items() if pk is not None and pk not in known
        ]
    )  # fmt: skip


def desk_here(desk_id: int, field: str = "desk") -> Desk:
    """The desk. :raises Refused: there is none, or it is paused."""
    found = Desk.objects.filter(pk=desk_id, until=None).first()
    if found is None:
        raise Refused("没有这个承办单位，或它已停办，请重新选择。", field=field)
    if found.paused and field == "desk":
        raise Refused(f"{found.name}已暂停派单，请选择其他单位。", field=field)
    return found


def seat_of(desk_id: int | None) -> str:
    """Where the body sits that is complained of; "" when nobody is."""
    return "" if desk_id is None else desk_here(desk_id, "about").area
