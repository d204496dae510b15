"""One family along the whole chain by the law of 2010, and everything that must stop it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.domains.assistance import actions, queries
from linli.domains.assistance.rules import Source, VisitKind
from linli.domains.assistance.samples import (
    DAY,
    VILLAGE,
    add_income,
    appraise,
    carry,
    give_consents,
    make_application,
    make_elder,
    make_family,
    make_office,
    make_three_generations,
    post,
    step,
    survey,
    visit,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.cases.actions import close, refuse, withdraw
from linli.kernel.cases.queries import case_by_id, decision, decisions, explain
from linli.kernel.figures.queries import figure, relations, value
from linli.kernel.figures.rules import year_period
from linli.kernel.publicity.actions import answer_objection, publish, receive_objection
from linli.kernel.publicity.queries import items_of, notice
from linli.kernel.registry.actions import record_death
from linli.kernel.registry.queries import members_of, statuses_of
from linli.law import Item, Zone

DISTRICT, YEAR = "370404000000", year_period(2010)


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def village(db):
    return make_office(VILLAGE)


def again(office, one):
    with scoped(office.approver):
        return queries.application(one.pk)


def test_a_family_below_the_line_is_visited_appraised_posted_twice_and_granted_the_gap(office):
    """DIBAO-03: 一评议、两公布; the urban line of 2010 is 178 a head and month: (178 − 3,600 ÷ 12 ÷ 3) × 3 = 234."""
    one = make_application(office, make_family(office))
    add_income(office, one, 360_000)
    day = carry(office, one)
    one = again(office, one)
    assert (one.state, one.result, one.amount, one.people) == ("granted", "dibao", 23_400, 3)
    assert (one.pay_from, one.decided_on, one.group) == (date(2011, 1, 1), day, "B")
    with scoped(office.approver):
        stored = decision(one.case)
        assert stored.granted and stored.amount == 23_400
        assert "共同生活的家庭成员" in "".join(explain(one.case.number, on=day))
        grades = {status.grade for person in members_of(one.household, day) for status in statuses_of(person, day)}
        assert grades == {"urban"}
        expected = {"received": 1, "new": 1, "new.people": 3, "households": 1, "people": 3, "amount": 23_400, "appraisals": 1}
        for key, number in expected.items():
            assert value(figure(f"assistance.{key}"), YEAR, DISTRICT) == number, key
        for relation in relations():
            if relation.key.startswith("assistance."):
                terms = [*relation.left, *relation.right]
                assert relation.check({term: value(figure(term), YEAR, DISTRICT) for term in terms}).holds, relation.zh


def test_the_country_counts_by_the_year_and_the_last_calendar_year(village):
    """农村 900 a year: 3 people with 1,800 in 2009 lack (900 − 600) ÷ 12 × 3 = 75 a month."""
    one = make_application(village, make_family(village), zone=Zone.RURAL)
    add_income(village, one, 180_000, kind=Item.FARMING)
    carry(village, one)
    assert again(village, one).amount == 7_500


def test_a_family_above_the_line_goes_to_the_district_without_a_notice_and_is_refused_with_reasons(office):
    one = make_application(office, make_family(office))
    add_income(office, one, 5_000_000)
    day = carry(office, one, to="survey")
    with pytest.raises(Refused, match="不符合条件"):
        step(office.reviewer, one, day, "提请公示。", to="notice")
    step(office.reviewer, one, day, "不符合条件，报区局决定。", to="approval")
    with pytest.raises(Refused, match="不符合条件"):
        step(office.approver, one, day, "同意。")
    with scoped(office.approver):
        refuse(by=office.approver, on=day, case=case_by_id(one.case_id), reason="not_qualified", opinion="收入超过标准。")
    one = again(office, one)
    assert (one.state, one.refused_for) == ("refused", "income_not_below")
    with scoped(office.approver):
        assert not decision(one.case).granted
        assert value(figure("assistance.refused"), YEAR, DISTRICT) == 1


def test_who_qualifies_is_posted_and_does_not_slip_past_the_notice(office):
    one = make_application(office, make_family(office))
    day = carry(office, one, to="survey")
    with pytest.raises(Refused, match="应先公示"):
        step(office.reviewer, one, day, "直接报区。", to="approval")


def test_without_the_consent_of_every_adult_the_case_stops_with_their_names(office):
    one = make_application(office, make_family(office))
    visit(office.worker, one)
    appraise(office, one)
    with scoped(office.worker):
        first = queries.members_of(one)[0]
    actions.record_consents(by=office.worker, on=DAY, application=one, signed={first.person_id: "李国强"}, signed_on=DAY)
    with pytest.raises(Refused, match="张桂英还没有签署"):
        step(office.worker, one, DAY)


def test_without_visit_or_meeting_the_village_cannot_pass_it_on(office):
    one = make_application(office, make_family(office))
    give_consents(office, one)
    with pytest.raises(Refused, match="入户调查.*民主评议"):
        step(office.worker, one, DAY)


def test_a_meeting_without_a_majority_stops_the_case(office):
    one = make_application(office, make_family(office))
    give_consents(office, one)
    visit(office.worker, one)
    appraise(office, one, agreed=8, against=7)  # 8 of 16 is the half, not more
    with pytest.raises(Refused, match="没有过半数"):
        step(office.worker, one, DAY)


def test_the_notices_show_the_name_the_number_of_members_and_the_amount_and_nothing_else(office):
    one = make_application(office, make_family(office))
    add_income(office, one, 360_000)
    day = carry(office, one, to="notice")
    with scoped(office.reviewer):
        (draft,) = actions.draft_posting(by=office.reviewer, on=day, step="notice", area=one.area)
        rows = [row.row for row in items_of(draft)]
        assert rows == [{"name": "李国强", "members": "3", "amount": "234.00"}]
        first = notice(again(office, one).posted["notice"] - 1)
        assert [row.row for row in items_of(first)] == [{"name": "李国强", "members": "3"}]


def test_what_is_granted_is_what_was_posted(office):
    """Facts that change after the notice send the family back to be posted anew."""
    one = make_application(office, make_family(office))
    day = carry(office, one, to="approval")
    add = {"source": Source.CHECKED, "evidence": "工资表", "first": date(2010, 1, 1), "last": date(2010, 11, 1)}
    actions.add_line(
        by=office.approver, on=day, application=again(office, one), person=one.person_id, kind=Item.WAGE, amount=110_000, **add
    )
    with pytest.raises(Refused, match="重新公示"):
        step(office.approver, one, day, "同意。")


def test_an_upheld_objection_sends_the_family_back_to_be_surveyed_anew(office):
    """DIBAO-03: objection → re-survey; the district then visits the home itself."""
    one = make_application(office, make_family(office))
    day = carry(office, one, to="notice")
    with scoped(office.reviewer):
        (draft,) = actions.draft_posting(by=office.reviewer, on=day, step="notice", area=one.area)
        shown = publish(by=office.reviewer, on=day, notice=draft)
        day += timedelta(days=2)
        made = receive_objection(by=office.reviewer, on=day, notice=shown, item_number=1, text="家中有门面房出租。")
        answer_objection(by=office.reviewer, on=day, objection=made, upheld=True, outcome="属实，重新调查。")
    assert again(office, one).case.step == "survey"
    with pytest.raises(Refused, match="收到异议"):
        step(office.reviewer, one, day, "已核实。", to="notice")
    visit(office.reviewer, one, day)
    step(office.reviewer, one, day, "已重新调查。", to="notice")
    day = post(office, one, "notice", day)
    step(office.reviewer, one, day, "期满无异议。")
    with pytest.raises(Refused, match="区级须入户核查"):
        step(office.approver, one, day, "同意。")
    visit(office.approver, one, day, kind=VisitKind.COUNTY)
    step(office.approver, one, day, "同意。")
    assert again(office, one).state == "granted"


def test_a_relative_of_the_family_judges_nothing_and_the_district_visits(office):
    one = make_application(office, make_family(office))
    survey(office, one)
    actions.declare_kin(by=office.worker, on=DAY, application=one, staff=office.reviewer.staff_id, tie="申请人之弟")
    step(office.worker, one, DAY)
    with scoped(office.reviewer):
        actions.draft_posting(by=office.reviewer, on=DAY, step="first", area=one.area)
    assert again(office, one).kin
    with pytest.raises(Refused, match="应当回避"):
        step(office.reviewer, one, DAY + timedelta(days=9), "无异议。")
    with scoped(office.approver):
        assert queries.must_visit(queries.application(one.pk)).startswith("申请人有近亲属")


def test_an_old_person_without_supporters_in_the_country_is_kept_by_the_five_guarantees(village):
    """特困 (五保) is a matter of one person; the same application, and the law says so."""
    one = make_application(village, make_elder(village), zone=Zone.RURAL)
    survey(village, one)
    with scoped(village.worker):
        member = queries.members_of(one)[0]
    found = actions.correct_member(by=village.worker, on=DAY, member=member, why="入户核实", asks=True)
    with pytest.raises(Refused, match="法定义务人"):
        step(village.worker, one, DAY)
    actions.correct_member(by=village.worker, on=DAY, member=found, why="查户籍", bearers_known=True)
    with scoped(village.worker):
        judged = queries.judge(one.pk, DAY)
    assert judged.result == "tekun" and judged.people == 1


def test_a_supporter_who_can_pay_keeps_the_old_person_out_of_it(village):
    one = make_application(village, make_elder(village), zone=Zone.RURAL)
    give_consents(village, one)
    with scoped(village.worker):
        member = queries.members_of(one)[0]
    actions.correct_member(by=village.worker, on=DAY, member=member, why="入户核实", asks=True, bearers_known=True)
    actions.add_supporter(
        by=village.worker, on=DAY, application=one, person=one.person_id, name="孙大力", tie="儿子", born=date(1965, 1, 1),
        income=3_000_000,
    )
    with scoped(village.worker):
        judged = queries.judge(one.pk, DAY)
    assert judged.result == "dibao"
    assert "has_bearer" in {reason.code for reason in judged.outcome.reasons}


def test_the_law_of_the_day_says_who_counts(office):
    """220号 and before counted the parents of the couple; since 2021 only with a duty and living together."""
    one = make_application(office, make_three_generations(office))
    give_consents(office, one)
    with scoped(office.worker):
        assert queries.judge(one.pk, DAY).people == 4


def test_a_family_applies_once_and_a_person_stands_in_one_application(office):
    head = make_family(office)
    one = make_application(office, head)
    with scoped(office.worker):
        second = queries.members_of(one)[1].person
    with pytest.raises(Refused, match="正在办理"):
        make_application(office, second)


def test_after_withdrawal_the_family_may_apply_again(office):
    head = make_family(office)
    one = make_application(office, head)
    with scoped(office.worker):
        withdraw(by=office.worker, on=DAY, case=case_by_id(one.case_id), opinion="本人撤回。")
    assert again(office, one).state == "withdrawn"
    assert make_application(office, head).state == "open"


def test_the_dead_do_not_apply_and_a_death_before_the_decision_is_named(office):
    head = make_family(office)
    one = make_application(office, head)
    survey(office, one)
    record_death(by=office.worker, on=DAY, person_id=head.pk, day=DAY - timedelta(days=1))
    with scoped(office.worker):
        found = queries.answer(one.pk, DAY)
    assert found.judgement is None and "去世" in found.fault
    with scoped(office.approver):
        close(by=office.approver, on=DAY, case=case_by_id(one.case_id), outcome="lapsed", opinion="申请人去世。")
    with pytest.raises(Refused, match="登记死亡"):
        make_application(office, head)


def test_a_child_does_not_apply_where_there_are_adults(office):
    head = make_three_generations(office)
    with scoped(office.worker):
        from linli.kernel.registry.queries import household_of

        child = next(one for one in members_of(household_of(head, DAY), DAY) if one.birth.year == 1999)
    with pytest.raises(Refused, match="未满18周岁"):
        make_application(office, child)


def test_a_line_without_months_or_with_a_wrong_order_is_refused_in_words(office):
    one = make_application(office, make_family(office))
    words = {"by": office.worker, "on": DAY, "application": one, "person": one.person_id, "source": Source.DECLARED}
    with pytest.raises(Refused, match="没有写明属于哪几个月"):
        actions.add_line(**words, kind=Item.WAGE, amount=1_000)
    with pytest.raises(Refused, match="早于开始月份"):
        actions.add_line(**words, kind=Item.WAGE, amount=1_000, first=date(2010, 6, 1), last=date(2010, 5, 1))
    with pytest.raises(Refused, match="数量"):
        actions.add_line(**words, kind=Item.HOUSE)
    with pytest.raises(Refused, match="不在申请家庭中"):
        actions.add_line(**(words | {"person": 987654}), kind=Item.WAGE, amount=1, first=DAY, last=DAY)
    with scoped(office.worker):
        assert not queries.lines_of(one).exists()


def test_what_is_entered_a_second_time_is_told_and_counts_once(office):
    one = make_application(office, make_family(office))
    add_income(office, one, 90_000)
    with pytest.raises(Refused, match="同样的一条已经登记"):
        add_income(office, one, 90_000)
    add_income(office, one, 90_000, kind=Item.BUSINESS)
    appraise(office, one)
    with pytest.raises(Refused, match="这次民主评议已经登记"):
        appraise(office, one)
    appraise(office, one, agreed=15)
    words = {"by": office.worker, "on": DAY, "application": one, "person": one.person_id, "tie": "女儿", "income": 0}
    actions.add_supporter(name="李外", born=date(1985, 1, 1), **words)
    with pytest.raises(Refused, match="李外已登记"):
        actions.add_supporter(name="李外", born=date(1985, 1, 1), **words)
    report = {"by": office.reviewer, "on": DAY, "application": one, "answered_on": DAY, "until": date(2011, 6, 1)}
    actions.enter_check(**report)
    with pytest.raises(Refused, match="核对报告已经登记"):
        actions.enter_check(**report)


def test_before_the_law_is_known_nobody_is_promised_anything(office):
    head = make_family(office)
    with pytest.raises(Refused, match="政策标准"):
        make_application(office, head, on=date(2009, 12, 1))


def test_the_same_visit_sent_twice_is_one_and_a_draft_may_have_gaps(office):
    """DIBAO-04: at least two, five things clear, signed; a draft on the way."""
    one = make_application(office, make_family(office))
    visit(office.worker, one, key="phone-1", done=False, five={}, visitors=("李社工",), cause="", signer="")
    for said, words in (
        ("2名以上", {"visitors": ("李社工",)}), ("五清还缺：收入状况", {"five": {"members": "3人"}}), ("签字", {"signer": ""}),
        ("致贫原因", {"cause": ""}),
    ):
        with pytest.raises(Refused, match=said):
            visit(office.worker, one, key="phone-1", **words)
    first = visit(office.worker, one, key="phone-1")
    second = visit(office.worker, one, key="phone-1")
    assert first.pk == second.pk and second.found == first.found
    with scoped(office.worker):
        assert queries.visits_of(one).count() == 1


def test_a_decision_stands_as_it_was_taken(office):
    one = make_application(office, make_family(office))
    carry(office, one)
    with scoped(office.approver):
        rows = list(decisions(again(office, one).case))
        assert len(rows) == 1 and "name" not in str(rows[0].facts.get("members", [{}])[0].keys())
