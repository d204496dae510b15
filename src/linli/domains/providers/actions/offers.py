"""What a provider offers at what price, and its departments."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from linli.base.text import tidy
from linli.domains.providers.actions.common import PROVIDER, fit
from linli.domains.providers.models import Department, Offer, Price, Provider
from linli.domains.providers.queries import price_on
from linli.domains.providers.rules import BOUND, Measure, Service, Standing
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused


@action("providers.keep")
def add_department(*, by: Actor, on: date, provider: Provider, name: str, staff: int) -> Department:
    """A department of a provider."""
    _bound(provider)
    try:
        with transaction.atomic():
            made = Department.objects.create(provider=provider, name=tidy(name)[:40], staff=staff, since=on, area=provider.area)
    except IntegrityError as fault:
        raise Refused("这个服务部已经登记。", field="name") from fault
    about(PROVIDER, provider.pk, area=provider.area, department=made.pk)
    return made


@action("providers.keep")
def end_department(*, by: Actor, on: date, department: Department) -> Department:
    """A department is given up; its items must be given up first."""
    if Offer.objects.filter(department=department, until=None).exists():
        raise Refused("这个服务部还有服务项目，请先停止这些项目。")
    if not Department.objects.filter(pk=department.pk, until=None).update(until=on):
        raise Refused("这个服务部已经撤销。")
    about(PROVIDER, department.provider_id, area=department.area, department=department.pk)
    department.refresh_from_db()
    return department


@action("providers.keep")
def add_offer(
    *, by: Actor, on: date, provider: Provider, service: Service, name: str, measure: Measure, fen: int,
    department_id: int | None = None,
) -> Offer:  # fmt: skip
    """An item with its first price, from today."""
    _bound(provider)
    if department_id is not None and not Department.objects.filter(pk=department_id, provider=provider, until=None).exists():
        raise Refused("没有这个服务部，请重新选择。", field="department")
    try:
        with transaction.atomic():
            made = Offer.objects.create(
                provider=provider, department_id=department_id, service=service, name=tidy(name)[:60], measure=measure, since=on,
                area=provider.area,
            )  # fmt: skip
            Price.objects.create(offer=made, fen=fen, since=on, by_id=by.own_hand, area=provider.area)
    except IntegrityError as fault:
        raise Refused("这个服务商已有同名的项目，改价请在项目里登记新价格。", field="name") from fault
    fit(provider, by=by, on=on)
    about(PROVIDER, provider.pk, area=provider.area, offer=made.pk)
    return made


@action("providers.keep")
def set_price(*, by: Actor, on: date, offer: Offer, fen: int, since: date) -> Price:
    """A new price from a day that has not passed; what was ordered before keeps the price that was agreed.

    :raises Refused: the day has passed, a price stands for it already, or the price does not change.
    """
    _bound(offer.provider)
    if offer.until is not None:
        raise Refused("这个项目已经停止。")
    if since < on:
        raise Refused("新价格不能从过去的日子算起，请填写今天或以后的日期。", field="since")
    if price_on(offer, since) == fen:
        raise Refused("新价格与现价相同。", field="fen")
    try:
        with transaction.atomic():
            made = Price.objects.create(offer=offer, fen=fen, since=since, by_id=by.own_hand, area=offer.area)
    except IntegrityError as fault:
        raise Refused(f"{since}起的价格已经登记过，请换一个日期。", field="since") from fault
    about(PROVIDER, offer.provider_id, area=offer.area, offer=offer.pk)
    return made


@action("providers.keep")
def end_offer(*, by: Actor, on: date, offer: Offer) -> Offer:
    """An item is offered no more from today; what was ordered is still done."""
    if not Offer.objects.filter(pk=offer.pk, until=None).update(until=on):
        raise Refused("这个项目已经停止。")
    fit(offer.provider, by=by, on=on)
    about(PROVIDER, offer.provider_id, area=offer.area, offer=offer.pk)
    offer.refresh_from_db()
    return offer


def _bound(provider: Provider) -> None:
    if Standing(provider.standing) not in (*BOUND, Standing.APPLIED):
        raise Refused("这个服务商已不在册。")
