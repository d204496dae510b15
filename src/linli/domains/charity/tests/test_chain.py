"""One application along the whole chain, and everything that must stop it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from linli.domains.charity import actions, queries
from linli.domains.charity.rules import Need, group_of
from linli.domains.charity.samples import DAY, carry, make_application, make_campaign, make_family, make_office
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused
from linli.kernel.cases.actions import pass_step, refuse, reopen
from linli.kernel.cases.queries import case_by_id, decision
from linli.kernel.figures.queries import figure, relations, rows, value
from linli.kernel.figures.rules import year_period
from linli.kernel.ledgers.actions import claim_benefit
from linli.kernel.ledgers.queries import benefits_of_source, free_of, order_by_source

DISTRICT, YEAR = "370404000000", year_period(2010)


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def campaign(office):
    return make_campaign(office)


def test_a_family_is_known_applies_is_shown_approved_and_ordered_to_be_paid(office, campaign):
    """CHARITY-07: village check, town survey, notice, federation; the money is reserved from both payers."""
    head = make_family(office)
    one = make_application(office, campaign, head)
    carry(office, one)
    with scoped(office.approver):
        one = queries.application(one.pk)
        assert (one.state, one.amount) == ("granted", 50_000)
        order = order_by_source(queries.source_of(one))
        assert (order.amount, order.state) == (50_000, "ready")
        stored = decision(one.case)
        assert stored.granted and stored.amount == 50_000
        assert benefits_of_source(queries.source_of(one)).count() == 3
        assert {free_of(row.fund) for row in campaign.payers.all()} == {10_000_000 - 30_000, 10_000_000 - 20_000}
        expected = {"qing_nuan.households": 1, "money": 50_000, "reported": 1, "received": 1}
        for key, number in ((f"charity.{key}", number) for key, number in expected.items()):
            assert value(figure(key), YEAR, DISTRICT) == number
        assert [row.pk for row in rows(figure("charity.qing_nuan.households"), YEAR, DISTRICT)] == [one.pk]


def test_nothing_is_passed_while_the_notice_hangs_out(office, campaign):
    one = make_application(office, campaign, make_family(office))
    day = carry(office, one, to="shown")
    with scoped(office.reviewer), pytest.raises(Refused):
        pass_step(by=office.reviewer, on=day + timedelta(days=6), case=case_by_id(one.case_id), opinion="同意")


def test_nothing_is_passed_without_a_notice(office, campaign):
    one = make_application(office, campaign, make_family(office))
    day = carry(office, one, to="notice")
    with scoped(office.reviewer), pytest.raises(Refused, match="尚未公示"):
        pass_step(by=office.reviewer, on=day, case=case_by_id(one.case_id), opinion="同意")


def test_the_household_applies_once_in_a_campaign(office, campaign):
    head = make_family(office)
    make_application(office, campaign, head)
    with scoped(office.worker):
        from linli.kernel.registry.queries import household_of, members_of

        wife = members_of(household_of(head, DAY), DAY)[1]
    with pytest.raises(Refused, match="一户只能申请一次"):
        make_application(office, campaign, wife)


def test_a_family_helped_by_an_excluding_project_is_refused_by_the_rule_and_by_the_database(office, campaign):
    """CHARITY-08: 情暖万家 and 大病救助 exclude each other within a year."""
    head = make_family(office)
    illness = make_campaign(office, "da_bing")
    carry(office, make_application(office, campaign, head))
    second = make_application(office, illness, head, need=Need.ILLNESS, illness="tumour", own_cost=3_000_000)
    with scoped(office.approver):
        _, outcome = queries.judge(queries.application(second.pk), DAY)
    assert [reason.code for reason in outcome.reasons] == ["already_helped"]


def test_a_family_without_a_recognised_status_is_not_shown_and_is_refused(office, campaign):
    one = make_application(office, campaign, make_family(office, status=""))
    with pytest.raises(Refused, match="没有等待公示的申请"):
        carry(office, one, to="shown")
    with scoped(office.reviewer):
        case, day = case_by_id(one.case_id), DAY + timedelta(days=2)
        refuse(by=office.reviewer, on=day, case=case, reason="not_qualified", opinion="不符合条件")
        assert queries.application(one.pk).state == "refused"


def test_a_refused_case_that_is_taken_up_again_is_granted_and_ordered_to_be_paid(office, campaign):
    """A complaint reopens it; what the district then agrees to is entered, and a case that was granted is not taken up again."""
    one = make_application(office, campaign, make_family(office))
    day = carry(office, one, to="approval")
    with scoped(office.approver):
        refuse(by=office.approver, on=day, case=case_by_id(one.case_id), reason="not_qualified", opinion="材料存疑。")
        reopen(by=office.approver, on=day, case=case_by_id(one.case_id), to="approval", opinion="复核后情况属实。")
        pass_step(by=office.approver, on=day, case=case_by_id(one.case_id), opinion="同意救助。")
        assert queries.application_of_case(one.case_id).state == "granted"
        with pytest.raises(Refused, match="已经同意救助"):
            reopen(by=office.approver, on=day, case=case_by_id(one.case_id), to="approval", opinion="再办。")


def test_money_that_is_not_there_cannot_be_granted(office):
    """CHARITY-08: 量入为出 is held by the books; the case stays where it was."""
    poor = make_campaign(office, money=40_000)
    first, second = make_family(office), make_family(office, names=("赵大", "钱二"))
    ones = [make_application(office, poor, head) for head in (first, second)]
    for one in ones:
        with scoped(office.worker):
            pass_step(by=office.worker, on=DAY, case=case_by_id(one.case_id), opinion="属实")
        with scoped(office.reviewer):
            pass_step(by=office.reviewer, on=DAY, case=case_by_id(one.case_id), opinion="符合")
    with scoped(office.reviewer):
        notice = actions.draft_notice_for(by=office.reviewer, on=DAY, campaign=poor)
        until = actions.show_notice(by=office.reviewer, on=DAY, notice=notice).until
        day = until + timedelta(days=1)
        actions.pass_noticed(by=office.reviewer, on=day, campaign=poor, opinion="无异议")
    with scoped(office.approver):
        pass_step(by=office.approver, on=day, case=case_by_id(ones[0].case_id), opinion="同意")
    with pytest.raises(Refused), scoped(office.approver):
        pass_step(by=office.approver, on=day, case=case_by_id(ones[1].case_id), opinion="同意")
    with scoped(office.approver):
        assert [queries.application(one.pk).state for one in ones] == ["granted", "open"]


def test_cancelled_aid_frees_the_money_and_the_family(office, campaign):
    """CHARITY-17: whoever does not qualify loses the aid."""
    one = make_application(office, campaign, make_family(office))
    day = carry(office, one)
    with scoped(office.approver):
        actions.cancel_aid(by=office.approver, on=day, application=queries.application(one.pk), why="公示后查实有商品房两套")
        assert benefits_of_source(queries.source_of(one)).filter(cancelled_on=None).count() == 0
        assert {free_of(row.fund) for row in campaign.payers.all()} == {10_000_000}
        assert value(figure("charity.households"), YEAR, DISTRICT) == 0


def test_no_one_approves_the_own_work(office, campaign):
    one = make_application(office, campaign, make_family(office))
    carry(office, one, to="approval")
    with scoped(office.reviewer), pytest.raises((Refused, Forbidden)):
        pass_step(by=office.reviewer, on=DAY + timedelta(days=20), case=case_by_id(one.case_id), opinion="同意")


def test_families_with_a_status_who_did_not_apply_are_found(office, campaign):
    """CHARITY-08: nobody is missed."""
    applied, missed, neither = (
        make_family(office), make_family(office, names=("孙三", "李四")), make_family(office, status="", names=("周五",)),
    )  # fmt: skip
    make_application(office, campaign, applied)
    with scoped(office.worker):
        found = queries.missed_people(campaign, DAY)
    assert missed.pk in found and applied.pk not in found and neither.pk not in found


def test_a_family_that_was_missed_is_answered_by_its_application_and_not_by_hand(office, campaign):
    head = make_family(office)
    actions.look_for_doubts(by=office.reviewer, on=DAY, year=DAY.year)
    with scoped(office.reviewer):
        (found,) = queries.doubts(kind="missed", state="open")
    one = make_application(office, campaign, head)
    with scoped(office.reviewer):
        assert not queries.doubts(state="open")
        found.refresh_from_db()
    assert (found.answer, found.answered_on) == ("told", DAY) and one.case.number in found.note


def test_who_had_aid_of_the_year_that_excludes_it_was_not_missed(office, campaign):
    """The rule would refuse the application to which the search led."""
    head = make_family(office)
    words = {"group": group_of(campaign.project), "period": str(campaign.year), "persons": [head.pk], "source": "sample:1"}
    with scoped(office.approver):
        claim_benefit(by=office.approver, on=DAY, area=head.area, **words)
    with scoped(office.worker):
        assert queries.missed_people(campaign, DAY) == {}


def test_the_relations_of_the_figures_hold(office, campaign):
    carry(office, make_application(office, campaign, make_family(office)))
    with scoped(office.approver):
        for relation in relations():
            if relation.key.startswith("charity."):
                terms = [*relation.left, *relation.right]
                assert relation.check({term: value(figure(term), YEAR, DISTRICT) for term in terms}).holds, relation.zh


def test_an_application_outside_the_days_of_the_campaign_is_refused(office, campaign):
    with pytest.raises(Refused, match="受理时间"):
        make_application(office, campaign, make_family(office), on=date(2011, 1, 3))


def test_a_town_reports_no_more_than_its_quota(office, campaign):
    """CHARITY-08: quotas by town hold at the report; what is over stays with the town."""
    actions.set_quota(by=office.clerk, on=DAY, campaign=campaign, place="370404001000", count=1)
    ones = [make_application(office, campaign, make_family(office, names=(name,))) for name in ("赵一", "钱二")]
    for one in ones:
        with scoped(office.worker):
            pass_step(by=office.worker, on=DAY, case=case_by_id(one.case_id), opinion="属实")
        with scoped(office.reviewer):
            pass_step(by=office.reviewer, on=DAY, case=case_by_id(one.case_id), opinion="符合")
    with scoped(office.reviewer):
        notice = actions.draft_notice_for(by=office.reviewer, on=DAY, campaign=campaign)
        day = actions.show_notice(by=office.reviewer, on=DAY, notice=notice).until + timedelta(days=1)
        lines = actions.pass_noticed(by=office.reviewer, on=day, campaign=campaign, opinion="无异议")
        assert [line.done for line in lines] == [True, False]
        assert "名额已用完" in lines[1].message
        assert queries.application(ones[1].pk).case.step == "notice"


def test_sixteen_approvals_at_once_spend_exactly_what_is_there(fresh_database, django_db_blocker, at_once):
    """A fund for three families, eight approvals at the same moment: three are granted, nobody twice."""
    with django_db_blocker.unblock():
        office = make_office()
        poor = make_campaign(office, money=90_000)
        ones = [make_application(office, poor, make_family(office, names=(f"某{sign}",))) for sign in "甲乙丙丁戊己庚辛"]
        for one in ones:
            with scoped(office.worker):
                pass_step(by=office.worker, on=DAY, case=case_by_id(one.case_id), opinion="属实")
            with scoped(office.reviewer):
                pass_step(by=office.reviewer, on=DAY, case=case_by_id(one.case_id), opinion="符合")
        with scoped(office.reviewer):
            notice = actions.draft_notice_for(by=office.reviewer, on=DAY, campaign=poor)
            day = actions.show_notice(by=office.reviewer, on=DAY, notice=notice).until + timedelta(days=1)
            actions.pass_noticed(by=office.reviewer, on=day, campaign=poor, opinion="无异议")

        def approve(case_id: int) -> str:
            with scoped(office.approver):
                pass_step(by=office.approver, on=day, case=case_by_id(case_id), opinion="同意")
            return "granted"

        results = at_once(*[partial(approve, one.case_id) for one in ones for _ in range(2)])
        with scoped(office.approver):
            granted = queries.applications(state="granted")
            assert granted.count() == 3 == results.count("granted")
            assert sum(one.amount for one in granted) == 150_000
