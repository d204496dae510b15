"""A standard that holds from a month already paid: what everybody should have had is decided; the next run pays what lacks."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from django.db import connection

from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor
from linli.kernel.entitlements.actions.runs import deciding
from linli.kernel.entitlements.queries.columns import read_columns, write_columns
from linli.kernel.entitlements.queries.declared import articles_of, calculator_of, programme_named
from linli.kernel.entitlements.queries.runs import last_month_confirmed
from linli.kernel.entitlements.rules import Array, Asked, Deed, Ground, Programme, month_of, months_from

WORDS = "按新标准补算以前月份"
TABLES = """
    create temporary table if not exists back_judged (entitlement bigint, before bigint, total bigint, reasons bigint)
        on commit delete rows;
    create temporary table if not exists back_amount (entitlement bigint, part bigint, amount bigint) on commit delete rows;
    delete from back_judged; delete from back_amount
"""
STOOD = """
    select a.id, coalesce(a.household_id, 0), a.person_id, s.decided, s.later::integer::bigint
      from entitlements_entitlement a
      join (select entitlement_id,
                   coalesce(sum(amount) filter (where since <= %(month)s and (until is null or until > %(month)s)), 0)::bigint
                       as decided, bool_or(since > %(month)s) as later
              from entitlements_amount where not void and component = any (%(components)s) group by 1) s
        on s.entitlement_id = a.id
     where a.programme = %(programme)s and a.since <= %(month)s and (a.until is null or a.until > %(month)s)
       and a.paid_from <= %(month)s and (a.suspended is null or a.suspended > %(month)s) order by a.id
"""
"""Who had it in the month, what was decided for it, and whether something else was decided for later months."""
DECIDE = """
    with made as (
        insert into entitlements_decision (entitlement_id, deed, since, ground, words, reasons, articles, outcome, paper, before,
                                           after, decided_on, decided_by_id, area)
        select j.entitlement, %(deed)s, %(month)s, %(ground)s, %(words)s,
               array(select b.code from unnest(%(bits)s::bigint[], %(codes)s::text[]) as b(bit, code)
                      where j.reasons & b.bit <> 0),
               array(select distinct b.article from unnest(%(bits)s::bigint[], %(articles)s::text[]) as b(bit, article)
                      where j.reasons & b.bit <> 0 and b.article <> ''),
               null, '', j.before, j.total, %(on)s, %(by)s, e.area
          from back_judged j join entitlements_entitlement e on e.id = j.entitlement returning id, entitlement_id)
    insert into run_decided select entitlement_id, id from made
"""
AMOUNTS = """
    insert into entitlements_amount (entitlement_id, component, amount, since, until, decision_id, void, area)
    select r.entitlement, c.component, r.amount, %(month)s, e.until, d.decision, false, e.area
      from back_amount r join unnest(%(components)s::text[]) with ordinality as c(component, part) on c.part = r.part
      join run_decided d on d.entitlement = r.entitlement join entitlements_entitlement e on e.id = r.entitlement
"""
ARREARS = """
    insert into entitlements_arrear (entitlement_id, since, area) select entitlement, %(month)s, '' from run_decided
        on conflict (entitlement_id) do update set since = least(entitlements_arrear.since, excluded.since)
"""


@action("entitlements.make_up")
def make_up(*, by: Actor, on: date, programme: str, since: date) -> tuple[int, int]:
    """Decide anew, from ``since`` on, for whom the law of a month already confirmed gives more: the next run pays it as 补发.

    Gives how many are raised, and how many are left to be looked at one by one: for later months something else was decided,
    so that the facts of the month are no longer known, or there are no facts to compute from. Nobody gets less. Done again it
    finds nothing.
    """
    declared, last = programme_named(programme), last_month_confirmed(programme)
    raised, left = np.zeros(0, "i8"), np.zeros(0, "i8")
    if declared.calculator and last is not None:
        for month in months_from(month_of(since), last):
            more, open_ = _make_up(by, on, declared, month)
            raised, left = np.union1d(raised, more), np.union1d(left, open_)
    about("entitlements.programme", programme, area=by.area, raised=len(raised), left=len(left), since=since.isoformat())
    return len(raised), len(left)


def _make_up(by: Actor, on: date, programme: Programme, month: date) -> tuple[Array, Array]:
    components = [one.key for one in programme.regular]
    values: dict[str, Any] = {"programme": programme.key, "month": month, "components": components}
    with connection.cursor() as cursor:
        rows = read_columns(cursor, STOOD, ("entitlements", "households", "persons", "decided", "later"), values)
        asked = Asked(programme.key, month, rows["entitlements"], rows["households"], rows["persons"])
        if not len(asked):
            return asked.entitlements, asked.entitlements
        answer = calculator_of(programme)(asked)
        if fault := answer.fault(asked, frozenset(components)):
            raise ValueError(fault)
        nothing: Array = np.zeros(len(asked), "i8")
        parts = [answer.amounts.get(component, nothing) for component in components]
        total: Array = np.sum(parts, axis=0, dtype="i8")
        known = np.ones(len(asked), bool) if answer.known is None else answer.known.astype(bool)
        more = known & (total > rows["decided"])
        now = more & (rows["later"] == 0)
        if now.any():
            judged = {"entitlement": asked.entitlements, "before": rows["decided"], "total": total, "reasons": answer.reasons}
            _decide(cursor, by, on, programme, values, {name: column[now] for name, column in judged.items()}, parts, now)
    return asked.entitlements[now], asked.entitlements[~known | (more & ~now)]


def _decide(
    cursor: Any, by: Actor, on: date, programme: Programme, values: dict[str, Any], judged: dict[str, Array],
    parts: list[Array], now: Array,
) -> None:  # fmt: skip
    cursor.execute(TABLES)
    cursor.execute(deciding.DECIDED)
    write_columns(cursor, "back_judged", judged)
    for part, amounts in enumerate(parts, 1):
        paid = amounts[now] > 0
        rows = {"entitlement": judged["entitlement"][paid], "part": np.full(int(paid.sum()), part), "amount": amounts[now][paid]}
        write_columns(cursor, "back_amount", rows)
    cursor.execute("analyze back_judged, back_amount")
    words = values | {
        "deed": Deed.RAISE.value, "ground": Ground.STANDARD.value, "words": WORDS, "on": on, "by": by.staff_id,
        "bits": [1 << place for place in range(len(programme.reasons))], "codes": [one.code for one in programme.reasons],
        "articles": articles_of(programme, values["month"], by.area),
    }  # fmt: skip
    for statement in (DECIDE, deciding.CLOSE_AMOUNTS, AMOUNTS, deciding.COUNTED, ARREARS):
        cursor.execute(statement, words)
