"""Several desks begin with one family at the same moment: one case, and the others are told."""

from __future__ import annotations

import pytest

from linli.base.areas import WHOLE
from linli.domains.assistance import actions, queries
from linli.domains.assistance.models import Application
from linli.domains.assistance.samples import add_income, carry, make_application, make_family, make_office
from linli.domains.assistance.tests.test_living import JUNE
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused


@pytest.fixture
def office(fresh_database, django_db_blocker):
    with django_db_blocker.unblock():
        yield make_office()


def test_one_family_is_taken_up_once_by_desks_that_begin_at_the_same_moment(office, at_once):
    head = make_family(office)
    answers = at_once(lambda _: make_application(office, head), times=4)
    assert sum(isinstance(one, Application) for one in answers) == 1
    assert all(isinstance(one, (Application, Refused)) for one in answers)


def test_one_family_is_verified_once_by_desks_that_begin_at_the_same_moment(office, at_once):
    one = make_application(office, make_family(office))
    add_income(office, one, 360_000)
    carry(office, one)
    with scoped(office.approver):
        helped = queries.application(one.pk)
    words = {"on": JUNE, "application": helped, "why": "定期复核"}
    answers = at_once(lambda turn: actions.open_verification(by=(office.worker, office.reviewer)[turn % 2], **words), times=4)
    assert sum(isinstance(one, Application) for one in answers) == 1
    assert {one.message for one in answers if isinstance(one, Refused)} == {"这户的复核正在办理，请在原件中继续。"}
    with scoped(WHOLE):
        assert Application.objects.filter(former=helped, state="open").count() == 1
