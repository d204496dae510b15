"""The statements of a run: what is open, what is proposed, what stands against it. Each reads all entitlements at once.

``{from table.key name}`` (with ``where`` and more of the key), ``{join table.key = value name}``, ``{key = value}``,
``{key near span}``, ``{each}`` and ``{items}`` are read by :func:`whole`, :func:`part` and :func:`only`: over all entitlements;
over a range of them; or over those of run_only, and what belongs to each looked up by its key, when a run is computed again.
Their values: run, programme, month, first, previous (months as their first days), months, components, groups, on, listed (the
day of the list: who had died by then gets nothing of an occasion), share, known (the mark of the last regular run); for a
part lo, hi and part, too, and the first and last root and household that it is about.
"""

from __future__ import annotations

import re

FROM = re.compile(r"\{from (\w+)\.(\w+) (\w+)(?: where ([^}]*))?\}")
OWN_FROM = re.compile(r"\{from entitlements_entitlement\.id (\w+)\}")
OWN_JOIN = re.compile(r"\{join entitlements_entitlement\.id = (\S+) (\w+)\}")
JOIN = re.compile(r"\{join (\w+)\.(\w+) = (\S+) (\w+)\}")
KEY = re.compile(r"\{(\S+) = (\S+)\}")
NEAR = re.compile(r" and \{(\S+) near (\w+)\}")
RANGE = "(select * from {0} x where x.{1} >= (select %(lo)s::bigint) and x.{1} < (select %(hi)s::bigint))"


def whole(statement: str) -> str:
    """The statement over all entitlements."""
    joined = JOIN.sub(r"join \1 \4 on \4.\2 = \3", FROM.sub(r"from \1 \3", statement))
    return NEAR.sub("", KEY.sub(r"\1 = \2", joined)).replace("{each}", "").replace("{items}", "entitlements_runitem")


def part(statement: str) -> str:
    """The statement over the entitlements from %(lo)s to %(hi)s (exclusive); checks that look at others still see them all. The
    planner is not told the range's length: it would take the area for a few rows, and read those of all parts by month."""
    own = RANGE.format("entitlements_entitlement", "id")
    joined = OWN_JOIN.sub(lambda found: f"join {own} {found[2]} on {found[2]}.id = {found[1]}", statement)
    joined = NEAR.sub(r" and \1 between %(first_\2)s and %(last_\2)s", joined)
    return whole(FROM.sub(lambda found: f"from {RANGE.format(found[1], found[2])} {found[3]}", joined))


def only(statement: str) -> str:
    """The statement over the entitlements of run_only, whose items are only set aside. The planner takes a range of areas for few
    rows and would read a table wholly; "offset 0" lets it look up each row by itself. It would also take the index that keeps
    periods apart, which is five times as slow as that of the key and cannot serve an array."""
    looked_up = r"cross join lateral (select * from \1 x where x.\2 = any (array[\3]) offset 0) \4"
    own = OWN_JOIN.sub(r"join run_only \2 on \2.id = \1", OWN_FROM.sub(r"from run_only \1", statement))
    named = FROM.sub(_looked_up_from, own)
    looked = KEY.sub(r"\1 = any (array[\2])", JOIN.sub(looked_up, named))
    return NEAR.sub("", looked).replace("{each}", "offset 0").replace("{items}", "run_item")


def _looked_up_from(found: re.Match[str]) -> str:
    table, key, name, more = found.groups()
    where = f"x.{key} = run_only.id" + (f" and x.{more}" if more else "")
    return f"from run_only cross join lateral (select * from {table} x where {where} offset 0) {name}"


SET_ASIDE = (
    "run_open", "run_reckoned", "run_judged", "run_gone", "run_kept", "run_known", "run_due", "run_account", "run_fault",
)  # fmt: skip
TABLES = """
    create temporary table if not exists run_open (
        entitlement bigint, component text, for_month date, decided bigint, issued bigint, number integer) on commit delete rows;
    create temporary table if not exists run_reckoned (entitlement bigint, part bigint, amount bigint) on commit delete rows;
    create temporary table if not exists run_judged (
        entitlement bigint, total bigint, reasons bigint, raised bigint) on commit delete rows;
    create temporary table if not exists run_gone (id bigint) on commit delete rows;
    create temporary table if not exists run_kept (entitlement bigint, amount bigint) on commit delete rows;
    create temporary table if not exists run_known (person bigint, root bigint, died_on date) on commit delete rows;
    create temporary table if not exists run_due (
        entitlement bigint, payee bigint, root bigint, household bigint, died_on date, monthly bigint, before bigint,
        amount bigint, grade text, persons smallint, area text) on commit delete rows;
    create temporary table if not exists run_account (root bigint, account bigint) on commit delete rows;
    create temporary table if not exists run_fault (entitlement bigint, fault varchar(12)) on commit delete rows;
""" + "; ".join(f"delete from {table}" for table in SET_ASIDE)
"""Empty unless a run was computed before in this transaction: to truncate them all takes longer than to look."""
WHOLESALE = "set local enable_nestloop = off; set local jit = off; set local work_mem = '256MB'; " \
    "set local default_statistics_target = 10"
"""Many entitlements at once: the planner takes a range of areas for a few rows, and would look each one up by itself. Before
PostgreSQL 18 that looks dear enough to compile each statement. Of what was set aside it need know little more than the number."""

GONE = """
    insert into run_gone
    select id from ledgers_paymentorder where cancelled_on is not null union
    select order_id from ledgers_recovery where not partly
"""
OPEN = """
    insert into run_open
    select coalesce(d.entitlement_id, i.entitlement_id), coalesce(d.component, i.component), coalesce(d.month, i.for_month),
           coalesce(d.amount, 0), coalesce(i.issued, 0), coalesce(i.number, 0)
      from (select a.entitlement_id, a.component, m.month, a.amount
              {from entitlements_amount.entitlement_id a} {join entitlements_entitlement.id = a.entitlement_id e}
              join unnest(%(months)s::date[]) as m(month) on a.since <= m.month and (a.until is null or a.until > m.month)
             where not a.void and e.programme = %(programme)s and a.component = any (%(components)s) and m.month >= e.paid_from
               and not exists (select from entitlements_suspension s
                                where s.entitlement_id = a.entitlement_id and not s.void and s.since <= m.month
                                  and (s.until is null or s.until > m.month and not s.pay_back))) d
      full join (select a.entitlement_id, a.component, a.for_month, max(a.number) as number,
                        coalesce(sum(a.amount) filter (
                            where a.order_id is null or a.order_id not in (select id from run_gone)), 0) as issued
                   {from entitlements_issue.entitlement_id a where for_month = any (%(months)s)}
                  where a.programme = %(programme)s and a.for_month = any (%(months)s) and a.component = any (%(components)s)
                  group by a.entitlement_id, a.component, a.for_month) i
        on i.entitlement_id = d.entitlement_id and i.component = d.component and i.for_month = d.month
"""
OCCASION = """
    insert into run_open
    select a.id, %(component)s, %(month)s,
           coalesce((select m.amount from entitlements_amount m
                      where m.entitlement_id = a.id and m.component = %(component)s and not m.void and m.since <= %(month)s
                        and (m.until is null or m.until > %(month)s)),
                    %(each)s * case when %(per_person)s then greatest(a.persons - coalesce(g.dead, 0), 0)
                                    when g.dead >= a.persons then 0 else 1 end),
           coalesce(i.issued, 0), coalesce(i.number, 0)
      {from entitlements_entitlement.id a}
      left join (select c.entitlement_id, count(distinct k.root) as dead
                   from run_known k join entitlements_covered c on c.person_id = k.person
                  where k.died_on <= %(listed)s and c.lane = %(programme)s and not c.void and c.since <= %(month)s
                    and (c.until is null or c.until > %(month)s) group by c.entitlement_id) g on g.entitlement_id = a.id
      left join lateral (
           select max(i.number) as number,
                  sum(i.amount) filter (where i.order_id is null or i.order_id not in (select id from run_gone)) as issued
             from entitlements_issue i
            where i.entitlement_id = a.id and i.component = %(component)s and i.for_month = %(month)s) i on true
     where a.programme = %(programme)s and a.since <= %(month)s and (a.until is null or a.until > %(month)s)
       and not exists (select from entitlements_suspension s where s.entitlement_id = a.id and not s.void
                          and s.since <= %(month)s and (s.until is null or s.until > %(month)s))
"""
REOPENED = """
    insert into entitlements_arrear (entitlement_id, since, area)
    select i.entitlement_id, min(i.for_month), ''
      from entitlements_issue i join run_gone g on g.id = i.order_id
     where exists (select from run_gone) and i.programme = %(programme)s group by i.entitlement_id
        on conflict (entitlement_id) do update set since = least(entitlements_arrear.since, excluded.since)
"""
ARREARS = """
    insert into run_open
    select o.* from (
        select e.id, c.component, g.month::date, entitlements_decided(e.id, c.component, g.month::date) as decided,
               coalesce((select sum(i.amount) from entitlements_issue i
                          where i.entitlement_id = e.id and i.component = c.component and i.for_month = g.month::date
                            and entitlements_counts(i.order_id)), 0) as issued,
               coalesce((select max(i.number) from entitlements_issue i
                          where i.entitlement_id = e.id and i.component = c.component and i.for_month = g.month::date), 0)
          {from entitlements_arrear.entitlement_id a}
          {join entitlements_entitlement.id = a.entitlement_id e} and e.programme = %(programme)s
         cross join lateral generate_series(greatest(a.since, e.paid_from), %(first)s::date - 1, interval '1 month') as g(month)
         cross join unnest(%(components)s::text[]) as c(component)
         where a.since < %(first)s) o
     where o.decided <> o.issued
"""
STANDING = """
    select a.id, coalesce(a.household_id, 0), a.person_id {from entitlements_entitlement.id a}
     where a.programme = %(programme)s and a.since <= %(month)s and (a.until is null or a.until > %(month)s)
       and a.paid_from <= %(month)s and (a.suspended is null or a.suspended > %(month)s) order by a.id
"""
DECIDED_NOW = """
    select entitlement, sum(decided)::bigint, sum(issued)::bigint from run_open where for_month = %(month)s group by entitlement
"""
RAISED = """
    with former as (
        delete from run_open o using run_judged j
         where j.raised = 1 and o.entitlement = j.entitlement and o.for_month = %(month)s
        returning o.entitlement, o.component, o.number)
    insert into run_open
    select r.entitlement, c.component, %(month)s, r.amount, 0, coalesce(f.number, 0)
      from run_reckoned r join unnest(%(components)s::text[]) with ordinality as c(component, part) on c.part = r.part
      left join former f on f.entitlement = r.entitlement and f.component = c.component
"""
WHOLE = """
    insert into {items} (run_id, entitlement_id, component, for_month, kind, amount, number, area)
    select %(run)s, o.entitlement, o.component, o.for_month, case when o.for_month >= %(first)s then 'regular' else 'back' end,
           o.decided - o.issued, o.number + 1, d.area
      from run_open o join run_due d on d.entitlement = o.entitlement where o.decided > o.issued
     order by o.entitlement
"""
KEPT_BACK = """
    with opened as (
        select o.entitlement, o.component, o.for_month, o.number, o.decided - o.issued as open, g.name as part
          from run_open o join unnest(%(components)s::text[], %(groups)s::text[]) as g(component, name) using (component)
         where o.decided <> o.issued and o.entitlement in (select entitlement from run_open where decided < issued)),
    caps as (select entitlement, part, (sum(open) filter (where open > 0) * %(share)s)::bigint / 100 as cap
               from opened group by 1, 2),
    over as (select *, sum(-open) over (partition by entitlement, part order by for_month, component) as upto
               from opened where open < 0),
    kept as (
    insert into {items} (run_id, entitlement_id, component, for_month, kind, amount, number, area)
    select %(run)s, o.entitlement, o.component, o.for_month, 'offset', -least(-o.open, c.cap - (o.upto + o.open)), o.number + 1,
           e.area
      from over o join caps c using (entitlement, part) {join entitlements_entitlement.id = o.entitlement e}
     where c.cap > o.upto + o.open
    returning entitlement_id, amount)
    insert into run_kept select entitlement_id, amount from kept
"""
KNOWN = """
    insert into run_known
    select id, id, died_on from registry_person where died_on is not null and merged_into_id is null
    union all
    select m.id, r.id, coalesce(r.died_on, m.died_on)
      from registry_person m join registry_person r on r.id = m.merged_into_id where m.merged_into_id is not null
    union all
    select id, id, null from registry_person
     where died_on is null and id in (select merged_into_id from registry_person where merged_into_id is not null)
"""
DUE = """
    insert into run_due
    select e.id, e.payee_id, coalesce(p.root, e.payee_id), case when e.proxy = '' then e.household_id end, p.died_on,
           s.monthly, s.before, s.due, e.grade, e.persons, e.area
      from (select entitlement, sum(monthly)::bigint as monthly, sum(before)::bigint as before, sum(due)::bigint as due
              from (select entitlement, case when for_month = %(month)s then decided else 0 end as monthly, 0 as before,
                           greatest(decided - issued, 0) as due from run_open
                    union all
                    select entitlement, 0, 0, amount from run_kept
                    union all
                    select a.entitlement_id, 0, a.amount, 0
                      {from entitlements_issue.entitlement_id a where for_month = %(previous)s}
                     where a.programme = %(programme)s and a.for_month = %(previous)s and a.component = any (%(components)s)
                       and (a.order_id is null or a.order_id not in (select id from run_gone))) one
             group by entitlement) s
      {join entitlements_entitlement.id = s.entitlement e} left join run_known p on p.person = e.payee_id
"""
ACCOUNTS = """
    insert into run_account
    select root, max(account)
      from (select d.root, b.id as account from run_due d {join registry_bankaccount.person_id = d.root b}
             where d.amount > 0 and {b.person_id near root} and b.since <= %(on)s and (b.until is null or b.until > %(on)s)
            union all
            select k.root, b.id from run_known k
             cross join lateral (select * from registry_bankaccount x where x.person_id = k.person offset 0) b
             where k.person <> k.root and b.since <= %(on)s and (b.until is null or b.until > %(on)s)) one
     group by root
"""
FAULTS = """
    insert into run_fault
    select d.entitlement, 'no_account' from run_due d
     where d.amount > 0 and not exists (select from run_account a where a.root = d.root)
    union all
    select entitlement, 'dead_payee' from run_due where amount > 0 and died_on is not null
    union all
    select d.entitlement, 'outside' from run_due d
     where d.amount > 0 and d.household is not null
       and not exists (select from registry_membership m where m.household_id = d.household and {m.person_id = d.root}
                          and {m.household_id near household} and m.since <= %(on)s
                          and (m.until is null or m.until > %(on)s) {each})
       and not exists (select from registry_membership m join run_known k on k.person = m.person_id
                        where m.household_id = d.household and k.root = d.root
                          and m.since <= %(on)s and (m.until is null or m.until > %(on)s) {each})
    union all
    select entitlement, 'hear' from run_judged where raised = 0
"""
PEOPLE = """
    with running as (
        select c.entitlement_id as entitlement, c.lane, k.root, k.died_on
          from run_known k join entitlements_covered c on c.person_id = k.person
         where not c.void and c.since <= %(month)s and (c.until is null or c.until > %(month)s)),
    twice as (
        select root, lane from running group by root, lane having count(distinct entitlement) > 1)
    insert into run_fault
    select distinct entitlement, case when %(occasion)s then 'left_out' else 'dead_member' end
      from running join run_due using (entitlement)
     where lane = %(programme)s and case when %(occasion)s then running.died_on <= %(listed)s
                                         else running.died_on < %(month)s and monthly > 0 end
    union all
    select distinct entitlement, 'double' from running join twice using (root, lane) join run_due using (entitlement)
     where amount > 0
"""
AGAIN = """
    insert into run_fault
    select distinct d.entitlement, 'again'
      from run_due d join entitlements_covered c on c.entitlement_id = d.entitlement and c.lane = %(programme)s and not c.void
      join entitlements_covered o on o.person_id = c.person_id and not o.void
      join entitlements_issue i on i.entitlement_id = o.entitlement_id and i.for_month = %(month)s
     where d.amount > 0 and i.programme <> %(programme)s and i.component = any (%(components)s)
       and (i.order_id is null or i.order_id not in (select id from run_gone))
"""
SUMS = """count(*) filter (where amount > 0 and not held) as count, coalesce(sum(amount) filter (where not held), 0) as amount,
           count(*) filter (where held) as held, coalesce(sum(amount) filter (where held), 0) as held_amount"""
PROPOSED = """
    select d.entitlement as entitlement_id, d.payee as payee_id, case when d.amount > 0 then a.account end as account, d.monthly,
           d.before, d.amount, j.total as reckoned,
           case when d.monthly = d.before then 'same'
                when d.before = 0 then case when not %(occasion)s and %(known)s > 0 and exists (
                     select from entitlements_decision x join entitlements_entitlement e on e.id = x.entitlement_id
                      where x.entitlement_id = d.entitlement and x.deed = 'grant' and x.id <= %(known)s
                        and e.paid_from <= %(previous)s) then 'back' else 'new' end
                when d.monthly = 0 then 'stop'
                when d.monthly > d.before then 'up' else 'down' end as difference,
           case when d.monthly = d.before then '' when j.raised = 1 then 'standard' when %(occasion)s then 'added'
                else coalesce((select x.ground from entitlements_decision x where x.entitlement_id = d.entitlement
                                and x.since <= %(month)s order by x.id desc limit 1), '') end as ground,
           coalesce(j.reasons, 0) as reasons, coalesce(f.faults, '{}') as faults,
           coalesce(f.faults && %(holding)s::varchar[], false) as held, d.grade, d.persons, d.area
      from run_due d left join run_account a on a.root = d.root left join run_judged j using (entitlement)
      left join (select entitlement, array_agg(fault order by fault) as faults from run_fault group by entitlement) f
        on f.entitlement = d.entitlement
     where d.monthly <> 0 or d.before <> 0 or d.amount <> 0 or 'left_out' = any (f.faults) order by d.entitlement
"""
LINE = "entitlement_id, payee_id, account, monthly, before, amount, reckoned, difference, ground, reasons, faults, held, " \
    "grade, persons, area"
MADE = f"""
    with made as (
    insert into entitlements_runline (run_id, ordered, {LINE})
    select %(run)s, false, {LINE} from ({PROPOSED}) proposed
    returning amount, held)
"""
LINES = f"""{MADE}
    update entitlements_run r set count = r.count + t.count, amount = r.amount + t.amount, held = r.held + t.held,
           held_amount = r.held_amount + t.held_amount
      from (select {SUMS} from made) t where r.id = %(run)s
"""
PART_LINES = f"""{MADE}
    update entitlements_runpart p set done = true, count = t.count, amount = t.amount, held = t.held, held_amount = t.held_amount
      from (select {SUMS} from made) t where p.id = %(part)s
"""
