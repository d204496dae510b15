"""One person in two rows: found by likeness, merged by a decision, and undone without a trace of loss."""

from __future__ import annotations

from datetime import date

import pytest

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Stale
from linli.kernel.registry.actions import (
    decide_different,
    decide_same,
    found_household,
    join_household,
    leave_household,
    merge_persons,
    propose_duplicates,
    recognise_status,
    undo_merge,
)
from linli.kernel.registry.models import Membership, Person
from linli.kernel.registry.queries import (
    common_area,
    duplicate_queue,
    household_of,
    households_of,
    members_of,
    people,
    people_with_status,
    person_by_id,
    search,
    statuses_of,
)
from linli.kernel.registry.rules import Likeness, compare
from linli.kernel.registry.samples import make_person

DAY = date(2010, 12, 1)
BASE = Likeness("李小明", "lixiaoming", date(1960, 5, 1), "1", b"n1", b"p1", "和平路1号")


@pytest.mark.parametrize(
    ("changes", "score"),
    [
        ({}, 100),
        ({"number": None}, 100),
        ({"number": b"n2"}, 80),
        ({"number": None, "phone": None, "address": ""}, 70),
        ({"number": None, "phone": None, "address": "", "birth": date(1960, 1, 5)}, 55),
        ({"number": None, "phone": None, "address": "", "birth": date(1960, 5, 7)}, 55),
        ({"number": None, "phone": None, "address": "", "name": "李晓明"}, 55),
        ({"number": None, "name": "李晓明"}, 95),
        ({"number": b"n2", "name": "王五", "pinyin": "wangwu", "phone": None, "address": "", "birth": date(1999, 1, 1)}, 0),
        ({"number": None, "sex": "2", "phone": None, "address": ""}, 50),
    ],
)
def test_likeness(changes, score):
    fields = {name: changes.get(name, getattr(BASE, name)) for name in Likeness.__dataclass_fields__}
    assert compare(BASE, Likeness(**fields)).score == compare(Likeness(**fields), BASE).score == score


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
    assert pair.grounds == ["姓名同音", "出生日期相同", "电话相同"] and pair.score == 75


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
