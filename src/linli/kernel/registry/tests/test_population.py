"""Made-up people look like a district, are nobody, and go in by the real import."""

from __future__ import annotations

from collections import Counter
from datetime import date

import polars as pl
import pytest
from django.db import IntegrityError, connection
from django.db.utils import ProgrammingError

from linli.base.identity import read_id
from linli.gateways.spreadsheets import open_table
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import FIRST_DAY, make_founders, make_staff
from linli.kernel.imports import actions as imports
from linli.kernel.imports.queries import rejects_of
from linli.kernel.registry.actions import found_area, roster_write
from linli.kernel.registry.models import Household, Membership, Person, Residence, Status
from linli.kernel.registry.rules import STATUS_KINDS, VULNERABLE
from linli.kernel.registry.rules.roster_columns import DISABLED, read_other
from linli.kernel.registry.samples import rosters
from linli.kernel.registry.samples.population import HEADINGS, Home, make_population
from linli.kernel.registry.samples.rosters import as_csv, as_xlsx, load_population, load_roster, spoil
from linli.kernel.registry.tests.test_roster import AREAS

DAY = date(2010, 12, 20)
HOMES = [
    Home("370404001001", "坛山街道", "和顺社区", True), Home("370404002001", "吴林街道", "和顺社区", True),
    Home("370404100201", "古邵镇", "古上河村", False),
]  # fmt: skip


@pytest.fixture(scope="module")
def people() -> dict[str, list[str]]:
    return make_population(20_000, HOMES, seed=7, on=DAY)


@pytest.fixture
def district(db):
    founders = make_founders()
    for code, name, kind in AREAS:
        found_area(by=founders[0], on=FIRST_DAY, code=code, name=name, kind=kind)
    return make_staff("district", "区民政", Role.DISTRICT_APPROVER, "370404000000", founders=founders)


def test_the_same_seed_gives_the_same_people(people):
    assert make_population(20_000, HOMES, seed=7, on=DAY) == people
    assert make_population(2_000, HOMES, seed=8, on=DAY)["姓名"] != people["姓名"][:2_000]


def test_every_number_is_right_unlike_any_other_and_nobodys(people):
    numbers = people["身份证号"]
    assert len(set(numbers)) == len(numbers)
    for number, birth, sex in list(zip(numbers, people["出生日期"], people["性别"], strict=True))[::50]:
        found = read_id(number, on=DAY)
        assert (found.area6, found.birth.isoformat(), found.sex) == ("990404", birth, "1" if sex == "男" else "2")
    assert all(phone == "" or phone.startswith("1990") for phone in people["电话"])


def test_households_have_one_head_each_and_plausible_sizes(people):
    homes = Counter(zip(people["村居"], people["户编号"], strict=True))
    heads = Counter(kin for kin in people["与户主关系"])["户主"]
    assert heads == len(homes)
    assert max(homes.values()) <= 6 and 2.3 < len(people["姓名"]) / heads < 3.0


def test_as_many_are_in_need_as_in_the_district(people):
    """弱势群体约占人口的 7.6%。"""
    needy = 0
    for dibao, tekun, disabled, other in zip(*(people[h] for h in ("低保", "特困供养", "残疾", "其他类别")), strict=True):
        assert disabled == "" or disabled in DISABLED
        kinds = {kind for kind, _ in read_other(other)} if other else set()
        needy += bool(dibao or tekun or disabled or kinds & VULNERABLE)
    assert 0.068 < needy / len(people["姓名"]) < 0.084
    assert STATUS_KINDS["student"]


def test_rare_names_are_among_them(people):
    assert any(character > "\u9fff" for name in people["姓名"] for character in name)


def test_files_of_both_kinds_hold_every_row(people):
    few = {heading: cells[:300] for heading, cells in people.items()}
    for content, name in ((as_csv(few), "a.csv"), (as_xlsx(few), "a.xlsx")):
        table = open_table(content, name, expected=HEADINGS)
        assert len(table) == 300 and table.column("姓名") == few["姓名"]


def test_a_population_goes_in_by_the_real_import(district):
    seen = []
    runs = load_population(district, DAY, 900, seed=3, say=lambda *words: seen.append(words))
    assert sum(run.accepted for run in runs) == 900 and not any(run.rejected for run in runs)
    assert seen[-1] == ("", 900, 900)
    with scoped(district):
        assert Person.objects.count() == Residence.objects.count() == Membership.objects.count() == 900
        assert Household.objects.count() == Membership.objects.filter(kin="02").count()
        assert Status.objects.filter(kind__in=VULNERABLE).values("person").distinct().count() > 30


def test_a_population_takes_as_few_rosters_as_a_file_may_hold(district, monkeypatch):
    monkeypatch.setattr(rosters, "LONGEST", 450)
    runs = load_population(district, DAY, 600, seed=3)
    assert len(runs) == 2 and sum(run.accepted for run in runs) == 600 and max(run.read for run in runs) <= 450


def test_every_spoilt_row_comes_back_and_takes_nobody_along_but_its_household(district):
    columns, wrong = spoil(make_population(800, HOMES, seed=5, on=DAY), 0.05)
    run = load_roster(district, DAY, columns)
    with scoped(district):
        reasons = [(r.row - 2, r.reason) for r in rejects_of(run, grave=True)]
    assert run.read == 800 == run.accepted + run.rejected
    assert wrong <= {row for row, _ in reasons}
    assert all("户主" in reason for row, reason in reasons if row not in wrong)


def definitions() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select indexdef from pg_indexes where tablename like 'registry_%' union all "
            "select conrelid::regclass::text || conname || pg_get_constraintdef(oid) || convalidated from pg_constraint "
            "where conrelid::regclass::text like 'registry_%' union all "
            "select tgrelid::regclass::text || tgname || tgenabled::text from pg_trigger "
            "where not tgisinternal and tgrelid::regclass::text like 'registry_%' order by 1"
        )
        return [row[0] for row in cursor.fetchall()]


def everything() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            "with s as (select person_id, string_agg(kind || grade || area, ',' order by kind) all_of from registry_status "
            "group by 1), t as (select person_id, string_agg(token || area, ',' order by token) all_of from registry_searchtoken "
            "group by 1) select p.name, p.number_digest, p.tokens, p.area, h.number, m.kin, m.area, r.at, r.address, r.area, "
            "s.all_of, t.all_of from registry_person p left join s on s.person_id = p.id join t on t.person_id = p.id "
            "join registry_membership m on m.person_id = p.id "
            "join registry_household h on h.id = m.household_id join registry_residence r on r.person_id = p.id order by 2"
        )
        return cursor.fetchall()


def test_a_large_first_load_leaves_the_same_rows_indexes_and_constraints(district):
    """A large roster lays indexes aside and makes them again; a small one goes the plain way."""
    columns = make_population(5_200, HOMES, seed=11, on=DAY)
    before = definitions()
    run = load_roster(district, DAY, columns)
    with scoped(district):
        large = everything()
    assert run.accepted == 5_200 == len(large) and definitions() == before
    assert imports.take_back(by=district, on=DAY, run_id=run.pk).reversed == 5_200
    for part in range(2):  # whole households: 2,600 rows are too few for laying aside
        homes = HOMES[:1] if part == 0 else HOMES[1:]
        here = [place in [home.code for home in homes] for place in columns["村居"]]
        load_roster(district, DAY, {h: [c for c, keep in zip(cells, here, strict=True) if keep] for h, cells in columns.items()})
    with scoped(district):
        assert everything() == large


LOAD = "select registry_load_begin(5000); select registry_load_part('2010-12-20', now(), 'x', null)"


def test_the_large_load_judges_the_areas_itself(district):
    """It runs with the owner's rights, so it must refuse what row security would."""
    worker = make_staff("li", "李社工", area="370404001001", founders=make_founders())
    rows = pl.DataFrame(make_population(6, HOMES[1:], seed=1, on=DAY))
    with pytest.raises(ProgrammingError, match="outside the present area"), scoped(worker), connection.cursor() as cursor:
        cursor.execute(roster_write._TABLE)
        for place, number in rows.select("村居", "身份证号").iter_rows():
            cursor.execute("insert into roster_row (area, name) values (%s, %s)", [place, number])
        cursor.execute(LOAD)


def test_the_large_load_lets_nobody_into_a_household_elsewhere(district):
    there = load_roster(district, DAY, make_population(5, HOMES[1:], seed=2, on=DAY))
    with pytest.raises(ProgrammingError, match="household lies outside"), scoped(district), connection.cursor() as cursor:
        home = Household.objects.first().pk
        cursor.execute(roster_write._TABLE)
        cursor.execute(
            "insert into roster_row (row, name, sort_key, sex, birth, no_number_reason, ethnic, marital, address, "
            "registered_address, tokens, area, household, kin, founds) values "
            "(0, '张', 'z', '1', '1960-05-01', 'newborn', '01', '', '', '', '{}', %s, %s, '20', false)",
            [HOMES[0].code, home],
        )
        cursor.execute(f"{LOAD}; select registry_load_end('2010-12-20')")
    assert there.accepted == 5


def test_the_large_load_reads_plain_tables_only(district):
    with pytest.raises(ProgrammingError, match="plain tables"), scoped(district), connection.cursor() as cursor:
        cursor.execute("create temporary view roster_row as select 1::int8 as person_id, '370404001001'::text as area")
        cursor.execute("create temporary table roster_status (row int, kind text, grade text)")
        cursor.execute(LOAD)


def test_nothing_stays_laid_aside_when_the_large_load_breaks_off(district):
    with pytest.raises(IntegrityError, match="still laid aside"), scoped(district), connection.cursor() as cursor:
        cursor.execute("select registry_load_begin(5000)")
        cursor.execute("set constraints all immediate")  # as at the end of the transaction


def test_nobody_else_says_what_the_large_load_runs(district):
    for statement in ("select registry_load_begin(5000)", "select registry_load_end('2010-12-20')"):
        with pytest.raises(ProgrammingError, match="made by registry_load_begin"), scoped(district):
            connection.cursor().execute(f"create temporary table roster_aside (place int, again text); {statement}")
