"""What is ordered one by one has a last day where the district has set one, until the family has the money."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.core.cache import cache

from linli.base.days import SHANGHAI
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, make_founders, make_staff
from linli.kernel.ledgers.actions import check_batch, lock_batch, make_batch
from linli.kernel.ledgers.queries import waiting_tasks
from linli.kernel.ledgers.samples import bank_answers, make_desk, make_fund, make_orders, make_payees
from linli.kernel.standards import queries
from linli.kernel.standards.samples import make_standard

ORDERED = date(2010, 12, 6)
"""A Monday: five working days later is the Monday after."""


@pytest.fixture
def desk(db, settings):
    settings.BUSINESS_DAY = ORDERED.isoformat()
    cache.clear()
    return make_desk()


@pytest.fixture
def second(desk):
    return make_staff("fu", "副审批", Role.DISTRICT_APPROVER, DISTRICT, founders=make_founders())


KINDS = ("付款单", "发放批次")


def told(by, on):
    with scoped(by):
        return [(task.kind, task.due) for task in waiting_tasks(by, on, "waiting") if task.kind.startswith(KINDS)]


def seen(by, on):
    with scoped(by):
        lines = queries.watched(by, datetime(on.year, on.month, on.day, 9, tzinfo=SHANGHAI), 9)
    return [(line.kind, line.late, line.soon) for line in lines]


def test_a_single_payment_has_the_districts_last_day_until_the_family_has_it(desk, second):
    maker, checker, first = desk.maker, desk.checker, desk.approver
    (order,) = make_orders(desk, make_fund(maker, amount=1_000_00), make_payees(1), amount=178_00, on=ORDERED)
    late = date(2010, 12, 14)
    assert told(maker, late) == [("付款单·待发放", None)] and seen(first, late) == [], "nobody has set one"
    make_standard(first, second, date(2010, 12, 1), since=date(2010, 12, 1), values={"payment.within": "5"})
    last = date(2010, 12, 13)
    assert told(maker, late) == [("付款单·待发放", last)]
    assert seen(first, date(2010, 12, 12)) == [("单笔付款·没有到账", 0, 1)] and seen(first, late) == [("单笔付款·没有到账", 1, 0)]
    batch = make_batch(by=maker, on=late, number="B1", item="临时救助", orders=[order.pk])
    assert told(checker, late) == [("发放批次·待复核", last)] and seen(first, late) == [("单笔付款·没有到账", 1, 0)]
    check_batch(by=checker, on=late, batch=batch, count=1, amount=178_00)
    bank_answers(maker, on=late, batch=lock_batch(by=checker, on=late, batch=batch))
    assert seen(first, late) == []
