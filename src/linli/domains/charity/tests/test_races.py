"""Two applications of one household at the same moment: one is taken, the other is told."""

from __future__ import annotations

import pytest

from linli.base.areas import WHOLE
from linli.domains.charity import actions, queries
from linli.domains.charity.rules import Need
from linli.domains.charity.samples import DAY, make_campaign, make_family, make_office
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.registry.queries import household_of, members_of


@pytest.fixture
def office(fresh_database, django_db_blocker):
    with django_db_blocker.unblock():
        yield make_office()


def test_husband_and_wife_apply_at_two_counters_and_make_one_application(office, at_once):
    campaign, head = make_campaign(office), make_family(office)
    with scoped(office.worker):
        people = members_of(household_of(head, DAY), DAY)[:2] * 2
    words = {"on": DAY, "campaign": campaign, "need": Need.HARDSHIP}
    acts = [
        lambda person=person, by=by: actions.apply(by=by, person_id=person.pk, **words)
        for person, by in zip(people, (office.worker, office.reviewer) * 2, strict=True)
    ]
    answers = at_once(*acts)
    assert sum(isinstance(answer, Refused) for answer in answers) == 3
    assert all("一户只能申请一次" in answer.message for answer in answers if isinstance(answer, Refused))
    with scoped(WHOLE):
        assert queries.applications().count() == 1
