"""The clock of an application follows its notice, whoever publishes it and from whichever page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.domains.charity import actions, queries
from linli.domains.charity.actions.notices import waiting_for_notice
from linli.domains.charity.samples import DAY, carry, make_application, make_campaign, make_family, make_office
from linli.kernel.access.actions import scoped
from linli.kernel.cases.actions import pass_step
from linli.kernel.cases.queries import case_by_id
from linli.kernel.publicity.actions import answer_objection, extend_notice, publish, receive_objection, withdraw_notice


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def drafted(office):
    """An application at the step of the notice, and the draft that shows it."""
    campaign = make_campaign(office)
    one = make_application(office, campaign, make_family(office))
    for actor, opinion in ((office.worker, "属实"), (office.reviewer, "符合")):
        with scoped(actor):
            pass_step(by=actor, on=DAY, case=case_by_id(one.case_id), opinion=opinion)
    with scoped(office.reviewer):
        return one, actions.draft_notice_for(by=office.reviewer, on=DAY, campaign=campaign)


def stop_of(office, one) -> tuple[str, object]:
    with scoped(office.reviewer):
        case = case_by_id(one.case_id)
        return case.stop, case.stop_until


def test_publishing_from_the_page_of_notices_stops_the_clock_until_the_last_day(office, drafted):
    one, draft = drafted
    shown = publish(by=office.reviewer, on=DAY, notice=draft)
    assert stop_of(office, one) == ("notice", shown.until)


def test_days_that_are_made_up_stop_the_clock_for_longer(office, drafted):
    one, draft = drafted
    shown = publish(by=office.reviewer, on=DAY, notice=draft)
    last = shown.until
    extend_notice(by=office.reviewer, on=DAY + timedelta(days=2), notice=shown, days=2, why="公示栏损坏")
    assert stop_of(office, one) == ("notice", last + timedelta(days=2))


def test_a_withdrawn_notice_lets_the_clock_go_on_and_the_family_be_shown_anew_the_same_day(office, drafted):
    one, draft = drafted
    shown = publish(by=office.reviewer, on=DAY, notice=draft)
    withdraw_notice(by=office.reviewer, on=DAY, notice=shown, why="标题有误")
    assert stop_of(office, one)[0] == ""
    with scoped(office.reviewer):
        again = actions.draft_notice_for(by=office.reviewer, on=DAY, campaign=queries.application(one.pk).campaign)
    publish(by=office.reviewer, on=DAY, notice=again)
    assert stop_of(office, one) == ("notice", again.until)


def test_an_upheld_objection_sends_the_family_back_and_leaves_it_free_to_be_shown_anew(office, drafted):
    """CHARITY-07: an objection reopens the case."""
    one, draft = drafted
    shown = publish(by=office.reviewer, on=DAY, notice=draft)
    day = DAY + timedelta(days=1)
    objection = receive_objection(by=office.reviewer, on=day, notice=shown, item_number=1, text="家庭人口不对。")
    answer_objection(by=office.reviewer, on=day, objection=objection, upheld=True, outcome="属实，重新调查。")
    with scoped(office.reviewer):
        assert case_by_id(one.case_id).step == "survey"
        pass_step(by=office.reviewer, on=day, case=case_by_id(one.case_id), opinion="已更正，符合条件")
        campaign = queries.application(one.pk).campaign
        assert [row.pk for row in waiting_for_notice(campaign, office.reviewer.area)] == [one.pk]
        again = actions.draft_notice_for(by=office.reviewer, on=day, campaign=campaign)
    assert publish(by=office.reviewer, on=day, notice=again).until == shown.until + timedelta(days=1)


def test_the_chain_still_ends_in_a_grant(office):
    one = make_application(office, make_campaign(office), make_family(office))
    carry(office, one)
    with scoped(office.approver):
        assert queries.application(one.pk).state == "granted"
