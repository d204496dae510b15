"""A row is added once, corrected by new versions, ended, struck out; what it is about gives it its area."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from linli.base.areas import WHOLE
from linli.base.fields import Field, FieldKind
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine
from linli.kernel.access.rules import Forbidden, Refused, Stale
from linli.kernel.records import actions, queries
from linli.kernel.records.models import Entry, EntryVersion
from linli.kernel.records.samples import DAY, LECTURES, REHABILITATION, VISITS, make_file_of, make_lecture
from linli.kernel.registry.actions import decide_same, merge_areas, move_person, propose_duplicates
from linli.kernel.registry.models import DuplicatePair
from linli.kernel.registry.rules import NewArea
from linli.kernel.registry.samples import make_household, make_person


def correct(by, row, values, why="核对后更正", **words):
    return actions.correct_entry(by=by, on=DAY, entry_id=row.pk, version=row.version, values=values, why=why, **words)


def test_a_row_says_what_was_entered_and_lies_where_its_person_lives(worker):
    person = make_person(worker, DAY)
    row = make_file_of(worker, person.pk, hours="12.5", cost=30_000, hospital="区人民医院", diagnosis="右下肢截瘫")
    with scoped(worker):
        kept = Entry.objects.get()
        assert (kept.area, kept.person_id, kept.day, kept.definition) == (person.area, person.pk, DAY, 2)
        assert kept.values == {"since": "2010-12-20", "need": "train", "hours": "12.5", "cost": 30_000, "hospital": "区人民医院"}
        assert "截瘫" not in str(kept.sealed) and queries.sealed_text(kept, "diagnosis") == "右下肢截瘫"
        assert [one.version for one in queries.versions_of(row)] == [1]
        lines = AuditLine.objects.filter(verb="records.write").values_list("facts", flat=True)
        assert lines and "截瘫" not in str(list(lines))


def test_a_correction_is_a_new_version_and_the_former_one_stays(worker):
    row = make_file_of(worker, make_person(worker, DAY).pk, cost=30_000)
    correct(worker, row, {"cost": 20_000, "need": "device", "guarded": True})
    with scoped(worker):
        new, old = queries.versions_of(row)
        assert (new.version, new.values["cost"], new.why, new.changed_by_id) == (2, 20_000, "核对后更正", worker.staff_id)
        assert (old.version, old.values["cost"]) == (1, 30_000)


def test_whoever_corrects_what_was_corrected_meanwhile_is_told(worker):
    row = make_file_of(worker, make_person(worker, DAY).pk)
    late = Entry(pk=row.pk, version=1)
    correct(worker, row, {"cost": 100})
    with pytest.raises(Stale):
        correct(worker, late, {"cost": 200})


def test_a_row_is_never_about_somebody_else(worker):
    person, other = make_person(worker, DAY), make_person(worker, DAY, "王五")
    row = make_file_of(worker, person.pk)
    correct(worker, row, {"person": other.pk, "cost": 1})
    with scoped(worker):
        assert Entry.objects.get().person_id == person.pk


@pytest.mark.parametrize(
    "statement",
    [
        "update records_entry set values = '{}'",
        "update records_entry set version = version + 2, values = '{}'",
        "update records_entry set person_id = null, version = version + 1",
        "update records_entry set area = '370404001002'",
        "update records_entryversion set values = '{}'",
        "delete from records_entry",
        "insert into records_entryversion select * from records_entryversion",
    ],
)
def test_the_database_refuses_what_would_change_the_history(worker, statement):
    make_file_of(worker, make_person(worker, DAY).pk)
    with scoped(worker), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"need": ""}, "need", "请填写康复需求"),
        ({"need": "other"}, "need", "应为以下之一"),
        ({"hours": "12.55"}, "hours", "最多1位小数"),
        ({"hours": "41.0"}, "hours", "不能大于40"),
        ({"cost": "三百"}, "cost", "自付费用的写法不对"),
        ({"since": "2010-13-01"}, "since", "月份"),
        ({"since": "2010-12-21"}, "since", "不能晚于"),
        ({"surname": "李"}, "surname", "没有"),
        ({"hospital": "院" * 201}, "hospital", "不能超过200个字"),
        ({"guarded": "yes"}, "guarded", "写法不对"),
    ],
)
def test_a_value_that_does_not_stand_names_its_field(worker, values, field, words):
    person = make_person(worker, DAY)
    with pytest.raises(Refused, match=words) as refused:
        make_file_of(worker, person.pk, **values)
    assert refused.value.field == field
    with scoped(WHOLE):
        assert not Entry.objects.exists()


def test_nobody_is_entered_twice_and_after_the_end_one_may_be_again(worker):
    person = make_person(worker, DAY)
    row = make_file_of(worker, person.pk, on=date(2010, 11, 1))
    with pytest.raises(Refused, match="残疾人相同的在册记录"):
        make_file_of(worker, person.pk)
    actions.end_entry(by=worker, on=DAY, entry_id=row.pk, version=1, until=date(2010, 12, 10), why="康复结束")
    make_file_of(worker, person.pk)
    with scoped(worker):
        running = queries.entries(REHABILITATION, on=DAY)
        assert [one.day for one in running] == [DAY]
        assert queries.entries(REHABILITATION, on=DAY, state="ended").get().pk == row.pk
        assert queries.counts([REHABILITATION], date(2010, 12, 9)) == {REHABILITATION.key: 1}


def test_a_row_that_happened_cannot_be_ended_and_a_struck_one_not_corrected(worker):
    row = make_lecture(worker)
    with pytest.raises(Refused, match="作废"):
        actions.end_entry(by=worker, on=DAY, entry_id=row.pk, version=1, until=DAY, why="不再")
    actions.strike_entry(by=worker, on=DAY, entry_id=row.pk, version=1, why="重复登记")
    with scoped(worker):
        row.refresh_from_db()
        assert not queries.entries(LECTURES, on=DAY).exists()
        assert queries.entries(LECTURES, on=DAY, state="struck").count() == 1
    with pytest.raises(Refused, match="已作废"):
        correct(worker, row, {"heads": 3})
    make_lecture(worker)


def test_a_row_of_another_area_does_not_exist(worker, neighbour):
    row = make_file_of(worker, make_person(worker, DAY).pk)
    with pytest.raises(Forbidden):
        correct(neighbour, row, {"cost": 1})
    with scoped(neighbour):
        assert not queries.entries(REHABILITATION, on=DAY).exists()
        assert not EntryVersion.objects.exists()
    with pytest.raises(Refused, match="本辖区内没有这个人员"):
        make_file_of(neighbour, row.person_id)


def test_a_row_follows_its_person_and_its_area(worker, approver):
    person = make_person(worker, date(2010, 1, 1))
    make_file_of(worker, person.pk)
    home = make_household(worker, date(2010, 1, 1))
    actions.add_entry(by=worker, on=DAY, book=VISITS.key, values={"household": home.pk, "day": "2010-12-01", "money": 50_000})
    move_person(by=approver, on=DAY, person_id=person.pk, to="370404002001", address="沿河路1号")
    areas = ["370404001001", "370404001002"]
    merge_areas(by=approver, on=DAY, olds=areas, new=NewArea("370404001099", "新和社区", "community"))
    with scoped(WHOLE):
        where = dict(Entry.objects.values_list("book", "area"))
        assert where == {REHABILITATION.key: "370404002001", VISITS.key: "370404001099"}
        assert set(EntryVersion.objects.values_list("area", flat=True)) == set(where.values())


def test_merged_people_are_named_and_counted_as_one(worker):
    one = make_person(worker, DAY, "张三", birth=date(1950, 1, 1), no_number_reason="unregistered")
    two = make_person(worker, DAY, "张三", birth=date(1950, 1, 1))
    for person in (one, two):
        make_file_of(worker, person.pk)
    propose_duplicates(by=worker, on=DAY)
    with scoped(worker):
        pair = DuplicatePair.objects.get()
    decide_same(by=worker, on=DAY, pair_id=pair.pk, survivor_id=two.pk)
    with scoped(worker):
        rows = queries.standing(REHABILITATION)
        assert rows.annotate(who=queries.survivor_id()).values("who").distinct().count() == 1
        assert {queries.subject_name(row) for row in rows} == {"张三"}
        assert len(queries.person_timeline([one.pk, two.pk], on=DAY)) == 2
    with pytest.raises(Refused, match="相同的在册记录"):
        make_file_of(worker, one.pk)


def test_a_later_version_of_the_definition_leaves_old_rows_as_they_were(worker, declare):
    former = replace(REHABILITATION, version=1, fields=tuple(field for field in REHABILITATION.fields if field.since == 1))
    declare(former)
    row = make_file_of(worker, make_person(worker, DAY).pk, cost=100)
    added = Field("ward", "病区", required=True, since=2)
    ended = tuple(replace(field, until=1) if field.key == "cost" else field for field in REHABILITATION.fields)
    declare(replace(REHABILITATION, fields=(*ended, added)))
    with scoped(worker):
        entry, book = queries.entry_in_area(by=worker, entry_id=row.pk)
        shown = {field.key for field, _ in queries.named_values(book, entry)}
        assert "cost" in shown and "ward" not in shown
    with pytest.raises(Refused, match="请填写病区"):
        correct(worker, row, {"hospital": "区人民医院"})
    correct(worker, row, {"ward": "三病区"})
    with scoped(worker):
        kept = Entry.objects.get()
        assert (kept.definition, kept.values["ward"], kept.values["cost"]) == (2, "三病区", 100)


def test_a_hidden_text_is_shown_for_a_purpose_only_and_the_look_is_a_line(worker):
    row = make_file_of(worker, make_person(worker, DAY).pk, diagnosis="右下肢截瘫")
    with pytest.raises(Refused, match="用途"):
        actions.reveal_text(by=worker, on=DAY, entry_id=row.pk, field="diagnosis", purpose=" ")
    with pytest.raises(Forbidden):
        actions.reveal_text(by=worker, on=DAY, entry_id=row.pk, field="hospital", purpose="安排训练")
    assert actions.reveal_text(by=worker, on=DAY, entry_id=row.pk, field="diagnosis", purpose="安排训练") == "右下肢截瘫"
    with scoped(worker):
        line = AuditLine.objects.get(verb="records.reveal", outcome="done")
    assert (line.purpose, line.facts["field"], line.subject) == ("安排训练", "diagnosis", str(row.pk))


def test_after_the_time_of_keeping_the_content_goes_and_the_row_stays(worker, approver):
    old = make_file_of(worker, make_person(worker, DAY).pk, on=date(2004, 1, 5), diagnosis="截瘫", hospital="区人民医院")
    actions.end_entry(by=worker, on=DAY, entry_id=old.pk, version=1, until=date(2005, 12, 19), why="康复结束")
    running = make_file_of(worker, make_person(worker, DAY, "王五").pk, on=date(2004, 1, 5))
    with pytest.raises(Forbidden):
        actions.destroy_past_keeping(by=worker, on=DAY, book=REHABILITATION.key, why="峄民〔2010〕9号")
    assert actions.destroy_past_keeping(by=approver, on=DAY, book=REHABILITATION.key, why="峄民〔2010〕9号") == 1
    with scoped(worker):
        gone = Entry.objects.get(pk=old.pk)
        assert (gone.state, gone.values, gone.sealed, gone.words) == ("destroyed", {}, {}, "")
        assert {str(one.values) for one in queries.versions_of(gone)} == {"{}"}
        assert Entry.objects.get(pk=running.pk).state == "standing"
    assert actions.destroy_past_keeping(by=approver, on=DAY, book=REHABILITATION.key, why="峄民〔2010〕9号") == 0


def test_two_lists_of_a_hundred_rows_cost_as_many_queries_as_one_of_two(worker, django_assert_max_num_queries):
    for number in range(12):
        make_file_of(worker, make_person(worker, DAY, f"某{'甲乙丙丁戊己庚辛壬癸子丑'[number]}").pk, cost=100)
    with scoped(worker), django_assert_max_num_queries(1):
        names = [queries.subject_name(row) for row in queries.entries(REHABILITATION, on=DAY)]
    assert len(names) == 12


def test_a_search_finds_pieces_of_the_fields_and_beginnings_of_the_name(worker):
    for name, hospital in (("张三", "区人民医院"), ("张四", "区中医院")):
        make_file_of(worker, make_person(worker, DAY, name).pk, hospital=hospital)
    with scoped(worker):
        asked = ("中医", "张", "张四", "张 中医", "李")
        found = {words: queries.entries(REHABILITATION, on=DAY, words=words).count() for words in asked}
    assert found == {"中医": 1, "张": 2, "张四": 1, "张 中医": 1, "李": 0}


def test_a_field_is_declared_soundly():
    with pytest.raises(ValueError, match="sensitive"):
        Field("a", "甲", FieldKind.NUMBER, sensitive=True)
    with pytest.raises(ValueError, match="once"):
        replace(LECTURES, fields=(*LECTURES.fields, LECTURES.fields[0]))
    with pytest.raises(ValueError, match="no field"):
        replace(LECTURES, unique=("nothing",))
