"""Periods, relations and the reading of published numbers, without a database."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.access.rules import Role
from linli.kernel.figures.rules import (
    Breakdown,
    Figure,
    Kind,
    Period,
    Reference,
    Relation,
    Unit,
    add_up,
    agrees,
    fill,
    hidden,
    month_period,
    parts_of,
    quarter_period,
    read_period,
    references_in,
    round_step,
    show,
    stray_braces,
    year_period,
)

PUBLISHED = [
    (350, "余", 350, True), (350, "余", 359, True), (350, "余", 360, False), (350, "余", 349, False),
    (130, "余", 139, True), (130, "余", 140, False), (300, "余", 399, True), (300, "余", 400, False),
    (1000, None, 1000, True), (1000, None, 1001, False), (2, "以上", 2, True),
]  # fmt: skip


@pytest.mark.parametrize(("published", "approx", "computed", "same"), PUBLISHED)
def test_what_a_published_number_means(published, approx, computed, same):
    assert agrees(Fraction(computed), Fraction(published), approx) is same


@pytest.mark.parametrize(("value", "step"), [("350", "10"), ("1300", "100"), ("2.4", "1/10"), ("7", "1"), ("400", "100")])
def test_the_step_of_a_round_number(value, step):
    assert round_step(Fraction(value)) == Fraction(step)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=8))
def test_a_sum_of_parts_holds_exactly_when_it_is_the_whole(parts):
    relation = Relation("t", "合计", ("whole",), "=", tuple(f"p{number}" for number in range(len(parts))))
    values = {f"p{number}": value for number, value in enumerate(parts)}
    assert relation.check(values | {"whole": sum(parts)}).holds
    assert not relation.check(values | {"whole": sum(parts) + 1}).holds


def test_a_relation_with_a_factor_and_one_with_a_missing_side():
    relation = Relation("money", "金额=户数×500元", ("money",), "=", ("50000*households",))
    assert relation.check({"money": 50_000_000, "households": 1000}).holds
    check = relation.check({"money": 50_000_000})
    assert not check.holds and check.missing == ("households",)


PERIODS = [
    ("2010", date(2010, 1, 1), date(2010, 12, 31)), ("2010-02", date(2010, 2, 1), date(2010, 2, 28)),
    ("2010Q4", date(2010, 10, 1), date(2010, 12, 31)), ("2010-01-01..2010-09-30", date(2010, 1, 1), date(2010, 9, 30)),
    ("2010年", date(2010, 1, 1), date(2010, 12, 31)), ("2010年2月", date(2010, 2, 1), date(2010, 2, 28)),
    ("2010年第四季度", date(2010, 10, 1), date(2010, 12, 31)), ("2010年1季度", date(2010, 1, 1), date(2010, 3, 31)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "first", "last"), PERIODS)
def test_periods_as_people_write_them(text, first, last):
    assert (read_period(text).first, read_period(text).last) == (first, last)


@pytest.mark.parametrize("text", ["", "去年", "2010-13", "2010Q5", "2010-09-30..2010-01-01"])
def test_a_period_that_cannot_be_read_says_how_to_write_it(text):
    with pytest.raises(ValueError, match=r"统计期"):
        read_period(text)


def test_a_period_that_ends_before_it_begins_says_so():
    with pytest.raises(ValueError, match="第一天晚于最后一天"):
        read_period("2010-09-30..2010-01-01")


@pytest.mark.parametrize("text", ["2010", "2010-02", "2010Q3", "2010-01-01..2010-09-30"])
def test_the_name_of_a_period_can_be_typed_in_again(text):
    assert read_period(read_period(text).zh) == read_period(text)


def test_only_leaders_do_not_see_small_counts_of_people():
    assert [number for number in range(8) if hidden(number, Role.LEADER)] == [1, 2, 3, 4]
    assert not any(hidden(number, Role.TOWN_REVIEWER) for number in range(8))


def test_a_period_that_runs_is_compared_up_to_the_same_day():
    so_far = year_period(2010).until(date(2010, 12, 20))
    assert (so_far.first, so_far.last, so_far.zh) == (date(2010, 1, 1), date(2010, 12, 20), "2010年")
    assert (so_far.last_year().first, so_far.last_year().last) == (date(2009, 1, 1), date(2009, 12, 20))
    assert year_period(2012).until(date(2012, 2, 29)).last_year().last == date(2011, 2, 28)
    assert year_period(2009).until(date(2010, 12, 20)) == year_period(2009)
    assert year_period(2011).until(date(2010, 12, 20)) == year_period(2011)


def test_the_period_before_keeps_its_kind():
    assert month_period(2010, 3).before() == month_period(2010, 2)
    assert quarter_period(2010, 1).before() == quarter_period(2009, 4)
    assert year_period(2010).before() == year_period(2009)
    ten = Period(date(2010, 3, 11), date(2010, 3, 20), "十天")
    assert (ten.before().first, ten.before().last) == (date(2010, 3, 1), date(2010, 3, 10))


def test_the_29th_of_february_has_a_year_before():
    assert month_period(2012, 2).last_year().last == date(2011, 2, 28)


def test_a_text_is_filled_with_numbers_and_nothing_in_it_is_evaluated():
    text = "救助{a.households}户，发放{a.money|wan}万元，其中底阁镇{a.households@370404102000}户，{重伤}人。"
    assert [reference.figure for reference in references_in(text)] == ["a.households", "a.money", "a.households"]
    assert fill(text, lambda one: f"<{one.figure}{one.cell}{one.show}>").count("<") == 3
    assert stray_braces(text) == ["{重伤}"]


SHOWN = [
    (50_000_000, "wan", "50"), (152_500_000, "wan", "152.5"),
    (50_000, "", "500"), (50_050, "", "500.50"), (5, "fen", "0.05"),
]  # fmt: skip


@pytest.mark.parametrize(("fen", "how", "text"), SHOWN)
def test_money_in_a_text(fen, how, text):
    assert show(fen, Unit.FEN, how) == text


def test_a_cell_names_a_town_a_community_or_a_category():
    assert Reference("x", "370404102000").where == {"town": "370404102000"}
    assert Reference("x", "370404102005").where == {"community": "370404102005"}
    assert Reference("x", "need=illness").where == {"need": "illness"}


class Rows(list):
    """Rows of plain data that are filtered as a queryset is."""

    def filter(self, **wanted):
        return Rows(row for row in self if all(row[key] == value for key, value in wanted.items()))


def test_the_parts_of_a_figure_are_figures_that_add_up_to_it():
    given_out = Rows({"kind": kind, "day": "2010"} for kind in ("coal", "flour", "coal"))
    kinds, days = Breakdown("kind", "物资", "kind", {"coal": "煤", "flour": "面粉"}), Breakdown("day", "日期", "day")
    whole = Figure(
        "goods.times", "发放次数", "统计期内的发放", Unit.TIME, Kind.FLOW, lambda period: given_out, breakdowns=(kinds, days),
        dashboard=3,
    )  # fmt: skip
    parts = parts_of(whole, "kind", "{}发放次数")
    assert [(one.key, one.zh) for one in parts] == [("goods.coal.times", "煤发放次数"), ("goods.flour.times", "面粉发放次数")]
    assert parts[0].words == "统计期内的发放；只计“煤”" and parts[0].breakdowns == (days,) and parts[0].dashboard == 0
    counted = {one.key: len(one.rows(year_period(2010))) for one in (whole, *parts)}
    assert counted == {"goods.times": 3, "goods.coal.times": 2, "goods.flour.times": 1}
    assert add_up("各物资之和等于发放次数", whole, parts).check(counted).holds
    assert [one.key for one in parts_of(whole, "kind", "{}", only=["flour"])] == ["goods.flour.times"]
    with pytest.raises(LookupError, match="不能按“town”分组"):
        parts_of(whole, "town", "{}")
