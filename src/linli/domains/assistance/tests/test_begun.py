"""What has to be begun in days of its own stands on the desk with its last day, and so does a death."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.domains.assistance import actions, queries
from linli.domains.assistance.samples import DAY as OF_2010
from linli.domains.assistance.samples import carry, give_consents, make_application, make_family, make_office, visit
from linli.gateways.checking import FakeCheck
from linli.kernel.access.actions import scoped
from linli.kernel.registry.actions import record_death
from linli.kernel.ui.queries import task_lines

MONDAY = date(2026, 8, 3)


@pytest.fixture
def office(db):
    return make_office()


def tasks(by, on, *kinds):
    with scoped(by):
        return [(task.kind, task.due) for task in queries.desk_tasks(by, on, "waiting") if task.kind in kinds]


BEGIN = ("入户调查待开展", "核对待提请")


def test_the_town_goes_there_within_three_working_days_and_asks_the_registers_within_three_of_the_last_consent(office):
    """57号 §15, §17: applied on Monday, visited by Thursday; consented on Tuesday, asked by Friday."""
    one = make_application(office, make_family(office), on=MONDAY)
    assert tasks(office.reviewer, MONDAY, *BEGIN) == [("入户调查待开展", date(2026, 8, 6))]
    give_consents(office, one, MONDAY + timedelta(days=1))
    on = MONDAY + timedelta(days=1)
    assert tasks(office.reviewer, on, *BEGIN) == [("入户调查待开展", date(2026, 8, 6)), ("核对待提请", date(2026, 8, 7))]
    visit(office.reviewer, one, on, done=False, signer="")
    with actions.answering(FakeCheck({}, on=on, until=date(2027, 2, 3))):
        actions.ask_check(by=office.reviewer, on=on, application=one)
    assert tasks(office.reviewer, on, *BEGIN) == [], "begun is begun, though not finished"


def test_no_check_is_asked_for_while_somebody_has_not_signed_or_took_it_back(office):
    one = make_application(office, make_family(office), on=MONDAY)
    with scoped(office.worker):
        head, wife, _ = [row.person for row in queries.members_of(one)]
    actions.record_consents(by=office.worker, on=MONDAY, application=one, signed={head.pk: head.name}, signed_on=MONDAY)
    assert ("核对待提请", date(2026, 8, 6)) not in tasks(office.reviewer, MONDAY, *BEGIN)
    give_consents(office, one, MONDAY)
    assert ("核对待提请", date(2026, 8, 6)) in tasks(office.reviewer, MONDAY, *BEGIN)
    actions.revoke_consents(by=office.worker, on=MONDAY, application=one, people=[wife.pk], asked_on=MONDAY, said="当面提出")
    assert tasks(office.reviewer, MONDAY, *BEGIN) == [("入户调查待开展", date(2026, 8, 6))]


def test_a_law_that_names_no_days_sets_no_task(office):
    make_application(office, make_family(office), on=OF_2010)
    assert tasks(office.reviewer, OF_2010, *BEGIN) == []


def test_a_death_has_to_be_acted_upon_before_the_next_months_list_is_made(office):
    one = make_application(office, make_family(office), on=OF_2010)
    day = carry(office, one)
    with scoped(office.worker):
        wife = queries.members_of(one)[1].person
    record_death(by=office.worker, on=day, person_id=wife.pk, day=day)
    month_end = (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    assert tasks(office.worker, day, "救助变更") == [("救助变更", month_end)]
    with scoped(office.worker):
        order = [task.kind for task in task_lines(office.worker, day, "waiting")]
        ends = [task.due for task in task_lines(office.worker, day, "waiting") if task.kind in ("救助变更", "救助复核")]
    assert "救助变更" in order and ends == sorted(ends)
