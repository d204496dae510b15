"""A standard that holds from months already paid: who lacks something gets it with the next run; nobody gives anything back."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden
from linli.kernel.entitlements import queries
from linli.kernel.entitlements.actions import change, end, make_up
from linli.kernel.entitlements.models import Decision, Issue
from linli.kernel.entitlements.rules import Asked, Programme, Reckoned
from linli.kernel.entitlements.samples import (
    LIVING,
    MONTH,
    make_entitlement,
    make_funding,
    make_month,
    make_payee,
    make_why,
    sample_programmes,
)
from linli.kernel.registry.samples import make_household

JANUARY, FEBRUARY, MARCH = (date(2011, month, 1) for month in (1, 2, 3))
DAY = date(2011, 2, 20)
NEW: dict[int, int] = {}
"""What the new standard gives, by entitlement; of those that are missing nothing is known."""


def reckon(asked: Asked) -> Reckoned:
    found = [NEW.get(int(one), -1) for one in asked.entitlements]
    columns = np.array(found, "i8")
    return Reckoned({"basic": np.maximum(columns, 0)}, np.zeros(len(found), "i8"), known=columns >= 0)


@pytest.fixture
def town(office):
    """Five families paid for December, January and February; the second was raised in January, the fifth ended in February."""
    declared = Programme(
        LIVING.key, LIVING.zh, LIVING.components, LIVING.unit, LIVING.basis, LIVING.purpose, calculator=f"{__name__}.reckon"
    )
    make_funding(office.maker)
    with sample_programmes(declared):
        rows = []
        for name in ("张一", "王二", "陈三", "赵四", "钱五"):
            home = make_household(office.worker, names=(name, f"{name[0]}妻"))
            make_payee(office.worker, home.head_id)
            rows.append(make_entitlement(by=office.approver, household=home, amounts={"basic": 300_00}))
        make_month(office.maker, office.approver)
        change(by=office.approver, on=MONTH, entitlement=rows[1], since=JANUARY, why=make_why(), amounts={"basic": 320_00})
        make_month(office.maker, office.approver, month=JANUARY)
        end(by=office.approver, on=JANUARY, entitlement=rows[4], since=FEBRUARY, why=make_why())
        make_month(office.maker, office.approver, month=FEBRUARY)
        NEW.clear()
        NEW.update({rows[0].pk: 350_00, rows[1].pk: 350_00, rows[3].pk: 250_00, rows[4].pk: 350_00})
        yield rows
    NEW.clear()


def back(office, row):
    with scoped(office.approver):
        found = Issue.objects.filter(entitlement=row, month=MARCH).order_by("for_month")
        return [(one.for_month.month, one.kind, one.amount) for one in found]


def test_each_month_that_was_paid_by_the_former_standard_is_made_up_once(office, town):
    assert make_up(by=office.approver, on=DAY, programme="sample_living", since=JANUARY) == (3, 1), "of one nothing is known"
    assert make_up(by=office.approver, on=DAY, programme="sample_living", since=JANUARY) == (0, 1), "done again it finds nothing"
    with scoped(office.approver):
        told = Decision.objects.filter(entitlement=town[0], deed="raise").get()
        assert (told.since, told.before, told.after, told.ground) == (JANUARY, 300_00, 350_00, "standard")
        assert [queries.amounts_in(town[0], month) for month in (MONTH, JANUARY, MARCH)] == [
            {"basic": 300_00}, {"basic": 350_00}, {"basic": 350_00},
        ]  # fmt: skip
    make_month(office.maker, office.approver, month=MARCH)
    assert back(office, town[0]) == [(1, "back", 50_00), (2, "back", 50_00), (3, "regular", 350_00)]
    assert back(office, town[1]) == [(1, "back", 30_00), (2, "back", 30_00), (3, "regular", 350_00)]
    assert back(office, town[2]) == back(office, town[3]) == [(3, "regular", 300_00)], "unknown, and less: as it was"
    assert back(office, town[4]) == [(1, "back", 50_00)], "also whose help has ended since"


def test_a_month_before_another_decision_is_left_to_be_looked_at(office, town):
    """The facts of December are no longer those of the family that was raised in January."""
    raised, left = make_up(by=office.approver, on=DAY, programme="sample_living", since=MONTH)
    assert (raised, left) == (3, 2)
    make_month(office.maker, office.approver, month=MARCH)
    assert {month for month, *_ in back(office, town[0])} == {12, 1, 2, 3}
    assert [month for month, *_ in back(office, town[1])] == [1, 2, 3]


def test_nothing_was_paid_and_nobody_else_may(office, town):
    assert make_up(by=office.approver, on=DAY, programme="sample_living", since=MARCH) == (0, 0)
    with pytest.raises(Forbidden):
        make_up(by=office.reviewer, on=DAY, programme="sample_living", since=JANUARY)
