"""By which day the money of a month is to be with its families, and what of it is late.

A month counts as paid when the bank has answered for its batch, not when it was computed: until then it has a last day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils.module_loading import import_string

from linli.base.days import SHANGHAI
from linli.kernel.access.rules import Actor
from linli.kernel.entitlements.models import Entitlement, Issue, Run
from linli.kernel.entitlements.queries.declared import programmes
from linli.kernel.entitlements.queries.panels import run_zh
from linli.kernel.entitlements.rules import Programme, RunState, month_after, month_of
from linli.kernel.ledgers.models import BatchLine
from linli.kernel.ledgers.queries import sent_back_orders
from linli.kernel.ledgers.rules import BatchState, LineResult, last_day
from linli.kernel.ui.queries import lines_of
from linli.kernel.ui.rules import Watched

OF_RUN = "entitlements.run:"
NOT_BEGUN = (RunState.DISCARDED.value, RunState.FAILED.value)
UNDER_WAY = (RunState.READY.value, RunState.CONFIRMED.value, RunState.ORDERING.value)
UNPAID = (BatchState.MADE.value, BatchState.CHECKED.value, BatchState.LOCKED.value, BatchState.SENT.value)
LOOK_BACK = timedelta(days=200)
"""House rule: a batch that nobody closed for longer is a matter of the books and not of this month's families."""


@dataclass(frozen=True)
class Unpaid:
    """A programme for which a month is not begun: from ``month`` on nobody is paid, the last day of that month's money."""

    programme: Programme
    month: date
    due: date


def pay_by(programme: str, month: date, area: str) -> date:
    """The last day on which a month's money should arrive: the day that the programme names, else the month's last."""
    known = programmes().get(programme)
    day: int | None = import_string(known.payday)(month, area) if known and known.payday else None
    last = last_day(month)
    return last.replace(day=min(day, last.day)) if day else last


def unpaid_months(on: date, area: str) -> list[Unpaid]:
    """Programmes with somebody entitled this month for whom no run was begun; from the first month that none pays.

    A run pays what earlier months left open, so one month is enough to do. Who never had a run begins with this month.
    """
    month = month_of(on)
    begun = Run.objects.filter(component="").exclude(state__in=NOT_BEGUN).order_by().values_list("programme")
    last = dict(begun.annotate(last=Max("month")))
    found = []
    for key, one in programmes().items():
        first = month_after(last[key]) if key in last else month
        if first <= month and _anybody(key, month):
            found.append(Unpaid(one, first, pay_by(key, first, area)))
    return found


def _anybody(programme: str, month: date) -> bool:
    standing = Entitlement.objects.filter(Q(until=None) | Q(until__gt=month), programme=programme, since__lte=month)
    return standing.exists()


def batch_days(batches: Collection[int]) -> dict[int, date]:
    """The last day of the money in each of these batches that pays a month."""
    found = Run.objects.filter(batch__in=batches, component="")
    return {run.batch_id: pay_by(run.programme, run.month, run.area) for run in found if run.batch_id is not None}


def order_days(sources: Mapping[int, str]) -> dict[int, date]:
    """The last day of the money of each order that pays a month (by id and source), also after the bank has sent it back.

    Asked of the issues and not of the run, which a community does not see.
    """
    named = {order: tuple(map(int, source.split(":")[1:3])) for order, source in sources.items() if source.startswith(OF_RUN)}
    pairs = list(zip(*named.values(), strict=True)) or [(), ()]
    issued = Issue.objects.filter(run__in=pairs[0], entitlement__in=pairs[1]).order_by()
    rows = issued.values_list("run", "entitlement", "programme", "component", "month", "area").distinct()
    days = {row[:2]: pay_by(row[2], row[4], row[5]) for row in rows if not _occasional(*row[2:4])}
    return {order: days[pair] for order, pair in named.items() if pair in days}


def _occasional(programme: str, component: str) -> bool:
    known = programmes().get(programme)
    return known is not None and any(one.occasional for one in known.components if one.key == component)


def watched(actor: Actor, at: datetime, digits: int) -> list[Watched]:
    """Months whose money is not with its families, by programme; each opens where it is to be gone on with."""
    on = at.astimezone(SHANGHAI).date()
    lines: list[Watched] = []
    for kind, area, due, href in (*_not_begun(actor, on), *_on_the_way(actor, on), *_sent_back(actor, on)):
        lines += lines_of(f"按月发放·{kind}", [(area, due, 1)], on, digits, lambda _, to=href: to)  # type: ignore[misc]
    return lines


def _not_begun(actor: Actor, on: date) -> Iterator[tuple[str, str, date, str]]:
    href = reverse("entitlements:runs") if actor.may("entitlements.runs") else ""
    for one in unpaid_months(on, actor.area):
        yield f"{one.programme.zh} {one.month:%Y-%m} 没有发放", actor.area, one.due, href


def _on_the_way(actor: Actor, on: date) -> Iterator[tuple[str, str, date, str]]:
    unanswered = BatchLine.objects.filter(batch=OuterRef("batch"), result=LineResult.OPEN.value)
    waiting = Q(state__in=UNDER_WAY, count__gt=0) | Q(state=RunState.ORDERED.value, batch__state__in=UNPAID) & Exists(unanswered)
    opens = actor.may("entitlements.runs")
    for run in Run.objects.filter(waiting, component="", month__gte=on - LOOK_BACK).order_by("id"):
        href = reverse("entitlements:run", args=[run.pk]) if opens else ""
        yield f"{run_zh(run)} {run.month:%Y-%m} 没有到账", run.area, pay_by(run.programme, run.month, run.area), href


def _sent_back(actor: Actor, on: date) -> Iterator[tuple[str, str, date, str]]:
    """What the bank sent back and nobody has paid again: the family has nothing, whatever the books say of the batch."""
    href = f"{reverse('ledgers:orders')}?sent_back=yes" if actor.may("ledgers.see") else ""
    back = {one.pk: one for one in sent_back_orders().filter(made_on__gte=on - LOOK_BACK).only("pk", "area", "source")}
    for order, due in sorted(order_days({key: one.source for key, one in back.items()}).items()):
        yield "退回的钱没有补发到账", back[order].area, due, href
