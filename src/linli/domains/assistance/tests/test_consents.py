"""A consent to the economic check can be taken back at any desk; what was lawful stays, and nobody is refused unheard."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.journeys.walker import Walker

from linli.domains.assistance import actions, queries
from linli.domains.assistance.models import Application
from linli.domains.assistance.samples import give_consents, make_application, make_family, make_office, post, step, visit
from linli.gateways.checking import FakeCheck, Finding
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.cases.actions import refuse
from linli.kernel.cases.queries import case_by_id, decision
from linli.kernel.registry.queries import clear_number

DAY = date(2026, 8, 3)
NEXT = DAY + timedelta(days=2)
SAID = "本人到社区窗口当面提出"


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = NEXT.isoformat()
    return make_office()


@pytest.fixture
def one(office):
    made = make_application(office, make_family(office), on=DAY)
    give_consents(office, made, DAY)
    return made


def wife_of(office, one):
    with scoped(office.worker):
        return queries.members_of(one)[1].person


def take_back(office, one, by=None, **words):
    person = wife_of(office, one)
    words = {"people": [person.pk], "asked_on": NEXT, "said": SAID} | words
    return actions.revoke_consents(by=by or office.worker, on=NEXT, application=one, **words)


def platform(office, one):
    with scoped(office.reviewer):
        numbers = {clear_number(row.person) for row in queries.members_of(one)}
    return actions.answering(FakeCheck({n: [Finding("", "bank", "deposit", DAY, 300_000)] for n in numbers if n}, on=DAY,
                                       until=date(2027, 2, 3)))  # fmt: skip


@pytest.mark.parametrize("desk", ["worker", "reviewer", "approver"])
def test_after_the_consent_is_taken_back_at_whichever_desk_no_check_may_be_asked(office, one, desk):
    take_back(office, one, by=getattr(office, desk))
    with platform(office, one), pytest.raises(Refused, match="张桂英已于2026-08-05撤回核对授权，此后不能再核对"):
        actions.ask_check(by=office.reviewer, on=NEXT, application=one)
    with pytest.raises(Refused, match="撤回核对授权"):
        after, until = NEXT + timedelta(days=1), date(2027, 2, 3)
        actions.enter_check(by=office.reviewer, on=after, application=one, answered_on=after, until=until)


def test_what_was_lawfully_checked_stays_and_what_comes_later_of_this_person_is_not_taken_in(office, one):
    with platform(office, one):
        first = actions.ask_check(by=office.reviewer, on=DAY, application=one)
        actions.fetch_check(by=office.reviewer, on=DAY, inquiry=first)
        take_back(office, one)
        with scoped(office.reviewer):
            assert queries.answers_of(one).filter(person=wife_of(office, one)).exists()
    other = make_application(office, make_family(office, ("王二", "赵三")), on=DAY)
    give_consents(office, other, DAY)
    with platform(office, other):
        asked = actions.ask_check(by=office.reviewer, on=DAY, application=other)
        take_back(office, other)
        actions.fetch_check(by=office.reviewer, on=NEXT, inquiry=asked)
    with scoped(office.reviewer):
        assert {row.person.name for row in queries.answers_of(other)} == {"王二"}


def test_help_is_refused_for_it_only_after_the_person_was_told(office, one):
    """The case comes to the district when she was told; the refusal says that nothing could be checked."""
    take_back(office, one)
    with pytest.raises(Refused, match="请先告知张桂英"):
        step(office.worker, one, NEXT)
    take_back(office, one, told_on=NEXT)
    step(office.worker, one, NEXT)
    visit(office.reviewer, one, NEXT)
    with pytest.raises(Refused, match="不能公示"):
        step(office.reviewer, one, NEXT, "提请公示。", to="notice")
    step(office.reviewer, one, NEXT, "不同意核对，报区民政局决定。", to="approval")
    with scoped(office.approver):
        refuse(by=office.approver, on=NEXT, case=case_by_id(one.case_id), reason="not_qualified", opinion="不能核实。")
        assert "没有授权经济状况核对" in decision(case_by_id(one.case_id)).outcome["reasons"][0]["zh"]


def test_what_was_checked_before_is_enough_to_decide_upon(office, one):
    """She takes the consent back after the answer came: the family is helped on what was lawfully found."""
    step(office.worker, one, DAY)
    visit(office.reviewer, one, DAY)
    with actions.answering(FakeCheck({}, on=DAY, until=date(2027, 2, 3))):
        actions.fetch_check(by=office.reviewer, on=DAY, inquiry=actions.ask_check(by=office.reviewer, on=DAY, application=one))
    take_back(office, one)
    step(office.reviewer, one, NEXT, "符合条件，提请公示。", to="notice")
    day = post(office, one, "notice", NEXT)
    step(office.reviewer, one, day, "期满无异议。")
    step(office.approver, one, day, "同意确认。")
    with scoped(office.approver):
        assert queries.application(one.pk).state == "granted"


def test_who_signs_again_is_checked_again(office, one):
    take_back(office, one, told_on=NEXT)
    person = wife_of(office, one)
    actions.record_consents(by=office.worker, on=NEXT, application=one, signed={person.pk: person.name}, signed_on=NEXT)
    with platform(office, one):
        assert actions.ask_check(by=office.reviewer, on=NEXT, application=one)
    with scoped(office.worker):
        assert queries.revoked_in(one) == {} and queries.revoked_words(one, NEXT) == []


@pytest.mark.parametrize(("words", "fault"), [
    ({"people": []}, "没有有效授权"), ({"asked_on": DAY - timedelta(days=1)}, "签字之后"), ({"said": " "}, "怎样提出"),
    ({"told_on": DAY}, "撤回之后"), ({"asked_on": NEXT + timedelta(days=1)}, "不晚于今天"),
])  # fmt: skip
def test_what_contradicts_itself_is_refused_and_changes_nothing(office, one, words, fault):
    with pytest.raises(Refused, match=fault):
        take_back(office, one, **words)
    with scoped(office.worker):
        assert not queries.revoked_in(one)


def test_the_page_says_what_follows_and_names_the_law_of_the_day(office, one):
    desk = Walker("li").open(f"/assistance/applications/{one.pk}/").follow("登记撤回授权")
    person = wife_of(office, one)
    desk.send("登记撤回", expect=422, people=str(person.pk), said="")
    desk.send("登记撤回", people=str(person.pk), said=SAID, asked_on=NEXT.isoformat())
    assert "已撤回核对授权：张桂英（2026-08-05）。不能再提请核对" in desk.text and "个人信息保护法" in desk.text
    assert "请先告知张桂英" in desk.text and "社会救助法" in desk.text
    desk.follow("登记撤回授权").send("登记撤回", people=str(person.pk), said=SAID, told_on=NEXT.isoformat())
    assert "请先告知张桂英" not in desk.text and "已告知张桂英撤回的后果" in desk.text
    with scoped(office.worker):
        assert Application.objects.get(pk=one.pk).state == "open"


def test_where_nobody_has_consented_the_page_of_taking_back_leads_to_the_family(office, one):
    with scoped(office.worker):
        people = list(queries.consents_of(one, NEXT))
    for person in people:
        take_back(office, one, people=[person], told_on=NEXT)
    desk = Walker("li").open(f"/assistance/applications/{one.pk}/")
    assert "登记撤回授权" not in desk.text and "登记核对授权" in desk.text
    desk.open(f"/assistance/applications/{one.pk}/consents/revoke/")
    assert "没有可以撤回的核对授权" in desk.text and desk.address == f"/assistance/applications/{one.pk}/"


def test_a_verification_does_not_forget_that_the_consent_was_taken_back(office):
    from linli.domains.assistance.tests.test_present import granted

    helped = granted(office, make_application(office, make_family(office), on=DAY), DAY)
    on = helped.decided_on + timedelta(days=1)
    person = wife_of(office, helped)
    words = {"people": [person.pk], "asked_on": on, "said": SAID, "told_on": on}
    actions.revoke_consents(by=office.worker, on=on, application=helped, **words)
    new = actions.open_verification(by=office.worker, on=on, application=helped, why="定期复核")
    with scoped(office.worker):
        assert list(queries.revoked_in(new)) == [person.pk]
