"""Which lines balance, and who pays how much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.ledgers.rules import (
    CHART,
    AccountKind,
    Cost,
    Entry,
    FundKind,
    is_balanced,
    parts_of,
    source_code,
    wrong_totals,
)


@pytest.mark.parametrize(
    ("amounts", "balanced"),
    [
        ([], False),
        ([0], False),
        ([500], False),
        ([500, -500], True),
        ([500, -300, -200], True),
        ([500, -499], False),
        ([500, -500, 0], False),
    ],
)
def test_lines_balance_when_they_sum_to_zero_and_none_is_empty(amounts, balanced):
    assert is_balanced([Entry(1, 1, amount) for amount in amounts]) is balanced


def test_one_fund_cannot_balance_another():
    assert not is_balanced([Entry(1, 1, 500), Entry(2, 2, -500)])


def test_pieces_cannot_balance_fen():
    assert not is_balanced([Entry(1, 1, 5), Entry(2, 1, -5, "tv")])


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (50_000, {1: 300, 2: 200}, {1: 30_000, 2: 20_000}),
        (100, {1: 1, 2: 1, 3: 1}, {1: 34, 2: 33, 3: 33}),
        (1, {1: 3, 2: 2}, {1: 1}),
        (500, {1: 0, 2: 5}, {2: 500}),
    ],
)
def test_payers_share_an_amount_by_weight(amount, weights, parts):
    assert parts_of(amount, weights) == parts


@given(st.integers(1, 10**13), st.lists(st.integers(0, 10**6), min_size=1, max_size=6).filter(any))
def test_the_parts_always_sum_to_the_whole(amount, weights):
    parts = parts_of(amount, dict(enumerate(weights)))
    assert sum(parts.values()) == amount
    assert all(part > 0 for part in parts.values())


def test_the_chart_has_every_account_that_rules_name():
    codes = {code: kind for code, _, kind in CHART}
    assert all(codes[source_code(kind)] is AccountKind.SOURCE for kind in FundKind)
    assert all(codes[cost.code] is AccountKind.SPEND for cost in Cost)
    assert {kind for _, _, kind in CHART} == set(AccountKind)


@pytest.mark.parametrize(("stated", "differs", "field"), [
    ((12, 481_600), "填写的笔数与", "count"), ((11, 481_700), "填写的金额与", "amount"), ((9, 1), "填写的笔数和金额与", "count"),
])  # fmt: skip
def test_who_states_wrong_totals_hears_which_differs_and_never_the_right_ones(stated, differs, field):
    said, at = wrong_totals("批次 P1 的名单", "笔数", stated, (11, 481_600))
    assert said.startswith(differs) and at == field
    right = {"11 笔": 11, "4,816.00": 481_600}
    assert not [words for words, value in right.items() if words in said and value not in stated]
