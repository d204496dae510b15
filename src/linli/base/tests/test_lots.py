"""Lots: drawn again alike, fair, and open to nobody beforehand."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from linli.base.lots import digest_of_list, draw_lot


@given(keys=st.sets(st.integers(1, 10**9), max_size=60), size=st.integers(1, 70), seed=st.text("0123456789abcdef", min_size=8))
def test_the_same_seed_and_list_give_the_same_sample_in_any_order(keys, size, seed) -> None:
    given, mixed = sorted(keys), sorted(keys)
    random.Random(size).shuffle(mixed)
    drawn = draw_lot(seed, given, size)
    assert drawn == draw_lot(seed, mixed, size)
    assert len(drawn) == min(size, len(keys)) == len(set(drawn)) and set(drawn) <= keys
    assert digest_of_list(given) == digest_of_list(mixed)


def test_everybody_is_drawn_about_equally_often() -> None:
    times = dict.fromkeys(range(20), 0)
    for seed in range(2000):
        for key in draw_lot(f"{seed:x}", range(20), 5):
            times[key] += 1
    assert all(420 <= count <= 580 for count in times.values()), times
