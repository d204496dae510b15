"""Appointments that residents make, move and give up themselves, without an account: the public's role writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from linli.base.text import tidy
from linli.domains.hall import queries
from linli.domains.hall.actions.appointments import slot_or_refused
from linli.domains.hall.queries.catalogue import law
from linli.domains.hall.queries.slots import PUBLIC, PublicHall
from linli.domains.hall.rules import Item, Slot, appointment_number
from linli.kernel.access.rules import Refused
from linli.kernel.publicity.actions import take_turn
from linli.kernel.publicity.queries import ask_public, phone_digests
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import seal_phone

PER_HOUR = 20
"""Bookings that one network address may try in an hour (house rule): a family books, nobody books a hall full."""
PER_PHONE = 6
"""Bookings under one telephone in an hour (house rule)."""
NOT_FOUND = "预约号和电话（或查询码）不相符。请对照预约成功时显示的内容核对；仍查不到的，请拨打大厅的电话。"


@dataclass(frozen=True, slots=True)
class Made:
    """What the resident is told: the number of the appointment, and the code that opens it beside the telephone."""

    number: str
    code: str


def book_from_web(
    *, on: date, address: str, hall: PublicHall, item: Item, day: date, start: int, name: str, phone: str, texts: bool,
    using: str = PUBLIC,
) -> Made:  # fmt: skip
    """A resident books. ``address`` is counted, not kept; what the program makes up for a demo has none.

    :raises Refused: the slot is full or none; one is open already; too many; missed too often; too fast.
    """
    if address:
        take_turn(on=on, address=address, per_hour=PER_HOUR, page="hall.book")
        take_turn(on=on, address=f"phone {phone}", per_hour=PER_PHONE, page="hall.book")
    offered = _slots(hall.code, item.window.key, day, start, on, using)
    values = queries.terms(hall.code, on)
    since = on - timedelta(days=values["missed_days"])
    sealed = seal_phone(keyring(), phone)
    answer = ask_public(
        "hall_book", hall.code, item.window.key, day, start, _places(offered, start), item.code, item.zh, tidy(name)[:60],
        sealed.sealed, sealed.digest, phone_digests(phone), texts, on, values["open_most"], values["missed_most"], since,
        using=using,
    )  # fmt: skip
    if not answer.isdigit():
        raise _refusal(answer, hall, values)
    number = appointment_number(int(answer))
    return Made(number, queries.code_of(number))


def _slots(hall: str, window: str, day: date, start: int, on: date, using: str = PUBLIC) -> tuple[Slot, ...]:
    """The slots of a day as residents are offered them; whether one is full the database says. :raises Refused: it is none."""
    days = queries.public_days(hall, window, on, using)
    if day not in days and not on < day <= on + timedelta(days=law().on("hall.book_days", on, hall).count):
        raise Refused("只能预约明天起、公布的日期以内的日子，请另选日子。", field="day")
    offered = days.get(day, ())
    if start not in {one.start for one in offered}:
        slot_or_refused(offered, start, day)
    return offered


def _places(offered: tuple[Slot, ...], start: int) -> int:
    return next(one.places for one in offered if one.start == start)


def _refusal(answer: str, hall: PublicHall, values: dict[str, int]) -> Refused:
    call = f"请打电话预约：{hall.phone}。"
    said = {
        "full": "这个时段刚刚约满，请换一个时段。",
        "item": "这个电话已经预约了这件事，还没有到期。要改时间或者取消，请到“查询预约”页面办理。",
        "many": f"一个电话最多同时预约{values['open_most']}件事。请先办完或者取消一个；都要办的，{call}",
        "missed": f"这个电话近{values['missed_days']}天有{values['missed_most']}次预约没有来，暂时不能网上预约。{call}",
        "hall": "这个大厅现在不接受网上预约，请另选大厅。",
    }  # fmt: skip
    return Refused(said[answer], field="start" if answer == "full" else None)


def move_from_web(*, on: date, number: str, secret: str, day: date, start: int) -> None:
    """Put an appointment off. :raises Refused: they do not fit, it is over, moved too often, or the slot is full."""
    one = queries.booked(number, secret, on)
    if one is None:
        raise Refused(NOT_FOUND)
    if not one.open or one.hall is None:
        raise Refused("这个预约已经到场、取消或过期，不能再改时间。")
    offered = _slots(one.hall.code, one.window, day, start, on)
    most = queries.terms(one.hall.code, on)["moves_most"]
    answer = ask_public("hall_move", *_keys(number, secret), day, start, _places(offered, start), on, most)
    if answer != "done":
        raise Refused({
            "none": NOT_FOUND, "closed": "这个预约已经到场、取消或过期，不能再改时间。",
            "often": f"一个预约最多改{most}次时间。请取消以后重新预约，或者拨打{one.hall.phone}。",
            "full": "这个时段刚刚约满，请换一个时段。原来的预约没有变。",
        }[answer])  # fmt: skip


def cancel_from_web(*, on: date, number: str, secret: str) -> None:
    """Give an appointment up; its place is free at once. :raises Refused: they do not fit, or it is over."""
    answer = ask_public("hall_cancel", *_keys(number, secret), on)
    if answer != "done":
        raise Refused({"none": NOT_FOUND, "closed": "这个预约已经到场、取消或过期，不用再取消。"}[answer])


def quieten(*, on: date, number: str, secret: str) -> None:
    """No short messages about this appointment from today. :raises Refused: they do not fit, or none were agreed to."""
    if ask_public("hall_quiet", *_keys(number, secret), on) != "done":
        raise Refused(NOT_FOUND)


def _keys(number: str, secret: str) -> tuple[int, list[bytes], bool]:
    found = queries.opened(number, secret)
    if found is None:
        raise Refused(NOT_FOUND)
    return found
