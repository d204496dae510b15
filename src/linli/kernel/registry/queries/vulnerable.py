"""The register of vulnerable people on a day: each person once, with the type and the cause of poverty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, DateField, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Least

from linli.kernel.registry.models import Person, Status
from linli.kernel.registry.queries.people import living, people_with_any_status, people_with_status, running
from linli.kernel.registry.queries.rows import narrowed
from linli.kernel.registry.rules import CAUSE_OF, NEED_OF, NO_CAUSE, OTHER_NEED, VULNERABLE


def people_on(on: date) -> QuerySet[Person]:
    """Everybody of the present scope who is alive on this day."""
    return living(on)


def people_recognised(kinds: Iterable[str], on: date) -> QuerySet[Person]:
    """Everybody alive who is recognised as any of these on a day, each once."""
    return living(on).filter(pk__in=people_with_any_status(kinds, on))


def recognised_since(kinds: Iterable[str], on: date) -> Any:
    """Of each person the first day of what runs of these on a day, of rows merged into the person as well: an expression."""
    rows = Status.objects.filter(running(on), kind__in=list(kinds)).order_by()

    def first(**whose: Any) -> Subquery:
        found = rows.filter(**whose).annotate(one=Value(1)).values("one").annotate(first=Min("since")).values("first")
        return Subquery(found, output_field=DateField())

    return Least(first(person=OuterRef("pk")), first(person__merged_into=OuterRef("pk")))


def vulnerable(on: date) -> QuerySet[Person]:
    """People with a status of the register on this day; ``need`` is the code of the type, ``cause`` that of the cause."""
    needs = [When(**{"kind": kind} | ({"grade": grade} if grade else {}), then=Value(code)) for kind, grade, code in NEED_OF]
    causes = [When(kind=kind, then=Value(code)) for kind, code in CAUSE_OF.items()]
    return living(on).filter(pk__in=people_with_any_status(VULNERABLE, on)).annotate(
        need=_first(needs, OTHER_NEED, on), cause=_first(causes, NO_CAUSE, on)
    )


def _first(cases: list[When], none: int, on: date) -> Least:
    """The lowest code among a person's statuses: own ones and those of rows that were merged into the person."""
    code = Min(Case(*cases, default=Value(none)))

    def lowest(**whose: Any) -> Coalesce:
        rows = Status.objects.filter(running(on), **whose).order_by().annotate(one=Value(1)).values("one")
        return Coalesce(Subquery(rows.annotate(code=code).values("code"), output_field=IntegerField()), Value(none))

    return Least(lowest(person=OuterRef("pk")), lowest(person__merged_into=OuterRef("pk")))


def vulnerable_list(
    *, on: date, need: str = "", cause: str = "", group: str = "", **words: Any
) -> QuerySet[Person]:
    """The register by community and name, narrowed by what is given (see ``people_list``); codes come as text."""
    found = vulnerable(on).order_by("area", "sort_key", "id")
    wanted = Q()
    if need:
        wanted &= Q(need=int(need))
    if cause:
        wanted &= Q(cause=int(cause))
    if group:
        wanted &= Q(pk__in=people_with_status(group, on).order_by().values("pk"))
    return narrowed(found.filter(wanted), on, **words)
