"""What residents wrote to be helped at home goes when nobody needs it any more; what was asked for and how it ended stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.journeys.walker import Walker

from linli.base.areas import WHOLE
from linli.domains.providers import actions
from linli.domains.providers.models import Wish
from linli.domains.providers.rules import Service
from linli.domains.providers.samples import DAY, WISH
from linli.domains.providers.tasks import forget
from linli.kernel.access.actions import scoped
from linli.kernel.orders.models import Order
from linli.kernel.orders.samples import make_order

WANTED = DAY + timedelta(days=2)
PERSONAL = ("name", "address", "text", "answer", "phone_sealed", "phone_digest")


def wished(centre):
    words = {"service": Service.CLEANING, "place": centre.worker.area, "wanted_on": WANTED} | WISH
    actions.wish_from_web(on=DAY, phone="13806320001", **words)
    with scoped(WHOLE):
        return Wish.objects.get()


def after(settings, days):
    settings.BUSINESS_DAY = (WANTED + timedelta(days=days)).isoformat()
    forget()
    with scoped(WHOLE):
        found = Wish.objects.get()
    return found, [name for name in PERSONAL if getattr(found, name)]


@pytest.mark.parametrize("taken_up", [True, False])
def test_of_a_wish_without_an_order_days_and_outcome_are_left_after_a_year(centre, settings, taken_up):
    """个人信息保护法 §19, §47."""
    one = wished(centre)
    if taken_up:
        actions.decline_wish(by=centre.operator, on=DAY, wish=one, answer="王大姐说已请亲戚帮忙。")
    assert after(settings, 365)[1]
    found, personal = after(settings, 366)
    assert not personal and (found.state, found.since, found.wanted_on, found.service) == ("declined", DAY, WANTED, one.service)
    page = Walker("ming").open(f"/providers/wishes/{one.pk}/")
    assert "按规定清除" in page.text and "王大姐" not in page.text


def test_a_wish_is_kept_while_its_order_runs_and_the_database_keeps_no_half(centre, settings):
    one = wished(centre)
    order = make_order(centre.operator)
    with scoped(WHOLE):
        Wish.objects.filter(pk=one.pk).update(order=order, state="ordered")
    assert after(settings, 800)[1], "its order is not closed"
    with scoped(WHOLE):
        with pytest.raises(IntegrityError), transaction.atomic():
            Wish.objects.filter(pk=one.pk).update(phone_sealed=None)
        Order.objects.filter(pk=order.pk).update(stage="closed", closed_at=order.received_at)
    assert not after(settings, 800)[1]
