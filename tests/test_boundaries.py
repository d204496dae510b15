"""Areas merge, split and turn while everything goes on: signed reports, notices, books, batches, the sealed trail."""

from __future__ import annotations

from datetime import date, timedelta

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from linli.base.areas import WHOLE, scope_of
from linli.domains.charity.queries import campaigns
from linli.domains.charity.queries.campaigns import quota_left, shares_for
from linli.domains.charity.samples import TOWN
from linli.domains.fundraising.models import Campaign as Fundraising
from linli.domains.fundraising.samples import make_gift
from linli.gateways import postgres
from linli.kernel.access.actions import scoped, seal_audit
from linli.kernel.access.models import Staff
from linli.kernel.access.queries import actor_for, verify_audit
from linli.kernel.access.samples import DISTRICT, make_founders
from linli.kernel.duties.queries import duties
from linli.kernel.duties.samples import SAMPLE_DUTIES
from linli.kernel.figures.models import Report
from linli.kernel.figures.queries import area_of, broken_down, compose, figure, figures, rows, value, verify_report
from linli.kernel.figures.rules import Period
from linli.kernel.imports.queries import import_kinds
from linli.kernel.ledgers.queries import check_books
from linli.kernel.records.queries import books as record_books
from linli.kernel.records.samples import SAMPLE_BOOKS
from linli.kernel.registry.actions import merge_areas, split_area, turn_area
from linli.kernel.registry.models import Household
from linli.kernel.registry.rules import NewArea
from tests.full_world import LATER, make_full_world, scoped_tables
from tests.world import OTHER_TOWN

BEFORE = LATER
DAYS = [LATER + timedelta(days=number) for number in (1, 2, 3)]
EAST, WEST = "370404001061", "370404001062"
NEW_TOWN, LAST_TOWN = "370404005000", "370404006000"
MADE_UP = {
    "date": "2010-12-01", "timestamp with time zone": "2010-12-01", "jsonb": "{}", "boolean": "false", "bytea": "1",
    "uuid": "00000000-0000-4000-8000-000000000001",
}  # fmt: skip
SHOWN = (
    ("charity.received", "town"), ("charity.received", "community"), ("charity.households", "town"),
    ("charity.money", "community"), ("fundraising.raised", "town"), ("fundraising.spent", "town"),
)  # fmt: skip


@pytest.fixture
def world(fresh_database, django_db_blocker, settings, monkeypatch):
    settings.BUSINESS_DAY = LATER.isoformat()
    monkeypatch.setattr(apps.get_app_config("records"), "books", SAMPLE_BOOKS, raising=False)
    monkeypatch.setattr(apps.get_app_config("duties"), "duties", SAMPLE_DUTIES, raising=False)
    forget()
    with django_db_blocker.unblock():
        yield make_full_world()
    monkeypatch.undo()
    forget()


def forget() -> None:
    for cached in (record_books, import_kinds, figures, duties):
        cached.cache_clear()


def superuser():
    server = postgres.embedded(settings.CHECKOUT)
    return psycopg.connect(**server.conninfo(settings.DATABASES["default"]["NAME"]), autocommit=True)


def spread() -> None:
    """Tables that only the district has rows in get some in both towns: the guard moves every second one."""
    with superuser() as connected:
        connected.execute("set role linli_guard")
        for model in scoped_tables():
            table, key = _quoted(model), model._meta.pk.column if model._meta.pk.column else ""
            if not key:
                continue
            for place in (TOWN, OTHER_TOWN):
                inside = connected.execute(f"select count(*) from {table} where area like %s", [place[:9] + "%"]).fetchone()[0]
                if not inside:
                    connected.execute(
                        f"update {table} set area = %s where {key} = (select min({key}) from {table} where area = %s)",
                        [place, DISTRICT],
                    )


    fill_empty()


def fill_empty() -> None:
    """A row in a town for each table that no action has filled here: whatever columns it has, its triggers are tried."""
    with superuser() as connected:
        for model in scoped_tables():
            table = _quoted(model)
            scopes = [scope_of(town) for town in (TOWN, OTHER_TOWN)]
            bounds = [bound for scope in scopes for bound in (scope.lo, scope.hi)]
            inside = "area >= %s and area < %s or area >= %s and area < %s"
            if not connected.execute(f"select count(*) from {table} where {inside}", bounds).fetchone()[0]:
                _made_up(connected, table)


def _made_up(connected, table: str) -> None:
    checks = "select quote_ident(conname) from pg_constraint where conrelid = %s::regclass and contype in ('c', 'f', 'x')"
    for (name,) in connected.execute(checks, [table]).fetchall():
        connected.execute(f"alter table {table} drop constraint {name}")
    needed = connected.execute(
        "select quote_ident(attname), format_type(atttypid, null) from pg_attribute where attrelid = %s::regclass and attnum > 0 "
        "and not attisdropped and attnotnull and not atthasdef and attidentity = '' ", [table],
    ).fetchall()  # fmt: skip
    values = {name: TOWN if name == "area" else MADE_UP.get(kind, "{}" if kind.endswith("[]") else "1") for name, kind in needed}
    connected.execute("set session_replication_role = replica")
    marks = ", ".join(["%s"] * len(values))
    connected.execute(f"insert into {table} ({', '.join(values)}) values ({marks})", list(values.values()))
    connected.execute("set session_replication_role = origin")


def _quoted(model) -> str:
    return '"' + model._meta.db_table + '"'


def everything() -> dict[str, list[str]]:
    """Every row of every table in an area, without the area itself."""
    found = {}
    with superuser() as connected:
        for model in scoped_tables():
            if model._meta.label == "access.AuditLine":
                continue
            rows_ = connected.execute(f"select (to_jsonb(t) - 'area')::text from {_quoted(model)} t order by 1").fetchall()
            found[model._meta.label] = [row[0] for row in rows_]
    return found


def places_of(code: str) -> dict[str, int]:
    """How many rows of each table lie in an area or below it."""
    scope = scope_of(code)
    with superuser() as connected:
        return {
            model._meta.label: connected.execute(
                f"select count(*) from {_quoted(model)} where area >= %s and area < %s", [scope.lo, scope.hi]
            ).fetchone()[0]
            for model in scoped_tables()
        }  # fmt: skip


def period(last: date) -> Period:
    return Period(date(2010, 1, 1), last, f"2010年初至{last}")


def shown_figures(last: date) -> dict[str, dict[str, int]]:
    """The district's figures by place for a period that ends on this day; each part opens to as many rows."""
    found = {}
    with scoped(scope_of(DISTRICT)):
        for key, by in SHOWN:
            one = figure(key)
            cells = {cell.key: (cell.zh, cell.value) for cell in broken_down(one, period(last), DISTRICT, by) if cell.value}
            assert sum(number for _, number in cells.values()) == value(one, period(last), DISTRICT)
            for part, (_, number) in cells.items():
                assert value(one, period(last), DISTRICT, {by: part}) == number
                assert rows(one, period(last), DISTRICT, {by: part}).exists()
            found[f"{key} {by}"] = cells
    return found


def unproved() -> list[str]:
    """What the books do not prove."""
    with scoped(WHOLE):
        return [fault for proof in check_books() for fault in proof.faults]


def green(known: list[str]) -> None:
    """The chain is whole, the books are as right as before, and every signed report finds the rows that it counted."""
    with scoped(WHOLE):
        while seal_audit():
            pass
        verified = verify_audit(settings.SEAL_KEY, None)
        assert verified.unsealed == 0 and verified.whole and verified.sealed > 300, verified.faults[:3]
    assert unproved() == known
    with scoped(scope_of(DISTRICT)):
        for report in Report.objects.exclude(state="draft"):
            assert verify_report(report) == (True, [])


def words_of_reports() -> dict[int, str]:
    with scoped(scope_of(DISTRICT)):
        return {one.pk: repr(compose(one)) for one in Report.objects.order_by("pk")}


def left_out() -> list[str]:
    """Tables without a row in the two towns, which would not be tried; rows by its own actions say more: ``make_full_world``."""
    here, there = places_of(TOWN), places_of(OTHER_TOWN)
    return [label for label in here if not here[label] + there[label]]


def test_a_community_is_split_towns_merge_and_the_new_town_turns_with_all_that_they_hold(world):
    """Mission rows AFFAIRS-08, AFFAIRS-09 and AFFAIRS-10, with signed reports, notices up, books and batches on the way."""
    here, _ = world
    assert unproved() == []
    spread()
    assert left_out() == []
    known = unproved()  # a row that was made up for a table without actions may say what no action would
    system, _ = make_founders()
    kept, reports, first = everything(), words_of_reports(), shown_figures(BEFORE)
    green(known)

    with scoped(here.worker):
        homes = list(Household.objects.filter(area=here.worker.area).order_by("pk"))
    parts = [NewArea(EAST, "和顺东社区", "community"), NewArea(WEST, "和顺西社区", "community")]
    went = {home.pk: WEST for home in homes[:2]}
    split_area(by=system, on=DAYS[0], old=here.worker.area, parts=parts, homes=went, rest=EAST)
    assert everything() == kept and not any(places_of(here.worker.area).values())
    second = shown_figures(DAYS[0])
    assert shown_figures(BEFORE) == first and words_of_reports() == reports
    green(known)
    _go_along(homes[:2])

    merge_areas(by=system, on=DAYS[1], olds=[TOWN, OTHER_TOWN], new=NewArea(NEW_TOWN, "坛古街道", "street"))
    assert everything() == kept
    assert not any(places_of(TOWN).values()) and not any(places_of(OTHER_TOWN).values())
    third = shown_figures(DAYS[1])
    both = first["charity.received town"][TOWN][1] + first["charity.received town"][OTHER_TOWN][1]
    assert third["charity.received town"][NEW_TOWN] == ("坛古街道", both)
    assert shown_figures(BEFORE) == first and shown_figures(DAYS[0]) == second and words_of_reports() == reports
    green(known)

    turn_area(by=system, on=DAYS[2], old=NEW_TOWN, new=NewArea(LAST_TOWN, "古邵新城街道", "street"))
    assert everything() == kept and not any(places_of(NEW_TOWN).values())
    assert shown_figures(DAYS[2])["charity.received town"][LAST_TOWN] == ("古邵新城街道", both)
    assert [shown_figures(day) for day in (BEFORE, *DAYS[:2])] == [first, second, third]
    assert words_of_reports() == reports
    green(known)
    _work_goes_on(here, both, known)


def _go_along(homes) -> None:
    """What hangs on a household went with it, down to the files of its cases."""
    with scoped(scope_of(WEST)), connection.cursor() as cursor:
        for home in homes:
            assert Household.objects.get(pk=home.pk).area == WEST
        for label in ("registry.Person", "registry.Status", "cases.Case", "cases.Task", "charity.Application", "ledgers.Benefit"):
            model = next(model for model in scoped_tables() if model._meta.label == label)
            cursor.execute(f"select count(*) from {_quoted(model)}")
            assert cursor.fetchone()[0], label


def _work_goes_on(here, both: int, known: list[str]) -> None:
    """Posts, quotas, payers, reports, files, books and receipts serve the area that the towns have become."""
    on = DAYS[2]

    def now(username: str):
        return actor_for(Staff.objects.get(username=username), on=on)

    reviewer, clerk, cash = now("zhao"), now("branch1"), now("cash1")
    assert {reviewer.area, clerk.area, cash.area} == {LAST_TOWN}
    with scoped(reviewer):
        report = Report.objects.exclude(state="draft").order_by("pk").first()
        assert area_of(report) in (TOWN, OTHER_TOWN)
        assert value(figure("charity.received"), period(BEFORE), area_of(report)) < both
        assert value(figure("charity.received"), period(BEFORE), LAST_TOWN) == both
        assert verify_report(report) == (True, [])
    with scoped(here.clerk):
        campaign = campaigns().get()
        assert quota_left(campaign, LAST_TOWN) <= 100 and quota_left(campaign, TOWN) is not None
        assert sum(shares_for(campaign, LAST_TOWN[:9] + "001", 500_00, on).values()) == 500_00
        own = Fundraising.objects.filter(area=DISTRICT, kind="named").get()
    gift = make_gift(clerk, own, 88_00, on=on)
    with scoped(clerk):
        gift.refresh_from_db()
        assert gift.receipt.number.startswith(f"{LAST_TOWN[:9]}-{on.year}-") and gift.area == LAST_TOWN
    green(known)
