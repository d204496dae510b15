"""The arithmetic of the overview, and the declarations of the streams."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from linli.domains.coordination.rules import IN_NEED, LEFT_BEHIND, Group, Reach, Sums, lines, reach_of, sums_of
from linli.kernel.deliveries.rules import Help, Layer, Stream, faults
from linli.kernel.registry.rules import STATUS_KINDS, VULNERABLE

NOW = [
    Group("dibao", "base", "hardship", False, 3000, 3), Group("dibao", "base", "hardship", True, 1000, 1),
    Group("da_bing", "auxiliary", "medical", True, 5000, 1),
]  # fmt: skip
BEFORE = [Group("dibao", "base", "hardship", False, 2000, 2), Group("gone", "supplement", "job", False, 700, 1)]


def test_sums_tell_how_much_went_to_the_disabled():
    assert sums_of(NOW) == Sums(9000, 5, 6000, 2)
    assert sums_of(NOW).share == Fraction(2, 5)
    assert sums_of([]).share is None


def test_the_parts_stand_in_their_order_and_nothing_of_last_year_is_lost():
    found = lines(NOW, BEFORE, lambda row: row.layer, ["base", "auxiliary", "supplement"])
    assert [(line.key, line.now.money, line.before.money, line.growth) for line in found] == [
        ("base", 4000, 2000, Fraction(1)), ("auxiliary", 5000, 0, None), ("supplement", 0, 700, Fraction(-1)),
    ]  # fmt: skip
    assert [line.key for line in lines(NOW, BEFORE, lambda row: row.stream)] == ["da_bing", "dibao", "gone"]


def test_a_stream_says_in_one_way_where_it_is_kept():
    with pytest.raises(ValueError, match="exactly one way"):
        Stream("a", "甲", Layer.BASE, Help.HARDSHIP)
    with pytest.raises(ValueError, match="exactly one way"):
        Stream("a", "甲", Layer.BASE, Help.HARDSHIP, programme="dibao", book="a.book")


def test_aid_that_would_be_counted_twice_is_found():
    one, other = (Stream(key, key, Layer.BASE, Help.HARDSHIP, purposes=("p",)) for key in "ab")
    assert faults({"a": one, "b": other}) == ["b: p is declared by a, too"]
    assert not faults({"a": one})


SINCE = date(2010, 10, 1)
REACHES = [
    ("helped", True, False, 400, Reach.REACHED), ("helped and asking again", True, True, 400, Reach.REACHED),
    ("asking, long ago", False, True, 400, Reach.WAITING), ("the last day of the term", False, False, 60, Reach.FRESH),
    ("the day after", False, False, 61, Reach.MISSED), ("on the day itself", False, False, 0, Reach.FRESH),
]  # fmt: skip


@pytest.mark.parametrize(("said", "helped", "waiting", "days", "reach"), REACHES, ids=[row[0] for row in REACHES])
def test_who_is_reached_in_time(said, helped, waiting, days, reach):
    assert reach_of(helped, waiting, SINCE, SINCE + timedelta(days=days), 60) is reach


def test_everybody_of_the_vulnerable_and_the_left_behind_is_looked_after():
    assert set(IN_NEED) <= set(STATUS_KINDS)
    assert {*VULNERABLE, *LEFT_BEHIND} <= set(IN_NEED)
