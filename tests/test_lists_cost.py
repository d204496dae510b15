"""Lists cost the database as many statements for many rows as for few."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.domains.charity.queries import campaigns
from linli.kernel.access.actions import scoped
from tests.test_doors import ROUTES, signed_in
from tests.world import _make_town

STAFF = ("li", "zhao", "zhou", "qian", "shen", "qin", "wei", "sys")


def lists() -> list[str]:
    """The addresses without an id: lists, and the pages that gather them."""
    doors = [(route, pattern.callback.door) for route, pattern in ROUTES]
    return ["/" + route for route, door in doors if "<" not in route and not door.public and not door.open]


def costs(everybody: bool) -> dict[tuple[str, str], int]:
    """The number of statements of each list page for the first (or each) who may open it, the second time that it is opened."""
    found: dict[tuple[str, str], int] = {}
    for username in STAFF:
        client, seen = signed_in(username), {address for _, address in found}
        for address in lists():
            if (address in seen and not everybody) or client.get(address).status_code != 200:
                continue
            with CaptureQueriesContext(connection) as sent:
                client.get(address)
            found[username, address] = len(sent)
    return found


@pytest.mark.parametrize("everybody", [False, pytest.param(True, marks=pytest.mark.nightly)], ids=["first", "everybody"])
def test_a_list_of_many_rows_costs_as_many_statements_as_one_of_few(world, everybody):
    few = costs(everybody)
    here, _ = world
    with scoped(here.clerk):
        campaign = campaigns().get()
    for number in (3, 4):
        _make_town(here, campaign, number)
    many = costs(everybody)
    assert few.keys() == many.keys() and len(few) > 60
    grown = {page: (few[page], many[page]) for page in few if many[page] > few[page]}
    assert not grown, grown
