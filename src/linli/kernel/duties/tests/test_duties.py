"""What is owed is written once; what was done is entered with its proof; the past is never rewritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from linli.base.areas import Level
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Forbidden, Refused, Stale
from linli.kernel.duties import actions, queries
from linli.kernel.duties.models import Occurrence, Shift
from linli.kernel.duties.rules import DoneState, From, Per, Subject
from linli.kernel.duties.samples import DAY, JOINT_OFFICE, SAMPLE_DUTIES, SUMMARY, WATCH, done_before
from linli.kernel.registry.actions import turn_area
from linli.kernel.registry.rules import NewArea

HERE, DISTRICT = "370404001001", "370404000000"
NOVEMBER, DECEMBER = (date(2010, 11, 1), date(2010, 11, 30)), (date(2010, 12, 1), date(2010, 12, 31))


def machine():
    return machine_actor("duties.plan", DISTRICT)


def rows(by, duty, **words):
    with scoped(by):
        return list(Occurrence.objects.filter(duty=duty.key, **words).order_by("first", "number"))


def do(by, row, done_on=DAY, **words):
    words = {"values": {"topics": 3}, "minutes": 480} | words
    return actions.do_duty(by=by, on=DAY, occurrence_id=row.pk, done_on=done_on, **words)


def test_every_community_owes_each_time_once_however_often_it_is_planned(worker):
    first = actions.plan(by=machine(), on=DAY)
    assert first.made > 0 and actions.plan(by=machine(), on=DAY) == actions.Planned(0, 0)
    mine = rows(worker, JOINT_OFFICE)
    assert [(row.first.month, row.number) for row in mine] == [(month, number) for month in (10, 11, 12, 1) for number in (1, 2)]
    december = next(row for row in mine if row.first == DECEMBER[0])
    assert (december.last, december.late_after, december.area) == (DECEMBER[1], date(2011, 1, 6), HERE)  # 3 working days
    actions.plan(by=machine(), on=date(2011, 1, 3))
    assert len(rows(worker, JOINT_OFFICE)) == 10


def test_a_demo_of_a_late_day_has_done_what_its_year_asked(worker):
    """Else everything that was owed before this month stands as missed; a duty that began within the year keeps its own story."""
    late = date(2012, 6, 20)
    actions.plan(by=machine(), on=late, duty=JOINT_OFFICE.key)
    assert done_before(by=worker, on=DAY, keys=[JOINT_OFFICE.key]) == 0
    assert done_before(by=worker, on=late, keys=[JOINT_OFFICE.key]) > 0
    assert {row.first.month for row in rows(worker, JOINT_OFFICE, state="owed")} == {6, 7}
    assert {(row.done_on == row.last, row.minutes) for row in rows(worker, JOINT_OFFICE, state="done")} == {(True, 480)}


def test_what_was_done_needs_its_proof_and_is_done_once(worker):
    actions.plan(by=machine(), on=DAY, duty=JOINT_OFFICE.key)
    row = rows(worker, JOINT_OFFICE, first=DECEMBER[0])[0]
    for words, said in (
        ({"minutes": 479}, "不少于480分钟"), ({"values": {}}, "请填写办理事项"),
        ({"done_on": date(2010, 12, 21)}, "不能晚于今天"), ({"done_on": date(2010, 11, 30)}, "不能更早"),
        ({"values": {"topics": 1, "other": 2}}, "没有"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=said):
            do(worker, row, **words)
    kept = do(worker, row, note="两委成员到场")
    assert (kept.state, kept.done_on, kept.done_by_id, kept.proof) == ("done", DAY, worker.staff_id, {"topics": 3})
    with pytest.raises(Stale):
        do(worker, row)


def test_what_is_late_is_missed_until_it_is_made_up_and_stays_so_for_the_days_before(worker):
    actions.plan(by=machine(), on=DAY, duty=SUMMARY.key)
    october = rows(worker, SUMMARY)[0]
    assert october.late_after == date(2010, 11, 1)  # 31 October was a Sunday
    with scoped(worker):
        assert queries.occurrences([SUMMARY.key], on=date(2010, 11, 2), state="missed").get().pk == october.pk
    do(worker, october, values={}, minutes=None)
    with scoped(worker):
        for on, state in ((date(2010, 11, 2), "missed"), (DAY, "late")):
            assert queries.occurrences([SUMMARY.key], on=on, state=state, last=date(2010, 11, 5)).get().pk == october.pk
        counts = {kind: queries.counted(SUMMARY.key, kind, *NOVEMBER).count() for kind in ("due", "done", "late", "missed")}
        assert counts == {"due": 2, "done": 0, "late": 0, "missed": 2}  # as November's end showed it
        year = date(2010, 1, 1), date(2010, 12, 31)
        counts = {kind: queries.counted(SUMMARY.key, kind, *year).count() for kind in ("due", "done", "late", "missed")}
        assert counts == {"due": 3, "done": 0, "late": 1, "missed": 2}
        days = sorted(row.late_after for row in queries.counted(SUMMARY.key, "missed", *year))
        early = [queries.counted(SUMMARY.key, "missed", *year, days[-1] + timedelta(days=n)).count() for n in (0, 1)]
        assert early == [1, 2], "what falls due today or later in a year that runs on is not missed yet"


def test_an_entry_that_was_wrong_is_taken_back_and_is_owed_again(worker):
    actions.plan(by=machine(), on=DAY, duty=SUMMARY.key)
    row = do(worker, rows(worker, SUMMARY)[0], values={}, minutes=None)
    assert actions.take_back(by=worker, on=DAY, occurrence_id=row.pk, why="登记错了月份") == 1
    assert rows(worker, SUMMARY)[0].state == "owed"
    with pytest.raises(Stale):
        actions.take_back(by=worker, on=DAY, occurrence_id=row.pk, why="登记错了月份")


def test_a_changed_declaration_holds_for_what_begins_under_it_and_leaves_the_past(worker, declare):
    actions.plan(by=machine(), on=DAY, duty=JOINT_OFFICE.key)
    before = [(row.first, row.number, row.line) for row in rows(worker, JOINT_OFFICE) if row.first <= DAY]
    declare(JOINT_OFFICE, replace(JOINT_OFFICE, rhythm=Per("month", 1), since=date(2011, 1, 1)))
    actions.plan(by=machine(), on=DAY, duty=JOINT_OFFICE.key)
    owed = rows(worker, JOINT_OFFICE, state="owed")
    assert [(row.first, row.number, row.line) for row in owed if row.first <= DAY] == before
    assert [(row.first, row.number) for row in owed if row.first > DAY] == [(date(2011, 1, 1), 1)]


@pytest.mark.parametrize(
    "statement",
    ["update duties_occurrence set late_after = '2011-03-01'", "update duties_occurrence set line = '2010-01-01'",
     "delete from duties_occurrence"],
)
def test_the_database_refuses_to_move_a_deadline(worker, statement):
    actions.plan(by=machine(), on=DAY, duty=SUMMARY.key)
    with scoped(worker), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_another_area_owes_does_not_exist(worker, neighbour):
    actions.plan(by=machine(), on=DAY, duty=SUMMARY.key)
    row = rows(worker, SUMMARY)[0]
    with pytest.raises(Forbidden):
        do(neighbour, row)
    assert {one.area for one in rows(neighbour, SUMMARY)} == {neighbour.area}


PAIRS: list[Subject] = []


def pairs(on):
    return PAIRS


@pytest.fixture
def visits(declare):
    duty = replace(JOINT_OFFICE, key="duties.pairs", who=From(f"{__name__}.pairs"), fields=(), least_minutes=0, grace=0)
    declare(duty)
    PAIRS[:] = [Subject("7", "王芳户", HERE, date(2010, 11, 20))]
    return duty


def test_who_begins_inside_a_month_owes_its_share_and_who_ended_owes_nothing_more(worker, visits):
    actions.plan(by=machine(), on=DAY)
    assert [(row.first.isoformat(), row.number) for row in rows(worker, visits) if row.first <= DAY] == [
        ("2010-11-20", 1), ("2010-12-01", 1), ("2010-12-01", 2),
    ]  # fmt: skip
    PAIRS[:] = [replace(PAIRS[0], until=date(2010, 12, 15))]
    actions.plan(by=machine(), on=DAY)
    assert {row.first.month: row.state for row in rows(worker, visits)} == {11: "owed", 12: "dropped", 1: "dropped"}


def test_what_a_package_recorded_does_the_duty_that_is_owed_on_that_day(worker, visits):
    actions.plan(by=machine(), on=DAY)
    did = []
    for number, day in enumerate((3, 10, 17, 18)):
        words = {"duty": visits.key, "subject": "7", "done_on": date(2010, 12, day), "evidence": f"records.entry:{number}"}
        done = actions.do_next(by=worker, on=DAY, **words)
        did.append((done.first.month, done.done_on > done.late_after) if done else None)
    assert did == [(12, False), (12, False), (11, True), None]  # the third makes up what November missed
    december = rows(worker, visits, first=DECEMBER[0])
    assert [row.state for row in december] == ["done", "done"]
    assert actions.take_back(by=worker, on=DAY, evidence="records.entry:1", why="记录已作废") == 1
    with pytest.raises(Refused, match="原记录"):
        actions.take_back(by=worker, on=DAY, occurrence_id=december[0].pk, why="不对")


def test_one_line_for_each_area_counts_as_the_list_does(reviewer, worker):
    actions.plan(by=machine(), on=DAY, duty=SUMMARY.key)
    do(worker, rows(worker, SUMMARY)[0], values={}, minutes=None)
    span = {"first": date(2010, 10, 1), "last": date(2010, 12, 31)}
    with scoped(reviewer):
        parts = queries.tallies([SUMMARY.key], on=DAY, level=Level.COMMUNITY, **span)
        assert len(parts) == 12
        for part in parts:
            for state in ("done", "late", "missed"):
                listed = queries.occurrences([SUMMARY.key], on=DAY, state=state, area=part.key, **span).count()
                assert getattr(part, state) == listed
        mine = next(part for part in parts if part.key == HERE)
        assert (mine.due, mine.late, mine.missed, mine.share) == (3, 1, 1, "50.0%")


def test_an_area_that_turned_into_another_keeps_what_it_owes(worker, founders):
    actions.plan(by=machine(), on=DAY, duty=SUMMARY.key)
    turn_area(by=founders[0], on=DAY, old=HERE, new=NewArea("370404001088", "新和社区", "community"))
    actions.plan(by=machine(), on=DAY, duty=SUMMARY.key)
    moved = rows(machine(), SUMMARY, area="370404001088").__len__()
    assert moved >= 3


def test_a_day_is_done_when_enough_people_came_by_their_own_hand(worker, mate, reviewer):
    actions.plan(by=machine(), on=DAY, duty=WATCH.key)
    staff = [worker.staff_id, mate.staff_id]
    actions.set_roster(by=worker, on=DAY, duty=WATCH.key, area=HERE, day=DAY, staff=staff)
    with scoped(worker):
        shifts = {shift.staff_id: shift for shift in Shift.objects.filter(active=True)}
    with pytest.raises(Forbidden, match="本人"):
        actions.attend(by=mate, on=DAY, shift_id=shifts[worker.staff_id].pk)
    actions.attend(by=worker, on=DAY, shift_id=shifts[worker.staff_id].pk, note="平安无事")
    assert rows(worker, WATCH, first=DAY)[0].state == "owed"
    actions.attend(by=mate, on=DAY, shift_id=shifts[mate.staff_id].pk)
    assert rows(worker, WATCH, first=DAY)[0].state == "done"
    with pytest.raises(Stale):
        actions.attend(by=mate, on=DAY, shift_id=shifts[mate.staff_id].pk)


def test_a_roster_takes_only_people_of_the_place_and_days_to_come(worker, neighbour):
    words = {"duty": WATCH.key, "area": HERE}
    with pytest.raises(Refused, match="本区域任职"):
        actions.set_roster(by=worker, on=DAY, day=DAY, staff=[neighbour.staff_id], **words)
    with pytest.raises(Refused, match="过去"):
        actions.set_roster(by=worker, on=DAY, day=date(2010, 12, 19), staff=[worker.staff_id], **words)
    with pytest.raises(Refused, match="辖区"):
        actions.set_roster(by=neighbour, on=DAY, day=DAY, staff=[neighbour.staff_id], **words)


def test_a_shift_changes_hands_only_with_consent(worker, mate):
    day = date(2010, 12, 22)
    [mine] = actions.set_roster(by=worker, on=DAY, duty=WATCH.key, area=HERE, day=day, staff=[worker.staff_id])
    with pytest.raises(Forbidden):
        actions.ask_swap(by=mate, on=DAY, shift_id=mine.pk, to=worker.staff_id, why="有事外出")
    swap = actions.ask_swap(by=worker, on=DAY, shift_id=mine.pk, to=mate.staff_id, why="有事外出")
    with pytest.raises(Refused, match="等对方答复"):
        actions.ask_swap(by=worker, on=DAY, shift_id=mine.pk, to=mate.staff_id, why="有事外出")
    with pytest.raises(Forbidden):
        actions.answer_swap(by=worker, on=DAY, swap_id=swap.pk, agree=True)
    with scoped(worker):
        assert [shift.staff_id for shift in Shift.objects.filter(active=True)] == [worker.staff_id]
    actions.answer_swap(by=mate, on=DAY, swap_id=swap.pk, agree=True)
    with scoped(worker):
        assert [shift.staff_id for shift in Shift.objects.filter(active=True)] == [mate.staff_id]
        assert Shift.objects.count() == 2
    with pytest.raises(Stale):
        actions.answer_swap(by=mate, on=DAY, swap_id=swap.pk, agree=False)


def test_a_declined_swap_leaves_the_roster_as_it_was(worker, mate):
    day = date(2010, 12, 22)
    [mine] = actions.set_roster(by=worker, on=DAY, duty=WATCH.key, area=HERE, day=day, staff=[worker.staff_id])
    swap = actions.ask_swap(by=worker, on=DAY, shift_id=mine.pk, to=mate.staff_id, why="有事外出")
    actions.answer_swap(by=mate, on=DAY, swap_id=swap.pk, agree=False)
    with scoped(worker):
        assert [shift.staff_id for shift in Shift.objects.filter(active=True)] == [worker.staff_id]


def test_the_workbench_has_what_is_due_and_late_and_asks_for_people(worker, mate):
    actions.plan(by=machine(), on=DAY)
    [shift] = actions.set_roster(by=worker, on=DAY, duty=WATCH.key, area=HERE, day=DAY, staff=[worker.staff_id])
    actions.ask_swap(by=worker, on=DAY, shift_id=shift.pk, to=mate.staff_id, why="有事外出")
    with scoped(worker):
        kinds = [task.kind for task in queries.waiting_tasks(worker, DAY, "waiting")]
        assert {"联合办公", "社情民意汇总", "安全巡查", "值班", "排班"} <= set(kinds)
        lefts = [task.days_left.left for task in queries.waiting_tasks(worker, DAY, "waiting") if task.days_left]
        assert min(lefts) < 0
    with scoped(mate):
        assert "换班待同意" in {task.kind for task in queries.waiting_tasks(mate, DAY, "waiting")}
    assert {one.key for one in SAMPLE_DUTIES} == set(queries.duties())
    assert DoneState.MISSED.zh == "逾期未办"


def test_lists_cost_as_many_queries_for_many_rows_as_for_few(reviewer, worker, django_assert_num_queries):
    actions.plan(by=machine(), on=DAY)
    with scoped(reviewer):
        with django_assert_num_queries(1):
            assert len(list(queries.occurrences([JOINT_OFFICE.key], on=DAY))) == 96
        with django_assert_num_queries(1):
            queries.tallies([JOINT_OFFICE.key, SUMMARY.key], on=DAY, first=DECEMBER[0], last=DECEMBER[1])
        with django_assert_num_queries(2):
            queries.month_days([JOINT_OFFICE.key, WATCH.key], DECEMBER[0])
