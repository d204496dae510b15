"""Two towns help the same person at the same moment: one does, the other is told."""

from __future__ import annotations

import pytest

from linli.base.areas import WHOLE
from linli.domains.relief.models import Helped
from linli.domains.relief.samples import DAY, make_family, make_office, make_request, step
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.registry.queries import household_of, members_of


@pytest.fixture
def office(fresh_database, django_db_blocker):
    with django_db_blocker.unblock():
        yield make_office()


def test_husband_wife_and_child_ask_for_the_family_at_once_and_it_is_helped_once(office, at_once):
    head = make_family(office)
    with scoped(office.worker):
        people = members_of(household_of(head, DAY), DAY)
    asked = [make_request(office, person, fast=True) for person in people]
    answers = at_once(*(lambda one=one: step(office.reviewer, one, opinion="情况紧急，先行救助。") for one in asked))
    assert sum(isinstance(answer, Refused) for answer in answers) == len(people) - 1, answers
    with scoped(WHOLE):
        assert Helped.objects.count() == len(people)
