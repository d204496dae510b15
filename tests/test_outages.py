"""Whatever dies between a key at home and the person who comes, nobody is missed."""

from __future__ import annotations

import pytest

from linli.gateways.tests.brokers import Mosquitto
from tests import outages

PRESSES, SECONDS, PAUSE = 40, 40, 2


@pytest.mark.nightly
@pytest.mark.skipif(not Mosquitto.installed(), reason="mosquitto is not installed")
def test_every_press_is_stored_once_ordered_and_told_though_each_part_is_killed_once():
    """HOTLINE-02: the broker, the listener, the worker and the database die in turn while people press."""
    with outages.house(PRESSES) as where:
        found = outages.play(where, PRESSES, SECONDS, PAUSE)
    assert found["told"] == PRESSES, found
    for what in ("stored", "devices stored", "with an order", "waiting for a person", "orders", "orders with two events"):
        assert found[what] == PRESSES, (what, found)
    assert found["events of presses"] == 2 * PRESSES and found["without a desk"] == 0 and found["numbers without a gap"], found
    assert "waiting 0," in found["chain"], found
