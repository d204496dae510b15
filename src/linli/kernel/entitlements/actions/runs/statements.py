"""The statements of a run: what is open, what is proposed, what stands against it. Each reads all entitlements at once.

``{only}`` limits a statement to the entitlements of run_only, when a run is computed again for those that changed.
Their values: run, programme, month, first, previous (months as their first days), months, components, groups, on, lane, share.
"""

from __future__ import annotations

TABLES = """
    create temporary table if not exists run_open (
        entitlement bigint, component text, for_month date, decided bigint, issued bigint, number integer) on commit delete rows;
    create temporary table if not exists run_reckoned (
        entitlement bigint, part bigint, amount bigint, reasons bigint) on commit delete rows;
    create temporary table if not exists run_judged (
        entitlement bigint, decided bigint, total bigint, reasons bigint, verdict text) on commit delete rows;
    create temporary table if not exists run_only (entitlement bigint) on commit delete rows;
    create temporary table if not exists run_gone (id bigint) on commit delete rows;
    truncate run_open, run_reckoned, run_judged, run_only, run_gone
"""
GONE = """
    insert into run_gone
    select id from ledgers_paymentorder where cancelled_on is not null union select order_id from ledgers_recovery
"""
ONLY = "join run_only only_these on only_these.entitlement = "
OPEN = """
    insert into run_open
    select coalesce(d.entitlement_id, i.entitlement_id), coalesce(d.component, i.component), coalesce(d.month, i.for_month),
           coalesce(d.amount, 0), coalesce(i.issued, 0), coalesce(i.number, 0)
      from (select a.entitlement_id, a.component, m.month, a.amount
              from entitlements_amount a {only}
              join entitlements_entitlement e on e.id = a.entitlement_id and e.programme = %(programme)s
              join unnest(%(months)s::date[]) as m(month) on a.since <= m.month and (a.until is null or a.until > m.month)
             where not a.void and a.component = any (%(components)s) and m.month >= e.paid_from
               and not exists (select from entitlements_suspension s
                                where s.entitlement_id = a.entitlement_id and not s.void and s.since <= m.month
                                  and (s.until is null or s.until > m.month and not s.pay_back))) d
      full join (select a.entitlement_id, a.component, a.for_month, max(a.number) as number,
                        coalesce(sum(a.amount) filter (
                            where a.order_id is null or a.order_id not in (select id from run_gone)), 0) as issued
                   from entitlements_issue a {only}
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
                    %(each)s * case when %(per_person)s then a.persons else 1 end),
           coalesce(i.issued, 0), coalesce(i.number, 0)
      from entitlements_entitlement a {only}
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
      from entitlements_issue i join run_gone g on g.id = i.order_id where i.programme = %(programme)s group by i.entitlement_id
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
          from entitlements_arrear a {only}
          join entitlements_entitlement e on e.id = a.entitlement_id and e.programme = %(programme)s
         cross join lateral generate_series(greatest(a.since, e.paid_from), %(first)s::date - 1, interval '1 month') as g(month)
         cross join unnest(%(components)s::text[]) as c(component)
         where a.since < %(first)s) o
     where o.decided <> o.issued
"""
STANDING = """
    select a.id, coalesce(a.household_id, 0), a.person_id from entitlements_entitlement a {only}
     where a.programme = %(programme)s and a.since <= %(month)s and (a.until is null or a.until > %(month)s)
       and a.paid_from <= %(month)s and (a.suspended is null or a.suspended > %(month)s) order by a.id
"""
JUDGED = """
    insert into run_judged
    select r.entitlement, coalesce(o.decided, 0), r.total, r.reasons,
           case when r.total > coalesce(o.decided, 0) or %(cuts)s then 'raise' else 'hear' end
      from (select entitlement, sum(amount) as total, max(reasons) as reasons from run_reckoned group by entitlement) r
      left join (select entitlement, sum(decided) as decided, sum(issued) as issued from run_open
                  where for_month = %(month)s group by entitlement) o using (entitlement)
     where r.total <> coalesce(o.decided, 0) and coalesce(o.issued, 0) = 0
"""
RAISED = """
    delete from run_open o using run_judged j
     where j.verdict = 'raise' and o.entitlement = j.entitlement and o.for_month = %(month)s;
    insert into run_open
    select r.entitlement, c.component, %(month)s, r.amount, 0, 0
      from run_reckoned r join run_judged j on j.entitlement = r.entitlement and j.verdict = 'raise'
      join unnest(%(components)s::text[]) with ordinality as c(component, part) on c.part = r.part where r.amount > 0
"""
WHOLE = """
    insert into entitlements_runitem (run_id, entitlement_id, component, for_month, kind, amount, number, area)
    select %(run)s, o.entitlement, o.component, o.for_month, case when o.for_month >= %(first)s then 'regular' else 'back' end,
           o.decided - o.issued, o.number + 1, e.area
      from run_open o join entitlements_entitlement e on e.id = o.entitlement where o.decided > o.issued
"""
KEPT_BACK = """
    with opened as (
        select o.entitlement, o.component, o.for_month, o.number, o.decided - o.issued as open, g.name as part
          from run_open o join unnest(%(components)s::text[], %(groups)s::text[]) as g(component, name) using (component)
         where o.decided <> o.issued and o.entitlement in (select entitlement from run_open where decided < issued)),
    caps as (select entitlement, part, sum(open) filter (where open > 0) * %(share)s / 100 as cap from opened group by 1, 2),
    over as (select *, sum(-open) over (partition by entitlement, part order by for_month, component) as upto
               from opened where open < 0)
    insert into entitlements_runitem (run_id, entitlement_id, component, for_month, kind, amount, number, area)
    select %(run)s, o.entitlement, o.component, o.for_month, 'offset', -least(-o.open, c.cap - (o.upto + o.open)), o.number + 1,
           e.area
      from over o join caps c using (entitlement, part) join entitlements_entitlement e on e.id = o.entitlement
     where c.cap > o.upto + o.open
"""
LINES = """
    with due as (
        select entitlement, sum(decided) filter (where for_month = %(month)s) as monthly,
               sum(greatest(decided - issued, 0)) as due
          from run_open group by entitlement),
    kept as (select entitlement_id as entitlement, sum(amount) as kept from entitlements_runitem
              where run_id = %(run)s and kind = 'offset' group by entitlement_id),
    former as (
        select a.entitlement_id as entitlement, sum(a.amount) as before from entitlements_issue a {only}
         where a.programme = %(programme)s and a.for_month = %(previous)s and a.component = any (%(components)s)
           and (a.order_id is null or a.order_id not in (select id from run_gone)) group by a.entitlement_id),
    accounts as (
        select coalesce(h.merged_into_id, h.id) as root, max(b.id) as account
          from registry_bankaccount b join registry_person h on h.id = b.person_id
         where b.since <= %(on)s and (b.until is null or b.until > %(on)s) group by 1),
    running as (
        select c.entitlement_id, c.lane, coalesce(p.merged_into_id, p.id) as root, p.died_on, p.merged_into_id
          from registry_person p join entitlements_covered c on c.person_id = p.id
         where (p.died_on is not null or p.merged_into_id is not null
                or p.id in (select merged_into_id from registry_person where merged_into_id is not null))
           and not c.void and c.since <= %(month)s and (c.until is null or c.until > %(month)s)),
    dead as (select distinct entitlement_id from running where died_on < %(month)s and lane = %(programme)s),
    doubled as (
        select distinct r.entitlement_id from running r join running o on o.root = r.root and o.lane = r.lane
         where o.entitlement_id <> r.entitlement_id),
    again as (
        select distinct c.entitlement_id from entitlements_covered c
          join entitlements_covered o on o.person_id = c.person_id and not o.void
          join entitlements_issue i on i.entitlement_id = o.entitlement_id and i.for_month = %(month)s
         where %(occasion)s and c.lane = %(programme)s and not c.void and i.programme <> %(programme)s
           and i.component = any (%(components)s) and (i.order_id is null or i.order_id not in (select id from run_gone))),
    found as (
        select e.id, e.payee_id, e.household_id, e.proxy, e.grade, e.persons, e.area, coalesce(d.monthly, 0) as monthly,
               coalesce(f.before, 0) as before, coalesce(d.due, 0) + coalesce(k.kept, 0) as amount, acc.account, p.died_on,
               coalesce(p.merged_into_id, p.id) as root, m.household_id as home
          from due d full join former f using (entitlement) left join kept k using (entitlement)
          join entitlements_entitlement e on e.id = entitlement
          join registry_person p on p.id = e.payee_id
          left join accounts acc on acc.root = coalesce(p.merged_into_id, p.id)
          left join registry_membership m on m.person_id = e.payee_id and m.since <= %(on)s
                and (m.until is null or m.until > %(on)s))
    insert into entitlements_runline (run_id, entitlement_id, payee_id, account, monthly, before, amount, reckoned, difference,
                                      ground, reasons, faults, held, grade, persons, ordered, area)
    select %(run)s, f.id, f.payee_id, f.account, f.monthly, f.before, f.amount, j.total,
           case when f.monthly = f.before then 'same' when f.before = 0 then 'new' when f.monthly = 0 then 'stop'
                when f.monthly > f.before then 'up' else 'down' end,
           case when f.monthly = f.before then '' when j.verdict = 'raise' then 'standard' when %(occasion)s then 'added'
                else coalesce((select d.ground from entitlements_decision d where d.entitlement_id = f.id and d.since <= %(month)s
                                order by d.id desc limit 1), '') end,
           coalesce(j.reasons, 0), x.faults, x.faults && %(holding)s::varchar[], f.grade, f.persons, false, f.area
      from found f left join run_judged j on j.entitlement = f.id
      left join dead on dead.entitlement_id = f.id left join doubled on doubled.entitlement_id = f.id
      left join again on again.entitlement_id = f.id
     cross join lateral (select array_remove(array[
           case when f.amount > 0 and f.account is null then 'no_account' end,
           case when f.amount > 0 and f.died_on is not null then 'dead_payee' end,
           case when f.monthly > 0 and dead.entitlement_id is not null then 'dead_member' end,
           case when f.amount > 0 and f.household_id is not null and f.proxy = '' and f.home is distinct from f.household_id
                     and not exists (select from registry_membership m join registry_person q on q.id = m.person_id
                                      where m.household_id = f.household_id and coalesce(q.merged_into_id, q.id) = f.root
                                        and m.since <= %(on)s and (m.until is null or m.until > %(on)s))
                then 'outside' end,
           case when f.amount > 0 and doubled.entitlement_id is not null then 'double' end,
           case when j.verdict = 'hear' then 'hear' end,
           case when again.entitlement_id is not null then 'again' end]::varchar[], null) as faults) x
     where f.monthly <> 0 or f.before <> 0 or f.amount <> 0
"""
TOTALS = """
    update entitlements_run r set count = t.count, amount = t.amount, held = t.held, held_amount = t.held_amount
      from (select count(*) filter (where amount > 0 and not held) as count,
                   coalesce(sum(amount) filter (where not held), 0) as amount,
                   count(*) filter (where held) as held, coalesce(sum(amount) filter (where held), 0) as held_amount
              from entitlements_runline where run_id = %(run)s) t
     where r.id = %(run)s
"""
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
