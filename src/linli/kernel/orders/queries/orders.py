"""Orders of the present scope, their clocks, their past, and which are likely the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Left

from linli.base.areas import Level, level_of, prefix_of, scope_of
from linli.base.days import SHANGHAI
from linli.base.text import plain, running
from linli.kernel.access.queries import current_scope
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.orders.models import Ask, Help, Order, OrderEvent
from linli.kernel.orders.queries.confidence import is_reader
from linli.kernel.orders.rules import OPEN, ClockKind, Lane, Limit, Move, Stage, late, left, limit, limit_of, longest_extension
from linli.kernel.orders.rules import category as category_of
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import PHONE, PHONE_TAIL, after, read_phone

ONE_DAY = timedelta(days=1)
MANY = 2_000
"""Orders from which on walking through all of them in order is sooner done than sorting those that are wanted."""


def order_by_id(order_id: int) -> Order:
    """The order. :raises Forbidden: there is none for this post."""
    joined = ("desk", "first_desk", "about", "about_staff", "person", "main")
    found = Order.objects.select_related(*joined).filter(pk=order_id).first()
    if found is None:
        raise Forbidden("没有这件工单，或它不由本岗位办理。")
    return found


def order_by_number(number: str) -> Order | None:
    """The order with this number, if this post sees it."""
    return Order.objects.select_related("desk").filter(number=running(number)).first()


def day_begins(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, datetime.min.time(), SHANGHAI)


def overdue(at: datetime) -> Q:
    """Orders with a clock that has run out and was not met: while they stand still, as it was when they were stopped."""
    waiting = (
        Q(stage=Stage.NEW, dispatch_due__lt=at) | Q(stage=Stage.SENT, sign_due__lt=at)
        | Q(stage__in=[Stage.SENT, Stage.DISPUTED, Stage.WORKING], handle_due__lt=at)
        | Q(stage=Stage.WORKING, contacted_at=None, contact_due__lt=at)
    )  # fmt: skip
    return waiting | Q(stage=Stage.SUSPENDED, handle_due__lt=F("stopped_at"))


def orders(
    *, at: datetime, words: str = "", stage: str = "", category: str = "", kind: str = "", lane: str = "", channel: str = "",
    desk: int | None = None, area: str = "", first: date | None = None, last: date | None = None, late: str = "", mark: str = "",
) -> QuerySet[Order]:  # fmt: skip
    """Orders of the present scope, the newest first. ``words``: number, telephone, last four, or how the caller's name begins.

    ``stage``: one, or open. ``area``: where the matter lies, with all below. ``mark``: confidential, final, repeated, reopened.
    """
    found = _near(Order.objects.select_related("desk").order_by("-received_at", "id"))
    if words:
        found = found.filter(_said(words))
    if stage:
        found = found.filter(stage__in=OPEN) if stage == "open" else found.filter(stage=stage)
    if category:
        found = found.filter(_matter(category))
    if area:
        found = found.filter(_place(area))
    if first:
        found = found.filter(received_at__gte=day_begins(first))
    if last:
        found = found.filter(received_at__lt=day_begins(last + ONE_DAY))
    if late:
        found = found.filter(overdue(at)) if late == "yes" else found.exclude(overdue(at))
    exact = {"kind": kind, "lane": lane, "channel": channel, "desk": desk}
    return found.filter(**{name: value for name, value in exact.items() if value}, **_MARKS.get(mark, {}))


def _matter(code: str) -> Q:
    """Orders of a matter; said as an equality where it is one that orders carry, whose orders lie in their order."""
    return Q(category=code) if category_of(code) else Q(category__gte=code, category__lt=after(code))


def _place(area: str) -> Q:
    """Orders whose matter lies in an area; said as an equality where that is a community."""
    here = prefix_of(area)
    return Q(place=area) if level_of(area) is Level.COMMUNITY else Q(place__gte=here, place__lt=after(here))


def walk_in_order(*, category: str = "", area: str = "") -> None:
    """For the rest of the transaction a list of these orders is read by an index of its order, page after page.

    Row security compares with values that the planner does not know; it takes them for half a percent of the rows, and
    would read and sort a million of them for a later page. One matter and one community have indexes of their own order. For
    a group of matters, or a town, the index of all is walked, so it has to hold many; where there are few, they are sorted.
    """
    if category and area:
        return
    wide = (category and not category_of(category)) or (area and level_of(area) is not Level.COMMUNITY)
    if wide:
        some = Order.objects.filter(_matter(category) if category else _place(area)).order_by()
        if some[:MANY].count() < MANY:
            return
    with connection.cursor() as cursor:
        cursor.execute("set local enable_sort = off")


def _near(found: QuerySet[Order]) -> QuerySet[Order]:
    """Said as an equality where the scope is one community: its own orders lie in their order there, newest first."""
    scope = current_scope()
    own = scope.lo if scope is not None else ""
    return found.filter(area=own) if own and scope == scope_of(own) and level_of(own) is Level.COMMUNITY else found


_MARKS: dict[str, dict[str, Any]] = {
    "confidential": {"confidential": True}, "final": {"final": True}, "returned": {"bounces__gt": 0},
    "again": {"round__gt": 1}, "merged": {"main__isnull": False}, "supervised": {"supervised__gt": 0},
}  # fmt: skip


def _said(words: str) -> Q:
    bare, number = plain(words).replace("-", ""), running(words)
    if len(bare) == 4 and bare.isdigit():
        return Q(phone_tail__in=keyring().keyed_hashes(bare, PHONE_TAIL))
    if number[8:9] == "-" and number.replace("-", "").isdecimal():
        return Q(number=number)
    if bare.isdigit() and len(bare) >= 7:
        return Q(phone_digest__in=keyring().keyed_hashes(_as_phone(bare), PHONE)) | Q(number=plain(words))
    return Q(caller__gte=words, caller__lt=after(words))


def _as_phone(bare: str) -> str:
    try:
        return read_phone(bare)
    except ValueError:
        return bare


def received_between(first: date, last: date) -> QuerySet[Order]:
    """Orders received in these days, both included; ``group`` is the highest level of their category."""
    return _grouped().filter(day__range=(first, last))


def handled_between(first: date, last: date) -> QuerySet[Order]:
    """Orders whose desk settled them, for the last time, in these days, both included."""
    return _grouped().filter(handled_at__gte=day_begins(first), handled_at__lt=day_begins(last + ONE_DAY))


def closed_between(first: date, last: date) -> QuerySet[Order]:
    """Orders closed in these days, both included."""
    return _grouped().filter(closed_at__gte=day_begins(first), closed_at__lt=day_begins(last + ONE_DAY))


def _grouped() -> QuerySet[Order]:
    return Order.objects.annotate(group=Left("category", 2))


def past_orders(*, phone: str = "", person: int | None = None, most: int = 10) -> list[Order]:
    """The last orders of a caller, by number or as a known person; confidential ones show that they are."""
    same = Q()
    if phone:
        same |= Q(phone_digest__in=keyring().keyed_hashes(phone, PHONE))
    if person:
        same |= Q(person=person)
    return list(Order.objects.filter(same).select_related("desk").order_by("-received_at")[:most]) if same else []


def repeats(order: Order, on: date) -> list[Order]:
    """Orders that are likely the same matter: same kind within some days, from the same caller or about the same place."""
    since = order.received_at - timedelta(days=limit("repeat_days", on, order.place))
    same = Q(phone_digest=order.phone_digest) if order.phone_digest else Q(pk=None)
    if order.person_id:
        same |= Q(person=order.person_id)
    if order.address:
        same |= Q(place=order.place, address=order.address)
    alike = Order.objects.filter(same, category__gte=order.category[:4], category__lt=after(order.category[:4]))
    alike = alike.filter(received_at__gte=since, received_at__lte=order.received_at + ONE_DAY, stage__in=OPEN, confidential=False)
    return list(alike.exclude(pk=order.pk).select_related("desk").order_by("received_at")[:10])


def events_of(by: Actor, order: Order) -> list[OrderEvent]:
    """What happened, in order; of a confidential order only those who are named read the words."""
    rows = list(OrderEvent.objects.filter(order=order).select_related("by", "desk").order_by("id"))
    if not is_reader(by, order):
        for row in rows:
            row.text = ""
    return rows


@dataclass(frozen=True)
class Clock:
    """One clock of an order as it stands: when it runs out, when it was met, whether it is late, and how much is left."""

    kind: ClockKind
    due: datetime
    met: datetime | None
    late: bool
    left: str


def clocks_of(order: Order, at: datetime) -> list[Clock]:
    """The clocks that run or ran."""
    answered = order.closed_at if order.desk_id is None else None
    words = (
        (ClockKind.DISPATCH, order.dispatch_due, order.dispatched_at or answered),
        (ClockKind.SIGN, order.sign_due, order.signed_at), (ClockKind.CONTACT, order.contact_due, order.contacted_at),
        (ClockKind.HANDLE, order.handle_due, order.handled_at),
    )  # fmt: skip
    shown = []
    for kind, due, met in words:
        if due is not None:
            told = "" if met else left(due, order.stopped_at or at)
            shown.append(Clock(kind, due, met, late(due, met, at, order.stopped_at), told))
    return shown


def terms_of(order: Order) -> str:
    """The group of categories whose terms hold for an order."""
    known = category_of(order.category)
    return known.terms if known else ""


def ends_in_writing(order: Order) -> bool:
    """Whether it is still to be answered by a paper of its own, as a petition is the first time; the paper handles the order."""
    return order.round == 1 and terms_of(order) == "petition"


def term_of(order: Order) -> Limit:
    """How long the order may take, as it was on its day."""
    return limit_of(ClockKind.HANDLE, Lane(order.lane), terms_of(order), order.day, order.place)


def longest_more(order: Order) -> int:
    """How much longer it may be made to take, in what its term is counted in."""
    return longest_extension(term_of(order), terms_of(order), order.day, order.place)


def is_late(order: Order, at: datetime) -> bool:
    """Whether any clock has run out or was met too late; it never stops being true."""
    return any(clock.late for clock in clocks_of(order, at))


def asks(*, open_only: bool = True) -> QuerySet[Ask]:
    """What desks ask, oldest first."""
    found = Ask.objects.select_related("order", "desk", "asked_by").order_by("asked_at", "id")
    return found.filter(granted=None) if open_only else found


def helps(*, open_only: bool = True) -> QuerySet[Help]:
    """What other desks are asked to help with, at the seats of the present scope."""
    found = Help.objects.select_related("desk", "asked_from").order_by("-id")
    return found.filter(answered_at=None) if open_only else found


def helpers_owing(order: Order) -> list[str]:
    """Desks that were asked to help and have not answered, by what happened: the requests lie at their seats."""
    moves = (Move.HELPED, Move.HELP_GIVEN)
    owing: list[str] = []
    for row in OrderEvent.objects.filter(order=order, move__in=moves).select_related("desk").order_by("id"):
        if row.move == Move.HELPED:
            owing.append(row.facts.get("helper", ""))
        elif row.desk is not None and row.desk.name in owing:
            owing.remove(row.desk.name)
    return owing


def help_by_id(help_id: int) -> Help:
    """One request for help. :raises Forbidden: there is none for this post."""
    found = Help.objects.select_related("desk", "asked_from", "asked_by", "answered_by").filter(pk=help_id).first()
    if found is None:
        raise Forbidden("没有这项协办，或它不由本岗位办理。")
    return found


def calls_due() -> QuerySet[Order]:
    """Orders whose callers wait to be called back, those that were handled first, first."""
    return Order.objects.filter(stage=Stage.HANDLED).select_related("desk").order_by("handled_at", "id")
