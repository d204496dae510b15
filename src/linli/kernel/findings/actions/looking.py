"""Comparing the registers: one statement for each comparison, over all people of the actor's area."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor
from linli.kernel.findings.queries import searches
from linli.kernel.findings.rules import Looked, Rows, Search, Side, columns_of

LOOK = """
with told (person, fact, detail) as materialized ({found}),
found as materialized (
    select distinct on (told.person, told.fact)
        person.id, told.fact, left(told.detail, 300) as detail, person.area, home.household_id
    from told join registry_person person on person.id = told.person
        and (%(dead)s or person.died_on is null or person.died_on > %(on)s)
    left join lateral (
        select household_id from registry_membership
        where person_id = person.id and since <= %(on)s and (until is null or until > %(on)s) limit 1
    ) home on true
    order by told.person, told.fact
),
new as (
    insert into findings_finding (search, person_id, household_id, fact, detail, law, found_on, answer, note, area)
    select %(search)s, id, household_id, fact, detail, %(law)s, %(on)s, '', '', area from found
    on conflict (search, person_id, fact) do nothing returning 1
),
again as (
    update findings_finding row set gone_on = null, found_on = %(on)s from found
    where row.search = %(search)s and row.gone_on is not null and row.person_id = found.id and row.fact = found.fact returning 1
),
gone as (
    update findings_finding row set gone_on = %(on)s
    where row.search = %(search)s and row.answer = '' and row.gone_on is null
        and not exists (select from found where found.id = row.person_id and found.fact = row.fact) returning 1
)
select (select count(*) from new), (select count(*) from again), (select count(*) from gone)
"""
"""A fact that was answered comes no more; one that nobody answered goes when it is so no more, and comes again when it is."""
COLUMNS = "select * from unnest(%(people)s::bigint[], %(facts)s::text[], %(details)s::text[])"


@action("findings.look")
def look(*, by: Actor, on: date) -> dict[str, Looked]:
    """Compare the registers of the actor's area by every declared comparison; what each brought, by its key."""
    brought = {key: _look(search, on) for key, search in searches().items()}
    new = sum(one.new + one.again for one in brought.values())
    about("findings", by.area, area=by.area, new=new, gone=sum(one.gone for one in brought.values()))
    return brought


def _look(search: Search, on: date) -> Looked:
    rows: Rows = import_string(search.rows)(on)
    words: dict[str, Any] = {"search": search.key, "law": rows.law[:300], "on": on, "dead": search.side is Side.PAST}
    found = rows.found
    if isinstance(found, QuerySet):
        sql, values = found.order_by().query.get_compiler(connection=connection).as_sql()
        names = {f"value{number}": value for number, value in enumerate(values)}
        sql, words = sql % tuple(f"%({name})s" for name in names), words | names
    else:
        sql, columns = COLUMNS, columns_of(found)
        words |= dict(zip(("people", "facts", "details"), columns, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(LOOK.replace("{found}", sql), words)
        return Looked(*cursor.fetchone())
