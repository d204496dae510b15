"""Goods shared out from tables and by their properties; the flows; what happened and which kind of relief it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domains.relief.rules import CAUSE_OF, EVENTS, FLOWS, share_out
from linli.kernel.cases.rules import faults
from linli.law import Cause

SHARES = [
    ("in proportion", 100, {"a": 30, "b": 20}, {"a": 60, "b": 40}),
    ("the rest goes to the largest remainder", 10, {"a": 2, "b": 1}, {"a": 7, "b": 3}),
    ("of equal remainders the larger town comes first", 5, {"a": 1, "b": 3}, {"a": 1, "b": 4}),
    ("of equal towns the smaller code comes first", 3, {"a": 1, "b": 1}, {"a": 2, "b": 1}),
    ("a town without people gets nothing", 4, {"a": 5, "b": 0}, {"a": 4}),
    ("fewer pieces than towns", 1, {"a": 1, "b": 2}, {"a": 0, "b": 1}),
    ("nobody", 4, {}, {}),
    ("nothing", 0, {"a": 5}, {}),
]


@pytest.mark.parametrize(("name", "pieces", "people", "shares"), SHARES, ids=[row[0] for row in SHARES])
def test_how_goods_are_shared_out(name, pieces, people, shares):
    assert share_out(pieces, people) == shares


@given(pieces=st.integers(1, 10**6), people=st.dictionaries(st.text("abc", min_size=1), st.integers(1, 10**5), min_size=1))
def test_no_piece_is_lost_and_each_town_is_within_one_of_its_part(pieces, people):
    shares, total = share_out(pieces, people), sum(people.values())
    assert sum(shares.values()) == pieces
    assert all(abs(share * total - pieces * people[town]) < total for town, share in shares.items())


def test_the_flows_lose_no_case():
    assert [faults(flow) for flow in FLOWS] == [(), ()]


def test_only_three_events_are_matters_of_spending():
    assert {event for event in EVENTS if CAUSE_OF[event] is Cause.SPENDING} == {"illness", "study", "other_spending"}
