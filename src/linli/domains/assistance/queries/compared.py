"""What the comparisons share: the law of the day and place, who is helped, who stands in an application."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import CharField, F, Min, QuerySet, Value
from django.db.models.functions import Cast, Concat

from linli.base.dated import NoValue
from linli.base.dated import Value as Dated
from linli.domains.assistance.models import Member
from linli.domains.assistance.models.applications import BOUND
from linli.domains.assistance.queries.law import law_now
from linli.domains.assistance.rules.searches import HELD
from linli.kernel.access.queries import current_scope
from linli.kernel.findings.rules import Rows
from linli.kernel.registry.queries import recognised

COLUMNS = ("whose", "fact", "detail")


def value(key: str, on: date) -> Dated | None:
    """The value of the law for the present scope's place; None where there is none."""
    scope = current_scope()
    try:
        return law_now().on(key, on, scope.lo if scope else "")
    except NoValue:
        return None


def rows(found: QuerySet[Any], *cited: Dated) -> Rows:
    """People, facts and details, with the documents and articles behind the comparison."""
    return Rows(found.values_list(*COLUMNS), "；".join(dict.fromkeys(one.source for one in cited)))


def helped(on: date) -> QuerySet[Any, Any]:
    """The ids of people who are helped month by month, as the registry recognises them."""
    return recognised(HELD, on).values("whose")


def applying() -> QuerySet[Any, Any]:
    """The ids of people who stand in an application that is open, or who count in one that helps."""
    return Member.objects.filter(**BOUND).values("person_id")


def unhelped(found: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Those of them who are not helped and not in an application."""
    left: QuerySet[Any] = found.exclude(whose__in=helped(on)).exclude(whose__in=applying())
    return left


def key(*parts: Any) -> Concat:
    """A key of a fact from words and columns."""
    return joined(*(one for part in parts for one in (part, ":")))


def joined(*parts: Any) -> Concat:
    """One text of words and columns."""
    return Concat(*(_text(part) for part in (*parts, "")), output_field=CharField())


def _text(part: Any) -> Any:
    return Cast(Value(part), CharField()) if isinstance(part, str) else Cast(part, CharField())


def one_each(found: QuerySet[Any], words: str, detail: str) -> QuerySet[Any]:
    """Each person once, however many of the statuses run: the fact is the earliest row."""
    grouped = found.values("whose").annotate(row=Min("id"))
    told: QuerySet[Any] = grouped.annotate(fact=key(words, F("row")), detail=joined(detail))
    return told
