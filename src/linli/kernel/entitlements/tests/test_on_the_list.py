"""Who stands on the list of a run, and as what: the dead on the day of a one-off list, and who was held back before."""

from __future__ import annotations

from datetime import date

import pytest

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.entitlements.actions import open_run, redraft, resume, suspend
from linli.kernel.entitlements.models import Entitlement, Issue, RunLine
from linli.kernel.entitlements.queries.runs import differences_of, faults_of_run
from linli.kernel.entitlements.rules import Fault, Ground
from linli.kernel.entitlements.samples import MONTH, make_entitlement, make_funding, make_month, make_payee, make_why
from linli.kernel.entitlements.tests.town import DAY, JANUARY, SPRING, home_of
from linli.kernel.registry.actions import record_death
from linli.kernel.registry.models import Membership

LATER = date(2010, 12, 20)


@pytest.fixture
def funded(office):
    make_funding(office.maker)
    return office


def wife_of(home):
    with scoped(WHOLE):
        return Membership.objects.exclude(person=home.head_id).get(household=home).person_id


def line_of(run, row):
    with scoped(WHOLE):
        return RunLine.objects.get(run=run, entitlement=row)


def spring(office, on=DAY, **words):
    return open_run(by=office.maker, on=on, programme="sample_living", month=MONTH, **(SPRING | words))


def test_who_died_before_the_day_of_the_list_gets_nothing_of_a_one_off_sum_and_the_list_says_so(funded):
    """She died on the second; the list of the fifth pays her husband alone, and names the family among what to look at."""
    home = home_of(funded, "王二")
    row = make_entitlement(by=funded.approver, household=home)
    record_death(by=funded.worker, on=DAY, person_id=wife_of(home), day=date(2010, 12, 2))
    run = spring(funded)
    line = line_of(run, row)
    assert (line.amount, line.faults, line.held) == (100_00, ["left_out"], False)
    with scoped(funded.approver):
        assert dict(faults_of_run(run)) == {Fault.LEFT_OUT: 1}


def test_who_dies_after_the_list_was_made_stays_on_it_though_it_is_computed_again(funded):
    home, unbanked = home_of(funded, "王二"), home_of(funded, "周八", banked=False)
    rows = [make_entitlement(by=funded.approver, household=one) for one in (home, unbanked)]
    run = spring(funded)
    for one in (home, unbanked):
        record_death(by=funded.worker, on=LATER, person_id=wife_of(one), day=date(2010, 12, 8))
    make_payee(funded.worker, unbanked.head_id)
    run = redraft(by=funded.maker, on=LATER, run=run)
    assert [(line_of(run, row).amount, line_of(run, row).faults) for row in rows] == [(200_00, [])] * 2


@pytest.mark.parametrize("per_person", [True, False])
def test_a_family_of_whom_nobody_lives_is_told_and_not_paid(funded, per_person):
    home, other = home_of(funded, "王二"), home_of(funded, "陈三")
    gone, lives = (make_entitlement(by=funded.approver, household=one) for one in (home, other))
    for person in (home.head_id, wife_of(home)):
        record_death(by=funded.worker, on=DAY, person_id=person, day=date(2010, 11, 30))
    run = make_month(funded.maker, funded.approver, **(SPRING | {"per_person": per_person}))
    assert (run.count, line_of(run, gone).amount, line_of(run, gone).faults) == (1, 0, ["left_out"])
    with scoped(WHOLE):
        assert [one.entitlement_id for one in Issue.objects.filter(component="spring")] == [lives.pk]


def test_a_family_that_was_held_back_is_made_up_for_and_not_new(funded):
    """Without an account in December; paid in January with what was due: it came once."""
    paid, held = home_of(funded, "王二"), home_of(funded, "周八", banked=False)
    rows = [make_entitlement(by=funded.approver, household=one) for one in (paid, held)]
    assert line_of(make_month(funded.maker, funded.approver), rows[1]).difference == "new"
    make_payee(funded.worker, held.head_id)
    fresh = make_entitlement(by=funded.approver, household=home_of(funded, "新一"), since=JANUARY)
    run = open_run(by=funded.maker, on=date(2011, 1, 5), programme="sample_living", month=JANUARY)
    assert [line_of(run, row).difference for row in (*rows, fresh)] == ["same", "back", "new"]
    with scoped(funded.approver):
        counts = {one.difference.value: one.count for one in differences_of(run)}
    assert counts == {"new": 1, "back": 1, "up": 0, "down": 0, "stop": 0, "same": 1}


def test_who_gets_money_again_after_it_was_held_back_by_a_decision_is_not_new(funded):
    row = make_entitlement(by=funded.approver, household=home_of(funded, "王二"))
    make_entitlement(by=funded.approver, household=home_of(funded, "陈三"))
    make_month(funded.maker, funded.approver)
    suspend(by=funded.reviewer, on=DAY, entitlement=row, since=JANUARY, why=make_why(Ground.UNREACHABLE))
    make_month(funded.maker, funded.approver, month=JANUARY)
    february = date(2011, 2, 1)
    with scoped(WHOLE):
        row = Entitlement.objects.get(pk=row.pk)
    resume(by=funded.reviewer, on=DAY, entitlement=row, since=february, why=make_why(Ground.CLEARED), pay_back=False)
    run = open_run(by=funded.maker, on=date(2011, 2, 5), programme="sample_living", month=february)
    assert line_of(run, row).difference == "back"
