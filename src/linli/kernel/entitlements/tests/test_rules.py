"""Arithmetic of months, differences and shares."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.entitlements.rules import (
    Part,
    PartKind,
    State,
    later,
    months_from,
    share_out,
    state_in,
)

MAY = date(2010, 5, 1)


@pytest.mark.parametrize(("until", "suspended", "state"), [
    (None, None, "standing"), (MAY, None, "ended"), (date(2010, 6, 1), None, "standing"), (None, MAY, "suspended"),
    (None, date(2010, 6, 1), "standing"), (MAY, MAY, "ended"),
])  # fmt: skip
def test_the_state_in_may(until, suspended, state):
    assert state_in(MAY, since=date(2010, 1, 1), until=until, suspended=suspended) is State(state)


def test_months_run_over_the_year():
    assert list(months_from(date(2010, 11, 20), date(2011, 2, 1))) == [
        date(2010, 11, 1), date(2010, 12, 1), date(2011, 1, 1), date(2011, 2, 1),
    ]  # fmt: skip
    assert later(date(2010, 11, 1), 14) == date(2012, 1, 1)


@pytest.mark.parametrize(("amount", "parts", "shares"), [
    (312_00, [(1, "ratio", 40), (2, "ratio", 30), (3, "ratio", 30)], ((1, 124_80), (2, 93_60), (3, 93_60))),
    (100, [(1, "ratio", 1), (2, "ratio", 1), (3, "ratio", 1)], ((1, 34), (2, 33), (3, 33))),
    (312_00, [(1, "amount", 100_00), (2, "ratio", 1)], ((1, 100_00), (2, 212_00))),
    (80_00, [(1, "amount", 100_00), (2, "ratio", 1)], ((1, 80_00),)),
    (150_00, [(1, "amount", 100_00), (2, "amount", 20_00)], ((1, 100_00), (2, 50_00))),
])  # fmt: skip
def test_who_bears_how_much(amount, parts, shares):
    assert share_out(amount, [Part(fund, PartKind(kind), value) for fund, kind, value in parts]) == shares


@given(st.integers(1, 10**9), st.lists(st.tuples(st.sampled_from(list(PartKind)), st.integers(1, 10**7)), min_size=1, max_size=5))
def test_the_shares_are_the_amount_to_the_fen(amount, parts):
    shares = share_out(amount, [Part(fund, kind, value) for fund, (kind, value) in enumerate(parts)])
    assert sum(fen for _, fen in shares) == amount and all(fen > 0 for _, fen in shares)
    assert len({fund for fund, _ in shares}) == len(shares)
