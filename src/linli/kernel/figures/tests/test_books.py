"""Every record book has its figures: stock on any day, flow in any period, sums, parts; each number opens to its rows."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.figures import queries
from linli.kernel.figures.rules import month_period, year_period
from linli.kernel.records.actions import end_entry, strike_entry
from linli.kernel.records.queries import books
from linli.kernel.records.samples import DAY, SAMPLE_BOOKS, make_file_of, make_lecture
from linli.kernel.registry.actions import decide_same, propose_duplicates
from linli.kernel.registry.models import DuplicatePair
from linli.kernel.registry.samples import make_areas, make_person

DISTRICT, STEM = "370404000000", "book.records.rehabilitation"


@pytest.fixture
def office(db, monkeypatch):
    monkeypatch.setattr(apps.get_app_config("records"), "books", SAMPLE_BOOKS, raising=False)
    books.cache_clear()
    queries.figures.cache_clear()
    founders = make_founders()
    make_areas(founders[0])
    yield (
        make_staff(founders=founders), make_staff("qian", "钱社工", area="370404100201", founders=founders),
        make_staff("wang", "王科长", Role.DISTRICT_APPROVER, DISTRICT, founders=founders),
    )  # fmt: skip
    monkeypatch.undo()
    books.cache_clear()
    queries.figures.cache_clear()


def value(key, period, area=DISTRICT, cell=None):
    return queries.value(queries.figure(key), period, area, cell)


def test_a_book_is_counted_on_any_day_and_summed_and_its_parts_make_the_whole(office):
    here, there, approver = office
    first = make_file_of(here, make_person(here, DAY, "张三").pk, on=date(2010, 3, 1), cost=10_000)
    make_file_of(here, make_person(here, DAY, "李四").pk, on=date(2010, 11, 5), need="device", cost=5_000)
    make_file_of(there, make_person(there, DAY, "王五").pk, on=date(2010, 12, 6), cost=700)
    end_entry(by=here, on=DAY, entry_id=first.pk, version=1, until=date(2010, 12, 1), why="康复结束")
    with scoped(approver):
        stock = {month: value(f"{STEM}.count", month_period(2010, month)) for month in (2, 3, 11, 12)}
        assert stock == {2: 0, 3: 1, 11: 2, 12: 2}
        assert value(f"{STEM}.new", year_period(2010)) == 3
        assert value(f"{STEM}.sum_cost", month_period(2010, 12)) == 5_700
        assert value(f"{STEM}.sum_cost", month_period(2010, 11), cell={"need": "train"}) == 10_000
        one = queries.figure(f"{STEM}.count")
        for by in ("town", "need"):
            cells = queries.broken_down(one, month_period(2010, 12), DISTRICT, by)
            assert sum(cell.value for cell in cells) == 2
        rows = queries.rows(one, month_period(2010, 12), DISTRICT)
        assert [one.describe(row)[0] for row in rows.order_by("pk")] == ["李* 2010-11-05", "王* 2010-12-06"]


def test_a_struck_row_counts_nowhere_and_a_number_without_a_known_unit_is_not_summed(office):
    here, _, approver = office
    row = make_lecture(here, heads=30)
    make_lecture(here, "辅具使用", heads=12)
    strike_entry(by=here, on=DAY, entry_id=row.pk, version=1, why="重复登记")
    with scoped(approver):
        assert value("book.records.lectures.count", year_period(2010)) == 1
        assert value("book.records.lectures.sum_heads", year_period(2010)) == 12
    assert f"{STEM}.sum_hours" not in queries.figures()


def test_people_who_were_merged_are_one(office):
    here, _, approver = office
    known = ({"no_number_reason": "unregistered"}, {})
    people = [make_person(here, DAY, "张三", birth=date(1950, 1, 1), **words) for words in known]
    for person in people:
        make_file_of(here, person.pk)
    propose_duplicates(by=here, on=DAY)
    with scoped(here):
        pair = DuplicatePair.objects.get()
    decide_same(by=here, on=DAY, pair_id=pair.pk, survivor_id=people[1].pk)
    with scoped(approver):
        assert (value(f"{STEM}.count", year_period(2010)), value(f"{STEM}.people", year_period(2010))) == (2, 1)
