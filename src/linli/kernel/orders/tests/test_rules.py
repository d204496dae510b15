"""Moves, clocks, categories, the choice of a desk and the rates: from tables."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.days import SHANGHAI, official_calendar
from linli.kernel.orders.rules import (
    MOVES,
    CallOutcome,
    Candidate,
    ClockKind,
    DeskKind,
    Lane,
    Mark,
    Move,
    Need,
    Pace,
    Stage,
    after,
    after_call,
    alarming,
    apart,
    categories,
    category,
    draw_checks,
    dues_of,
    explained,
    find_categories,
    last_week,
    late,
    later,
    left,
    limit,
    limit_of,
    longest_extension,
    missed_weeks,
    moved,
    propose,
    rates_of,
)

CALENDAR = official_calendar()
AREA = "370404001001"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_every_stage_but_the_last_leads_on_and_nothing_leads_out_of_the_table():
    assert set(MOVES) == set(Stage)
    assert all(goal in MOVES for moves in MOVES.values() for goal in moves.values())
    reached = {Stage.NEW, *(goal for moves in MOVES.values() for goal in moves.values())}
    assert reached == set(Stage)


@pytest.mark.parametrize(
    ("stage", "move", "goal"),
    [
        (Stage.NEW, Move.ANSWERED, Stage.CLOSED), (Stage.SENT, Move.SIGNED, Stage.WORKING), (Stage.SENT, Move.HANDLED, None),
        (Stage.WORKING, Move.RETURNED, None), (Stage.SENT, Move.RETURNED, Stage.DISPUTED), (Stage.SUSPENDED, Move.HANDLED, None),
        (Stage.HANDLED, Move.REOPENED, Stage.WORKING), (Stage.CLOSED, Move.CALLED_BACK, None),
        (Stage.CLOSED, Move.NAMED, Stage.CLOSED),
    ],
)  # fmt: skip
def test_what_may_happen_where(stage, move, goal):
    assert after(stage, move) is goal


@pytest.mark.parametrize(
    ("outcome", "attempt", "bad", "round_", "leads"),
    [
        (CallOutcome.REACHED, 1, False, 1, Move.CLOSED), (CallOutcome.REACHED, 1, True, 1, Move.REOPENED),
        (CallOutcome.REACHED, 1, True, 3, Move.CLOSED), (CallOutcome.SILENT, 1, False, 1, Move.CALLED_BACK),
        (CallOutcome.SILENT, 3, False, 1, Move.CLOSED), (CallOutcome.WRONG, 2, False, 1, Move.CALLED_BACK),
        (CallOutcome.REFUSED, 1, False, 1, Move.CLOSED),
    ],
)  # fmt: skip
def test_a_call_back_ends_the_order_or_begins_it_anew(outcome, attempt, bad, round_, leads):
    assert after_call(outcome, attempt, 3, bad, round_, 3) is leads


@pytest.mark.parametrize(
    ("lane", "terms", "at", "clock", "due"),
    [
        (Lane.EMERGENCY, "", "2010-12-01T23:30", ClockKind.DISPATCH, "2010-12-02T00:30"),
        (Lane.URGENT, "", "2010-12-04T10:00", ClockKind.HANDLE, "2010-12-06T10:00"),  # Saturday: the wall clock runs on
        (Lane.ORDINARY, "", "2010-12-03T10:00", ClockKind.SIGN, "2010-12-06T23:59:59"),  # Friday: signed by Monday
        (Lane.ORDINARY, "", "2010-12-27T10:00", ClockKind.HANDLE, "2011-01-04T23:59:59"),  # over New Year
        (Lane.ORDINARY, "conduct", "2010-12-01T10:00", ClockKind.HANDLE, "2010-12-10T23:59:59"),
        (Lane.ORDINARY, "advice", "2010-12-01T10:00", ClockKind.HANDLE, "2010-12-03T23:59:59"),
        (Lane.URGENT, "conduct", "2010-12-01T10:00", ClockKind.HANDLE, "2010-12-03T10:00"),  # the fast lane has its own
    ],
)  # fmt: skip
def test_clocks_run_by_lane_and_category(lane, terms, at, clock, due):
    assert getattr(dues_of(lane, terms, moment(at), AREA, CALENDAR), clock) == moment(due)


@pytest.mark.parametrize(
    ("day", "clock", "due", "source"),
    [
        ("2010-12-20", ClockKind.HANDLE, "2011-02-18", "信访条例 §33 自受理之日起60日内办结"),
        ("2010-12-20", ClockKind.CONTACT, "2011-01-04", "信访条例 §22 15日内书面告知是否受理"),
        ("2022-05-02", ClockKind.HANDLE, "2022-07-01", "信访工作条例 §34 自受理之日起60日内办结"),
        ("2022-09-16", ClockKind.CONTACT, "2022-10-08", "信访工作条例 §23 15日内书面告知是否受理"),  # 1 October is a holiday
    ],
)
def test_a_petition_runs_in_days_by_the_rules_of_its_day(day, clock, due, source):
    term = limit_of(clock, Lane.ORDINARY, "petition", date.fromisoformat(day), AREA)
    assert term.pace is Pace.DAYS and term.source == source
    assert term.due(moment(f"{day}T10:00"), CALENDAR).date() == date.fromisoformat(due)
    assert longest_extension(term, "petition", date.fromisoformat(day), AREA) == 30


def test_every_term_says_where_it_comes_from():
    for lane in Lane:
        for clock in ClockKind:
            assert limit_of(clock, lane, "", date(2010, 12, 1), AREA).source
    assert limit("bounces", date(2010, 12, 1), AREA) == 2


@pytest.mark.parametrize(
    ("due", "since", "until", "pace", "then"),
    [
        ("2010-12-02T10:00", "2010-12-01T10:00", "2010-12-01T13:00", Pace.HOURS, "2010-12-02T13:00"),
        ("2010-12-08T23:59:59", "2010-12-02T10:00", "2010-12-06T09:00", Pace.WORKING, "2010-12-10T23:59:59"),
        ("2010-12-08T23:59:59", "2010-12-04T10:00", "2010-12-05T09:00", Pace.WORKING, "2010-12-08T23:59:59"),  # a weekend
        ("2010-12-01T10:00", "2010-12-02T10:00", "2010-12-06T09:00", Pace.HOURS, "2010-12-01T10:00"),  # had run out before
    ],
)
def test_a_standstill_moves_a_deadline_by_itself_and_never_saves_a_late_one(due, since, until, pace, then):
    assert moved(moment(due), moment(since), moment(until), pace, CALENDAR) == moment(then)


@given(st.integers(0, 400), st.integers(0, 400), st.sampled_from(Pace))
def test_a_standstill_never_brings_a_deadline_forward(wait, stood, pace):
    since = moment("2010-06-01T08:00")
    due = since + timedelta(hours=wait)
    assert moved(due, since, since + timedelta(hours=stood), pace, CALENDAR) >= due


def test_late_stays_late():
    due = moment("2010-12-02T10:00")
    assert late(due, moment("2010-12-02T10:01"), moment("2010-12-02T10:01"))
    assert not late(due, moment("2010-12-02T09:00"), moment("2011-01-01T10:00"))
    assert not late(due, None, moment("2010-12-05T10:00"), stopped=moment("2010-12-01T10:00"))
    assert late(due, None, moment("2010-12-05T10:00"), stopped=moment("2010-12-03T10:00"))
    assert later(due, 3, Pace.HOURS, CALENDAR) == moment("2010-12-02T13:00")
    assert left(due, moment("2010-12-02T07:00")) == "还剩3小时" and left(due, moment("2010-12-05T11:00")) == "超期3天"


def test_the_tree_of_categories_is_whole():
    for code, one in categories().items():
        assert one.zh and (len(code) == 2 or code[:-2] in categories())
    assert category("3020") is None, "an order carries a leaf"
    life = category("302010")
    assert life.lane is Lane.EMERGENCY and life.desk is DeskKind.COMMUNITY and life.script


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("401010", "垃圾清运"), ("路灯", "路灯不亮"), ("ld", "路灯不亮"), ("ludeng", "路灯不亮"), ("下水道", "管道疏通"),
        ("JTBL", "家庭暴力"),
    ],
)  # fmt: skip
def test_a_category_is_found_by_code_name_pinyin_and_initials(typed, first):
    assert find_categories(typed)[0].zh == first


def test_words_of_danger_raise_their_script():
    assert [one.zh for one in alarming("他说不想活了，站在楼顶")] == ["轻生与心理危机"]
    assert not alarming("路灯不亮")


def desk(pk: int, **words) -> Candidate:
    given = {"zh": f"单位{pk}", "kind": DeskKind.DEPARTMENT, "area": AREA, "near": 0, "named": 0, "opens": None, "closes": None,
             "weekends": False, "load": 0, "returned": 0, "fallback": False} | words  # fmt: skip
    return Candidate(desk=pk, **given)


FALLBACK = desk(9, kind=DeskKind.CENTRE, fallback=True)
HOURS = {"opens": time(8, 30), "closes": time(17, 30)}
DAYTIME, NIGHT = moment("2010-12-01T10:00"), moment("2010-12-01T22:00")


@pytest.mark.parametrize(
    ("candidates", "lane", "at", "order"),
    [
        ([desk(1, kind=DeskKind.COMMUNITY, near=2), desk(2, named=4)], Lane.ORDINARY, DAYTIME, [2, 1, 9]),
        ([desk(1, named=4, load=40), desk(2, named=4)], Lane.ORDINARY, DAYTIME, [2, 1, 9]),
        ([desk(1, named=4, returned=3), desk(2, named=2)], Lane.ORDINARY, DAYTIME, [2, 1, 9]),
        ([desk(1, named=4, **HOURS), desk(2, kind=DeskKind.STREET, near=1)], Lane.EMERGENCY, NIGHT, [2, 9]),
        ([desk(1, **HOURS)], Lane.URGENT, NIGHT, [9]),
        ([], Lane.ORDINARY, DAYTIME, [9]),
    ],
)
def test_the_desk_that_fits_best_comes_first_and_the_district_always_may(candidates, lane, at, order):
    found = propose([*candidates, FALLBACK], Need(DeskKind.DEPARTMENT, lane, at), CALENDAR)
    assert [one.desk for one in found] == order
    assert all(one.reasons for one in found)


def test_the_desk_that_is_complained_of_is_never_proposed():
    accused = desk(1, named=6, area="370404901001")
    found = propose([accused, FALLBACK], Need(DeskKind.DEPARTMENT, Lane.ORDINARY, DAYTIME, about="370404901001"), CALENDAR)
    assert [one.desk for one in found] == [9] and "兜底" in found[0].reasons[0]
    found = propose([accused, FALLBACK], Need(DeskKind.DEPARTMENT, Lane.ORDINARY, DAYTIME, unnamed=True), CALENDAR)
    assert [one.desk for one in found] == [9] and "还没有登记被投诉的单位" in found[0].reasons[0]


def test_complaints_of_offices_and_villages_accuse_somebody_and_those_of_firms_lie_at_the_centre_anyway():
    accusing = {code for code, one in categories().items() if one.leaf and one.accuses}
    assert {"501010", "501030", "502020", "701020"} <= accusing and all(code[:2] in ("50", "70") for code in accusing)
    assert "503010" not in accusing and "701010" not in accusing, "whoever asks for wages may accuse nobody"


@pytest.mark.parametrize(
    ("seat", "about", "fits"),
    [
        ("370404001001", "", True), ("370404001001", "370404001001", False), ("370404001000", "370404001001", True),
        ("370404001001", "370404001000", False), ("370404002001", "370404001000", True), ("370404901006", "370404901006", False),
        ("370404901007", "370404901006", True), ("370404000000", "370404000000", False), ("370404901006", "370404000000", True),
    ],
)
def test_a_complaint_is_for_another_body_and_not_for_one_below(seat, about, fits):
    assert apart(seat, about) is fits


def test_what_is_kept_of_a_proposal_names_the_chosen_one():
    found = propose([desk(pk) for pk in range(1, 8)] + [FALLBACK], Need(DeskKind.DEPARTMENT, Lane.ORDINARY, DAYTIME), CALENDAR)
    kept = explained(found, 9)
    assert [one["desk"] for one in kept if one["chosen"]] == [9] and len(kept) == 6


GRADES = st.sampled_from(["", "1", "2", "3", "4", "5"])


@given(st.lists(st.builds(Mark, st.booleans(), st.booleans(), st.none() | st.booleans(), GRADES)))
def test_rates_are_shares_of_those_who_were_asked(marks):
    found = rates_of(marks)
    for rate in (found.response, found.solution, found.satisfaction, found.punctual):
        assert rate is None or 0 <= rate <= 1
    assert found.asked == sum(one.solved is not None for one in marks) and (found.satisfaction is None) == (found.graded == 0)


def test_three_rates_by_hand():
    marks = [Mark(True, True, True, "5"), Mark(True, False, False, "2"), Mark(False, False, None, "")]
    marks.append(Mark(True, True, True, "3"))
    found = rates_of(marks)
    assert (found.response, found.solution, found.satisfaction) == (Fraction(3, 4), Fraction(2, 3), Fraction(2, 3))


def test_each_kind_at_each_desk_has_its_share_of_the_calls_by_lot():
    orders = [(pk, "2010" if pk <= 25 else "4010", 7 if pk % 5 else None) for pk in range(1, 41)]
    drawn = draw_checks("5eed", orders, 10)
    assert drawn == draw_checks("5eed", reversed(orders), 10) and len(set(drawn)) == len(drawn)
    strata = Counter((code, desk) for pk, code, desk in orders if pk in drawn)
    assert strata == {("2010", 7): 2, ("2010", None): 1, ("4010", 7): 2, ("4010", None): 1}, "each share rounded up"
    assert draw_checks("5eed", orders, 0) == [] and len(draw_checks("5eed", orders, 100)) == 40


def test_a_week_that_any_draw_touches_was_not_missed():
    monday = date(2010, 12, 20)
    assert last_week(monday) == last_week(date(2010, 12, 26)) == (date(2010, 12, 13), date(2010, 12, 19))
    drawn = [(date(2010, 12, 13), date(2010, 12, 19)), (date(2010, 11, 30), date(2010, 12, 1))]
    assert missed_weeks(monday, drawn, 4) == [
        (date(2010, 12, 6), date(2010, 12, 12)), (date(2010, 11, 22), date(2010, 11, 28)),
    ]  # fmt: skip
