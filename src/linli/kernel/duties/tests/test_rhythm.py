"""On which days a duty falls due: by tables, and as properties over any days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.base.days import month_range, official_calendar
from linli.kernel.duties.rules import DoneState, EveryWorkingDays, OnDays, Per, Rota, TaskState, slots, state_on

CALENDAR = official_calendar()
DAYS = st.dates(date(2009, 11, 1), date(2012, 3, 31))
RHYTHMS = st.one_of(
    st.builds(Per, st.sampled_from(["month", "quarter", "year"]), st.integers(1, 5)),
    st.builds(OnDays, st.lists(st.sampled_from(["1", "15", "31", "last", "12-25", "2-29"]), min_size=1, max_size=3).map(tuple),
              st.booleans()),
    st.builds(EveryWorkingDays, st.integers(1, 40)),
    st.builds(Rota, st.integers(1, 3), st.booleans()),
)  # fmt: skip


def found(rhythm, since, first, last, until=None):
    return slots(rhythm, since, first, last, CALENDAR, until)


@pytest.mark.parametrize(
    ("rhythm", "since", "window", "expected"),
    [
        (Per("month", 2), "2010-01-01", ("2010-12-01", "2010-12-31"),
         [("2010-12-01", "2010-12-31", 1), ("2010-12-01", "2010-12-31", 2)]),
        (Per("month", 2), "2010-12-20", ("2010-12-01", "2010-12-31"), [("2010-12-20", "2010-12-31", 1)]),
        (Per("month", 2), "2010-12-16", ("2010-12-01", "2010-12-31"),
         [("2010-12-16", "2010-12-31", 1), ("2010-12-16", "2010-12-31", 2)]),
        (Per("quarter"), "2010-01-01", ("2010-12-02", "2011-01-01"), [("2011-01-01", "2011-03-31", 1)]),
        (Per("year", 1), "2010-12-31", ("2010-01-01", "2010-12-31"), [("2010-12-31", "2010-12-31", 1)]),
        (OnDays(("15",)), "2010-01-01", ("2011-01-01", "2011-01-31"), [("2011-01-15", "2011-01-17", 1)]),  # a Saturday
        (OnDays(("15",), roll=False), "2010-01-01", ("2011-01-01", "2011-01-31"), [("2011-01-15", "2011-01-15", 1)]),
        (OnDays(("31", "last")), "2010-01-01", ("2011-02-01", "2011-02-28"), [("2011-02-28", "2011-02-28", 1)]),
        (OnDays(("12-25",), roll=False), "2010-01-01", ("2010-01-01", "2010-12-31"), [("2010-12-25", "2010-12-25", 1)]),
        (EveryWorkingDays(10), "2010-12-01", ("2010-12-01", "2010-12-31"),
         [("2010-12-01", "2010-12-15", 1), ("2010-12-16", "2010-12-30", 1), ("2010-12-31", "2011-01-17", 1)]),
        (Rota(working=True), "2010-01-01", ("2010-12-31", "2011-01-04"),
         [("2010-12-31", "2010-12-31", 1), ("2011-01-04", "2011-01-04", 1)]),  # New Year's holiday until the 3rd
    ],
)  # fmt: skip
def test_a_rhythm_falls_due_on_these_days(rhythm, since, window, expected):
    made = found(rhythm, date.fromisoformat(since), *(date.fromisoformat(day) for day in window))
    assert [(slot.first.isoformat(), slot.last.isoformat(), slot.number) for slot in made] == expected


@settings(max_examples=150, deadline=None)
@given(RHYTHMS, DAYS, st.lists(DAYS, min_size=3, max_size=3).map(sorted))
def test_neighbouring_windows_have_the_slots_of_the_whole_each_once(rhythm, since, days):
    first, turn, last = days
    whole = found(rhythm, since, first, last)
    parts = found(rhythm, since, first, turn) + found(rhythm, since, turn + timedelta(days=1), last)
    assert sorted(parts) == whole
    assert len({(slot.first, slot.number) for slot in whole}) == len(whole)
    assert all(since <= slot.first <= slot.last for slot in whole)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["month", "quarter", "year"]), st.integers(1, 5), DAYS)
def test_every_whole_period_is_owed_as_often_as_declared(period, times, day):
    length = {"month": 1, "quarter": 3, "year": 12}[period]
    first = date(day.year, (day.month - 1) // length * length + 1, 1)
    _, after = month_range(first.year, first.month + length - 1)
    made = found(Per(period, times), date(2000, 1, 1), first, after - timedelta(days=1))
    assert [(slot.first, slot.last, slot.number) for slot in made] == [
        (first, after - timedelta(days=1), number) for number in range(1, times + 1)
    ]


@settings(max_examples=100, deadline=None)
@given(RHYTHMS, DAYS, DAYS)
def test_nothing_is_owed_after_the_end(rhythm, since, until):
    for slot in found(rhythm, since, since, date(2012, 3, 31), until):
        assert slot.last < until


@pytest.mark.parametrize("wrong", ["0", "32", "13-1", "1-0", "x"])
def test_a_day_that_cannot_be_is_not_declared(wrong):
    with pytest.raises(ValueError):
        OnDays((wrong,))


@pytest.mark.parametrize(
    ("done", "on", "expected"),
    [
        (None, "2010-11-30", DoneState.AHEAD), (None, "2010-12-31", DoneState.DUE), (None, "2011-01-01", DoneState.MISSED),
        ("2010-12-31", "2010-12-31", DoneState.DONE), ("2010-12-31", "2010-12-30", DoneState.DUE),
        ("2011-01-05", "2011-01-04", DoneState.MISSED), ("2011-01-05", "2011-01-05", DoneState.LATE),
    ],
)  # fmt: skip
def test_a_later_entry_does_not_change_what_a_former_day_showed(done, on, expected):
    done_on = date.fromisoformat(done) if done else None
    state = TaskState.DONE if done else TaskState.OWED
    assert state_on(state, date(2010, 12, 1), date(2010, 12, 31), done_on, date.fromisoformat(on)) is expected
