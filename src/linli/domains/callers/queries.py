"""Reading devices, whom to call, presses and what happened to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.db.models import F, Max, Q, QuerySet
from django.urls import reverse

from linli.base.dated import Parameters, load
from linli.base.days import SHANGHAI
from linli.domains.callers.models import Contact, Device, Press, PressEvent
from linli.domains.callers.rules import (
    AGAIN_WITHIN,
    OPEN,
    RUNGS,
    SAME_WITHIN,
    URGENT,
    Function,
    Happening,
    Outcome,
    PressState,
    Rung,
)
from linli.gateways.alarms import Press as Pressed
from linli.kernel.access.rules import Actor, Refused, Role
from linli.kernel.orders.rules import Channel
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import PHONE
from linli.kernel.ui.rules import Fact, Task

FOLDER = Path(__file__).parent / "parameters"
NEEDS = "callers.needs"
_URGENT = [one.value for one in URGENT]


@cache
def law() -> Parameters:
    """All values of the package; faults in the files stop the program at its start."""
    return load(sorted(FOLDER.glob("*.toml")))


def ladder(on: date, area: str) -> tuple[int, ...]:
    """Seconds after which a press climbs to the next rung."""
    return tuple(law().on("callers.ladder", on, area).value)  # type: ignore[arg-type]


def silent_after(on: date, area: str) -> int:
    """Hours without a sign of life after which a device is looked after."""
    return law().on("callers.silent", on, area).count


def devices(*, words: str = "", standing: str = "", area: str = "") -> QuerySet[Device]:
    """Devices, by holder; ``standing``: in use, silent, or ended."""
    found = Device.objects.order_by("sort_key", "pk")
    if words:
        found = found.filter(name=words) | found.filter(holder=words)
    if area:
        found = found.filter(area=area)
    if standing == "ended":
        return found.exclude(ended_on=None)
    if standing == "silent":
        return found.filter(ended_on=None).exclude(silent_since=None)
    return found.filter(ended_on=None) if standing == "used" else found


def device_of(device_id: int) -> Device:
    """The device with this id; Refused when there is none in the own area."""
    found = Device.objects.filter(pk=device_id).select_related("installed_by").first()
    if found is None:
        raise Refused("没有这个呼叫器，或它不在本辖区内。")
    return found


def device_named(name: str) -> Device | None:
    """The device in use that calls itself so."""
    return Device.objects.filter(name=name, ended_on=None).first()


def contacts_of(device_id: int) -> Sequence[Contact]:
    """Whom to call, in their order."""
    return list(Contact.objects.filter(device_id=device_id, ended_at=None).order_by("rank"))


def phone_of(contact: Contact) -> str:
    """The number in clear."""
    return keyring().open(bytes(contact.phone_sealed), PHONE)


def needs_of(device: Device) -> str:
    """What helpers must know, in clear."""
    return keyring().open(bytes(device.needs_sealed), NEEDS) if device.needs_sealed else ""


def presses(
    *, words: str = "", state: str = "", function: str = "", first: date | None = None, last: date | None = None, device: int = 0
) -> QuerySet[Press]:
    """Presses, the last first."""
    found = Press.objects.select_related("device", "order", "taken_by").order_by("-received_at", "-pk")
    if words:
        found = found.filter(device_name=words) | found.filter(device__holder=words)
    if state:
        found = found.filter(state=state)
    if function:
        found = found.filter(function=function)
    if first:
        found = found.filter(day__gte=first)
    if last:
        found = found.filter(day__lte=last)
    return found.filter(device=device) if device else found


def press_of(press_id: int) -> Press:
    """The press with this id; Refused when there is none in the own area."""
    found = Press.objects.filter(pk=press_id).select_related("device", "order", "taken_by").first()
    if found is None:
        raise Refused("没有这次按键，或它不在本辖区内。")
    return found


def events_of(press: Press) -> QuerySet[PressEvent]:
    """What happened to a press, in order."""
    return press.events.select_related("by").order_by("pk")  # type: ignore[attr-defined]


def known_press(pressed: Pressed, function: Function, at: datetime) -> Press | None:
    """The press that a signal repeats: by its id, without an id by key and time; or the same call for help, still open, or
    the same order of a moment ago."""
    own = Press.objects.filter(device_name=pressed.device).order_by("-pk")
    if pressed.id:
        same = own.filter(press_id=pressed.id)
    else:
        same = own.filter(press_id="", key=pressed.key, received_at__gt=at - SAME_WITHIN)
    still = Q(state__in=[one.value for one in OPEN]) | Q(state=PressState.PASSED.value, received_at__gt=at - AGAIN_WITHIN)
    return same.first() or own.filter(still, function=function.value).first()


@dataclass(frozen=True, slots=True)
class Alarm:
    """A line of the alarm board."""

    press: Press
    waited: int
    """Seconds since it came."""
    people: int
    """How many may be called for it."""

    @property
    def href(self) -> str:
        """Where it is answered."""
        return reverse("callers:answer", args=[self.press.pk])


def alarms(at: datetime) -> list[Alarm]:
    """What a person must answer now: waiting first, the oldest first. Three statements, whatever the number."""
    found = list(
        Press.objects.filter(state__in=[one.value for one in OPEN], function__in=_URGENT)
        .select_related("device", "taken_by").order_by(F("taken_at").asc(nulls_first=True), "received_at")[:100]
    )  # fmt: skip
    known = Contact.objects.filter(device__in=[one.device_id for one in found if one.device_id], ended_at=None)
    counts: dict[int, int] = {}
    for device_id in known.values_list("device_id", flat=True):
        counts[device_id] = counts.get(device_id, 0) + 1
    return [Alarm(one, max(0, int((at - one.received_at).total_seconds())), counts.get(one.device_id or 0, 0)) for one in found]


def mark() -> int:
    """A number that grows with everything that happens to a press in the own area: the board asks only for what is new."""
    return PressEvent.objects.aggregate(last=Max("pk"))["last"] or 0


def waiting_long(at: datetime, least: int) -> QuerySet[Press]:
    """Urgent presses that have waited for so many seconds, oldest first."""
    found = Press.objects.filter(state=PressState.WAITING.value, function__in=_URGENT, rung__lt=len(RUNGS) - 1)
    return found.filter(received_at__lte=at - timedelta(seconds=least)).order_by("received_at")


def silent_devices(at: datetime, hours: int) -> QuerySet[Device]:
    """Devices that have said nothing for too long, and are not looked after yet."""
    found = Device.objects.filter(ended_on=None, silent_since=None)
    return found.filter(heard_at__lte=at - timedelta(hours=hours)).order_by("pk")


def part_of(by: Actor, order: Any) -> tuple[str, list[Fact], list[tuple[str, str]]] | None:
    """On the page of an order: the press behind it, who answered, how it ended. Whoever goes there does not go blind."""
    if order.channel != Channel.KEY or not by.may("callers.see"):
        return None
    one = Press.objects.filter(order_id=order.pk).select_related("taken_by").order_by("pk").first()
    if one is None:
        return None
    when, taken = one.received_at.astimezone(SHANGHAI), one.taken_by
    again = f"又按了{one.repeats}次" if one.repeats else ""
    facts = [Fact("按键", f"{one.get_function_display()}，{when:%Y-%m-%d %H:%M}", note=again)]
    if one.function in _URGENT:
        answered = f"{taken.name}，{one.taken_at.astimezone(SHANGHAI):%H:%M}" if taken and one.taken_at else "还没有人接警"
        facts.append(Fact("接警", answered))
    if one.outcome:
        told = events_of(one).filter(what=Happening.CLOSED.value).last()
        facts.append(Fact("结果", told.text if told else Outcome(one.outcome).zh))
    return "单键呼叫", facts, [("查看这次呼叫", reverse("callers:press", args=[one.pk]))]


_CALLED = {
    Role.HOTLINE_OPERATOR: Rung.OPERATOR, Role.COMMUNITY_WORKER: Rung.COMMUNITY, Role.TOWN_REVIEWER: Rung.STREET,
    Role.DISTRICT_APPROVER: Rung.DISTRICT,
}  # fmt: skip


def desk_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """Presses that have climbed to this post's rung."""
    if which == "done":
        return []
    if actor.role not in _CALLED:
        return []
    least = RUNGS.index(_CALLED[actor.role])
    waiting = Press.objects.filter(state=PressState.WAITING.value, function__in=_URGENT, rung__gte=least)
    found = waiting.select_related("device").order_by("received_at")[:20]
    return [
        Task(
            f"{one.device.holder if one.device else '未登记设备'}：{one.get_function_display()}", "单键呼叫待应答",
            reverse("callers:press", args=[one.pk]), area=one.area, due=on,
            since=one.received_at.astimezone(SHANGHAI).date(), rush=3, called_at=one.received_at,
        )
        for one in found
    ]  # fmt: skip
