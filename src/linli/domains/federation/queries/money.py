"""The charity's own money by organisation, from the lines of the books: what came in, was granted, was paid, and lies there.

What one level hands to another (拨付) is neither income nor aid of the whole: it stands apart, so that nothing counts twice.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from linli.domains.federation.rules import BETWEEN, COMING, Money
from linli.kernel.ledgers.queries import money_lines
from linli.kernel.ledgers.rules import GIVEN, AccountKind

BOOK = "posting__book"
CASH, SPEND, SOURCE = AccountKind.CASH, AccountKind.SPEND, AccountKind.SOURCE
PARTS = {
    "received": Q(account__kind=SOURCE.value) & ~Q(what=BETWEEN),
    "moved": Q(account__kind=CASH.value, what=BETWEEN),
    "granted": Q(account__kind=SPEND.value) & ~Q(what=BETWEEN),
    "paid": Q(account__kind=CASH.value) & ~Q(what__in=(BETWEEN, COMING)),
    "balance": Q(account__kind=CASH.value),
}
"""The lines that each part of :class:`Money` sums. received + moved - paid is what cash rises by: no line of cash is left out."""
CREDITS = frozenset({"received", "paid"})


def _charity_lines(since: date | None, until: date | None) -> QuerySet[Any]:
    return money_lines(CASH, SPEND, SOURCE, since=since, until=until).filter(fund__kind__in=GIVEN)


def money_rows(part: str, *, since: date | None = None, until: date | None = None) -> QuerySet[Any]:
    """The lines that a part of :class:`Money` sums, each with ``fen``: what it adds."""
    lines = _charity_lines(since, until).filter(PARTS[part])
    rows: QuerySet[Any] = lines.annotate(fen=-F("amount") if part in CREDITS else F("amount"))
    return rows


def _sums(within: Q | None = None) -> dict[str, Any]:
    """Each part as a sum over lines; all but the balance only of those within these days."""
    found = {}
    for part, lines in PARTS.items():
        kept = lines if within is None or part == "balance" else lines & within
        total = Coalesce(Sum("amount", filter=kept), 0)
        found[part] = -total if part in CREDITS else total
    return found


def money_of(first: date, last: date, book: str = "") -> dict[str, Money]:
    """The money of each organisation (by the code of its books), or of one, from ``first`` to ``last``, in one query."""
    lines = _charity_lines(None, last).order_by()
    lines = lines.filter(**{BOOK: book}) if book else lines
    rows = lines.values(BOOK).annotate(**_sums(Q(posting__day__gte=first)))
    return {row.pop(BOOK): Money(**row) for row in rows}


def postings_of(book: str, first: date, last: date) -> QuerySet[Any]:
    """The vouchers of an organisation in these days, newest first, each with what it adds to each part of its money."""
    lines = _charity_lines(first, last).filter(**{BOOK: book}).order_by()
    rows: QuerySet[Any] = lines.values("posting_id", "posting__day", "posting__memo").annotate(**_sums())
    return rows.order_by("-posting__day", "-posting_id")
