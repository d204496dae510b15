"""Made-up receivers and messages, through the real actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from linli.base.areas import Level, level_of
from linli.base.days import SHANGHAI
from linli.domains.broadcast import actions, queries
from linli.domains.broadcast.models import Message, Receiver
from linli.domains.broadcast.rules import ConsentWay, Group, Office
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Actor, DemoPlan
from linli.kernel.access.samples import demo_actor
from linli.kernel.registry.queries import people_list

TEXT = "明天上午9点在区政府三楼会议室召开冬季救助工作会议，请村书记和主任带上摸底表参加。"


def moment(day: date, hour: int = 9) -> datetime:
    """A time of a day in Shanghai."""
    return datetime.combine(day, time(hour), SHANGHAI)


def make_receiver(by: Actor, on: date, holder: Actor, number: int, office: Office = Office.SECRETARY) -> Receiver:
    """A cadre's receiver; ``number`` makes its telephone number."""
    return actions.equip(
        by=by, on=on, staff=holder.own_hand, office=office, phone=f"1360632{number:04d}",
        device=f"JSJ-{number:03d}", area=holder.area,
    )  # fmt: skip


def make_message(by: Actor, on: date, group: Group = Group.HEADS, **words: Any) -> Message:
    """A draft to the own area."""
    return actions.draft(by=by, on=on, group=group, **({"text": TEXT, "place": by.area} | words))


def deliver_all(at: datetime, area: str) -> int:
    """The machine hands over what is due; how much went out."""
    by = machine_actor("broadcast.deliver", f"{area[:6]}000000")
    with scoped(by):
        waiting = queries.due(at)
    return sum(actions.deliver(by=by, at=at, delivery_id=delivery_id) for delivery_id, _ in waiting)


def make_broadcast_files(office: Any, number: int, on: date) -> None:
    """A receiver (once), a draft and a message that waits to go out, of one town."""
    with scoped(office.reviewer):
        known = queries.receivers().filter(staff=office.worker.own_hand).exists()
    if not known:
        make_receiver(office.reviewer, on, office.worker, number)
    actions.send(by=office.reviewer, on=on, at=moment(on), message=make_message(office.reviewer, on))
    with scoped(office.worker):
        person = people_list(on=on).exclude(phone_sealed=None).last()
        agrees = person is None or queries.may_write_to(person.pk, on)
    if not agrees:
        make_consents(office.worker, [person], on)
    make_message(office.reviewer, on, text=f"第{number}次通知：元旦期间值班安排不变。")


def make_consents(by: Actor, people: Iterable[Any], on: date) -> None:
    """These residents agree to messages, on paper."""
    for person in people:
        actions.give_consent(by=by, on=on, person=person, way=ConsentWay.PAPER, since=on)


def demo_broadcast(plan: DemoPlan) -> None:
    """Receivers of everybody in office, a message that some have read, and one to residents that waits for its second person."""
    chief, operator = demo_actor("chief", plan.on), demo_actor("operator", plan.on)
    with scoped(chief):
        holders = queries.holders(chief, plan.on)
    offices = {Level.COMMUNITY: Office.SECRETARY, Level.TOWN: Office.TOWN}
    wanted = {staff: area for staff, _, area in holders if level_of(area) in offices and area[6] != "9"}
    for number, (staff, area) in enumerate(wanted.items(), 1):
        actions.equip(
            by=chief, on=plan.on - timedelta(days=90), staff=staff, office=offices[level_of(area)], phone=f"1360632{number:04d}",
            device=f"JSJ-{number:03d}", area=area,
        )  # fmt: skip
    day = plan.on - timedelta(days=2)
    message = make_message(chief, day)
    actions.send(by=chief, on=day, at=moment(day), message=message)
    deliver_all(moment(day, 10), chief.area)
    worker = demo_actor("worker1", plan.on)
    with scoped(worker):
        first = queries.mine(worker).first()
    if first is not None:
        actions.mark_read(by=worker, at=moment(day, 11), delivery_id=first.pk)
    with scoped(worker):
        known = list(people_list(on=plan.on).exclude(phone_sealed=None)[:12])
    make_consents(worker, known, day)
    make_message(operator, plan.on, Group.RESIDENTS, text="近期气温骤降，请居民注意防寒防火防煤气中毒。", place=worker.area)
