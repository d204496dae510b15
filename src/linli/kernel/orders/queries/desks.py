"""Desks, and the explained proposal of one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from linli.base.areas import prefix_of
from linli.base.days import SHANGHAI, official_calendar
from linli.kernel.orders.models import Desk, Order
from linli.kernel.orders.rules import OPEN, Candidate, Category, DeskKind, Lane, Need, Ranked, Stage, propose

NAMED = 5
"""So many orders are named to whoever would close a desk that still has some."""


def desks(*, on: date, words: str = "", kind: str = "", area: str = "", ended: str = "") -> QuerySet[Desk]:
    """Desks on a day, by seat; ``area`` with all below it; ``ended``: those that are closed."""
    running = Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))
    found = Desk.objects.filter(~running if ended else running).order_by("area", "name")
    if words:
        found = found.filter(name__contains=words)
    if kind:
        found = found.filter(kind=kind)
    return found.filter(area__startswith=prefix_of(area)) if area else found


def desk_by_id(desk_id: int) -> Desk | None:
    """The desk with this id."""
    return Desk.objects.filter(pk=desk_id).first()


def candidates(place: str, code: str, on: date) -> list[Candidate]:
    """The desks that may take a matter of this kind at this place. One statement, over the whole district."""
    with connection.cursor() as cursor:
        cursor.execute("select * from orders_candidates(%s, %s, %s)", [place, code, on])
        return [_candidate(row) for row in cursor.fetchall()]


def numbered(on: date, number: str = "") -> tuple[int, str]:
    """Id and number of a new order of this day. What a transaction took that fails is free again.

    ``number``: the one that the caller was told already.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from orders_numbered(%s, %s)", [on, number])
        pk, own = cursor.fetchone()
    return pk, own


def numbered_candidates(place: str, code: str, on: date, number: str = "") -> tuple[int, str, list[Candidate]]:
    """What is ``numbered``, and the desks that may take the matter, in one statement."""
    with connection.cursor() as cursor:
        words = (on, number, place, code, on)
        cursor.execute("select * from orders_numbered(%s, %s) left join orders_candidates(%s, %s, %s) on true", words)
        rows = cursor.fetchall()
    pk, own = rows[0][:2]
    return pk, own, [_candidate(row[2:]) for row in rows if row[2] is not None]


def _candidate(row: tuple[Any, ...]) -> Candidate:
    pk, name, kind, area, near, named, opens, closes, weekends, fallback, load, returned = row
    return Candidate(pk, name, DeskKind(kind), area, near, named, opens, closes, weekends, load, returned, fallback)


def proposal(*, place: str, category: Category, lane: Lane, at: datetime, about: str = "") -> list[Ranked]:
    """Who should take a matter, best first, with the reasons; ``about``: the seat of the body that is complained of."""
    on = at.astimezone(SHANGHAI).date()
    need = Need(category.desk, lane, at, about, unnamed=category.accuses and not about)
    return propose(candidates(place, category.code, on), need, official_calendar())


def lying_with(desk: Desk) -> QuerySet[Order]:
    """What a desk has still to sign for or to settle, the oldest first."""
    return Order.objects.filter(desk=desk, stage__in=[Stage.SENT, Stage.WORKING]).order_by("received_at", "id")


def in_hand(desk: Desk) -> str:
    """How many orders a desk has to settle or to be called back about, with the first numbers; empty for none."""
    waiting = Order.objects.filter(Q(stage__in=OPEN) | Q(stage=Stage.HANDLED), desk=desk)
    if not (count := waiting.count()):
        return ""
    named = "、".join(waiting.order_by("number").values_list("number", flat=True)[:NAMED])
    return f"{count}件工单没有办结（{named}{'等' if count > NAMED else ''}）"
