"""Many hands at once: numbers without gaps, one signature, one merge."""

from __future__ import annotations

import pytest

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.access.samples import make_founders, one_hash
from linli.kernel.orders import actions
from linli.kernel.orders.models import Order, OrderEvent
from linli.kernel.orders.samples import AT, make_centre, make_order, read
from linli.kernel.registry.samples import make_areas

TAKERS, EACH = 6, 12


@pytest.fixture
def centre(fresh_database, django_db_blocker):
    with django_db_blocker.unblock(), one_hash():
        founders = make_founders()
        make_areas(founders[0])
        yield make_centre(founders)


def test_orders_taken_signed_and_merged_at_once_stay_whole(centre, at_once):
    """One database for three races, because making it is what costs."""
    _numbers(centre, at_once)
    _signing(centre, at_once)
    _merging(centre, at_once)


def _numbers(centre, at_once) -> None:
    def take(number):
        for turn in range(EACH):
            if turn % 4 == 3:
                with pytest.raises(Refused):
                    make_order(centre.operator, phone="x")
            make_order(centre.operator)

    at_once(take, times=TAKERS)
    with scoped(WHOLE):
        numbers = sorted(Order.objects.values_list("number", flat=True))
        assert numbers == [f"20101201-{seq:05d}" for seq in range(1, TAKERS * EACH + 1)]
        assert not Order.objects.filter(desk=None).exists()
        assert OrderEvent.objects.count() == 2 * len(numbers), "no event is lost"


def _signing(centre, at_once) -> None:
    order = make_order(centre.operator)
    answers = at_once(*(lambda: actions.sign(by=centre.clerk, at=AT, order=read(order.pk)) for _ in range(4)))
    assert sum(not isinstance(answer, Refused) for answer in answers) == 1, answers


def _merging(centre, at_once) -> None:
    one, two = make_order(centre.operator), make_order(centre.operator)
    answers = at_once(
        lambda: actions.merge(by=centre.operator, at=AT, order=one, main=two),
        lambda: actions.merge(by=centre.operator, at=AT, order=two, main=one),
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 1, answers
    assert {read(one.pk).stage, read(two.pk).stage} == {"merged", "sent"}
