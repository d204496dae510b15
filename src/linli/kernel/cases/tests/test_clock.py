"""The clock of a case: working days, stops, extensions, always from the events alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.days import Term, official_calendar
from linli.kernel.cases.rules import Ground, Happening, Kind, Starts, clock, stops_of
from linli.kernel.cases.samples import SAMPLE_FLOW

CALENDAR = official_calendar()
BARE = replace(SAMPLE_FLOW, steps=tuple(replace(step, term=None) for step in SAMPLE_FLOW.steps))


def opened(day: date, to: str = "check") -> Happening:
    return Happening(Kind.OPENED, day, to=to, staff=1)


def stopped(day: date, ground: Ground = Ground.PAPERS, until: date | None = None) -> Happening:
    return Happening(Kind.STOPPED, day, "check", stops=ground, until=until)


def resumed(day: date, ground: Ground = Ground.PAPERS) -> Happening:
    return Happening(Kind.RESUMED, day, "check", resumes=ground)


def extended(day: date, n: int = 10) -> Happening:
    return Happening(Kind.EXTENDED, day, "check", extends=Term("working", n))


def seen(*events: Happening, term: Term = Term("working", 20), on: date | None = None):
    return clock(events, replace(BARE, term=term), CALENDAR, on=on or events[-1].day)


# start, working days, last day: computed from the notices of the State Council
VECTORS = [
    (date(2026, 9, 21), 3, date(2026, 9, 24)),
    (date(2026, 9, 21), 10, date(2026, 10, 12)),
    (date(2026, 9, 21), 20, date(2026, 10, 26)),
    (date(2026, 9, 21), 45, date(2026, 11, 30)),
    (date(2025, 1, 15), 20, date(2025, 2, 18)),
    (date(2026, 2, 10), 10, date(2026, 3, 2)),
    (date(2025, 9, 26), 3, date(2025, 9, 30)),
    (date(2026, 4, 30), 10, date(2026, 5, 18)),
    (date(2024, 9, 30), 15, date(2024, 10, 25)),
]


@pytest.mark.parametrize(("start", "n", "last"), VECTORS)
def test_working_days_are_those_of_the_official_calendar(start, n, last):
    found = seen(opened(start), term=Term("working", n))
    assert (found.due.day, found.due.provisional, found.days_left) == (last, False, n)


D = date  # 2010-12-01 is a Wednesday; there is no holiday in that December
STOPS = {
    "no stop": ([], D(2010, 12, 29)),
    "a stop of three working days": ([stopped(D(2010, 12, 6)), resumed(D(2010, 12, 9))], D(2011, 1, 4)),
    "asked and received on one day": ([stopped(D(2010, 12, 6)), resumed(D(2010, 12, 6))], D(2010, 12, 29)),
    "a stop over a weekend only": ([stopped(D(2010, 12, 3)), resumed(D(2010, 12, 5))], D(2010, 12, 29)),
    "two stops apart": (
        [stopped(D(2010, 12, 2)), resumed(D(2010, 12, 3)), stopped(D(2010, 12, 6)), resumed(D(2010, 12, 7))], D(2010, 12, 31)
    ),
    "two stops that overlap count once": (
        [
            stopped(D(2010, 12, 6)), stopped(D(2010, 12, 7), Ground.NOTICE),
            resumed(D(2010, 12, 8)), resumed(D(2010, 12, 9), Ground.NOTICE),
        ],
        D(2011, 1, 4),
    ),
    "a stop with a planned end": ([stopped(D(2010, 12, 6), Ground.NOTICE, D(2010, 12, 9))], D(2011, 1, 4)),
    "a planned stop that ended sooner": (
        [stopped(D(2010, 12, 6), Ground.NOTICE, D(2010, 12, 20)), resumed(D(2010, 12, 9), Ground.NOTICE)], D(2011, 1, 4)
    ),
    "a planned stop resumed after its end": (
        [stopped(D(2010, 12, 6), Ground.NOTICE, D(2010, 12, 9)), resumed(D(2010, 12, 15), Ground.NOTICE)], D(2011, 1, 4)
    ),
    "a stop after the last day comes too late": ([stopped(D(2010, 12, 30)), resumed(D(2011, 1, 10))], D(2010, 12, 29)),
    "an extension": ([extended(D(2010, 12, 20))], D(2011, 1, 13)),
    "an extension after a stop": ([stopped(D(2010, 12, 6)), resumed(D(2010, 12, 9)), extended(D(2010, 12, 20))], D(2011, 1, 18)),
    "a stop within the extension": ([extended(D(2010, 12, 20)), stopped(D(2011, 1, 4)), resumed(D(2011, 1, 6))], D(2011, 1, 17)),
}  # fmt: skip


@pytest.mark.parametrize("name", STOPS)
def test_stops_and_extensions_move_the_last_day(name):
    events, last = STOPS[name]
    assert seen(opened(D(2010, 12, 1)), *events).due.day == last


def test_while_the_clock_stands_still_there_is_no_last_day_and_no_day_is_spent():
    events = [opened(D(2010, 12, 1)), stopped(D(2010, 12, 6))]
    for on in (D(2010, 12, 6), D(2010, 12, 31), D(2011, 3, 1)):
        found = seen(*events, on=on)
        assert (found.due, found.stopped, found.spent, found.days_left) == (None, True, 3, 17)
    assert "恢复后顺延" in "".join(found.explanation)


def test_a_planned_stop_holds_through_its_last_day_and_not_longer():
    events = [opened(D(2010, 12, 1)), stopped(D(2010, 12, 6), Ground.NOTICE, D(2010, 12, 9))]
    assert seen(*events, on=D(2010, 12, 9)).stopped
    assert not seen(*events, on=D(2010, 12, 10)).stopped


def test_a_notice_shown_on_the_last_day_leaves_a_day_to_say_what_came_of_it():
    last = D(2010, 12, 17)  # five working days from Friday the 10th
    shown = stopped(last, Ground.NOTICE, until=D(2010, 12, 24))
    found = seen(opened(D(2010, 12, 10)), shown, term=Term("working", 5))
    assert found.due.day == D(2010, 12, 27)  # the Monday after
    assert found.explanation[-2] == "停止计时的当日正是截止日，恢复计时后的第一日为截止日。"
    assert seen(opened(D(2010, 12, 10)), stopped(last), term=Term("working", 5)).due is None
    went_on = seen(opened(D(2010, 12, 10)), stopped(last), resumed(D(2010, 12, 21)), term=Term("working", 5))
    assert went_on.due.day == D(2010, 12, 22)
    late = stopped(D(2010, 12, 20), Ground.NOTICE, until=D(2010, 12, 27))
    assert seen(opened(D(2010, 12, 10)), late, term=Term("working", 5)).due.day == last


def test_calendar_days_move_by_the_days_of_the_stop_and_roll_off_a_weekend():
    week = Term("calendar", 7)
    assert seen(opened(D(2010, 12, 1)), term=week).due.day == D(2010, 12, 8)
    assert seen(opened(D(2010, 12, 4)), term=week).due.day == D(2010, 12, 13)  # the 11th is a Saturday
    shifted = seen(opened(D(2010, 12, 1)), stopped(D(2010, 12, 2)), resumed(D(2010, 12, 4)), term=week)
    assert shifted.due.day == D(2010, 12, 10)


def test_months_end_on_the_corresponding_day_and_move_by_the_days_of_the_stop():
    month = Term("month", 1)
    assert seen(opened(D(2011, 1, 31)), term=month).due.day == D(2011, 2, 28)
    assert seen(opened(D(2010, 12, 1)), stopped(D(2010, 12, 6)), resumed(D(2010, 12, 9)), term=month).due.day == D(2011, 1, 4)


def test_the_step_has_its_own_days_and_the_earlier_end_holds():
    events = [opened(D(2010, 12, 1)), Happening(Kind.PASSED, D(2010, 12, 6), "check", "review", 1)]
    found = clock(events, SAMPLE_FLOW, CALENDAR, on=D(2010, 12, 8))
    assert (found.step.due.day, found.step.spent, found.step.left) == (D(2010, 12, 20), 2, 8)
    assert found.case.due.day == D(2010, 12, 29) and found.due.day == D(2010, 12, 20)
    late = [*events[:1], Happening(Kind.PASSED, D(2010, 12, 24), "check", "review", 1)]
    assert clock(late, SAMPLE_FLOW, CALENDAR, on=D(2010, 12, 24)).due.day == D(2010, 12, 29)


def test_a_step_may_count_from_the_opening_of_the_case():
    steps = (SAMPLE_FLOW.steps[0], replace(SAMPLE_FLOW.steps[1], starts=Starts.CASE), SAMPLE_FLOW.steps[2])
    events = [opened(D(2010, 12, 1)), Happening(Kind.PASSED, D(2010, 12, 6), "check", "review", 1)]
    assert clock(events, replace(SAMPLE_FLOW, steps=steps), CALENDAR, on=D(2010, 12, 6)).step.due.day == D(2010, 12, 15)


def test_an_extension_moves_every_later_last_day():
    events = [opened(D(2010, 12, 1)), Happening(Kind.PASSED, D(2010, 12, 6), "check", "review", 1)]
    before = clock(events, SAMPLE_FLOW, CALENDAR, on=D(2010, 12, 7))
    after = clock([*events, replace(extended(D(2010, 12, 7)), step="review")], SAMPLE_FLOW, CALENDAR, on=D(2010, 12, 7))
    for one, other in ((before.case, after.case), (before.step, after.step)):
        assert CALENDAR.working_days_between(one.due.day, other.due.day) == 10


def test_past_the_known_calendar_the_last_day_is_provisional():
    start = CALENDAR.known_until - timedelta(days=3)
    found = seen(opened(start))
    assert found.due.provisional and found.due.zh.endswith("（暂定）")
    assert any("暂定" in line for line in found.explanation)


def test_a_closed_case_spends_no_more_days():
    events = [opened(D(2010, 12, 1)), Happening(Kind.CLOSED, D(2010, 12, 6), "check")]
    found = seen(*events, on=D(2011, 6, 1))
    assert found.case.spent == 3 and found.step is None and not found.stopped


def test_a_closed_case_keeps_the_last_day_by_which_it_is_judged():
    events = [opened(D(2010, 12, 1)), stopped(D(2010, 12, 6)), Happening(Kind.CLOSED, D(2010, 12, 9), "check")]
    assert seen(*events, on=D(2011, 6, 1)).case.due.day == D(2011, 1, 4)  # the stop ended with the case
    late = [opened(D(2010, 12, 1)), Happening(Kind.CLOSED, D(2011, 1, 10), "check")]
    assert seen(*late).case.due.day == D(2010, 12, 29) and seen(*late).case.left < 0


def test_a_reopened_case_goes_on_where_it_stood():
    events = [
        opened(D(2010, 12, 1)), Happening(Kind.CLOSED, D(2010, 12, 6), "check"),
        Happening(Kind.REOPENED, D(2010, 12, 20), to="decision"),
    ]  # fmt: skip
    found = seen(*events)
    assert found.case.spent == 3 and found.case.due.day == D(2011, 1, 13)


def test_the_explanation_says_why_this_day():
    words = "".join(seen(opened(D(2026, 2, 10)), term=Term("working", 10)).explanation)
    parts = ("2026年2月10日起算，期限10个工作日", "民法典第二百零一条", "2月14日、2月28日调休上班", "截止日：2026年3月2日")
    for part in parts:
        assert part in words
    rolled = "".join(seen(opened(D(2010, 12, 4)), term=Term("calendar", 7)).explanation)
    assert "民法典第二百零三条" in rolled


def test_a_case_without_events_has_no_clock():
    with pytest.raises(ValueError):
        clock([], SAMPLE_FLOW, CALENDAR, on=D(2010, 12, 1))


pauses = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=4)


@given(pauses, st.integers(1, 40), st.sampled_from(["working", "calendar"]), st.integers(0, 200))
def test_whatever_stops_the_days_that_counted_are_exactly_the_term(gaps, n, kind, later):
    """The last day is the n-th day that was neither off nor stopped, or the first one after a stop that began on it.

    Days spent and days left make up the term, and that day.
    """
    day, events = D(2010, 3, 1), [opened(D(2010, 3, 1))]
    for wait, length in gaps:
        day += timedelta(days=wait)
        events.append(stopped(day))
        day += timedelta(days=length)
        events.append(resumed(day))
    found = seen(*events, term=Term(kind, n), on=day + timedelta(days=later))
    stops = stops_of(events)
    days = (D(2010, 3, 1) + timedelta(days=i) for i in range(1, 900))
    counted = [d for d in days if not any(s.covers(d) for s in stops) and (kind == "calendar" or CALENDAR.is_working(d))]

    def end(last: date) -> date:
        return CALENDAR.next_working_day(last).day if kind == "calendar" else last

    at = n - 1
    while held := [s for s in stops if counted[at] <= s.after <= end(counted[at]) and s.after < s.through]:
        at = next(i for i, day in enumerate(counted) if day > max(s.through for s in held))
    assert found.due.day == end(counted[at])
    if kind == "working":
        assert found.spent + found.days_left == at + 1


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_longer_stop_never_brings_the_last_day_nearer(first, more):
    def due(length: int) -> date:
        return seen(opened(D(2010, 3, 1)), stopped(D(2010, 3, 4)), resumed(D(2010, 3, 4) + timedelta(days=length))).due.day

    assert due(first) <= due(first + more)
