"""A family that found work keeps its 低保 for some months (渐退, 57号 §33, 83号), and is gone through again after them."""

from __future__ import annotations

from datetime import date

import pytest

from linli.domains.assistance import actions, queries
from linli.domains.assistance.models import MeasuredFacts
from linli.domains.assistance.rules import Source
from linli.domains.assistance.samples import give_consents, make_office
from linli.domains.assistance.tests.life import Cash
from linli.domains.assistance.tests.test_living import through
from linli.domains.assistance.tests.test_present import applied, checked, granted
from linli.kernel.access.actions import scoped
from linli.kernel.access.samples import make_founders
from linli.kernel.entitlements.models import Issue
from linli.kernel.entitlements.queries import amounts_in, entitlements_of
from linli.kernel.entitlements.rules import Basis
from linli.law import Item

JOB, FOUND, OVER = date(2026, 11, 2), date(2026, 12, 7), date(2027, 5, 10)
WAGES = {"source": Source.DECLARED, "amount": 6_000_000, "kind": Item.WAGE}


@pytest.fixture
def office(db):
    return make_office()


def gone_through(office, one, on, job=JOB):
    """A member has a job that lifts the family far over the standard: the verification says since when."""
    new = actions.open_verification(by=office.worker, on=on, application=one, why="就业", new_job=job)
    window = {"first": date(on.year - 1, on.month, 1), "last": date(on.year, on.month - 1, 1)}
    with scoped(office.worker):
        for line in queries.lines_of(new):
            actions.strike_line(by=office.worker, on=on, line=line, why="换成新的一年")
    actions.add_line(by=office.worker, on=on, application=new, person=new.person_id, **WAGES, **window)
    give_consents(office, new, on)
    return new


def test_the_help_goes_on_as_it_was_is_paid_by_the_run_and_is_over_after_six_months(office):
    one = granted(office, applied(office, 1_200_000))
    founders = make_founders()
    cash = Cash(founders)
    cash.account(office, one.person)
    new = gone_through(office, one, FOUND)
    checked(office, new, on=FOUND)
    through(office, new, FOUND)
    with scoped(office.approver):
        new = queries.application(new.pk)
        (held,) = entitlements_of([one.person_id])
        assert (new.result, new.amount) == ("dibao", one.amount)
        assert sum(amounts_in(held, date(2027, 1, 1)).values()) == one.amount
        assert not MeasuredFacts.objects.filter(application=new).exists(), "no run reckons it anew from wages that do not count"
    run = cash.pay(date(2027, 1, 5), Basis.RECKONED, 0)
    with scoped(office.approver):
        paid = {one.for_month: one.amount for one in Issue.objects.filter(run=run)}
    assert paid[date(2027, 1, 1)] == one.amount
    last = gone_through(office, new, OVER)
    with scoped(office.worker):
        judged = queries.judge(last.pk, OVER)
    assert judged.outcome.amount == 0 and "taper_over" in {reason.code for reason in judged.outcome.reasons}
