from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.days import (
    SHANGHAI,
    Due,
    Term,
    TermKind,
    WorkCalendar,
    age_on,
    month_range,
    official_calendar,
    parse_day,
    quarter_range,
    year_range,
)

CALENDAR = official_calendar()
known_days = st.dates(CALENDAR.since, CALENDAR.known_until - timedelta(days=200))
days = st.dates(date(1900, 1, 1), date(2150, 12, 31))


# Computed independently from the published calendars of 2024 to 2026; the first day is not counted.
@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-09-21", 3, "2026-09-24"),
        ("2026-09-21", 10, "2026-10-12"),
        ("2026-09-21", 20, "2026-10-26"),
        ("2026-09-21", 30, "2026-11-09"),
        ("2026-09-21", 45, "2026-11-30"),
        ("2025-01-15", 20, "2025-02-18"),
        ("2025-01-15", 40, "2025-03-18"),
        ("2026-02-10", 3, "2026-02-13"),
        ("2026-02-10", 10, "2026-03-02"),
        ("2025-09-26", 3, "2025-09-30"),
        ("2026-04-30", 10, "2026-05-18"),
        ("2024-09-30", 15, "2024-10-25"),
    ],
)
def test_working_days_are_counted_by_the_official_calendar(start: str, n: int, due: str) -> None:
    begun, last = date.fromisoformat(start), date.fromisoformat(due)
    assert CALENDAR.add_working_days(begun, n) == Due(last, provisional=False)
    assert CALENDAR.working_days_between(begun, last) == n


@pytest.mark.parametrize("year", [2025, 2026])
def test_both_years_have_248_working_days(year: int) -> None:
    first, end = year_range(year)
    assert CALENDAR.working_days_between(first - timedelta(days=1), end - timedelta(days=1)) == 248


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-02-14", True),
        ("2026-02-28", True),
        ("2026-05-09", True),
        ("2025-09-28", True),
        ("2026-10-01", False),
    ],
)
def test_days_worked_in_exchange_and_days_off(day: str, working: bool) -> None:
    assert CALENDAR.is_working(date.fromisoformat(day)) is working


@given(known_days, st.integers(0, 100))
def test_adding_and_counting_working_days_agree(start: date, n: int) -> None:
    due = CALENDAR.add_working_days(start, n)
    assert not due.provisional
    assert CALENDAR.working_days_between(start, due.day) == n
    assert CALENDAR.working_days_between(due.day, start) == -n
    assert n == 0 or CALENDAR.is_working(due.day)


@given(st.dates(date(2003, 6, 1), date(2028, 6, 1)), st.integers(0, 900))
def test_counting_is_looking_at_each_day(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    one_by_one = sum(CALENDAR.is_working(start + timedelta(days=i)) for i in range(1, days + 1))
    assert CALENDAR.working_days_between(start, end) == one_by_one


def test_a_day_off_by_notice_stays_off_though_it_is_worked_in_exchange() -> None:
    both = date(2026, 2, 14)
    odd = WorkCalendar(date(2026, 1, 1), date(2026, 12, 28), frozenset({both}), frozenset({both, date(2026, 2, 15)}))
    assert odd.working_days_between(date(2026, 2, 13), date(2026, 2, 15)) == 1


@given(known_days, st.integers(0, 60), st.integers(0, 60))
def test_two_periods_in_a_row_are_one_long_period(start: date, n: int, m: int) -> None:
    first = CALENDAR.add_working_days(start, n).day
    assert CALENDAR.add_working_days(first, m) == CALENDAR.add_working_days(start, n + m)


@given(st.dates(date(2026, 9, 1), date(2028, 1, 1)), st.integers(1, 90))
def test_a_due_day_past_the_known_calendar_is_provisional(start: date, n: int) -> None:
    due = CALENDAR.add_working_days(start, n)
    assert due.provisional == (due.day > CALENDAR.known_until)


def test_a_provisional_day_says_so() -> None:
    assert Due(date(2027, 1, 5), provisional=True).zh == "2027年1月5日（暂定）"
    assert Due(date(2026, 10, 12)).zh == "2026年10月12日"


def test_no_day_is_counted_backwards() -> None:
    with pytest.raises(ValueError, match="不能为负"):
        CALENDAR.add_working_days(date(2026, 9, 21), -1)
    with pytest.raises(ValueError, match="不能为负"):
        Term("calendar", -1)


# 民法典 §201–203.
@pytest.mark.parametrize(
    ("kind", "n", "start", "due", "rolled"),
    [
        ("calendar", 7, "2026-09-21", "2026-09-28", "2026-09-28"),
        ("calendar", 7, "2026-09-24", "2026-10-01", "2026-10-08"),
        ("calendar", 5, "2026-11-16", "2026-11-21", "2026-11-23"),
        ("calendar", 4, "2026-02-10", "2026-02-14", "2026-02-14"),
        ("month", 1, "2026-01-31", "2026-02-28", "2026-02-28"),
        ("month", 1, "2024-01-31", "2024-02-29", "2024-02-29"),
        ("month", 6, "2026-08-31", "2027-02-28", "2027-03-01"),
        ("month", 3, "2025-11-15", "2026-02-15", "2026-02-24"),
        ("year", 1, "2024-02-29", "2025-02-28", "2025-02-28"),
        ("year", 4, "2020-02-29", "2024-02-29", "2024-02-29"),
        ("working", 3, "2026-09-21", "2026-09-24", "2026-09-24"),
    ],
)
def test_a_period_ends_as_the_civil_code_says(kind: TermKind, n: int, start: str, due: str, rolled: str) -> None:
    term, begun = Term(kind, n), date.fromisoformat(start)
    assert term.due(begun, CALENDAR).day == date.fromisoformat(due)
    assert term.due(begun, CALENDAR, roll=True).day == date.fromisoformat(rolled)


def test_a_period_that_is_not_rolled_needs_no_calendar() -> None:
    assert not Term("year", 3).due(date(2026, 9, 21), CALENDAR).provisional
    assert Term("year", 3).due(date(2026, 9, 21), CALENDAR, roll=True).provisional


@given(known_days, st.sampled_from(["calendar", "month", "year"]), st.integers(0, 40))
def test_rolling_moves_a_day_forward_to_a_working_day_and_never_back(start: date, kind: TermKind, n: int) -> None:
    plain, rolled = Term(kind, n).due(start, CALENDAR), Term(kind, n).due(start, CALENDAR, roll=True)
    assert plain.day <= rolled.day
    assert CALENDAR.is_working(rolled.day)
    assert (plain.day == rolled.day) == CALENDAR.is_working(plain.day)


def test_a_period_is_named_in_chinese() -> None:
    terms = Term("working", 20), Term("calendar", 7), Term("month", 6), Term("year", 1)
    assert [term.zh for term in terms] == ["20个工作日", "7日", "6个月", "1年"]


def test_a_period_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="期限的单位"):
        Term("hours", 3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "2026-1-5",
        "2026-01-05",
        "2026.1.5",
        "2026/1/5",
        "20260105",
        "2026年1月5日",
        "2026 年 01 月 05 日",
        "２０２６－０１－０５",
        "２０２６年１月５日",
        " 2026-1-5\u200b",
        "2026-01-05 00:00:00",
        "2026-1-5 00:00",
        "2026-01-05T00:00:00.000",
        "2026。1。5",
    ],
)
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert parse_day(text) == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "没有填写日期"),
        ("2026-02-30", "只有28天"),
        ("2025年2月29日", "只有28天"),
        ("20261301", "月份应在1至12"),
        ("2026-0-5", "月份应在1至12"),
        ("2026-1-0", "只有31天"),
        ("1066-10-14", "年份应在1800至2199"),
        ("26-1-5", "不是完整的年月日"),
        ("2026-1", "不是完整的年月日"),
        ("2026-1/5", "不是完整的年月日"),
        ("2026-01-05 13:45:00", "不是完整的年月日"),
        ("45678", "不是完整的年月日"),
        ("去年", "不是完整的年月日"),
        ("9" * 5000, "过长"),
    ],
)
def test_what_is_no_day_is_refused_with_the_fault_and_the_mend(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        parse_day(text)


@given(
    st.dates(date(1800, 1, 1), date(2199, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y年%m月%d日"]),
)
def test_every_day_written_is_read_back(day: date, form: str) -> None:
    assert parse_day(day.strftime(form)) == day


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("1950-06-15", "2010-06-14", 59),
        ("1950-06-15", "2010-06-15", 60),
        ("2008-02-29", "2026-02-27", 17),
        ("2008-02-29", "2026-02-28", 18),
        ("2008-02-29", "2024-02-28", 15),
        ("2008-02-29", "2024-02-29", 16),
        ("2026-01-01", "2026-01-01", 0),
    ],
)
def test_a_year_of_age_is_full_on_the_birthday(birth: str, day: str, age: int) -> None:
    assert age_on(date.fromisoformat(birth), date.fromisoformat(day)) == age


@given(days, days)
def test_age_never_falls_and_grows_by_one_a_year(birth: date, day: date) -> None:
    birth, day = min(birth, day), max(birth, day)
    age = age_on(birth, day)
    assert 0 <= age_on(birth, day + timedelta(days=1)) - age <= 1
    assert age_on(birth, Term("year", 1).due(day, CALENDAR).day) <= age + 1


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(ValueError, match="早于出生日期"):
        age_on(date(2026, 1, 2), date(2026, 1, 1))


def test_periods_of_a_report_are_half_open_and_fill_the_year() -> None:
    months = [month_range(2024, m) for m in range(1, 13)]
    quarters = [quarter_range(2024, q) for q in range(1, 5)]
    for parts in (months, quarters):
        assert (parts[0][0], parts[-1][1]) == year_range(2024)
        assert all(one[1] == other[0] for one, other in pairwise(parts))
    assert month_range(2024, 2) == (date(2024, 2, 1), date(2024, 3, 1))
    with pytest.raises(ValueError, match="季度"):
        quarter_range(2024, 5)


def test_the_time_zone_is_eight_hours_ahead() -> None:
    assert datetime(2026, 11, 21, tzinfo=SHANGHAI).utcoffset() == timedelta(hours=8)


def overlay(folder: Path, text: str) -> Path:
    path = folder / "holidays.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_new_year_of_the_calendar_is_added_by_a_table(tmp_path: Path) -> None:
    year = CALENDAR.known_until.year + 1
    text = f'[[year]]\nyear = {year}\nnotice = "通知"\noff = [{year}-01-01, {year}-01-04]\nworked = [{year}-01-02]'
    # The days are made up for this test alone: 2027-01-01 is a Friday, 2027-01-02 a Saturday.
    longer: WorkCalendar = official_calendar(overlay(tmp_path, text))
    assert longer.known_until == date(year, 12, 28)
    start = date(year - 1, 12, 31)
    assert CALENDAR.add_working_days(start, 2).provisional
    assert longer.add_working_days(start, 1) == Due(date(year, 1, 2))
    assert longer.add_working_days(start, 2) == Due(date(year, 1, 5))


def test_a_year_that_the_library_has_by_now_is_passed_over(tmp_path: Path) -> None:
    year = CALENDAR.known_until.year
    assert official_calendar(overlay(tmp_path, year_of_overlay(year, "-01-01"))) == CALENDAR


def year_of_overlay(year: int, off: str, worked: str = "", notice: str = "通知") -> str:
    days_worked = f"{year}{worked}" if worked else ""
    return f'[[year]]\nyear = {year}\nnotice = "{notice}"\noff = [{year}{off}]\nworked = [{days_worked}]\n'


NEXT = CALENDAR.known_until.year + 1


# 2027-01-02 is a Saturday, 2027-01-04 a Monday.
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (year_of_overlay(NEXT + 1, "-01-01"), "应为2027年"),
        (year_of_overlay(NEXT, "-01-01") * 2, "应为2028年"),
        (year_of_overlay(NEXT, "-01-01", "-01-04"), "日期有误"),
        (year_of_overlay(NEXT, "-01-02", "-01-02"), "日期有误"),
        (year_of_overlay(NEXT, "-01-01", notice=""), "不完整"),
        (f'[[year]]\nyear = {NEXT}\nnotice = "通知"\noff = [2028-01-01]\nworked = []', "日期有误"),
        (f'[[year]]\nyear = {NEXT}\nnotice = "通知"\noff = []\nworked = []', "不完整"),
        (f'[[year]]\nyear = {NEXT}\nnotice = "通知"\noff = [2027-01-01]', "不完整"),
    ],
)
def test_an_overlay_that_does_not_fit_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        official_calendar(overlay(tmp_path, text))


@pytest.mark.parametrize(("off", "fits"), [("2026-12-19", False), ("2026-12-20", True), ("2027-12-31", True)])
def test_a_notice_reaches_from_late_december_to_the_years_end(tmp_path: Path, off: str, fits: bool) -> None:
    path = overlay(tmp_path, f'[[year]]\nyear = {NEXT}\nnotice = "通知"\noff = [{off}]\nworked = []')
    if not fits:
        with pytest.raises(ValueError, match="日期有误"):
            official_calendar(path)
    else:
        assert not official_calendar(path).is_working(date.fromisoformat(off))


def test_the_package_knows_the_published_years_and_invents_none() -> None:
    assert CALENDAR.since == date(2004, 1, 1)
    assert CALENDAR.known_until == date(2026, 12, 28)
    first, last, one = CALENDAR.since, CALENDAR.known_until, timedelta(days=1)
    assert [CALENDAR.knows(day) for day in (first - one, first, last, last + one)] == [False, True, True, False]
