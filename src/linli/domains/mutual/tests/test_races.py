"""Several hands at the same moment: the fund never promises more than it has, and a decision is paid once."""

from __future__ import annotations

import pytest

from linli.base.areas import WHOLE
from linli.domains.mutual import actions
from linli.domains.mutual.models import Gift, Request, Resolution
from linli.domains.mutual.samples import DAY, make_aid_fund, make_meeting, make_request, make_resolution, make_team
from linli.kernel.access.actions import scoped
from linli.kernel.ledgers.queries import check_books, orders


@pytest.fixture
def team(fresh_database, django_db_blocker):
    with django_db_blocker.unblock():
        yield make_team()


def test_decisions_at_once_do_not_promise_more_than_the_fund_has(team, at_once):
    one = make_aid_fund(team, gifts=(("爱心居民", 2_500_00),))
    asked = [make_request(team, one, 1_000_00, name=name) for name in ("田一", "田二", "田三", "田四")]
    meeting = make_meeting(team, one)
    at_once(*(lambda request=request: make_resolution(team, meeting, request) for request in asked))
    with scoped(WHOLE):
        assert Resolution.objects.filter(carried=True).count() == 2
        assert Request.objects.filter(state="carried").count() == 2


def test_a_decision_is_paid_once(team, at_once):
    one = make_aid_fund(team, gifts=(("爱心居民", 5_000_00),))
    request = make_request(team, one, 1_000_00)
    make_resolution(team, make_meeting(team, one), request)
    with scoped(WHOLE):
        request = Request.objects.select_related("aidfund").get()
    at_once(*(lambda: actions.pay(by=team.maker, on=DAY, request=request) for _ in range(3)))
    with scoped(WHOLE):
        assert orders().count() == 1
        assert not [proof for proof in check_books() if proof.faults]


def test_a_gift_is_banked_once(team, at_once):
    one = make_aid_fund(team)
    gift = actions.note_gift(by=team.worker, on=DAY, aidfund=one, name="爱心居民", amount=100_00, day=DAY)
    at_once(*(lambda: actions.bank_gifts(by=team.maker, on=DAY, aidfund=one, gift_ids=[gift.pk]) for _ in range(3)))
    with scoped(WHOLE):
        assert Gift.objects.get().state == "banked"
        assert not [proof for proof in check_books() if proof.faults]
