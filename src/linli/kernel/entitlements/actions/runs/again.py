"""A run is computed again for what changed since: each line and item that is another one is replaced, and no other is touched.

Where many changed, they are read and judged on the connections of a large run, all on one state of the facts; these only read.
What they propose to change comes back as columns, and is written by the one transaction of the act.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from queue import SimpleQueue
from typing import Any

from django.conf import settings
from django.db import connection

from linli.kernel.access.actions import about, action, scoped, together
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.entitlements.actions.runs import statements as sql
from linli.kernel.entitlements.actions.runs.computing import CHANGED, compute
from linli.kernel.entitlements.actions.runs.drafting import held, last_decision, values_of
from linli.kernel.entitlements.models import Run
from linli.kernel.entitlements.rules import RunState

FEW = 2_000
"""So many changed entitlements are worth a connection: to open it, and to learn the tables, takes as long as some 600 of them."""
SHARES = 2
"""Shares of each connection."""
CHANGES = """
    select entitlement_id from entitlements_decision where id > %(mark)s
    union select entitlement_id from entitlements_runline where run_id = %(run)s and faults <> '{}' order by 1
"""
ITEM = "entitlement_id, component, for_month, kind, amount, number, area"
TABLES = f"""
    create temporary table if not exists run_only (like entitlements_entitlement) on commit delete rows;
    create temporary table if not exists run_item (
        run_id bigint, entitlement_id bigint, component varchar(40), for_month date, kind varchar(8), amount bigint,
        number smallint, area varchar(12)) on commit delete rows;
    create temporary table if not exists run_new_line on commit delete rows as
        select null::tid as stood, {sql.LINE} from entitlements_runline with no data;
    create temporary table if not exists run_new_item on commit delete rows as
        select null::tid as stood, {ITEM} from entitlements_runitem with no data;
    delete from run_only; delete from run_item; delete from run_new_line; delete from run_new_item; set local jit = off;
    set local default_statistics_target = 10
"""
ONLY = """
    insert into run_only
    select * from entitlements_entitlement where id = any (%(ids)s::bigint[]) and programme = %(programme)s order by id
"""
"""The ids are written out: by a subquery, and by a join, the planner takes the index of areas and walks it for each."""
STOOD = """
    select found.* from run_only cross join lateral (
           select ctid, * from {table} x where x.run_id = %(run)s and x.entitlement_id = run_only.id offset 0) found
"""


def _of(alias: str, names: str) -> str:
    return ", ".join(f"{alias}.{name}" for name in names.split(", "))


NEW_LINES = f"""
    select s.ctid, {_of("m", sql.LINE)}
      from ({sql.PROPOSED}) m full join ({STOOD.format(table="entitlements_runline")}) s on s.entitlement_id = m.entitlement_id
     where ({_of("m", sql.LINE)}) is distinct from ({_of("s", sql.LINE)})
"""
NEW_ITEMS = f"""
    select s.ctid, {_of("m", ITEM)}
      from run_item m full join ({STOOD.format(table="entitlements_runitem")}) s
        on (s.entitlement_id, s.component, s.for_month) = (m.entitlement_id, m.component, m.for_month)
     where ({_of("m", ITEM)}) is distinct from ({_of("s", ITEM)})
"""
GONE = "delete from {table} where ctid = any (array(select stood from {found} where stood is not null)) and run_id = %(run)s"
REPLACED = (
    GONE.format(table="entitlements_runitem", found="run_new_item"),
    f"""
    with gone as ({GONE.format(table="entitlements_runline", found="run_new_line")} returning amount, held)
    update entitlements_run r set count = r.count - t.count, amount = r.amount - t.amount, held = r.held - t.held,
           held_amount = r.held_amount - t.held_amount
      from (select {sql.SUMS} from gone) t where r.id = %(run)s
    """,
    f"""
    insert into entitlements_runitem (run_id, {ITEM})
    select %(run)s, {ITEM} from run_new_item where entitlement_id is not null order by entitlement_id
    """,
    f"""
    with made as (
    insert into entitlements_runline (run_id, ordered, {sql.LINE})
    select %(run)s, false, {sql.LINE} from run_new_line where entitlement_id is not null order by entitlement_id
    returning amount, held)
    update entitlements_run r set count = r.count + t.count, amount = r.amount + t.amount, held = r.held + t.held,
           held_amount = r.held_amount + t.held_amount
      from (select {sql.SUMS} from made) t where r.id = %(run)s
    """,
)


@action("entitlements.draft")
def redraft(*, by: Actor, on: date, run: Run) -> Run:
    """Compute again what changed since: entitlements with newer decisions, and lines against which something stood.

    :raises Refused: the run is confirmed, ordered or given up.
    """
    row = held(run.pk)
    if row.state != RunState.READY:
        raise Refused(f"这次发放{RunState(row.state).zh}，不能重新试算。")
    mark = last_decision()  # before anything is read: what is decided from now on is newer than the run
    values = values_of(row, on)
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, {"mark": row.mark, "run": row.pk})
        ids = [found[0] for found in cursor.fetchall()]
        for lines, items in _judged(by, row, values, ids, mark):
            cursor.execute(TABLES)
            for table, rows in (("run_new_line", lines), ("run_new_item", items)):
                with cursor.copy(f"copy {table} from stdin (format binary)") as copy:
                    copy.write(rows)
            for statement in REPLACED:
                cursor.execute(statement, values)
    Run.objects.filter(pk=row.pk).update(mark=mark, message="")
    row.refresh_from_db()
    about("entitlements.run", row.pk, area=row.area, count=row.count, amount=row.amount, held=row.held, again=True)
    return row


Found = tuple[bytes, bytes]
"""Lines and items that are to be replaced or are new, as COPY sends and takes them."""


def _judged(by: Actor, run: Run, values: dict[str, Any], ids: Sequence[int], mark: int) -> Iterator[Found]:
    """What is another one for these entitlements, on this connection or, where they are many, on several, share by share: the
    first are written while the others are judged."""
    width = min(settings.RUN_CONNECTIONS, len(ids) // FEW)
    if width < 2:
        yield _judge(run, values, ids)
        return
    found: SimpleQueue[Found | None] = SimpleQueue()
    acts = [partial(_judge_apart, by, run, values, share, mark, found) for share in _shares(ids, SHARES * width)]
    with ThreadPoolExecutor(1) as beside:
        work = beside.submit(together, acts, width=width, news=lambda over: None)
        work.add_done_callback(lambda _: found.put(None))
        while (one := found.get()) is not None:
            yield one
        work.result()


def _shares(ids: Sequence[int], number: int) -> Iterator[Sequence[int]]:
    """The ids in their order and in as many parts: neighbours lie on the same pages."""
    for place in range(number):
        yield ids[len(ids) * place // number : len(ids) * (place + 1) // number]


def _judge_apart(by: Actor, run: Run, values: dict[str, Any], ids: Sequence[int], mark: int, found: Any) -> None:
    """On a connection of its own, which sees what is committed."""
    with scoped(by):
        if last_decision() < mark:
            raise RuntimeError("a decision of the present transaction is computed again after its commit")
        found.put(_judge(run, values, ids))


def _judge(run: Run, values: dict[str, Any], ids: Sequence[int]) -> Found:
    """Reads alone: what these entitlements come to now, beside the lines and items that stand."""
    words = values | {"ids": list(ids)}
    with connection.cursor() as cursor:
        cursor.execute(sql.TABLES)
        cursor.execute(TABLES)
        cursor.execute(ONLY, words)
        cursor.execute("analyze run_only")
        compute(cursor, run, words, CHANGED, lambda step, done: None)
        lines, items = (_sent(cursor, query, words) for query in (NEW_LINES, NEW_ITEMS))
    return lines, items


def _sent(cursor: Any, query: str, values: dict[str, Any]) -> bytes:
    with cursor.copy(f"copy ({query}) to stdout (format binary)", values) as copy:
        return b"".join(copy)
