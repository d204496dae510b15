"""The special fund of medical assistance: what a year raises per head, and what it leaves to the next (RELIEF-04)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from linli.domains.medical.rules import FundingYear, funding_years

TABLE = [
    # raised fen, people, standard fen, reached
    ("exactly the standard", 5_000, 10, 500, True), ("a fen below for one of ten", 4_999, 10, 500, False),
    ("more", 6_000, 10, 500, True), ("no standard is known", 6_000, 10, None, None), ("nobody lives there", 6_000, 0, 500, None),
    ("nothing was raised", 0, 10, 500, False),
]  # fmt: skip


@pytest.mark.parametrize(("said", "raised", "people", "standard", "reached"), TABLE, ids=[row[0] for row in TABLE])
def test_the_standard_is_reached_by_the_number_itself(said, raised, people, standard, reached):
    one = FundingYear(2010, 0, (("区级财政", raised),), 0, people, standard)
    assert one.reached is reached


def test_what_is_left_goes_to_the_next_year_and_is_no_income_of_it():
    moved = [
        (2009, "区级财政", 1_000, 0), (2009, "福彩公益金", 200, 300), (2011, "区级财政", 500, 700), (2011, "区级财政", -100, 0),
    ]  # fmt: skip
    now, between, first = funding_years(moved, {2009: 100, 2010: 100, 2011: 0}, {2009: 10}, 2011)
    assert (first.year, first.carried, first.raised, first.spent, first.balance) == (2009, 0, 1_200, 300, 900)
    assert first.per_head == Fraction(12) and first.reached
    assert (between.carried, between.raised, between.balance, between.reached) == (900, 0, 900, None)
    assert (now.carried, now.income, now.balance, now.per_head) == (900, (("区级财政", 400),), 600, None)


def test_without_any_money_the_present_year_stands_there_alone():
    assert [one.year for one in funding_years([], {2010: 5}, {}, 2010)] == [2010]
