"""Lists of orders: which are in them, in which order, and how the database is told to read them."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.orders import queries
from linli.kernel.orders.samples import COMMUNITY, make_order, moment

AT, MINUTE = moment(), timedelta(minutes=1)
TOWN = COMMUNITY[:9] + "000"


def walks(**words: str) -> bool:
    """Whether the database reads by an index of the order, and does not sort."""
    with scoped(WHOLE):
        queries.walk_in_order(**words)
        with connection.cursor() as cursor:
            cursor.execute("show enable_sort")
            told: str = cursor.fetchone()[0]
            cursor.execute("set local enable_sort = on")
    return told == "off"


def numbers(**words: str) -> list[str]:
    with scoped(WHOLE):
        return [one.number for one in queries.orders(at=AT + 4 * MINUTE, **words)]


def test_a_list_of_a_matter_or_a_place_holds_what_belongs_to_it_the_newest_first(centre):
    bins = [make_order(centre.operator, AT + n * MINUTE, category="401010").number for n in range(3)]
    noise = make_order(centre.operator, AT + 3 * MINUTE, category="303010").number
    assert numbers() == [noise, *reversed(bins)]
    assert numbers(category="401010") == numbers(category="4010") == numbers(category="40") == list(reversed(bins))
    assert numbers(category="3030") == [noise] and numbers(category="10") == []
    assert numbers(area=COMMUNITY) == numbers(area=TOWN) == numbers()


@pytest.mark.parametrize("words", [{}, {"category": "401010"}, {"area": COMMUNITY}])
def test_all_orders_one_matter_and_one_community_lie_in_their_order(centre, words):
    assert walks(**words)


@pytest.mark.parametrize("words", [{"category": "40"}, {"category": "4010"}, {"area": TOWN}])
def test_a_group_is_walked_only_where_it_has_many_orders(centre, words, monkeypatch):
    make_order(centre.operator, category="401010")
    assert not walks(**words), "one order among a million would be looked for through all of them"
    monkeypatch.setattr(import_module("linli.kernel.orders.queries.orders"), "MANY", 1)
    assert walks(**words)


def test_two_filters_at_once_are_left_to_the_planner(centre):
    assert not walks(category="401010", area=COMMUNITY)
