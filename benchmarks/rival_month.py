"""The families of the race of the month: their facts, the rule over columns, and the same rule in SQL, bare and whole."""

from __future__ import annotations

import numpy as np

BASE = 10_000_000
PERSON, HOME = ("household", "wage", "medical", "marks"), ("household", "standard", "deposit", "vehicle")
SETUP = """
    set session_replication_role = replica;
    create table bench_home as
    select g as household, 1 + g % 4 as people, (40000 + 1000 * (g % 40))::bigint as standard,
           (case when g % 60 = 0 then 9000000 else g * 7 % 400000 end)::bigint as deposit, (g % 71 = 0)::int::bigint as vehicle
      from generate_series({base}::bigint + 1, {base} + {n}) g;
    alter table bench_home add primary key (household);
    create table bench_person as
    select household, place, (case when (household + place) % 3 = 0 then household * 7919 % 90000 else 0 end)::bigint as wage,
           (case when (household + place) % 7 = 0 then household * 31 % 60000 else 0 end)::bigint as medical,
           ((household * place % 9 = 0)::int + 2 * ((household + place) % 13 = 0)::int
            + 4 * ((household + place) % 8 = 0)::int)::bigint as marks
      from bench_home cross join lateral generate_series(1, people) place;
    alter table bench_person add primary key (household, place);
    grant select on bench_home, bench_person to linli_app;
    analyze bench_home, bench_person;
    create table bench_due as {rule};
    alter table bench_due add primary key (household);
    insert into registry_person (id, name, sort_key, sex, birth, no_number_reason, ethnic, marital, address, registered_address,
                                 registered_area, tokens, area, version)
    select household, '户主' || household, lpad(household::text, 9, '0'), '1', '1950-01-01', 'lost', '01', '', '', '', '', '{{}}',
           '370404' || (array['001001','001002','002001','100201','101201','102201','103201','104201'])[household % 8 + 1], 1
      from bench_home;
    insert into registry_household (id, number, head_id, kind, address, since, area)
    select id, '', id, 'family', '', '2009-01-01', area from registry_person where id > {base};
    insert into registry_membership (household_id, person_id, kin, since, left_because, area)
    select id, id, '02', '2009-01-01', '', area from registry_person where id > {base};
    insert into registry_bankaccount (person_id, bank, holder, number_sealed, number_digest, since, area)
    select id, '银行', name, ''::bytea, int8send(id), '2009-01-01', area from registry_person where id > {base};
    insert into entitlements_entitlement (id, programme, number, person_id, household_id, payee_id, grade, persons, since,
                                          paid_from, proxy, decisions, area)
    select p.id, 'bench', '', p.id, p.id, p.id, '', h.people, '2010-01-01', '2010-01-01', '', 1, p.area
      from bench_home h join registry_person p on p.id = h.household;
    insert into entitlements_decision (entitlement_id, deed, since, ground, words, reasons, articles, paper, before, after,
                                       decided_on, area)
    select id, 'grant', since, 'approved', '', '{{}}', '{{}}', '', 0, 1, since, area from entitlements_entitlement;
    insert into entitlements_covered (entitlement_id, person_id, lane, since, decision_id, void, area)
    select e.id, e.person_id, 'bench', e.since, d.id, false, e.area
      from entitlements_entitlement e join entitlements_decision d on d.entitlement_id = e.id;
    insert into entitlements_amount (entitlement_id, component, amount, since, decision_id, void, area)
    select e.id, 'basic', f.amount + case when e.id % 33 = 0 then 1000 else 0 end, e.since, d.id, false, e.area
      from entitlements_entitlement e join bench_due f on f.household = e.id
      join entitlements_decision d on d.entitlement_id = e.id where f.amount > 0;
    insert into entitlements_issue (entitlement_id, component, for_month, number, kind, amount, programme, month, run_id, grade,
                                    persons, issued_on, area)
    select a.entitlement_id, a.component, '2010-11-01', 1, 'regular', a.amount, 'bench', '2010-11-01', 0, '', 1, '2010-11-05',
           a.area
      from entitlements_amount a where a.entitlement_id % 50 <> 0;
    select setval('registry_person_id_seq', {base} + {n}); select setval('registry_household_id_seq', {base} + {n});
    select setval('entitlements_entitlement_id_seq', {base} + {n});
    create table rival_bare (
        entitlement bigint primary key, amount bigint, before bigint, difference text, reasons bigint, area text);
    create table rival_line (like entitlements_runline including all);
    create table rival_item (like entitlements_runitem including all);
    create table rival_staged_line (like entitlements_runline including all);
    create table rival_staged_item (like entitlements_runitem including all);
    create table rival_copy (
        entitlement bigint primary key, amount bigint, reasons bigint, before bigint, difference bigint);
    set session_replication_role = default;
"""
# A fifth of each wage (500 yuan at most) and medical costs (300 yuan at most) do not count; nothing with much money or a
# vehicle; the gap to the standard for each, rounded up to whole yuan; a part of the standard for the severely disabled, the old
# and the young.
RULE = """
    select household, greatest(0, amount) as amount,
           (amount > 0)::int + 2 * rich::int + 4 * (vehicle > 0)::int + 8 * earns::int + 16 * spends::int + 32 * (more > 0)::int
               as reasons
      from (select h.household, h.vehicle, h.deposit > h.standard * h.people * 36 as rich, m.earns, m.spends, m.more,
                   case when h.deposit > h.standard * h.people * 36 or h.vehicle > 0 or m.income >= h.standard * h.people then 0
                        else (h.standard * h.people - m.income + m.more + 99) / 100 * 100 end as amount
              from bench_home h
              join (select p.household, sum(greatest(0, wage - least(wage / 5, 50000) - least(medical, 30000)))::bigint as income,
                           bool_or(wage > 0) as earns, bool_or(medical > 0) as spends,
                           sum(case when marks & 1 > 0 then standard * 3 / 10 when marks > 0 then standard / 5 else 0 end)::bigint
                               as more
                      from bench_person p join bench_home using (household) group by p.household) m using (household)) x
"""
DIFFERENCE = """
    case when {now} = {was} then 'same' when {was} = 0 then 'new' when {now} = 0 then 'stop' when {now} > {was} then 'up'
         else 'down' end
"""
BARE = f"""
    insert into rival_bare
    select e.id, x.amount, coalesce(i.amount, 0), {DIFFERENCE.format(now="x.amount", was="coalesce(i.amount, 0)")}, x.reasons,
           e.area
      from entitlements_entitlement e join ({RULE}) x on x.household = e.household_id
      left join entitlements_issue i on i.entitlement_id = e.id and i.for_month = '2010-11-01'
     where e.programme = 'bench'
"""
ACCOUNTED = """
    with account as (
        select person_id, max(id) as id from registry_bankaccount
         where since <= '2010-12-05' and (until is null or until > '2010-12-05') group by person_id),
    inside as (
        select distinct household_id, person_id from registry_membership
         where since <= '2010-12-05' and (until is null or until > '2010-12-05')),
    dead as (
        select distinct c.entitlement_id from registry_person q join entitlements_covered c on c.person_id = q.id
         where not c.void and q.died_on < '2010-12-01'),
    twice as (
        select distinct c.entitlement_id from registry_person q
          join entitlements_covered o on o.person_id = q.id and not o.void
          join entitlements_covered c on c.person_id = q.merged_into_id and c.lane = o.lane and not c.void
         where q.merged_into_id is not null)
"""
"""Each joined wholesale: asked family by family in the select list they took half as long again."""
DUE = f"""
    create temporary table due on commit drop as {ACCOUNTED}
    select e.id, e.payee_id, e.grade, e.persons, e.area, x.amount, x.reasons, coalesce(s.amount, 0) as stood,
           coalesce(i.amount, 0) as before, p.died_on, a.id as account, n.person_id is not null as inside,
           d.entitlement_id is not null as dead, t.entitlement_id is not null as double
      from entitlements_entitlement e join {{amounts}} x on x.household = e.household_id
      join registry_person p on p.id = e.payee_id
      left join entitlements_amount s on s.entitlement_id = e.id and not s.void and s.since <= '2010-12-01'
            and (s.until is null or s.until > '2010-12-01')
      left join entitlements_issue i on i.entitlement_id = e.id and i.for_month = '2010-11-01'
      left join account a on a.person_id = e.payee_id
      left join inside n on n.household_id = e.household_id and n.person_id = e.payee_id
      left join dead d on d.entitlement_id = e.id
      left join twice t on t.entitlement_id = e.id
     where e.programme = 'bench'
       and not exists (select from entitlements_suspension t where t.entitlement_id = e.id and not t.void)
"""
WRITTEN = f"""
    insert into rival_item (run_id, entitlement_id, component, for_month, kind, amount, number, area)
    select 1, id, 'basic', '2010-12-01', 'regular', amount, 1, area from due where amount > 0 order by id;
    insert into rival_line (id, run_id, entitlement_id, payee_id, account, monthly, before, amount, reckoned, difference, ground,
                            reasons, faults, held, grade, persons, ordered, area)
    select row_number() over (order by id), 1, id, payee_id, account, amount, before, amount, nullif(amount, stood),
           {DIFFERENCE.format(now="amount", was="before")}, case when amount = before then '' else 'standard' end, reasons,
           faults, faults <> '{{}}', grade, persons, false, area
      from due cross join lateral (
           select array_remove(array[case when account is null and amount > 0 then 'no_account' end,
                                     case when died_on is not null then 'dead_payee' end, case when not inside then 'outside' end,
                                     case when dead then 'dead_member' end, case when double then 'double' end]::varchar[], null)
                      as faults) f
     where amount <> 0 or before <> 0
"""
WHOLE = f"{DUE.format(amounts=f'({RULE})')}; {WRITTEN}"
"""The whole run in one transaction, what is due as a table of its own: the planner reads that on several cores."""
STAGED = "create temporary table staged (household bigint, amount bigint, reasons bigint) on commit drop"
WHOLE_STAGED = f"analyze staged; {DUE.format(amounts='staged')}; {WRITTEN}".replace("rival_", "rival_staged_")


def rule(homes: dict[str, np.ndarray], people: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The same rule over columns, homes and people in the order of the households: fen and reasons."""
    first = np.flatnonzero(np.diff(people["household"], prepend=-1))
    size = np.diff(first, append=len(people["household"]))
    wage, medical, marks, standard = people["wage"], people["medical"], people["marks"], homes["standard"]
    counted = np.maximum(0, wage - np.minimum(wage // 5, 50_000) - np.minimum(medical, 30_000))
    income, line = np.add.reduceat(counted, first), standard * size
    each = np.repeat(standard, size)
    more = np.add.reduceat(np.where(marks & 1 > 0, each * 3 // 10, np.where(marks > 0, each // 5, 0)), first)
    rich, vehicle = homes["deposit"] > line * 36, homes["vehicle"] > 0
    gap = (line - income + more + 99) // 100 * 100
    amount = np.where(rich | vehicle | (income >= line), 0, gap)
    reasons = (amount > 0) + 2 * rich + 4 * vehicle + 8 * np.logical_or.reduceat(wage > 0, first)
    reasons = reasons + 16 * np.logical_or.reduceat(medical > 0, first) + 32 * (more > 0)
    return amount, reasons.astype("i8")


def facts(cursor, source: str = "{table}", values=None) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """The homes and the people in the order of the households, all or those that the source takes of the table."""
    from linli.kernel.entitlements.queries.columns import read_columns

    def columns(table: str, names: tuple[str, ...]) -> dict[str, np.ndarray]:
        query = f"select {', '.join(names)} from {source.format(table=table)} order by household"
        return read_columns(cursor, query, names, values)

    return columns("bench_home", HOME), columns("bench_person", PERSON)
