"""A family is posted once for what is decided of it, and not again because nobody pressed on the day after."""

from __future__ import annotations

from datetime import date

import pytest
from tests.journeys.walker import Walker

from linli.domains.assistance import actions, queries
from linli.domains.assistance.samples import (
    add_income,
    carry,
    give_consents,
    make_application,
    make_family,
    make_office,
    post,
    step,
    visit,
)
from linli.domains.assistance.tests.test_present import checked
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Refused
from linli.kernel.access.samples import DISTRICT, FIRST_DAY
from linli.kernel.cases.actions import return_case
from linli.kernel.cases.queries import case_by_id
from linli.kernel.publicity.actions import take_down_due
from linli.kernel.publicity.queries import items_of
from linli.kernel.registry.actions import join_household
from linli.kernel.registry.queries import household_of
from linli.kernel.registry.samples import make_person
from linli.law import Item

TODAY = date(2026, 8, 3)


@pytest.fixture
def office(db):
    return make_office()


def night(day):
    take_down_due(by=machine_actor("publicity.take_down", DISTRICT), on=day)


def test_a_family_shown_to_the_end_is_not_posted_a_second_time_after_the_night(office):
    one = make_application(office, make_family(office))
    day = post(office, one, "notice", carry(office, one, to="notice"))
    night(day)
    with scoped(office.reviewer):
        assert queries.waiting("notice") == []
        with pytest.raises(Refused, match="没有等待公示"):
            actions.draft_posting(by=office.reviewer, on=day, step="notice", area=one.area)
        (line,) = actions.pass_posted(by=office.reviewer, on=day, step="notice", opinion="公示期满无异议。")
    assert line.done, line.message


def test_the_notice_counts_the_people_who_are_helped_and_not_the_household(office):
    """57号 §24: how many members. A grown son who lives on his own money is none of them."""
    head = make_family(office)
    son = make_person(office.worker, FIRST_DAY, "李大宝", birth=date(1985, 3, 1), address="同上")
    with scoped(office.worker):
        household = household_of(head, FIRST_DAY)
        join_household(by=office.worker, on=FIRST_DAY, household_id=household.pk, person_id=son.pk, kin="20")
    one = make_application(office, head)
    day = carry(office, one, to="notice")
    with scoped(office.reviewer):
        (draft,) = actions.draft_posting(by=office.reviewer, on=day, step="notice", area=one.area)
        assert [row.row["members"] for row in items_of(draft)] == ["3"]


def test_a_family_that_was_sent_back_is_posted_anew_and_its_former_notice_counts_no_more(office):
    one = make_application(office, make_family(office))
    day = carry(office, one, to="approval")
    with scoped(office.approver):
        case = case_by_id(one.case_id)
        return_case(by=office.approver, on=day, case=case, to="survey", reason="unclear", opinion="再核实收入。")
    night(day)
    visit(office.reviewer, one, day)
    step(office.reviewer, one, day, "已核实。", to="notice")
    with scoped(office.reviewer):
        assert [row.pk for row in queries.waiting("notice")] == [one.pk]
    with pytest.raises(Refused, match="尚未公示"):
        step(office.reviewer, one, day, "公示期满无异议。")
    day = post(office, one, "notice", day)
    step(office.reviewer, one, day, "公示期满无异议。")
    step(office.approver, one, day, "同意确认。")


def test_one_press_that_makes_two_drafts_leads_to_both(office, settings):
    """A family with money and one without are posted in two notices; none stays undiscovered as a draft."""
    settings.BUSINESS_DAY = TODAY.isoformat()
    for names, income in ((("李国强", "张桂英"), 1_200_000), (("何大海", "吕小云"), 2_880_000)):
        one = make_application(office, make_family(office, names), on=TODAY)
        add_income(office, one, income, TODAY, kind=Item.BUSINESS)
        give_consents(office, one, TODAY)
        step(office.worker, one, TODAY)
        visit(office.reviewer, one, TODAY)
        checked(office, one, on=TODAY)
        step(office.reviewer, one, TODAY, "符合条件，提请公示。", to="notice")
    page = Walker("zhao").open("/assistance/postings/").send("拟公示稿")
    assert "已拟好2份公示稿" in page.text and page.address == "/assistance/postings/"
    drafts = {link.get("href") for link in page.page.iter("a") if link.text_content() == "公示稿"}
    assert len(drafts) == 2
    for draft in drafts:
        assert "发布公示" in Walker("zhao").open(draft).text
