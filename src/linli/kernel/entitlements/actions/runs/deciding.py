"""The statements by which a confirmed run decides: what a new standard raises, and what an occasion gives."""

from __future__ import annotations

RAISE_DECISIONS = """
    with raised as (
        select l.entitlement_id, l.monthly, l.reasons, e.area,
               (select coalesce(sum(a.amount), 0) from entitlements_amount a
                 where a.entitlement_id = l.entitlement_id and not a.void and a.component = any (%(components)s)
                   and a.since <= %(month)s and (a.until is null or a.until > %(month)s)) as before
          from entitlements_runline l join entitlements_entitlement e on e.id = l.entitlement_id
         where l.run_id = %(run)s and {which}),
    made as (
        insert into entitlements_decision (entitlement_id, deed, since, ground, words, reasons, articles, outcome, paper, before,
                                           after, decided_on, decided_by_id, area)
        select r.entitlement_id, %(deed)s, %(month)s, %(ground)s, %(words)s,
               array(select b.code from unnest(%(bits)s::bigint[], %(codes)s::text[]) as b(bit, code)
                      where r.reasons & b.bit <> 0),
               array(select distinct b.article from unnest(%(bits)s::bigint[], %(articles)s::text[]) as b(bit, article)
                      where r.reasons & b.bit <> 0 and b.article <> ''),
               null, %(paper)s, r.before, {after}, %(on)s, %(by)s, r.area
          from raised r returning id, entitlement_id)
    insert into run_decided select entitlement_id, id from made
"""
DECIDED = """
    create temporary table if not exists run_decided (entitlement bigint, decision bigint) on commit delete rows;
    truncate run_decided
"""
CLOSE_AMOUNTS = """
    update entitlements_amount a
       set ended_by_id = d.decision, void = a.since >= %(month)s,
           until = case when a.since < %(month)s then %(month)s else a.until end
      from run_decided d
     where a.entitlement_id = d.entitlement and not a.void and a.component = any (%(components)s)
       and (a.until is null or a.until > %(month)s)
"""
NEW_AMOUNTS = """
    insert into entitlements_amount (entitlement_id, component, amount, since, until, decision_id, void, area)
    select i.entitlement_id, i.component, i.amount, %(month)s, coalesce(%(until)s::date, e.until), d.decision, false, e.area
      from entitlements_runitem i join run_decided d on d.entitlement = i.entitlement_id
      join entitlements_entitlement e on e.id = i.entitlement_id
     where i.run_id = %(run)s and i.for_month = %(month)s and i.kind = 'regular'
"""
COUNTED = """
    update entitlements_entitlement e set decisions = decisions + 1 from run_decided d where e.id = d.entitlement
"""
