"""What was decided for a month, what was paid of it, and what is owed or was paid too much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from linli.kernel.entitlements.models import Amount, Entitlement, Issue
from linli.kernel.entitlements.queries.declared import component_zh
from linli.kernel.ledgers.models import PaymentOrder, Recovery
from linli.kernel.ledgers.queries import recoveries
from linli.kernel.ledgers.queries.orders import with_state
from linli.kernel.ledgers.rules import OrderState


def in_month(month: date) -> Q:
    """Rows that say something about this month."""
    return Q(since__lte=month, void=False) & (Q(until=None) | Q(until__gt=month))


def amounts_in(entitlement: Entitlement, month: date) -> dict[str, int]:
    """Fen by component as decided for a month, held back or not."""
    rows = Amount.objects.filter(in_month(month), entitlement=entitlement).order_by("component")
    return dict(rows.values_list("component", "amount"))


def counting_issues() -> QuerySet[Issue]:
    """Issues of the present scope that count as paid: not cancelled, and not taken back as a whole."""
    gone = PaymentOrder.objects.filter(pk=OuterRef("order"), cancelled_on__isnull=False)
    back = Recovery.objects.filter(order=OuterRef("order"), partly=False)
    return Issue.objects.exclude(Exists(gone)).exclude(Exists(back))


@dataclass(frozen=True, slots=True)
class MonthSum:
    """One component in one month: decided, paid (ordered and not taken back), and what is open (below zero: too much)."""

    month: date
    component: str
    zh: str
    decided: int
    paid: int

    @property
    def open(self) -> int:
        return self.decided - self.paid


SUMS = """
    with months as (select generate_series(%s::date, %s::date, interval '1 month')::date as month),
         parts as (select distinct component from entitlements_amount where entitlement_id = %s
                   union select distinct component from entitlements_issue where entitlement_id = %s)
    select m.month, p.component, entitlements_decided(%s, p.component, m.month),
           coalesce((select sum(i.amount) from entitlements_issue i
                      where i.entitlement_id = %s and i.component = p.component and i.for_month = m.month
                        and entitlements_counts(i.order_id)), 0)
      from months m cross join parts p order by m.month, p.component
"""


def month_sums(entitlement: Entitlement, last: date) -> list[MonthSum]:
    """Every month of an entitlement from the first that is paid here up to ``last``, by component; empty months left out."""
    key = entitlement.pk
    with connection.cursor() as cursor:
        cursor.execute(SUMS, [entitlement.paid_from, last, key, key, key, key])
        rows = [
            MonthSum(month, component, component_zh(entitlement.programme, component), int(decided), int(paid))
            for month, component, decided, paid in cursor.fetchall()
        ]
    return [row for row in rows if row.decided or row.paid]


TOO_MUCH = """
    with ended as (select id, paid_from, greatest(until, %(month)s::date) as last
                     from entitlements_entitlement where id = any(%(ids)s)),
         parts as (select entitlement_id as id, component from entitlements_amount where entitlement_id = any(%(ids)s)
                   union select entitlement_id, component from entitlements_issue where entitlement_id = any(%(ids)s)),
         paid as (select i.entitlement_id as id, i.component, i.for_month as month, sum(i.amount) as fen
                    from entitlements_issue i where i.entitlement_id = any(%(ids)s) and entitlements_counts(i.order_id)
                   group by i.entitlement_id, i.component, i.for_month)
    select ended.id, sum(paid.fen - entitlements_decided(ended.id, parts.component, paid.month))
      from ended join parts on parts.id = ended.id
      join paid on paid.id = ended.id and paid.component = parts.component and paid.month between ended.paid_from and ended.last
     where paid.fen > entitlements_decided(ended.id, parts.component, paid.month)
     group by ended.id
"""


def overpaid_in(entitlement_ids: list[int], month: date) -> dict[int, int]:
    """Fen that were paid too much until this month, by entitlement, for many at once; those with nothing are left out."""
    with connection.cursor() as cursor:
        cursor.execute(TOO_MUCH, {"ids": entitlement_ids, "month": month})
        return {key: int(fen) for key, fen in cursor.fetchall()}


def months_overpaid(entitlement: Entitlement, last: date) -> dict[tuple[str, date], int]:
    """Fen that were paid too much, by component and month, up to the later of ``last`` and the month of the end."""
    until = max(last, entitlement.until or last)
    return {(one.component, one.month): -one.open for one in month_sums(entitlement, until) if one.open < 0}


def debt_of(entitlement: Entitlement) -> Recovery | None:
    """The newest debt out of an entitlement, with what is still ``owed`` of it."""
    orders = Issue.objects.filter(entitlement=entitlement, order__isnull=False).values("order")
    own = Recovery.objects.filter(order__in=orders).order_by("-id").first()
    return recoveries().filter(pk=own.head_id or own.pk).first() if own else None


def months_shown(entitlement: Entitlement, last: date, most: int = 24) -> list[tuple[date, list[MonthSum], int]]:
    """The last months, newest first: each with its components and what is open of it."""
    months: dict[date, list[MonthSum]] = {}
    for one in month_sums(entitlement, last):
        months.setdefault(one.month, []).append(one)
    newest = sorted(months.items(), reverse=True)[:most]
    return [(month, parts, sum(part.open for part in parts)) for month, parts in newest]


def issues_of(entitlement: Entitlement) -> list[Issue]:
    """What was ordered, newest first, each with the state of its payment order as ``said``."""
    rows = list(Issue.objects.filter(entitlement=entitlement).order_by("-id")[:200])
    states = {order.pk: order for order in with_state(PaymentOrder.objects.filter(pk__in={row.order_id for row in rows}))}
    for row in rows:
        order = states.get(row.order_id)
        row.zh = component_zh(row.programme, row.component)  # type: ignore[attr-defined]
        row.said = OrderState(order.state).zh if order else "已抵扣"  # type: ignore[attr-defined]
    return rows


def paid_total(entitlement: Entitlement) -> int:
    """Everything that was paid of an entitlement, in fen."""
    return counting_issues().filter(entitlement=entitlement).aggregate(total=Sum("amount"))["total"] or 0


