"""Ordering a service for a household, sending it to another provider, cancelling it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction

from linli.base.days import SHANGHAI, age_on
from linli.base.money import show_yuan
from linli.base.text import tidy
from linli.domains.providers.actions.common import SERVICE, WISH
from linli.domains.providers.models import Offer, ServiceOrder, Wish
from linli.domains.providers.queries import candidates, equal_service, offer, price_on, service, subsidy_of
from linli.domains.providers.rules import CODES, Measure, Service, WishState
from linli.kernel.access.actions import about, action, reach_district
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.orders import actions as work
from linli.kernel.orders.queries import order_by_id
from linli.kernel.orders.rules import Channel, Stage
from linli.kernel.registry.queries import household_of, keyring, person_by_id
from linli.kernel.registry.rules import PHONE, read_phone

ORDER = "providers.order"
MOST_QUANTITY, MOST_DAYS = 100, 60
ABOVE_LIMITS, NOT_CONFIRMED, WRONG_SUM = "PV001", "PV002", "PV003"


@action(ORDER)
def order_service(
    *, by: Actor, at: datetime, offer_id: int, agreed: int, wanted_on: date, place: str, caller: str, phone: str, address: str,
    quantity: int = 1, text: str = "", person_id: int | None = None, channel: Channel = Channel.PHONE, wish: Wish | None = None,
    again: bool = False,
) -> ServiceOrder:  # fmt: skip
    """Order an item at the price that was told: an order for the provider's desk, with what the public purse bears of it.

    ``again``: the equal one that stands for the same resident and day is meant to have a second beside it.

    :raises Refused: the price is another one by now, the provider does not come there, a day or a quantity that cannot be, or an
        equal one stands and nobody said that this is meant.
    :raises Stale: somebody else used the resident's limit of the month a moment ago.
    """
    on = at.astimezone(SHANGHAI).date()
    one = offer(offer_id)
    fen = _priced(one, agreed, wanted_on, on, quantity)
    _comes(one, place, wanted_on)
    person = person_by_id(person_id) if person_id else None
    if person_id and person is None:
        raise Refused("这位居民不在本辖区登记，请只填姓名和电话，由本人付费。", field="number")
    _one_by_one(one, person, phone, wanted_on)
    if not again and (known := _equal(by, one, person, phone, wanted_on)):
        raise Refused(known, field="again")
    kind = Service(one.service)
    words = _subsidised(person, kind, fen, quantity, wanted_on, place)
    assert one.provider.desk_id is not None
    taken = work.take(
        by=by, at=at, desk_id=one.provider.desk_id,
        intake=work.Intake(channel, CODES[kind], place, _asked(one, quantity, wanted_on, text), caller=caller, phone=phone,
                           person=person.pk if person else None, address=address),
    )  # fmt: skip
    with reach_district(by, ORDER):
        made = _stored(
            order_id=taken.id, provider=one.provider, offer=one, service=kind, item=one.name, measure=one.measure, person=person,
            household=household_of(person, on) if person else None, place=place, day=on, wanted_on=wanted_on,
            age=age_on(person.birth, on) if person and person.birth else None, quantity=quantity, unit_price=fen,
            price=fen * quantity, area=one.provider.area, **words,
        )  # fmt: skip
        if wish is not None:
            _answered(wish, by, order_id=taken.id)
        made = service(made.pk)
    about(SERVICE, made.pk, area=made.area, price=made.price, subsidy=made.subsidy)
    return made


@action(ORDER)
def warn_of_equal(*, by: Actor, offer_id: int, wanted_on: date, phone: str, person_id: int | None = None) -> str:
    """What to ask before a second equal service is ordered; empty: none stands. Only its number is told beyond the own area."""
    return _equal(by, offer(offer_id), person_by_id(person_id) if person_id else None, phone, wanted_on)


def _one_by_one(one: Offer, person: Any, phone: str, wanted_on: date) -> None:
    """Whoever orders the equal service in the same second waits until the first one stands, and is then warned of it."""
    who = f"person {person.pk}" if person else keyring().keyed_hashes(read_phone(phone), PHONE)[0].hex()
    with connection.cursor() as cursor:
        key = f"providers.equal {one.provider_id} {one.service} {wanted_on} {who}"
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _equal(by: Actor, one: Offer, person: Any, phone: str, wanted_on: date) -> str:
    with reach_district(by, ORDER):
        found = equal_service(one, person, phone, wanted_on)
    if found is None:
        return ""
    told = f"{found.provider.name}已有这位居民{wanted_on:%Y-%m-%d}的{Service(one.service).zh}服务单{found.order.number}"
    return f"{told}。确实要再下一单的请勾选；重复的请不要下单。"


def _priced(one: Offer, agreed: int, wanted_on: date, on: date, quantity: int) -> int:
    """The price of one measure on the day of the service, which must be the one that was told."""
    if not on <= wanted_on <= on + timedelta(days=MOST_DAYS):
        raise Refused(f"约定日期应在今天到{MOST_DAYS}天以内，请修改。", field="wanted_on")
    if not 1 <= quantity <= MOST_QUANTITY:
        raise Refused(f"数量应在1到{MOST_QUANTITY}之间，请修改。", field="quantity")
    fen = price_on(one, wanted_on)
    if fen is None:
        raise Refused("这个项目在约定日期不提供服务，请另选日期或项目。", field="offer")
    if fen != agreed:
        said = f"{one.name}在{wanted_on}的价格是{show_yuan(fen)}元/{Measure(one.measure).zh}，与告知的不同。"
        raise Refused(f"{said}请先告知居民，同意后再下单。", field="offer")
    return fen


def _comes(one: Offer, place: str, on: date) -> None:
    if all(each.offer != one.pk for each in candidates(place, Service(one.service), on)):
        raise Refused(f"{one.provider.name}现在不接这里的这项服务，请另选。", field="offer")


def _asked(one: Offer, quantity: int, wanted_on: date, text: str) -> str:
    return f"{Service(one.service).zh}：{one.name}，{quantity}{Measure(one.measure).zh}，约定{wanted_on}。{tidy(text)}"


def _subsidised(person: Any, kind: Service, fen: int, quantity: int, on: date, place: str, besides: int = 0) -> dict[str, Any]:
    """What the public purse bears, as columns."""
    outcome, payee, limits = subsidy_of(person, kind, fen * quantity, on, place, quantity=quantity, besides=besides)
    return {
        "payee": payee.value if payee and outcome.granted else "", "subsidy": outcome.amount, "payable": outcome.amount,
        "most_times": limits.times, "most_fen": limits.fen, "outcome": outcome.to_json(),
    }  # fmt: skip


def _stored(**words: Any) -> ServiceOrder:
    try:
        with transaction.atomic():
            return ServiceOrder.objects.create(**words)
    except DatabaseError as fault:
        if getattr(fault.__cause__, "sqlstate", "") != ABOVE_LIMITS:
            raise
        raise Stale("刚才有另一张服务单用了这位居民本月的补贴，余额已变，请再试一次。") from fault


def _answered(wish: Wish, by: Actor, *, order_id: int) -> None:
    same = Wish.objects.filter(pk=wish.pk, state=WishState.OPEN)
    if not same.update(state=WishState.ORDERED, order_id=order_id, by_id=by.own_hand):
        raise Stale("这条网上预约刚才已有人办理，请刷新后再看。")


@action("providers.resend")
def send_elsewhere(*, by: Actor, at: datetime, service: ServiceOrder, offer_id: int, agreed: int, why: str) -> ServiceOrder:
    """Another provider serves at its own price, which the resident was told: the first does not sign or come, or is paused.

    Where the order was sent on by hand already, the service order follows it.
    """
    on, one = at.astimezone(SHANGHAI).date(), offer(offer_id)
    wanted_on = max(service.wanted_on, on)
    if service.cancelled_on is not None or service.statement_id is not None:
        raise Refused("已取消或已结算的服务单不能改派。")
    if one.provider_id == service.provider_id:
        raise Refused("服务单已在这个服务商，请另选。", field="offer")
    if one.service != service.service:
        raise Refused("请选择同一类服务的项目。", field="offer")
    fen = _priced(one, agreed, wanted_on, on, service.quantity)
    _comes(one, service.place, wanted_on)
    _redirect(by, at, service, one, why)
    words = _subsidised(service.person, Service(one.service), fen, service.quantity, wanted_on, service.place, service.pk)
    values = words | {
        "provider": one.provider, "offer": one, "item": one.name, "measure": one.measure, "unit_price": fen,
        "price": fen * service.quantity, "wanted_on": wanted_on, "started_at": None, "ended_at": None, "entered_by": None,
    }  # fmt: skip
    _changed(service, values)
    about(SERVICE, service.pk, area=service.area, provider=one.provider_id)
    return service


def _redirect(by: Actor, at: datetime, service: ServiceOrder, one: Offer, why: str) -> None:
    """The order itself goes to the desk of the provider, unless it lies there already."""
    order, desk = order_by_id(service.order_id), one.provider.desk_id
    assert desk is not None
    if order.desk_id == desk:
        return
    if order.stage == Stage.WORKING:
        work.withdraw(by=by, at=at, order=order, desk_id=desk, why=why)
        return
    work.dispatch(by=by, at=at, order=order, desk_id=desk, why=why)


def _changed(one: ServiceOrder, values: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            same = ServiceOrder.objects.filter(pk=one.pk, provider=one.provider_id, cancelled_on=None, statement=None)
            if not same.update(**values):
                raise Stale
    except DatabaseError as fault:
        if getattr(fault.__cause__, "sqlstate", "") != ABOVE_LIMITS:
            raise
        raise Stale("刚才有另一张服务单用了这位居民本月的补贴，余额已变，请再试一次。") from fault
    one.refresh_from_db()


@action("providers.resend")
def cancel(*, by: Actor, on: date, service: ServiceOrder, why: str) -> ServiceOrder:
    """The resident needs it no more, before anybody came: the limit of the month is free again; the desk closes the order."""
    said = tidy(why)
    if len(said) < 2:
        raise Refused("请填写取消的原因。", field="why")
    same = ServiceOrder.objects.filter(pk=service.pk, started_at=None, cancelled_on=None)
    if not same.update(cancelled_on=on, cancelled_why=said[:200]):
        raise Refused("已经开始或已经取消的服务单不能取消；有争议的请登记争议。")
    service.refresh_from_db()
    about(SERVICE, service.pk, area=service.area, cancelled=True)
    return service


@action(ORDER)
def decline_wish(*, by: Actor, on: date, wish: Wish, answer: str) -> Wish:
    """A wish leads to no order: the resident was told why."""
    said = tidy(answer)
    if len(said) < 2:
        raise Refused("请填写联系情况。", field="answer")
    same = Wish.objects.filter(pk=wish.pk, state=WishState.OPEN)
    if not same.update(state=WishState.DECLINED, answer=said[:300], by_id=by.own_hand):
        raise Stale("这条网上预约刚才已有人办理，请刷新后再看。")
    wish.refresh_from_db()
    about(WISH, wish.pk, area=wish.area)
    return wish
