"""One person in two rows: found by likeness, merged by a decision, and undone without a trace of loss."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from linli.base.identity import RESERVED_AREA, make_id
from linli.base.names import sort_key
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Stale
from linli.kernel.jobs.samples import work_off
from linli.kernel.registry import tasks
from linli.kernel.registry.actions import (
    correct_person,
    decide_different,
    decide_same,
    end_search,
    found_household,
    join_household,
    leave_household,
    likeness,
    merge_persons,
    order_search,
    propose_duplicates,
    recognise_status,
    search_duplicates,
    undo_merge,
)
from linli.kernel.registry.models import Membership, Person
from linli.kernel.registry.queries import (
    clear_numbers,
    common_area,
    duplicate_queue,
    household_of,
    households_of,
    last_pass,
    members_of,
    people,
    people_with_status,
    person_by_id,
    search,
    statuses_of,
)
from linli.kernel.registry.rules import BY_CHANCE, alike, pairs_of
from linli.kernel.registry.samples import make_person

DAY = date(2010, 12, 1)
LATER_DAY = date(2010, 12, 3)
NUMBER = make_id(RESERVED_AREA, date(1960, 5, 1), 17)
TWIN = make_id(RESERVED_AREA, date(1960, 5, 1), 37)
LATER = make_id(RESERVED_AREA, date(1960, 5, 21), 37)
BASE = {"name": "李小明", "sex": "1", "birth": date(1960, 5, 1), "phone": "a1", "address": "和平路1号"}


def asked(one, other, numbers=("", "")):
    """The score of two rows among nobody else, and its grounds; None where nobody is asked."""
    rows = [BASE | one | {"id": 1, "area": "x"}, BASE | other | {"id": 2, "area": "x"}]
    people = pl.DataFrame(rows).with_columns(
        pl.col("birth").cast(pl.Date), sort_key=pl.col("name").map_elements(sort_key, return_dtype=pl.String)
    )
    columns, pairs = pairs_of(people)
    found = alike(people, columns, pairs, pl.Series(numbers))
    return (found[0].score, found[0].grounds) if found else None


NO_PHONE, NOTHING = {"phone": None}, {"phone": None, "address": None}
ADDRESS, PHONE, SEX = "住址相同", "电话相同", "性别相同"


@pytest.mark.parametrize(
    ("one", "other", "numbers", "score", "grounds"),
    [
        ({}, {}, (NUMBER, ""), 99, ["姓名相同", "出生日期相同", SEX, PHONE, ADDRESS]),
        (NOTHING, NOTHING, (NUMBER, ""), 98, ["姓名相同", "出生日期相同", SEX]),
        (NOTHING, NOTHING | {"name": "李晓明"}, ("", ""), 73, ["姓名同音", "出生日期相同", SEX]),
        (NOTHING, NOTHING | {"name": "李明小"}, ("", ""), 48, ["姓名字序颠倒", "出生日期相同", SEX]),
        (NO_PHONE, NO_PHONE | {"birth": date(1960, 1, 5)}, ("", ""), 99, ["姓名相同", "出生日期月日颠倒", SEX, ADDRESS]),
        (NO_PHONE, NO_PHONE | {"birth": date(1960, 5, 7)}, ("", ""), 99, ["姓名相同", "出生日期仅差一处笔误", SEX, ADDRESS]),
        ({}, {"sex": "2"}, ("", ""), 99, ["姓名相同", "出生日期相同", PHONE, ADDRESS]),
        ({}, {}, (NUMBER, LATER), 99, ["姓名相同", "出生日期相同", SEX, PHONE, ADDRESS]),  # two registrations of one person
    ],
)
def test_a_person_is_asked_about(one, other, numbers, score, grounds):
    assert asked(one, other, numbers) == asked(other, one, numbers[::-1]) == (score, grounds)


@pytest.mark.parametrize(
    ("one", "other", "numbers"),
    [
        (NOTHING, NOTHING, (NUMBER, TWIN)),  # one name and one birth, two right numbers, nothing else in common
        ({}, {"name": "李小亮"}, (NUMBER, TWIN)),  # twins
        (NO_PHONE, NO_PHONE | {"name": "王芳", "sex": "2"}, ("", "")),  # born on one day, living together
        (NOTHING, NOTHING | {"birth": date(1971, 8, 30)}, ("", "")),  # a name alone
        ({}, {"name": "李强", "birth": date(1988, 3, 2)}, ("", "")),  # father and son
    ],
)
def test_nobody_is_asked_about(one, other, numbers):
    assert asked(one, other, numbers) is None


def test_a_telephone_of_the_village_makes_no_duplicates():
    rows = [BASE | {"id": i, "name": f"李{chr(0x660E + i)}", "birth": date(1960, 1, 1 + i % 28), "address": None}
            for i in range(40)]  # fmt: skip
    people = pl.DataFrame(rows).with_columns(
        pl.col("birth").cast(pl.Date), sort_key=pl.col("name").map_elements(sort_key, return_dtype=pl.String)
    )
    columns, pairs = pairs_of(people)
    assert columns["phone"].null_count() == 40 and alike(people, columns, pairs, pl.Series([""] * 40)) == []


@pytest.mark.parametrize(
    ("codes", "area"),
    [
        (["370404001001", "370404001001"], "370404001001"),
        (["370404001001", "370404001002"], "370404001000"),
        (["370404001001", "370404002001"], "370404000000"),
        (["370404001001", "370404001000"], "370404001000"),
    ],
)
def test_a_pair_belongs_to_the_lowest_area_above_both(codes, area):
    assert common_area(codes) == area


@pytest.fixture
def twice(worker):
    """One man twice: with a number and a household, and without a number."""
    known = make_person(worker, DAY, "李小明", phone="13805471234")
    again = make_person(worker, DAY, "李晓明", no_number_reason="lost", phone="13805471234")
    household = found_household(by=worker, on=DAY, head_id=known.pk)
    return known, again, household


def queue(actor):
    with scoped(actor):
        return list(duplicate_queue())


def test_alike_rows_come_into_the_queue_once(worker, twice):
    make_person(worker, DAY, "王五", birth=date(1971, 1, 1))
    assert propose_duplicates(by=worker, on=DAY) == 1
    assert propose_duplicates(by=worker, on=DAY) == 0
    (pair,) = queue(worker)
    assert pair.grounds == ["姓名同音", "出生日期相同", "性别相同", "电话相同"] and pair.score == 99
    assert [zh for zh, _, _ in pair.reasons] == ["姓名", "出生日期", "性别", "电话", BY_CHANCE]
    with scoped(worker):
        last = last_pass(worker.area)
        assert (last.people, last.proposed, last.gone) == (3, 0, 0) and last.ended_at is not None


def test_a_search_among_nobody_finds_nobody(worker):
    assert propose_duplicates(by=worker, on=DAY) == 0


def test_numbers_are_opened_only_of_those_who_share_something_else(worker, twice, monkeypatch):
    known, again, _ = twice
    make_person(worker, DAY, "王五", birth=date(1971, 1, 1))
    opened = []
    monkeypatch.setattr(likeness, "clear_numbers", lambda ids: opened.extend(ids) or clear_numbers(ids))
    propose_duplicates(by=worker, on=DAY)
    assert sorted(opened) == [known.pk, again.pk]


def test_no_search_merges_anybody(worker, twice):
    for _ in range(2):
        propose_duplicates(by=worker, on=DAY)
    with scoped(worker):
        assert Person.objects.exclude(merged_into=None).count() == 0 and people().count() == 2


def test_a_pair_goes_when_it_is_alike_no_more_and_comes_again(worker, twice):
    known, again, _ = twice
    propose_duplicates(by=worker, on=DAY)
    changed = correct_person(by=worker, on=DAY, person_id=again.pk, version=again.version, birth=date(1991, 9, 9), name="赵四")
    assert propose_duplicates(by=worker, on=DAY) == 0 and not queue(worker)
    correct_person(by=worker, on=DAY, person_id=again.pk, version=changed.version, birth=known.birth, name="李小明")
    assert propose_duplicates(by=worker, on=LATER_DAY) == 1
    (pair,) = queue(worker)
    assert pair.grounds[0] == "姓名相同" and pair.proposed_on == LATER_DAY


def test_a_search_of_the_district_is_ordered_once_and_done_in_the_background(approver, worker, twice):
    one = order_search(by=approver, on=DAY)
    assert order_search(by=approver, on=DAY) == one and one.ended_at is None
    assert work_off() == 1
    with scoped(approver):
        assert last_pass(approver.area).proposed == 1 and last_pass(approver.area).ended_at is not None
    assert search_duplicates(by=approver, on=DAY, pass_id=one.pk).proposed == 1  # once more changes nothing
    with pytest.raises(Forbidden):
        search_duplicates(by=worker, on=DAY, pass_id=one.pk)


def test_a_search_that_failed_says_so_and_another_may_begin(approver):
    one = order_search(by=approver, on=DAY)
    end_search(by=approver, on=DAY, pass_id=one.pk, why="没有完成。")
    with scoped(approver):
        assert last_pass(approver.area).message == "没有完成。"
    assert order_search(by=approver, on=DAY) != one


def test_every_district_is_searched_at_night(approver, worker, twice):
    tasks.propose_duplicates()
    assert len(queue(worker)) == 1


def test_a_pair_of_two_towns_waits_for_the_district(worker, neighbour, approver, reviewer):
    make_person(worker, DAY, "李小明", phone="13805471234")
    make_person(neighbour, DAY, "李小明", phone="13805471234", no_number_reason="lost")
    assert propose_duplicates(by=worker, on=DAY) == propose_duplicates(by=reviewer, on=DAY) == 0
    assert propose_duplicates(by=approver, on=DAY) == 1
    assert len(queue(approver)) == 1 and not queue(worker) and not queue(reviewer)


def test_a_merged_row_is_answered_with_the_survivor(worker, twice):
    known, again, household = twice
    recognise_status(by=worker, on=DAY, person_id=again.pk, kind="ill", source="医院")
    propose_duplicates(by=worker, on=DAY)
    (pair,) = queue(worker)
    decide_same(by=worker, on=DAY, pair_id=pair.pk, survivor_id=known.pk)
    with scoped(worker):
        assert person_by_id(again.pk) == known
        assert [row.id for row in search("13805471234", on=DAY).rows] == [known.pk]
        assert search("晓明", on=DAY).rows == []
        assert statuses_of(known).count() == 1
        assert list(people_with_status("ill", DAY)) == [known]
        assert search("李小明", on=DAY).rows[0].statuses == ("重大疾病",)
        assert people().count() == 1
        assert household_of(known, DAY) == household
    with pytest.raises(Stale):
        decide_same(by=worker, on=DAY, pair_id=pair.pk, survivor_id=known.pk)


def test_an_undone_merge_leaves_both_rows_as_they_were(worker, twice):
    known, again, _ = twice
    with scoped(worker):
        before = list(Person.objects.order_by("id").values())
    propose_duplicates(by=worker, on=DAY)
    (pair,) = queue(worker)
    decide_same(by=worker, on=DAY, pair_id=pair.pk, survivor_id=known.pk)
    undo_merge(by=worker, on=DAY, merged_id=again.pk, note="看错了")
    with scoped(worker):
        assert list(Person.objects.order_by("id").values()) == before
        assert [row.id for row in search("晓明", on=DAY).rows] == [again.pk]
        pair.refresh_from_db()
    assert pair.state == "undone"
    with pytest.raises(Refused):
        undo_merge(by=worker, on=DAY, merged_id=again.pk)


def test_two_people_stay_two_and_are_not_proposed_again(worker, twice):
    propose_duplicates(by=worker, on=DAY)
    (pair,) = queue(worker)
    decide_different(by=worker, on=DAY, pair_id=pair.pk, note="堂兄弟")
    assert not queue(worker) and propose_duplicates(by=worker, on=DAY) == 0


def test_members_of_two_households_are_not_merged(worker, twice):
    known, again, _ = twice
    found_household(by=worker, on=DAY, head_id=again.pk)
    with pytest.raises(Refused, match="分属两户"):
        merge_persons(by=worker, on=DAY, survivor_id=known.pk, merged_id=again.pk)


def test_the_household_of_the_merged_row_is_that_of_the_survivor(worker, twice):
    known, again, household = twice
    merge_persons(by=worker, on=DAY, survivor_id=again.pk, merged_id=known.pk)
    with scoped(worker):
        assert household_of(again, DAY) == household
        assert members_of(household, DAY) == [again]
        assert households_of([again.pk, known.pk], DAY) == {again.pk: household.pk, known.pk: household.pk}
    other = found_household(by=worker, on=DAY, head_id=make_person(worker, DAY, "王五").pk)
    with pytest.raises(Refused, match="已属于一户"):
        join_household(by=worker, on=DAY, household_id=other.pk, person_id=again.pk, kin="99")
    leave_household(by=worker, on=date(2010, 12, 9), person_id=again.pk, because="分户")
    with scoped(worker):
        assert household_of(again, date(2010, 12, 9)) is None
        assert Membership.objects.filter(person=known).get().until == date(2010, 12, 9)


def test_a_survivor_of_others_is_not_merged_away(worker, twice):
    known, again, _ = twice
    third = make_person(worker, DAY, "李小名", no_number_reason="lost")
    merge_persons(by=worker, on=DAY, survivor_id=known.pk, merged_id=again.pk)
    with pytest.raises(Refused, match="改为保留"):
        merge_persons(by=worker, on=DAY, survivor_id=third.pk, merged_id=known.pk)
    with pytest.raises(Refused, match="已合并"):
        merge_persons(by=worker, on=DAY, survivor_id=third.pk, merged_id=again.pk)
    merge_persons(by=worker, on=DAY, survivor_id=known.pk, merged_id=third.pk)


def test_nobody_decides_about_people_of_another_area(worker, neighbour, twice):
    known, again, _ = twice
    propose_duplicates(by=worker, on=DAY)
    (pair,) = queue(worker)
    for attempt in (
        lambda: decide_same(by=neighbour, on=DAY, pair_id=pair.pk, survivor_id=known.pk),
        lambda: merge_persons(by=neighbour, on=DAY, survivor_id=known.pk, merged_id=again.pk),
        lambda: undo_merge(by=neighbour, on=DAY, merged_id=again.pk),
    ):
        with pytest.raises(Forbidden):
            attempt()
