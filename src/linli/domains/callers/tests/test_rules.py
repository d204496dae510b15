"""Keys, rungs and silence, from tables."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.base.dated import Parameters
from linli.domains.callers.queries import law
from linli.domains.callers.rules import CATEGORIES, KEYS, URGENT, Function, faults_of_keys, function_of, rung_at
from linli.kernel.orders.rules import Lane, category

KNOWN = {"1": "emergency", "2": "meals"}


@pytest.mark.parametrize(("key", "function"), [(1, "emergency"), (2, "meals"), (3, "unknown"), (None, "unknown")])
def test_a_key_asks_for_what_the_device_was_set_up_for(key, function):
    assert function_of(KNOWN, key) == function


@pytest.mark.parametrize(("seconds", "rung"), [(0, 0), (59, 0), (60, 1), (179, 1), (180, 2), (300, 3), (86400, 3)])
def test_a_press_climbs_while_nobody_answers(seconds, rung):
    assert rung_at(timedelta(seconds=seconds), (60, 180, 300)) == rung


def test_a_device_must_be_able_to_call_for_help():
    assert not faults_of_keys(KNOWN)
    assert "紧急求救" in faults_of_keys({"1": "meals"})


def test_each_function_opens_an_order_of_its_kind_and_what_is_urgent_goes_in_the_fast_lane():
    assert [KEYS[number] for number in range(1, 7)] == [one for one in Function if one is not Function.UNKNOWN]
    for function in Function:
        found = category(CATEGORIES[function])
        assert found is not None
        assert (found.lane is Lane.EMERGENCY) is (function in URGENT)
    assert isinstance(law(), Parameters)
