"""Reading agreements, cards, holders, who is entitled and has none, and what was taken off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.db.models import Case, CharField, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from linli.base.dated import Parameters, load
from linli.base.days import official_calendar
from linli.domains.concession.models import Agreement, Card, Line, Visit
from linli.domains.concession.rules import GROUNDS, Facts, Item, ground_of
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.deliveries.rules import Rows
from linli.kernel.registry.queries import identities, people_recognised, statuses_of
from linli.kernel.registry.rules import STATUS_KINDS
from linli.kernel.ui.rules import Task

FOLDER = Path(__file__).parent / "parameters"
NAMES: Mapping[str, str] = {key: STATUS_KINDS[key].zh for key in GROUNDS}


@cache
def law() -> Parameters:
    """All values of the package; faults in the files stop the program at its start."""
    return load(sorted(FOLDER.glob("*.toml")))


def last_day(on: date, area: str) -> date:
    """Until when a card that is handed over today can be used."""
    return law().on("concession.valid", on, area).term.due(on, official_calendar()).day


def agreements(on: date | None = None) -> QuerySet[Agreement]:
    """Agreements, the running ones first; with a day only those that run on it."""
    found = Agreement.objects.prefetch_related("terms").order_by(F("until").asc(nulls_first=True), "name")
    return found.filter(Q(until=None) | Q(until__gte=on), since__lte=on) if on else found


def agreement_of(agreement_id: int) -> Agreement:
    """The agreement with this id; Refused when there is none."""
    found = agreements().filter(pk=agreement_id).first()
    if found is None:
        raise Refused("没有这份优惠协议，请从列表中选择。")
    return found


def terms_of(one: Agreement) -> dict[Item, int]:
    """Percent by part of the bill, in the order of the items."""
    known = {term.item: term.percent for term in one.terms.all()}
    return {item: known[item.value] for item in Item if item.value in known}


def holding(on: date) -> Q:
    """Cards that can be used on this day."""
    return Q(issued_on__lte=on, expires_on__gte=on) & (Q(ended_on=None) | Q(ended_on__gt=on))


def cards(*, on: date, words: str = "", state: str = "", ground: str = "") -> QuerySet[Any]:
    """Cards of the present scope, newest first, each with ``stands`` (valid, over, lost, ended) on the day and ``reduced``.

    ``words``: a card's number, or the beginning of a name.
    """
    over = When(state="valid", expires_on__lt=on, then=Value("over"))
    found = Card.objects.annotate(
        stands=Case(over, default=F("state"), output_field=CharField()),
        reduced=Coalesce(Sum("visits__reduced", filter=Q(visits__state="entered")), 0),
    ).order_by("-issued_on", "-id")
    exact = {"stands": state, "ground": ground}
    found = found.filter(**{name: word for name, word in exact.items() if word})
    return found.filter(Q(number=words) | Q(name__gte=words, name__lt=words + "\U0010ffff")) if words else found


def card_of(card_id: int, on: date) -> Any:
    """The card with this id; Refused outside of the present scope."""
    found = cards(on=on).select_related("issued_by", "replaces").filter(pk=card_id).first()
    if found is None:
        raise Refused("没有这张优惠卡，或它不在本辖区内。")
    return found


def facts_for(person: Any, on: date) -> Facts:
    """What is known of the person on this day."""
    held = frozenset(row.kind for row in statuses_of(person, on))
    alive = person.died_on is None or person.died_on > on
    return Facts(held, alive, Card.objects.filter(holding(on), person__in=identities(person)).exists())


def ground(person: Any, on: date) -> str:
    """The Chinese name of the status that gives the card; empty when none does."""
    return NAMES.get(ground_of(facts_for(person, on).statuses), "")


def without_card(on: date, *, words: str = "") -> QuerySet[Any]:
    """Living people of the present scope who are entitled and hold no card, by area and name."""
    holders = Card.objects.filter(holding(on)).values(whose=Coalesce("person__merged_into", "person"))
    found = people_recognised(GROUNDS, on).exclude(pk__in=holders).order_by("area", "sort_key", "id")
    return found.filter(name__gte=words, name__lt=words + "\U0010ffff") if words else found


def no_longer(on: date) -> QuerySet[Any]:
    """Usable cards whose holder died or is recognised as nothing of the kind any more."""
    entitled = people_recognised(GROUNDS, on).order_by().values("pk")
    usable = cards(on=on).filter(holding(on)).annotate(whose=Coalesce("person__merged_into", "person"))
    found: QuerySet[Any] = usable.exclude(whose__in=entitled)
    return found


def visits(*, card: Any = None, words: str = "", agreement: str = "", state: str = "") -> QuerySet[Visit]:
    """Uses of cards, newest first; ``words``: a hospital's paper, a card's number, or the beginning of a name."""
    found = Visit.objects.select_related("card", "agreement").order_by("-day", "-id")
    exact = {"card": card, "agreement": agreement, "state": state}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if not words:
        return found
    named = Q(card__name__gte=words, card__name__lt=words + "\U0010ffff")
    return found.filter(Q(receipt=words) | Q(card__number=words) | named)


def visit_of(visit_id: int) -> Visit:
    """The use with this id; Refused outside of the present scope."""
    found = visits().select_related("entered_by").filter(pk=visit_id).first()
    if found is None:
        raise Refused("没有这次就医登记，或它不在本辖区内。")
    return found


def lines_of(visit: Visit) -> list[Line]:
    """The parts of a visit's bill, in the order of the items."""
    order = list(Item)
    return sorted(Line.objects.filter(visit=visit), key=lambda line: order.index(Item(line.item)))


def desk_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """Cards whose holders are not entitled any more, for the office that issued them."""
    if which == "done" or not actor.may("concession.issue"):
        return []
    count = no_longer(on).count()
    href = reverse("concession:review")
    return [Task(f"{count}张优惠卡的持卡人不再符合条件", "慈善医疗优惠卡", href)] if count else []


def given() -> Rows:
    """What hospitals took off with the card, for the record of all aid; the illness is kept nowhere."""
    found = Visit.objects.exclude(state="cancelled").filter(reduced__gt=0)
    return Rows(found, "day", "reduced", "card__name", person="card__person_id", household="")
