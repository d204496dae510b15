"""Reading providers, their items and prices, and how they do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from linli.base.days import official_calendar
from linli.domains.providers.models import Department, Lapse, Offer, Price, Provider, ProviderEvent, ServiceOrder
from linli.domains.providers.rules import ACTIVE, BOUND, Candidate, Choice, Measure, Record, Service, Standing, choose
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.orders.models import Order
from linli.kernel.orders.queries import lying_with

SEATS = "902"
"""The digits of the pseudo-town under which providers have their seats."""


def providers(
    *, words: str = "", kind: str = "", standing: str = "", service: str = "", place: str = ""
) -> QuerySet[Provider]:
    """Providers by name; ``standing``: one, or bound; ``service``: who offers it; ``place``: who comes there."""
    found = Provider.objects.select_related("desk").order_by("sort_key", "id")
    if words:
        found = found.filter(name__contains=words)
    if standing:
        found = found.filter(standing__in=BOUND) if standing == "bound" else found.filter(standing=standing)
    if service:
        found = found.filter(pk__in=Offer.objects.filter(service=service, until=None).values("provider"))
    if place:
        found = found.filter(Q(everywhere=True) | Q(reaches__overlap=[place, f"{place[:9]}000"]))
    return found.filter(kind=kind) if kind else found


def provider(provider_id: int) -> Provider:
    """The provider with this id."""
    found = Provider.objects.select_related("desk", "entered_by").filter(pk=provider_id).first()
    if found is None:
        raise Refused("没有这个服务商，请从列表中选择。", field="provider")
    return found


def own_provider(by: Actor) -> Provider | None:
    """The provider at whose seat this post is."""
    return Provider.objects.filter(area=by.area, standing__in=BOUND).first()


def priced(on: date, rows: QuerySet[Offer] | None = None) -> QuerySet[Any]:
    """Items that are offered on a day, each with ``fen``: its price then (None: only from a later day)."""
    prices = Price.objects.filter(offer=OuterRef("pk"), since__lte=on).order_by("-since").values("fen")[:1]
    found = (Offer.objects.all() if rows is None else rows).filter(Q(until=None) | Q(until__gt=on), since__lte=on)
    return found.select_related("provider", "department").annotate(fen=Subquery(prices)).order_by("service", "name", "id")


def offers(on: date, *, words: str = "", service: str = "", provider: int | None = None) -> QuerySet[Any]:
    """Items of providers under agreement, with their prices of the day."""
    found = priced(on).filter(provider__standing__in=ACTIVE)
    if words:
        found = found.filter(Q(name__contains=words) | Q(provider__name__contains=words))
    exact = {"service": service, "provider": provider}
    return found.filter(**{name: value for name, value in exact.items() if value})


def offers_of(one: Provider, on: date) -> QuerySet[Any]:
    """What a provider offers on a day."""
    return priced(on, Offer.objects.filter(provider=one))


def offer(offer_id: int) -> Offer:
    """The item with this id, whenever it was offered."""
    found = Offer.objects.select_related("provider__desk", "department").filter(pk=offer_id).first()
    if found is None:
        raise Refused("没有这个服务项目，请从列表中选择。", field="offer")
    return found


def price_on(one: Offer, on: date) -> int | None:
    """The price of one measure on a day, fen; None: it is not offered then."""
    if one.since > on or (one.until and one.until <= on):
        return None
    return Price.objects.filter(offer=one, since__lte=on).order_by("-since").values_list("fen", flat=True).first()


def prices_of(one: Offer) -> QuerySet[Price]:
    """Every price that was told, the newest first."""
    return Price.objects.filter(offer=one).select_related("by").order_by("-since")


def departments_of(one: Provider) -> QuerySet[Department]:
    """The running departments."""
    return Department.objects.filter(provider=one, until=None).order_by("name")


def department(department_id: int) -> Department:
    """The department with this id."""
    found = Department.objects.select_related("provider").filter(pk=department_id, until=None).first()
    if found is None:
        raise Refused("没有这个服务部，或它已撤销。")
    return found


def events_of(one: Provider) -> QuerySet[ProviderEvent]:
    """What happened to a provider, the newest first."""
    return ProviderEvent.objects.filter(provider=one).select_related("by").order_by("-id")


def lapses_of(one: Provider) -> QuerySet[Lapse]:
    """What the clocks saw, the newest first."""
    return Lapse.objects.filter(provider=one).order_by("-on", "-id")


def lapses_since(one: Provider, since: date, until: date) -> int:
    """Orders that were not signed for or not come to between two days, both included."""
    return Lapse.objects.filter(provider=one, on__range=(since, until)).values("order", "round").distinct().count()


def record_of(one: Provider, first: date, last: date) -> Record:
    """What a provider did between two days, over the whole district."""
    with connection.cursor() as cursor:
        cursor.execute("select done, graded, content, absent from providers_record(%s, %s, %s)", [one.pk, first, last])
        row = cursor.fetchone()
    return Record(*row) if row else Record()


def candidates(place: str, service: Service, on: date) -> list[Candidate]:
    """The items that may be ordered for a place on a day. One statement, over the whole district."""
    with connection.cursor() as cursor:
        cursor.execute("select * from providers_candidates(%s, %s, %s)", [place, service.value, on])
        rows = cursor.fetchall()
    return [replace(one, measure=Measure(one.measure).zh) for one in (Candidate(*row) for row in rows)]


def choices(place: str, service: Service, at: datetime, on: date) -> list[Choice]:
    """Who should serve, best first, with the reasons; prices are those of ``on``."""
    return choose(candidates(place, service, on), at, official_calendar())


def trials_over(on: date) -> QuerySet[Provider]:
    """Trials whose term has ended and that nobody decided."""
    return Provider.objects.filter(standing=Standing.TRIAL, trial_until__lt=on).order_by("trial_until", "id")


def proposals() -> list[ProviderEvent]:
    """Proposals to admit that wait for the second person: the last step of a provider on trial."""
    rows: dict[int, ProviderEvent] = {}
    found = ProviderEvent.objects.filter(provider__standing=Standing.TRIAL).exclude(step="warned")
    for event in found.select_related("provider", "by").order_by("id"):
        rows[event.provider_id] = event
    return [event for event in rows.values() if event.step == "proposed"]


def proposal_of(one: Provider) -> ProviderEvent | None:
    """The proposal to admit this provider that waits for the second person."""
    return next((event for event in proposals() if event.provider_id == one.pk), None)


def left_lying(one: Provider) -> QuerySet[Any]:
    """Orders of the hotline and of callers that lie with a provider that is paused; a service order has a page of its own."""
    if one.standing != Standing.SUSPENDED or one.desk is None:
        return Order.objects.none()
    services = ServiceOrder.objects.filter(provider=one, order=OuterRef("pk"))
    return lying_with(one.desk).exclude(Exists(services))
