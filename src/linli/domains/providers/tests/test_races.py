"""Several operators order for one resident at the same moment: the limits of the month hold."""

from __future__ import annotations

import pytest

from linli.base.areas import WHOLE
from linli.domains.providers.models import ServiceOrder
from linli.domains.providers.rules import Service
from linli.domains.providers.samples import make_centre, make_resident, make_service, make_trial, offer_of
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.access.samples import one_hash


@pytest.fixture
def centre(fresh_database, django_db_blocker):
    with django_db_blocker.unblock(), one_hash():
        yield make_centre()


def test_two_operators_who_order_the_same_at_once_are_warned_like_one_after_the_other(centre, at_once):
    """HOTLINE-05: the resident is not visited twice because two people were called in the same second."""
    meals = offer_of(make_trial(centre, services=(Service.MEALS,)))
    person = make_resident(centre.worker, "")
    refused = []

    def order(**words):
        try:
            make_service(centre.operator, meals, again=False, **words)
        except Refused as fault:
            refused.append(fault.message)

    at_once(*(lambda: order(person=person) for _ in range(3)))
    at_once(*(lambda: order(phone="13806320009") for _ in range(3)))
    with scoped(WHOLE):
        assert ServiceOrder.objects.count() == 2
    assert len(refused) == 4 and all("确实要再下一单的请勾选" in words for words in refused)


def test_orders_at_once_use_a_limit_of_the_month_once(centre, at_once):
    haircut = offer_of(make_trial(centre, services=(Service.HAIRCUT,)))
    person = make_resident(centre.worker)
    at_once(*(lambda: make_service(centre.operator, haircut, person=person) for _ in range(3)))
    with scoped(WHOLE):
        given = list(ServiceOrder.objects.values_list("subsidy", flat=True))
    assert [one for one in given if one] == [7_50], "who came second was told to try again, or pays all"
