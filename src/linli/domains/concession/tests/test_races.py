"""Two desks at the same moment: one card for a person, a paper counts once."""

from __future__ import annotations

import pytest

from linli.base.areas import WHOLE
from linli.domains.concession.models import Card, Visit
from linli.domains.concession.samples import make_agreement, make_card, make_desk, make_holder, make_visit
from linli.kernel.access.actions import scoped


@pytest.fixture
def desk(fresh_database, django_db_blocker):
    with django_db_blocker.unblock():
        yield make_desk()


def test_a_person_gets_one_card_however_many_desks_hand_one_out(desk, at_once):
    person = make_holder(desk)
    at_once(*(lambda number=number: make_card(desk, person, f"YH-{number}") for number in range(4)))
    with scoped(WHOLE):
        assert Card.objects.count() == 1


def test_a_paper_counts_once(desk, at_once):
    card, agreement = make_card(desk), make_agreement(desk)
    at_once(*(lambda: make_visit(desk, card, agreement) for _ in range(3)))
    with scoped(WHOLE):
        assert Visit.objects.count() == 1
