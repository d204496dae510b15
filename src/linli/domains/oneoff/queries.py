"""Reading rounds and their people, and joining the registers of a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse

from linli.domains.oneoff.models import Payee, Round
from linli.domains.oneoff.rules import Register
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.ledgers.queries import orders, origins_from
from linli.kernel.ledgers.rules import Origin
from linli.kernel.registry.queries import people_with_status
from linli.kernel.ui.rules import Task


def joined(on: date) -> tuple[dict[Register, list[int]], dict[int, Any]]:
    """The living people of each register on this day, and all of them by id."""
    lists: dict[Register, list[int]] = {}
    known: dict[int, Any] = {}
    for one in Register:
        found = people_with_status(one.value, on).exclude(died_on__lte=on).only("name", "sort_key", "area")
        people = {person.pk: person for person in found}
        lists[one], known = list(people), known | people
    return lists, known


def rounds() -> QuerySet[Round]:
    """Rounds of the present scope, newest first."""
    return Round.objects.select_related("drafted_by", "confirmed_by").order_by("-id")


def round_of(round_id: int) -> Round:
    """The round with this id; Refused outside of the present scope."""
    found = rounds().filter(pk=round_id).first()
    if found is None:
        raise Refused("没有这一批一次性补贴，或它不在本辖区内。")
    return found


def payees(one: Round, *, words: str = "", register: str = "") -> QuerySet[Payee]:
    """The people of a round in the present scope, by area and name."""
    found = Payee.objects.filter(round=one).select_related("round").order_by("area", "sort_key", "id")
    found = found.filter(register=register) if register else found
    return found.filter(name__gte=words, name__lt=words + "\U0010ffff") if words else found


def by_register(one: Round) -> list[tuple[str, int, int]]:
    """Name, people and fen of each register in a round."""
    rows = Payee.objects.filter(round=one).values("register").annotate(n=Count("id"), total=Sum("amount")).order_by("register")
    sums = {row["register"]: (row["n"], int(row["total"])) for row in rows}
    return [(kind.zh, *sums[kind.value]) for kind in Register if kind.value in sums]


def source_of(one: Round, person: int | str = "") -> str:
    """How the books name a round, or the payment of one person in it."""
    return f"oneoff.round:{one.pk}:{person}"


@dataclass(frozen=True)
class Progress:
    """How many payment orders a round has, how many are paid, and how many of the list had died before."""

    orders: int
    paid: int
    dead: int


def progress(one: Round) -> Progress:
    """How far the payment is."""
    begin = source_of(one)
    found = orders().filter(source__gte=begin, source__lt=begin + "\U0010ffff").order_by()
    dead = Payee.objects.filter(round=one, living=False).count()
    return Progress(found.count(), found.filter(state="paid").count(), dead)


def desk_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """Rounds that wait for the second person or for finance."""
    found: list[Task] = []
    if which == "done":
        return found
    for permission, state, words in (
        ("oneoff.confirm", "drafted", "等待核对名单"), ("oneoff.order", "confirmed", "等待开付款单"),
    ):  # fmt: skip
        if actor.may(permission):
            for one in rounds().filter(state=state):
                href = reverse("oneoff:round", args=[one.pk])
                found.append(Task(f"{one.title}{words}", "一次性补贴", href, since=one.confirmed_on or one.listed_on))
    return found


def origins(*, by: Actor, sources: Collection[str], postings: Collection[int]) -> dict[str | int, Origin]:
    """What the books ask of one-off subsidies: the round behind an order."""
    if not by.may("oneoff.see"):
        return {}
    rows = Round.objects.all()
    return origins_from(sources, "oneoff.round:", rows, lambda one: one.title, "oneoff:round")
