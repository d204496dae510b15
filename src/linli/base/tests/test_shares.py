"""A share is written with the places that its page asks for, rounded as a person would."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.shares import percent


@pytest.mark.parametrize(
    ("ratio", "places", "sign", "said"),
    [
        (Fraction(9, 1197), 1, False, "0.8%"),
        (Fraction(1, 3), 2, False, "33.33%"),
        (Fraction(2, 3), 0, False, "67%"),
        (Fraction(1, 2000), 1, False, "0.1%"),
        (Fraction(49, 20), 1, True, "+245.0%"),
        (Fraction(-1, 8), 1, True, "-12.5%"),
        (Fraction(-1, 100_000), 1, True, "+0.0%"),
        (Fraction(0), 2, False, "0.00%"),
        (None, 1, True, "—"),
    ],
)  # fmt: skip
def test_a_share_is_written(ratio, places, sign, said):
    assert percent(ratio, places, sign=sign) == said


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 4))
def test_what_is_written_is_the_nearest_that_the_places_can_say(ratio, places):
    written = Fraction(percent(ratio, places).removesuffix("%")) / 100
    assert abs(written - ratio) <= Fraction(1, 200 * 10**places)
