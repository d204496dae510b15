"""A run is confirmed by a second person, then ordered part by part; a part that was ordered is never ordered again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Max

from linli.kernel.access.actions import about, action, defer, scoped, telling
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.entitlements.actions.runs import deciding
from linli.kernel.entitlements.actions.runs.drafting import PROGRESS, held, values_of
from linli.kernel.entitlements.models import Issue, Run, RunItem, RunLine
from linli.kernel.entitlements.queries.declared import articles_of, programme_named
from linli.kernel.entitlements.queries.runs import Payers, decided_since, payers, run_of
from linli.kernel.entitlements.rules import Basis, Deed, Ground, Programme, RunState, month_after, share_out
from linli.kernel.ledgers.actions import make_batch, open_purpose, order_payments
from linli.kernel.ledgers.models import PaymentOrder
from linli.kernel.ledgers.rules import LARGE, Cost, OrderRow, wrong_totals

PART = 5_000
"""Entitlements that are ordered in one transaction: what a crash can lose, and the next worker orders again."""

HOLD_ARREARS = """
    select from entitlements_arrear a join entitlements_entitlement e on e.id = a.entitlement_id
     where e.programme = %(programme)s order by a.entitlement_id for update of a
"""
SETTLED = """
    delete from entitlements_arrear a using entitlements_entitlement e
     where e.id = a.entitlement_id and e.programme = %(programme)s
       and not exists (
           select from generate_series(greatest(a.since, e.paid_from), %(month)s::date, interval '1 month') as g(month)
            cross join (select distinct component from entitlements_amount where entitlement_id = e.id
                        union select distinct component from entitlements_issue where entitlement_id = e.id) c
            where entitlements_decided(e.id, c.component, g.month::date) <> coalesce(
                  (select sum(i.amount) from entitlements_issue i
                    where i.entitlement_id = e.id and i.component = c.component and i.for_month = g.month::date
                      and entitlements_counts(i.order_id)), 0))
"""
HELD = """
    insert into entitlements_arrear (entitlement_id, since, area)
    select entitlement_id, %(first)s, '' from entitlements_runline where run_id = %(run)s and held and amount > 0
        on conflict (entitlement_id) do update set since = least(entitlements_arrear.since, excluded.since)
"""


@action("entitlements.confirm")
def confirm_run(*, by: Actor, on: date, run: Run, count: int, amount: int) -> Run:
    """A second person confirms the run and states its totals. Rises by a new standard become decisions with it.

    :raises Refused: it is the maker; the totals are not the run's; it is not computed, or there are newer decisions; nobody
        is named who bears it.
    """
    row = held(run.pk)
    by.apart_from(row.made_by_id, said="月度发放须由另一人核定，不能核定本人试算的发放。")
    if row.state != RunState.READY:
        raise Stale(f"这次发放现在是“{RunState(row.state).zh}”，不能核定。请刷新后再看。")
    if (newer := decided_since(row)) > 0:
        raise Refused(f"试算之后，又有 {newer} 份待遇作了本月的决定。请经办人重新试算后再核定。")
    if (count, amount) != (row.count, row.amount):
        list_zh = f"{programme_named(row.programme).zh}{row.month:%Y年%-m月}发放名单"
        said, field = wrong_totals(list_zh, "份数", (count, amount), (row.count, row.amount))
        raise Refused(said, field=field)
    if not row.count:
        raise Refused("没有可以发放的待遇，无需核定。")
    _check_payers(row)
    if row.basis in (Basis.RECKONED, Basis.OCCASION):
        _decide_all(by, on, row)
    Run.objects.filter(pk=row.pk).update(state=RunState.CONFIRMED.value, confirmed_on=on, confirmed_by_id=by.own_hand)
    about("entitlements.run", row.pk, area=row.area, count=row.count, amount=row.amount, state=RunState.CONFIRMED.value)
    return run_of(row.pk)


@action("entitlements.order")
def order_run(*, by: Actor, on: date, run: Run, layout: str = "bar_utf8") -> Run:
    """Make the payment orders and the batch of a confirmed run: at once, or in the background where there are many.

    After a fault or a crash the same act goes on where it stood.

    :raises Refused: it is not confirmed, the checker asks, or a fund has too little.
    """
    row = held(run.pk)
    if row.state not in (RunState.CONFIRMED, RunState.ORDERING):
        raise Stale(f"这次发放现在是“{RunState(row.state).zh}”，不能开单。请刷新后再看。")
    by.apart_from(row.confirmed_by_id, said="开单须由核定人以外的人办理。")
    words = row.words | {"layout": layout}
    Run.objects.filter(pk=row.pk).update(state=RunState.ORDERING.value, words=words, message="")
    about("entitlements.run", row.pk, area=row.area, state=RunState.ORDERING.value)
    if row.count < LARGE:
        while order_part(by=by, on=on, run_id=row.pk):
            pass
        return finish_run(by=by, on=on, run_id=row.pk)
    defer("entitlements.work", by=by, on=on, lock=f"entitlements run {row.pk}", run_id=row.pk, step="order")
    return run_of(row.pk)


def order_all(*, by: Actor, on: date, run_id: int) -> None:
    """The work of the background: part after part, each a transaction of its own, then the batch."""
    with scoped(by):
        run = run_of(run_id)
    with telling(PROGRESS, run_id, run.area) as tell:
        done = 0
        while made := order_part(by=by, on=on, run_id=run_id):
            done += made
            tell("开付款单", min(done, run.count), run.count)
        tell("生成发放批次", run.count, run.count)
        finish_run(by=by, on=on, run_id=run_id)


@action("entitlements.order")
def order_part(*, by: Actor, on: date, run_id: int, size: int = PART) -> int:
    """Order the next lines of a run with their issues, all or none; how many. 0: nothing is left.

    :raises Refused: a fund has too little or may not bear it, or somebody else ordered the same month.
    """
    run = held(run_id)
    if run.state != RunState.ORDERING:
        return 0
    programme = programme_named(run.programme)
    lines = list(
        RunLine.objects.filter(run=run, ordered=False, held=False, amount__gt=0, entitlement__gt=_ordered_to(run))
        .select_related("payee", "entitlement").order_by("entitlement")[:size]
    )  # fmt: skip
    if not lines:
        return 0
    _open_purposes(by, on, programme)
    wanted = _orders(run, programme, payers(run.programme, run.month), lines)
    order_payments(by=by, on=on, rows=[one.row for one in wanted], cost=Cost.ACTIVITY)
    known = dict(PaymentOrder.objects.filter(source__in=[one.row.source for one in wanted]).values_list("source", "id"))
    _issue(on, run, {line.entitlement_id: line for line in lines}, [(known[one.row.source], one.items) for one in wanted])
    RunLine.objects.filter(pk__in=[line.pk for line in lines]).update(ordered=True)
    about("entitlements.run", run.pk, area=run.area, ordered=len(lines))
    return len(lines)


def _ordered_to(run: Run) -> int:
    """Lines are ordered as their entitlements come: the last one that was."""
    last: int | None = Issue.objects.filter(run=run).aggregate(last=Max("entitlement"))["last"]
    return last or 0


@action("entitlements.order")
def finish_run(*, by: Actor, on: date, run_id: int) -> Run:
    """All lines are ordered: make the batch, and keep what is still to be settled for the next run."""
    run = held(run_id)
    if run.state != RunState.ORDERING:
        return run
    orders = list(Issue.objects.filter(run=run, order__isnull=False).order_by("order").values_list("order", flat=True).distinct())
    programme = programme_named(run.programme)
    what = programme.component(run.component).zh if run.component else "月度发放"
    batch = make_batch(
        by=by, on=on, number=f"DF{run.month:%Y%m}-{run.pk:06d}", item=f"{programme.zh}{what}{run.month:%Y-%m}"[:60],
        orders=orders, layout=run.words.get("layout", "bar_utf8"),
    )  # fmt: skip
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"run": run.pk, "programme": run.programme, "month": run.month, "first": run.first}
        cursor.execute(HELD, values)
        cursor.execute(HOLD_ARREARS, values)  # who decides now writes theirs after this, or is seen by the next statement
        cursor.execute(SETTLED, values)
    Run.objects.filter(pk=run.pk).update(state=RunState.ORDERED.value, ordered_on=on, batch=batch, message="")
    about("entitlements.run", run.pk, area=run.area, state=RunState.ORDERED.value, batch=batch.pk)
    return run_of(run.pk)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One payment order with the items that it pays."""

    row: OrderRow
    items: Sequence[RunItem]


def _orders(run: Run, programme: Programme, bearing: Payers, lines: Iterable[RunLine]) -> list[Wanted]:
    by_line: dict[int, list[RunItem]] = {}
    items_of = RunItem.objects.filter(run=run, entitlement__in=[line.entitlement_id for line in lines])
    for item in items_of.order_by("for_month", "component"):
        by_line.setdefault(item.entitlement_id, []).append(item)
    shares: dict[tuple[int, int], tuple[tuple[int, int], ...]] = {}  # many payments are alike
    found = []
    for line in lines:
        groups: dict[tuple[str, int], list[RunItem]] = {}
        parts_of: dict[int, Any] = {}
        for item in by_line.get(line.entitlement_id, []):
            borne = bearing.of(item.component, line.area)
            if borne is None:
                raise Refused(f"{programme.zh}还没有设定由哪些资金分担，请先设定。")
            parts_of[borne[0]] = borne[1]
            groups.setdefault((programme.purpose_of(item.component), borne[0]), []).append(item)
        for (purpose, funding), items in groups.items():
            total = sum(item.amount for item in items)
            split = shares.setdefault((funding, total), share_out(total, parts_of[funding]) if total > 0 else ())
            found.append(Wanted(_row(run, programme, line, purpose, funding, total, split), items))
    return found


def _row(
    run: Run, programme: Programme, line: RunLine, purpose: str, funding: int, total: int, split: tuple[tuple[int, int], ...]
) -> OrderRow:
    return OrderRow(
        source=f"entitlements.run:{run.pk}:{line.entitlement_id}:{funding}:{purpose}"[:80], amount=total, purpose=purpose,
        shares=split, payee=line.payee.name, area=line.area, person=line.payee_id, household=line.entitlement.household_id,
        account=line.account, memo=f"{programme.zh}{run.month:%Y-%m}"[:100],
    )  # fmt: skip


def _issue(on: date, run: Run, lines: dict[int, RunLine], orders: Iterable[tuple[int, Sequence[RunItem]]]) -> None:
    rows = [
        Issue(
            entitlement_id=item.entitlement_id, component=item.component, for_month=item.for_month, number=item.number,
            kind=item.kind, amount=item.amount, programme=run.programme, month=run.month, run=run, order_id=order, issued_on=on,
            grade=line.grade, persons=line.persons, area=line.area,
        )
        for order, items in orders for item in items for line in [lines[item.entitlement_id]]
    ]  # fmt: skip
    try:
        with transaction.atomic():
            Issue.objects.bulk_create(rows, batch_size=2_000)
    except IntegrityError as fault:
        raise Refused("有的待遇本月已由另一次发放开单，没有重复开单。请作废本次发放后重新试算。") from fault
    except DatabaseError as fault:
        told = getattr(fault.__cause__, "diag", None)
        if told is None or told.sqlstate != "LE001":
            raise
        raise Refused("有的待遇在核定之后作了新的决定，开单会超过现在的核定金额。请作废本次发放后重新试算。") from fault


def _open_purposes(by: Actor, on: date, programme: Programme) -> None:
    names = {programme.purpose: programme.zh}
    names |= {one.purpose: f"{programme.zh}·{one.zh}" for one in programme.components if one.purpose}
    for key, name in names.items():
        open_purpose(by=by, on=on, key=key, name=name[:60])


def _check_payers(run: Run) -> None:
    programme, bearing = programme_named(run.programme), payers(run.programme, run.month)
    places = RunLine.objects.filter(run=run, held=False, amount__gt=0).order_by("area").values_list("area", flat=True).distinct()
    keys = [run.component] if run.component else [one.key for one in programme.regular]
    for area in places:
        if any(bearing.of(key, area) is None for key in keys):
            raise Refused(f"{programme.zh}还没有设定由哪些资金分担，请财务经办先设定。")


def _decide_all(by: Actor, on: date, run: Run) -> None:
    """What a run itself decides, for all its lines at once: a rise by the new standard, or a one-off sum."""
    programme, once = programme_named(run.programme), run.basis == Basis.OCCASION
    which = (
        "not 'again' = any (l.faults) and not exists (select from entitlements_amount a "
        "where a.entitlement_id = l.entitlement_id and a.component = any (%(components)s) and not a.void "
        "and a.since <= %(month)s and (a.until is null or a.until > %(month)s))"
        if once else "l.reckoned is not null and not 'hear' = any (l.faults)"
    )  # fmt: skip
    bits = [1 << place for place in range(len(programme.reasons))]
    values = values_of(run, on) | {
        "deed": (Deed.ONCE if once else Deed.RAISE).value, "ground": (Ground.ADDED if once else Ground.STANDARD).value,
        "words": "" if once else "按当月标准和已登记情况重新计算", "paper": run.words.get("paper", "")[:60], "by": by.staff_id,
        "bits": bits, "codes": [one.code for one in programme.reasons], "articles": articles_of(programme, run.month, run.area),
        "until": month_after(run.month) if once else None,
    }  # fmt: skip
    decide = deciding.RAISE_DECISIONS.replace("{which}", which).replace("{after}", "r.monthly")
    with connection.cursor() as cursor:
        cursor.execute(deciding.DECIDED)
        cursor.execute(decide, values)
        if not once:
            cursor.execute(deciding.CLOSE_AMOUNTS, values)
        cursor.execute(deciding.NEW_AMOUNTS, values)
        cursor.execute(deciding.COUNTED)
