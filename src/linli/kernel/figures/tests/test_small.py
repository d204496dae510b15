"""Nobody who does not see small numbers can compute one from what stands beside it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.kernel.access.rules import Role
from linli.kernel.figures.rules import FEW, SMALL, covered, whole

PARTS = st.lists(st.one_of(st.integers(0, 5), st.integers(0, 40)), min_size=1, max_size=6)


def page(*tables: list[int]):
    """A total and its breakdowns, as a page of a figure has them."""
    numbers = {"": sum(tables[0])} | {(way, at): n for way, parts in enumerate(tables) for at, n in enumerate(parts)}
    return numbers, [whole("", [(way, at) for at in range(len(parts))]) for way, parts in enumerate(tables)]


def sums_of(ranges) -> set[int]:
    """What numbers from these ranges can add up to."""
    found = {0}
    for one in ranges:
        found = {have + more for have in found for more in one}
    return found


def possible(numbers, tables, hidden, key) -> set[int]:
    """Every value that a reader of the page must still think possible for a hidden number, found by trying all of them."""
    most = max(numbers.values()) + SMALL

    def values(at):
        if at not in hidden:
            return range(numbers[at], numbers[at] + 1)
        return range(1, SMALL) if hidden[at] == FEW else range(most + 1)

    found = set()
    for tried in values(key):
        totals = None
        for one in tables:
            ranges = [range(tried, tried + 1) if at == key else values(at) for at in one if at != ""]
            totals = sums_of(ranges) if totals is None else totals & sums_of(ranges)
        if totals & set(range(tried, tried + 1) if key == "" else values("")):
            found.add(tried)
    return found


@settings(max_examples=150, deadline=None)
@given(parts=PARTS, cut=st.lists(st.integers(0, 40), min_size=1, max_size=3))
def test_of_no_hidden_number_one_value_only_is_left(parts, cut):
    """Two breakdowns of one total: what is not shown of either can be more than one number."""
    total, second = sum(parts), []
    for part in cut:
        second.append(min(part, total - sum(second)))
    tables = [parts, [*second, total - sum(second)]]
    numbers, sums = page(*tables)
    hidden = covered(numbers, sums, Role.LEADER)
    assert {key for key, number in numbers.items() if 0 < number < SMALL} <= hidden.keys()
    for key in hidden:
        assert len(possible(numbers, sums, hidden, key)) > 1, (tables, hidden, key)


@pytest.mark.parametrize(("parts", "shown"), [
    ([20, 3, 9, 30], "20 少于5 不显示 30"), ([20, 3, 2, 30], "20 少于5 少于5 30"), ([20, 1, 1], "不显示 少于5 少于5"),
    ([0, 3], "0 少于5"), ([12, 30], "12 30"),
])  # fmt: skip
def test_where_one_part_is_small_the_next_smallest_is_not_shown_either(parts, shown):
    numbers, sums = page(parts)
    hidden = covered(numbers, sums, Role.LEADER)
    assert " ".join(hidden.get((0, at), str(number)) for at, number in enumerate(parts)) == shown


def test_who_works_with_the_families_sees_every_number():
    for role in (role for role in Role if role is not Role.LEADER):
        numbers, sums = page([20, 3, 9])
        assert covered(numbers, sums, role) == {}


def test_a_sum_that_people_of_two_parts_make_untrue_gives_nothing_away():
    """Somebody counts in two parts: total less the others says nothing of the small one."""
    numbers = {"": 20} | {(0, at): n for at, n in enumerate([19, 3])}
    assert covered(numbers, [whole("", [(0, 0), (0, 1)])], Role.LEADER) == {(0, 1): FEW}


def test_small_tables_are_safe_one_by_one():
    """Every table of three parts up to seven."""
    for parts in product(range(8), repeat=3):
        numbers, sums = page(list(parts))
        hidden = covered(numbers, sums, Role.LEADER)
        assert all(len(possible(numbers, sums, hidden, key)) > 1 for key in hidden), (parts, hidden)
