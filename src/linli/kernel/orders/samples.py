"""Made-up desks and orders for tests and the demo, through the real actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from linli.base.areas import WHOLE
from linli.base.days import SHANGHAI
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import Staff
from linli.kernel.access.queries import actor_for
from linli.kernel.access.rules import Actor, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.files.samples import PNG
from linli.kernel.orders import actions
from linli.kernel.orders.models import Desk, Order
from linli.kernel.orders.queries import order_by_id
from linli.kernel.orders.rules import CallOutcome, Channel, DeskKind, ReturnGround, Satisfaction, StopGround

DAY = date(2010, 12, 1)
COMMUNITY, TOWN, UNIT = "370404001001", "370404001000", "370404901006"
HEAVY = {"category": "401010", "text": "楼下垃圾三天没有人清运。"}


def moment(day: date = DAY, hour: int = 9, minute: int = 0) -> datetime:
    """A time of a day in Shanghai."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


AT = moment()
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Centre:
    """The people of a hotline: who takes, who rules, who handles at a community, at a street, in a department."""

    operator: Actor
    chief: Actor
    second: Actor
    worker: Actor
    reviewer: Actor
    clerk: Actor


def make_centre(founders: tuple[Actor, Actor] | None = None, on: date = FIRST_DAY) -> Centre:
    """One community, its street, a department and the district's centre; desks for all areas, one for cleaning."""
    founders = founders or make_founders()
    people = {
        "operator": ("ming", "明坐席", Role.HOTLINE_OPERATOR, DISTRICT),
        "chief": ("fu", "傅值班", Role.DISTRICT_APPROVER, DISTRICT),
        "second": ("pan", "潘复核", Role.DISTRICT_APPROVER, DISTRICT),
        "worker": ("hu", "胡社工", Role.COMMUNITY_WORKER, COMMUNITY), "reviewer": ("bai", "白审核", Role.TOWN_REVIEWER, TOWN),
        "clerk": ("shui", "水环卫", Role.DESK_CLERK, UNIT),
    }  # fmt: skip
    centre = Centre(**{key: make_staff(*words, on=on, founders=founders) for key, words in people.items()})
    make_desks(centre.chief, on)
    return centre


def make_desks(chief: Actor, on: date = FIRST_DAY) -> Desk:
    """A desk for every area, and the office of cleaning, which serves the whole district day and night."""
    actions.open_area_desks(by=chief, on=on)
    return actions.keep_desk(
        by=chief, on=on, name="区环卫所", kind=DeskKind.DEPARTMENT, area=UNIT, everywhere=True, codes=("4010",),
        duty="垃圾清运、公厕保洁、乱堆乱放清理",
    )  # fmt: skip


def make_order(by: Actor, at: datetime = AT, *, send: bool = True, desk_id: int | None = None, **words: Any) -> Order:
    """An order of a caller in 和顺社区 about rubbish, unless said otherwise."""
    given = {
        "channel": Channel.PHONE, "place": COMMUNITY, "caller": "孙来电", "phone": "13805470001", "address": "和平路12号院",
    } | HEAVY | words  # fmt: skip
    taken = actions.take(by=by, at=at, intake=actions.Intake(**given), send=send, desk_id=desk_id)
    return read(taken.id)


def read(order_id: int) -> Order:
    """The order as it stands, whoever may see it."""
    with scoped(WHOLE):
        return order_by_id(order_id)


def settle(by: Actor, order: Order, at: datetime, result: str = "已安排人员清运，现场干净。") -> Order:
    """Sign, call the caller, settle."""
    order = actions.sign(by=by, at=at, order=order)
    actions.contact(by=by, at=at + HOUR, order=order, note="已电话联系，说明安排。")
    return actions.handle(by=by, at=at + 2 * HOUR, order=order, result=result)


def called(by: Actor, order: Order, at: datetime, grade: Satisfaction = Satisfaction.GOOD, solved: bool = True) -> Order:
    """The caller is reached, and says how it went."""
    return actions.call_back(by=by, at=at, order=order, outcome=CallOutcome.REACHED, solved=solved, grade=grade, words="")


def make_order_files(office: Any, number: int, on: date = DAY, *, every: bool = False) -> list[Order]:
    """Orders of this office, a few or at ``every`` stage; ``number`` tells two offices apart. The operator is called "he"."""
    place, phone, name = office.worker.area, f"138054{number:03d}", f"靳{'一二三四五'[number - 1]}声"
    words: dict[str, Any] = {"place": place, "category": "303010", "text": "楼上夜里很吵。", "caller": name}
    operator, at = _operator_beside(office), moment(on)
    steps = count(1)

    def take(send: bool = True, **more: Any) -> Order:
        return make_order(operator, at, send=send, phone=f"{phone}{next(steps):02d}", **(words | more))

    signed = actions.sign(by=office.worker, at=at + HOUR, order=take())
    actions.ask_time(by=office.worker, at=at + HOUR, order=signed, days=2, why="双方还要再坐下来谈一次。")
    again = actions.sign(by=office.worker, at=at + HOUR, order=take())
    _helped(office, again, at + HOUR)
    closed = called(operator, settle(office.worker, take(), at + HOUR), at + 5 * HOUR)
    actions.add_picture(by=operator, at=at, order=again, name="楼道.png", content=PNG)
    secret = take(category="302030", text="丈夫动手打人。")
    made = [signed, again, closed, secret]
    return [*made, *_rest(office, take, at)] if every else made


def _rest(office: Any, take: Callable[..., Order], at: datetime) -> list[Order]:
    """Orders that wait at the centre, to be signed, to be ruled on, that stand still, and to be called back about."""
    back, stopped = take(), actions.sign(by=office.worker, at=at + HOUR, order=take())
    why = "属于物业服务，请派给物业主管部门。"
    actions.give_back(by=office.worker, at=at + HOUR, order=back, ground=ReturnGround.NOT_OURS, why=why)
    asked = actions.ask_stop(by=office.worker, at=at, order=stopped, ground=StopGround.CALLER, why="等来电人回来以后再约。")
    asked.order = read(stopped.pk)
    actions.rule_time(by=office.approver, at=at + HOUR, ask=asked, granted=True, opinion="同意。")
    return [take(send=False), take(send=False), take(), back, stopped, settle(office.worker, take(), at + HOUR)]


def _operator_beside(office: Any) -> Actor:
    """The one operator beside the offices, with desks for all areas when there are none."""
    known = Staff.objects.filter(username="he").first()
    if known is not None:
        found = actor_for(known, on=FIRST_DAY)
        assert found is not None
        return found
    make_desks(office.approver)
    return make_staff("he", "何坐席", Role.HOTLINE_OPERATOR, DISTRICT)


def _helped(office: Any, order: Order, at: datetime) -> None:
    """The street of this place is asked to help."""
    with scoped(office.reviewer):
        desk = Desk.objects.filter(area=office.reviewer.area, until=None).first()
    assert desk is not None
    actions.ask_help(by=office.worker, at=at, order=order, desk_id=desk.pk, what="请派出所辖区的调解员一起上门。")
