"""What families sent over the network is not kept for ever: a year after the end only number, days and outcome are left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.journeys.walker import Walker

from linli.base.areas import WHOLE
from linli.domains.assistance import actions, queries
from linli.domains.assistance.models import Wish
from linli.domains.assistance.rules.wishes import Decline, WishState
from linli.domains.assistance.samples import DAY, carry, make_family, make_office
from linli.domains.assistance.samples.online import make_wish
from linli.domains.assistance.tasks import forget
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine
from linli.kernel.registry.queries import clear_number
from linli.kernel.registry.samples import make_number

PERSONAL = ("name", "address", "agent", "agent_tie", "text")
SEALED = ("identity_sealed", "identity_digest", "phone_sealed", "phone_digest")
YEAR = timedelta(days=365)


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_office()


def on_day(settings, day):
    settings.BUSINESS_DAY = day.isoformat()
    forget()


def kept(one):
    with scoped(WHOLE):
        found = Wish.objects.get(pk=one.pk)
        return found, any(getattr(found, name) for name in PERSONAL) or any(getattr(found, name) for name in SEALED)


def declined(office):
    one, _ = make_wish(office.worker, make_number(), DAY, agent="王邻居", agent_tie="邻居")
    with scoped(office.worker):
        words = {"reason": Decline.OTHER, "said": "您爱人王芳已经申请。", "ask": "和顺社区居委会"}
        actions.decline_wish(by=office.worker, on=DAY, wish=one, **words)
    return one


def test_of_a_wish_that_was_declined_a_year_ago_number_days_and_outcome_are_left(office, settings):
    """个人信息保护法 §19, §47: nothing of the family stays when its purpose is over; the answer keeps its reason alone."""
    one = declined(office)
    on_day(settings, DAY + YEAR)
    assert kept(one)[1], "the term itself is not over"
    on_day(settings, DAY + YEAR + timedelta(days=1))
    found, personal = kept(one)
    assert not personal and "王芳" not in found.answer and found.answer == f"{Decline.OTHER.zh}。"
    assert (found.number, found.since, found.state, found.answered_on) == (one.number, DAY, WishState.DECLINED, DAY)
    with scoped(WHOLE):
        assert AuditLine.objects.filter(verb="assistance.forget", subject="forgotten").exists()
    page = Walker("li").open(f"/assistance/wishes/{one.pk}/")
    assert "按规定清除" in page.text and "查看号码" not in page.text and "李国强" not in page.text
    assert one.number in Walker("li").open("/assistance/wishes/").text


def test_a_wish_that_nobody_answered_in_a_year_ends_and_its_sender_is_told_to_apply_again(office, settings):
    one, _ = make_wish(office.worker, make_number(), DAY)
    on_day(settings, DAY + YEAR + timedelta(days=1))
    found, personal = kept(one)
    assert not personal and found.state == WishState.DECLINED and "重新申请" in found.answer


def test_as_long_as_the_application_is_under_way_the_sender_can_follow_it_by_telephone(office, settings):
    """The year runs from the end of the case, not from the day on which it was sent."""
    head = make_family(office)
    with scoped(office.worker):
        number = clear_number(head)
        one, _ = make_wish(office.worker, number, DAY)
        words = {"zone": 1, "statement": "没有收入", "papers": ["form"]}
        application = actions.take_wish(by=office.worker, on=DAY, wish=one, words=words)
    on_day(settings, DAY + 2 * YEAR)
    assert kept(one)[1]
    ended = carry(office, application, "granted", DAY)
    on_day(settings, ended + YEAR + timedelta(days=1))
    found, personal = kept(one)
    assert not personal and found.application_id == application.pk and found.state == WishState.TAKEN


def test_forgetting_twice_changes_nothing_and_the_database_keeps_no_half(office, settings):
    one = declined(office)
    on_day(settings, DAY + YEAR + timedelta(days=1))
    with scoped(WHOLE):
        assert not queries.to_forget(DAY + 2 * YEAR, office.worker.area).exists()
        with pytest.raises(IntegrityError), transaction.atomic():
            Wish.objects.filter(pk=one.pk).update(text="又写上了")
