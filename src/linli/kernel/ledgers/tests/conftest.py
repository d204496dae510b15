"""What the tests of money share: the desk, its fund, three orders."""

from __future__ import annotations

import pytest

from linli.kernel.ledgers.samples import make_desk, make_fund, make_orders, make_payees


@pytest.fixture
def desk(db):
    return make_desk()


@pytest.fixture
def fund(desk):
    return make_fund(desk.maker, amount=10_000_00)


@pytest.fixture
def orders(desk, fund):
    return make_orders(desk, fund, make_payees(3))
