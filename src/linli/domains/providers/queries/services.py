"""Reading service orders, what is confirmed, what is owed, and what came in by the web."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, F, Max, Q, QuerySet, Sum

from linli.base.areas import prefix_of
from linli.base.days import SHANGHAI, age_on
from linli.base.reasons import Outcome
from linli.domains.providers.models import Contest, Provider, Reply, ServiceOrder, Statement, Wish
from linli.domains.providers.rules import FOR_THE_OLD, OLD_AGE, Limits, Month, Payee, Service, decide, payees_of, values, wish_key
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.ledgers.queries import origins_from
from linli.kernel.ledgers.rules import Origin
from linli.kernel.orders.queries import day_begins
from linli.kernel.publicity import queries as publicity
from linli.kernel.registry.queries import keyring, statuses_of
from linli.kernel.registry.rules import PHONE, after, read_phone

GOOD = ("3", "4", "5")
CODE, DIGITS, STATEMENT = "providers.code", 6, "providers.statement:"
CONFIRMED = Q(order__stage="closed", order__solved=True, order__grade__in=GOOD, cancelled_on=None, ended_at__isnull=False)
"""The resident was called, or wrote, and said that it is done and how; at the desk of the provider that is to be paid."""
AT_ITS_DESK = Q(order__desk=F("provider__desk"))


def services(
    *, words: str = "", service: str = "", provider: int | None = None, stage: str = "", area: str = "", old: str = "",
    first: date | None = None, last: date | None = None,
) -> QuerySet[ServiceOrder]:  # fmt: skip
    """Service orders of the present scope, the newest first. ``words``: the order's number or an item's name.

    ``stage``: of the order; or confirmed, cancelled, contested. ``old``: for people of sixty and more.
    """
    found = ServiceOrder.objects.select_related("order__desk", "provider", "offer").order_by("-id")
    if words:
        found = found.filter(Q(order__number=words) | Q(item__contains=words))
    if stage:
        found = found.filter(_STAGES.get(stage) or Q(order__stage=stage, cancelled_on=None))
    if area:
        found = found.filter(place__gte=prefix_of(area), place__lt=after(prefix_of(area)))
    if old:
        found = found.filter(age__gte=OLD_AGE)
    exact = {"service": service, "provider": provider, "day__gte": first, "day__lte": last}
    return found.filter(**{name: value for name, value in exact.items() if value})


_STAGES = {
    "confirmed": CONFIRMED, "cancelled": Q(cancelled_on__isnull=False),
    "contested": Q(contests__ruled_on=None, contests__isnull=False),
}  # fmt: skip


def service(service_id: int) -> ServiceOrder:
    """The service order with this id; Refused outside of the present scope."""
    rows = ServiceOrder.objects.select_related("order__desk", "provider__desk", "offer", "statement", "person")
    found = rows.filter(pk=service_id).first()
    if found is None:
        raise Refused("没有这张服务单，或它不由本岗位办理。")
    return found


def equal_service(offer: Any, person: Any, phone: str, wanted_on: date) -> ServiceOrder | None:
    """The newest service order of the same kind with the same provider for that day and resident, by register or telephone."""
    same = {"provider": offer.provider_id, "service": offer.service, "wanted_on": wanted_on, "cancelled_on": None}
    hashes = keyring().keyed_hashes(read_phone(phone), PHONE) if phone else []
    who = Q(person=person) if person else Q(person=None, order__phone_digest__in=hashes)
    return ServiceOrder.objects.filter(who, **same).select_related("order", "provider").order_by("-id").first()


def stuck() -> QuerySet[ServiceOrder]:
    """What lies with providers that are paused: it is to be sent elsewhere."""
    rows = ServiceOrder.objects.filter(provider__standing="suspended", order__stage__in=["sent", "working"], cancelled_on=None)
    return rows.select_related("order").order_by("id")


def is_confirmed(one: ServiceOrder) -> bool:
    """Whether the resident has confirmed the service."""
    order = one.order
    said = order.stage == "closed" and order.solved is True and order.grade in GOOD
    return bool(said and one.ended_at is not None and one.cancelled_on is None)


def month_of(person: Any, service: Service, on: date, besides: int = 0) -> Month:
    """What a resident had of the public purse in the month, anywhere in the district."""
    with connection.cursor() as cursor:
        cursor.execute("select times, fen, today from providers_month(%s, %s, %s, %s)", [person.pk, service.value, on, besides])
        times, fen, today = cursor.fetchone()
    return Month(times, fen, today > 0)


def subsidy_of(
    person: Any, service: Service, price: int, on: date, area: str, *, quantity: int = 1, besides: int = 0
) -> tuple[Outcome, Payee | None, Limits]:
    """What the public purse bears of an order for somebody on a day. ``besides``: an order that is being changed."""
    if person is None:
        return decide(service, price, None, Month(), values(), on=on, area=area, quantity=quantity)
    held = [(row.kind, row.grade) for row in statuses_of(person, on)]
    payees = payees_of(held, age_on(person.birth, on) if person.birth else None)
    return decide(service, price, payees, month_of(person, service, on, besides), values(), on=on, area=area, quantity=quantity)


def code_of(number: str) -> str:
    """The code by which the resident confirms: six digits that follow from the order's number and the key of the office."""
    return publicity.code_of(number, CODE, DIGITS)


def fits(number: str, code: str) -> bool:
    """Whether a code belongs to an order's number, by any key that is still known."""
    return publicity.code_fits(number, code, CODE, DIGITS)


@dataclass(frozen=True)
class Owed:
    """What a provider is owed of the public purse for services done until the end of a month."""

    provider: Provider
    orders: int
    amount: int
    last: datetime


def month_ends(month: date) -> date:
    """The first day after a month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def settleable(month: date) -> QuerySet[ServiceOrder]:
    """Confirmed, subsidised, not contested, in no statement yet, done before the month's end; earlier months come back."""
    before = datetime.combine(month_ends(month), datetime.min.time(), SHANGHAI)
    found = ServiceOrder.objects.filter(CONFIRMED, AT_ITS_DESK, payable__gt=0, statement=None, ended_at__lt=before)
    return found.exclude(contests__in=Contest.objects.filter(ruled_on=None)).order_by("id")


def owed(month: date, provider: int | None = None) -> list[Owed]:
    """What each provider is owed, by name."""
    rows = settleable(month).filter(**({"provider": provider} if provider else {}))
    sums = {
        row["provider"]: row
        for row in rows.order_by().values("provider").annotate(n=Count("id"), total=Sum("payable"), last=Max("ended_at"))
    }
    found = Provider.objects.filter(pk__in=sums).order_by("sort_key", "id")
    return [Owed(one, sums[one.pk]["n"], int(sums[one.pk]["total"]), sums[one.pk]["last"]) for one in found]


def statements(
    *, provider: int | None = None, month: date | None = None, standing: str = ""
) -> QuerySet[Statement]:
    """Statements of the present scope, newest first. ``standing``: open, ordered, withdrawn."""
    found = Statement.objects.select_related("provider", "made_by").order_by("-id")
    marks: dict[str, dict[str, Any]] = {
        "open": {"ordered_on": None, "withdrawn_on": None}, "ordered": {"ordered_on__isnull": False},
        "withdrawn": {"withdrawn_on__isnull": False},
    }  # fmt: skip
    exact = {name: value for name, value in {"provider": provider, "month": month}.items() if value}
    return found.filter(**exact, **marks.get(standing, {}))


def statement(statement_id: int) -> Statement:
    """The statement with this id; Refused outside of the present scope."""
    found = statements().filter(pk=statement_id).first()
    if found is None:
        raise Refused("没有这张服务结算单，或它不在本辖区内。")
    return found


def lines_of(one: Statement) -> QuerySet[ServiceOrder]:
    """The service orders that a statement pays."""
    return services().filter(statement=one)


def source_of(one: Statement) -> str:
    """How the books name a statement."""
    return f"{STATEMENT}{one.pk}"


def origins(*, by: Actor, sources: Collection[str], postings: Collection[int]) -> dict[str | int, Origin]:
    """What the books ask of services at home: the statement of a provider behind an order."""
    if not by.may("providers.see_statements"):
        return {}
    rows = Statement.objects.select_related("provider")

    def words(one: Statement) -> str:
        return f"{one.provider.name}{one.month:%Y年%-m月}居家服务结算"

    return origins_from(sources, STATEMENT, rows, words, "providers:statement")


def contests(*, open_only: bool = True) -> QuerySet[Contest]:
    """Contests of the present scope, oldest first."""
    found = Contest.objects.select_related("service__order", "service__provider", "raised_by", "ruled_by").order_by("id")
    return found.filter(ruled_on=None) if open_only else found


def contest(contest_id: int) -> Contest:
    """The contest with this id; Refused outside of the present scope."""
    found = contests(open_only=False).filter(pk=contest_id).first()
    if found is None:
        raise Refused("没有这项争议，或它不在本辖区内。")
    return found


def replies() -> QuerySet[Reply]:
    """What residents said on the web and nobody has entered yet, oldest first."""
    return Reply.objects.filter(entered_at=None).select_related("service__order", "service__provider").order_by("id")


def wishes(
    *, words: str = "", state: str = "", service: str = "", first: date | None = None, last: date | None = None
) -> QuerySet[Wish]:
    """What residents asked for on the web, newest first. ``words``: the number, or the beginning of the name."""
    found = Wish.objects.select_related("order", "by").order_by("-id")
    if key := wish_key(words):
        found = found.filter(since=key[0], pk=key[1])
    elif words:
        found = found.filter(name__gte=words, name__lt=after(words))
    exact = {"state": state, "service": service, "wanted_on__gte": first, "wanted_on__lte": last}
    return found.filter(**{name: value for name, value in exact.items() if value})


def wish(wish_id: int) -> Wish:
    """The wish with this id; Refused outside of the present scope."""
    found = Wish.objects.filter(pk=wish_id).select_related("order", "by").first()
    if found is None:
        raise Refused("没有这条网上预约，或它不由本岗位办理。")
    return found


def phone_of(one: Wish) -> str:
    """The telephone in clear; "" once it was erased."""
    return keyring().open(bytes(one.phone_sealed), PHONE) if one.phone_sealed else ""


def to_forget(on: date, area: str) -> QuerySet[Wish]:
    """Wishes that are over for the term of the place: with their order, or with the day for which nobody came of it."""
    before = on - timedelta(days=values().on("providers.forget_days", on, area).count)
    ended = Q(order__closed_at__lt=day_begins(before)) | Q(order=None, wanted_on__lt=before)
    return Wish.objects.filter(ended, forgotten_on=None).order_by("id")


def for_the_old() -> Q:
    """Meals, haircuts and care at home for people of sixty and more (ELDER-03)."""
    return Q(service__in=[one.value for one in FOR_THE_OLD], age__gte=OLD_AGE)
