"""Vacancies and wishes that are open, and introductions. A wish is over when somebody was placed; a vacancy when it is full."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from linli.domains.hotline.books import VACANCY_BOOK, WISH_BOOK
from linli.domains.hotline.models import Introduction
from linli.domains.hotline.rules import Placing
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.figures.rules import Period
from linli.kernel.records.queries import standing

Rows = QuerySet[Introduction]


def placed_at(ids: list[int]) -> dict[int, int]:
    """How many were placed at each of these vacancies."""
    rows = Introduction.objects.filter(vacancy__in=ids, result=Placing.PLACED).order_by().values("vacancy")
    return {row["vacancy"]: row["count"] for row in rows.annotate(count=Count("pk"))}


def vacancies(on: date) -> list[tuple[Any, int]]:
    """Vacancies that can still be filled, the first to close first, with how many are free."""
    running: Any = standing(VACANCY_BOOK, on)
    rows = list(running.filter(f_closes__gte=on.isoformat()).select_related("organisation").order_by("day", "pk"))
    full = placed_at([one.pk for one in rows])
    found = [(one, int(one.values["heads"]) - full.get(one.pk, 0)) for one in rows]
    return sorted((pair for pair in found if pair[1] > 0), key=lambda pair: pair[0].values["closes"])


def wishes(on: date) -> QuerySet[Any]:
    """Residents of the own area who still seek work, who has waited longest first."""
    placed = Introduction.objects.filter(wish=OuterRef("pk"), result=Placing.PLACED)
    return standing(WISH_BOOK, on).filter(~Exists(placed)).select_related("person").order_by("day", "pk")


def wish_by_id(entry_id: int, on: date) -> Any:
    """A wish that is open. :raises Forbidden: there is none in the own area."""
    found = wishes(on).filter(pk=entry_id).first()
    if found is None:
        raise Forbidden("没有这份求职登记，或已经上岗、已经结束。")
    return found


def introductions(*, result: str = "", mine: int | None = None, first: date | None = None, last: date | None = None) -> Rows:
    """Introductions of residents of the own area, the newest first."""
    found = Introduction.objects.select_related("person", "introduced_by").order_by("-pk")
    wanted = {"result": result, "introduced_by": mine, "introduced_on__gte": first, "introduced_on__lte": last}
    return found.filter(**{key: value for key, value in wanted.items() if value})


def introduction_by_id(introduction_id: int) -> Introduction:
    """The introduction. :raises Forbidden: there is none in the own area."""
    found = introductions().filter(pk=introduction_id).first()
    if found is None:
        raise Forbidden("没有这次职业介绍，或不在本辖区内。")
    return found


def own_introductions(actor: Actor) -> Any:
    """Those whose result this person has still to enter."""
    if not actor.may("hotline.introduce"):
        return Introduction.objects.none()
    return introductions(result=Placing.OPEN, mine=actor.own_hand)


def introduced(period: Period) -> Any:
    """By the day of the introduction."""
    return Introduction.objects.filter(**period.within("introduced_on")).select_related("person")


def placed(period: Period) -> Any:
    """By the day on which somebody began to work."""
    return Introduction.objects.filter(result=Placing.PLACED, **period.within("result_on")).select_related("person")
