"""The monthly run, PostgreSQL to PostgreSQL: every family computed by its facts, with reasons, checks and the difference list.

1. The run as the office does it: standing amounts and last month read, facts read into columns, computed, compared, items and
   lines with keys written, payees, accounts, deaths, households and double people checked; one transaction, row security on.
2. Against plain INSERT … SELECT of the same rule in place (amount, reasons, difference, primary key; no checks, no
   items, no row security), and against a loop over the ORM of the kind that other systems use (on a sample, per family).
3. One family in a hundred decided anew: the run is computed again for those only.

Amounts, reasons and differences are compared family by family before any time counts. Contestants take turns; judged is the
median of the ratios.
"""

from __future__ import annotations

import argparse
import resource
import time
from datetime import date

import common
import numpy as np

MONTH, DAY = date(2010, 12, 1), date(2010, 12, 5)
SAMPLE = 2_000
FACTS = ("household", "people", "income", "standard", "severe", "elders", "minors", "deposit")
SETUP = """
    set session_replication_role = replica;
    insert into registry_person (id, name, sort_key, sex, birth, no_number_reason, ethnic, marital, address, registered_address,
                                 registered_area, tokens, area, version)
    select g, '户主' || g, lpad(g::text, 9, '0'), '1', '1950-01-01', 'lost', '01', '', '', '', '', '{{}}',
           '370404' || (array['001001','001002','002001','100201','101201','102201','103201','104201'])[g %% 8 + 1], 1
      from generate_series({base} + 1, {base} + {n}) g;
    insert into registry_household (id, number, head_id, kind, address, since, area)
    select id, '', id, 'family', '', '2009-01-01', area from registry_person where id > {base};
    insert into registry_membership (household_id, person_id, kin, since, left_because, area)
    select id, id, '02', '2009-01-01', '', area from registry_person where id > {base};
    insert into registry_bankaccount (person_id, bank, holder, number_sealed, number_digest, since, area)
    select id, '银行', name, ''::bytea, int8send(id), '2009-01-01', area from registry_person where id > {base};
    create table bench_fact as
    select g as household, 1 + g %% 5 as people, (g * 7919 %% 160000)::bigint as income,
           (40000 + 1000 * (g %% 40))::bigint as standard,
           (g %% 13 = 0)::int::bigint as severe, (g %% 5 = 0)::int::bigint as elders, (g %% 3)::bigint as minors,
           (g * 104729 %% 9000000)::bigint as deposit
      from generate_series({base}::bigint + 1, {base} + {n}) g;
    alter table bench_fact add primary key (household);
    grant select on bench_fact to linli_app;
    insert into entitlements_entitlement (id, programme, number, person_id, household_id, payee_id, grade, persons, since,
                                          paid_from, proxy, decisions, area)
    select g, 'bench', '', g, g, g, '', f.people, '2010-01-01', '2010-01-01', '', 1, p.area
      from bench_fact f join registry_person p on p.id = f.household, lateral (select f.household as g) x;
    insert into entitlements_decision (entitlement_id, deed, since, ground, words, reasons, articles, paper, before, after,
                                       decided_on, area)
    select id, 'grant', since, 'approved', '', '{{}}', '{{}}', '', 0, 1, since, area from entitlements_entitlement;
    insert into entitlements_covered (entitlement_id, person_id, lane, since, decision_id, void, area)
    select e.id, e.person_id, 'bench', e.since, d.id, false, e.area
      from entitlements_entitlement e join entitlements_decision d on d.entitlement_id = e.id;
    insert into entitlements_amount (entitlement_id, component, amount, since, decision_id, void, area)
    select e.id, 'basic', greatest(100, ({rule}) - 500 * (e.id %% 3)), e.since, d.id, false, e.area
      from entitlements_entitlement e join bench_fact f on f.household = e.id
      join entitlements_decision d on d.entitlement_id = e.id;
    insert into entitlements_issue (entitlement_id, component, for_month, number, kind, amount, programme, month, run_id, grade,
                                    persons, issued_on, area)
    select a.entitlement_id, a.component, '2010-11-01', 1, 'regular', a.amount, 'bench', '2010-11-01', 0, '', 1, '2010-11-05',
           a.area
      from entitlements_amount a where a.entitlement_id %% 50 <> 0;
    select setval('registry_person_id_seq', {base} + {n}); select setval('registry_household_id_seq', {base} + {n});
    select setval('entitlements_entitlement_id_seq', {base} + {n});
    set session_replication_role = default;
"""
# The gap to the standard, rounded up to whole yuan, and a fifth or a tenth of the standard for each severely disabled, old or
# young person; nothing above the limit of deposits.
BASE = "((greatest(0, f.standard * f.people - f.income) + 99) / 100 * 100)"
RULE = (
    f"case when f.deposit > f.standard * f.people * 36 or f.standard * f.people <= f.income then 0 "
    f"else {BASE} + f.standard * (2 * f.severe + f.elders + f.minors) / 10 end"
)
MASK = (
    "(f.standard * f.people > f.income)::int::bigint + 2 * (f.deposit > f.standard * f.people * 36)::int "
    "+ 4 * (f.severe > 0)::int + 8 * (f.elders > 0)::int + 16 * (f.minors > 0)::int"
)
RIVAL = f"""
    insert into rival_line
    select e.id, x.amount, coalesce(i.amount, 0),
           case when x.amount = coalesce(i.amount, 0) then 'same' when i.amount is null then 'new' when x.amount = 0 then 'stop'
                when x.amount > i.amount then 'up' else 'down' end, x.reasons, e.area
      from entitlements_entitlement e join bench_fact f on f.household = e.household_id
     cross join lateral (select {RULE} as amount, {MASK} as reasons) x
      left join entitlements_issue i on i.entitlement_id = e.id and i.for_month = '2010-11-01'
     where e.programme = 'bench'
"""


def rule(facts: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The same rule over columns: fen and reasons."""
    standard, people = facts["standard"], facts["people"]
    line = standard * people
    rich, below = facts["deposit"] > line * 36, line > facts["income"]
    base = (np.maximum(0, line - facts["income"]) + 99) // 100 * 100
    more = standard * (2 * facts["severe"] + facts["elders"] + facts["minors"]) // 10
    reasons = below + 2 * rich + 4 * (facts["severe"] > 0) + 8 * (facts["elders"] > 0) + 16 * (facts["minors"] > 0)
    return np.where(rich | ~below, 0, base + more), reasons.astype("i8")


def reckon(asked):
    """The calculator: the facts of the asked households, in their order, and the rule."""
    from django.db import connection

    from linli.kernel.entitlements.queries.columns import read_columns
    from linli.kernel.entitlements.rules import Reckoned

    with connection.cursor() as cursor:
        if len(asked) < 50_000:
            cursor.execute("create temporary table if not exists bench_asked (household bigint) on commit delete rows")
            cursor.execute("truncate bench_asked")
            cursor.execute("insert into bench_asked select unnest(%s::bigint[])", [asked.households.tolist()])
            source = "bench_fact f join bench_asked using (household)"
        else:
            source = "bench_fact f"
        columns = ", ".join(f"f.{name}::bigint" for name in FACTS)
        facts = read_columns(cursor, f"select {columns} from {source} order by f.household", FACTS)
    assert (facts["household"] == asked.households).all()
    amounts, reasons = rule(facts)
    return Reckoned({"basic": amounts}, reasons)


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--households", type=int, default=100_000)
    words.add_argument("--rounds", type=int, default=5)
    given = words.parse_args()
    common.prepare()
    try:
        run(given.households, given.rounds)
        return 0
    finally:
        common.clean_up()


def run(count: int, rounds: int) -> None:
    from linli.kernel.access.actions import scoped
    from linli.kernel.entitlements import actions
    from linli.kernel.entitlements.models import Run
    from linli.kernel.entitlements.rules import Basis, Component, Programme, Unit
    from linli.kernel.entitlements.samples import sample_programmes
    from linli.kernel.ledgers.samples import make_desk

    declared = Programme(
        "bench", "测试", (Component("basic", "基本"),), Unit.HOUSEHOLD, "测试", "bench",
        calculator=f"{__name__}.reckon", cuts=True,
    )  # fmt: skip
    desk = make_desk()
    with sample_programmes(declared), common.superuser() as connection:
        base = 10_000_000
        connection.execute(SETUP.replace("%%", "%").format(base=base, n=count, rule=RULE))
        connection.execute(
            "create table rival_line (entitlement bigint primary key, amount bigint, before bigint, difference text, "
            "reasons bigint, area text)"
        )
        connection.execute("vacuum analyze")
        made: list[Run] = []

        def product() -> float:
            with scoped(desk.maker):
                Run.objects.filter(state="ready").update(state="discarded")
            row = actions.open_run(by=desk.maker, on=DAY, programme="bench", month=MONTH, basis=Basis.RECKONED)
            began = time.perf_counter()
            if row.state == "waiting":
                row = actions.draft_run(by=desk.maker, on=DAY, run_id=row.pk)
            took = time.perf_counter() - began
            made.append(row)
            return took

        def plain() -> float:
            connection.execute("truncate rival_line")
            began = time.perf_counter()
            connection.execute(RIVAL)
            return time.perf_counter() - began

        product(), plain()
        _same(connection, made[-1])
        times = common.interleave(rounds, {"insert select": plain, "linli": product})
        loops = [_orm_loop(desk.maker) * count / SAMPLE for _ in range(3)]
        again = [_again(connection, desk.maker, made[-1], count, base, place) for place in range(3)]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{count:,} households, {made[-1].count:,} paid; peak memory of the process {memory} MiB")
        middle = sorted(times["linli"])[len(times["linli"]) // 2]
        common.show_ratio("INSERT … SELECT in place / the whole run", times["insert select"], times["linli"], ">= 2.5")
        common.show_ratio("loop over the ORM / the whole run", loops, [middle] * 3, ">= 50")
        common.show_ratio("1 % changed / the whole run", again, [middle] * 3, "<= 0.05")


def _same(connection, made) -> None:
    differing = connection.execute(
        "select count(*) from rival_line r full join entitlements_runline l "
        "on l.run_id = %s and l.entitlement_id = r.entitlement "
        "where (coalesce(r.amount, 0), coalesce(r.before, 0), coalesce(r.difference, 'same')) "
        "   is distinct from (coalesce(l.monthly, 0), coalesce(l.before, 0), coalesce(l.difference, 'same')) "
        "or l.reckoned is not null and l.reasons <> r.reasons", [made.pk],
    ).fetchone()[0]  # fmt: skip
    assert differing == 0, f"{differing} households differ"


def _orm_loop(maker) -> float:
    """One family after the other: read its entitlement, amounts, last payment and facts; compute; write its line."""
    from django.db import connection, transaction

    from linli.kernel.access.actions import scoped
    from linli.kernel.entitlements.models import Amount, Entitlement, Issue, RunLine
    from linli.kernel.entitlements.rules import difference_of

    began = time.perf_counter()
    with scoped(maker), transaction.atomic():
        for row in Entitlement.objects.filter(programme="bench").select_related("payee").order_by("id")[:SAMPLE]:
            sum(Amount.objects.filter(entitlement=row, void=False).values_list("amount", flat=True))
            before = sum(Issue.objects.filter(entitlement=row, for_month=date(2010, 11, 1)).values_list("amount", flat=True))
            account = row.payee.accounts.filter(until=None).first()
            with connection.cursor() as cursor:
                cursor.execute("select * from bench_fact where household = %s", [row.household_id])
                facts = dict(zip(FACTS, cursor.fetchone(), strict=True))
            line = facts["standard"] * facts["people"]
            amount = 0
            if facts["deposit"] <= line * 36 and line > facts["income"]:
                amount = -(-(line - facts["income"]) // 100) * 100
                amount += facts["standard"] * (2 * facts["severe"] + facts["elders"] + facts["minors"]) // 10
            RunLine.objects.create(
                run_id=0, entitlement=row, payee=row.payee, account=account.pk if account else None, monthly=amount,
                before=before, amount=amount, difference=difference_of(before, amount).value, persons=row.persons, area=row.area,
            )  # fmt: skip
        took = time.perf_counter() - began
        transaction.set_rollback(True)
    return took


def _again(connection, maker, made, count: int, base: int, place: int) -> float:
    """One family in a hundred is decided anew; the run is computed again for them."""
    from linli.kernel.entitlements import actions

    connection.execute(
        "insert into entitlements_decision (entitlement_id, deed, since, ground, words, reasons, articles, paper, before, after, "
        "decided_on, area) select id, 'change', '2010-12-01', 'income', '', '{}', '{}', '', 0, 1, '2010-12-04', area "
        "from entitlements_entitlement where id % 100 = %s".replace("% 100", "%% 100"), [place],
    )  # fmt: skip
    began = time.perf_counter()
    actions.redraft(by=maker, on=DAY, run=made)
    return time.perf_counter() - began


if __name__ == "__main__":
    raise SystemExit(main())
