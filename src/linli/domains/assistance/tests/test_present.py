"""The same application by today's law: an economic check, one notice, 边缘 and 刚性支出, a hearing before a cut."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.domains.assistance import actions, queries
from linli.domains.assistance.rules import Source, VisitKind
from linli.domains.assistance.samples import (
    give_consents,
    make_application,
    make_family,
    make_office,
    post,
    step,
    visit,
)
from linli.gateways.checking import FakeCheck, Finding
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.cases.actions import refuse
from linli.kernel.cases.queries import case_by_id
from linli.kernel.entitlements.queries import entitlements_of
from linli.kernel.findings.actions import look
from linli.kernel.registry.actions import recognise_status
from linli.kernel.registry.queries import clear_number, statuses_of
from linli.law import Item, Zone

DAY = date(2026, 8, 3)
WINDOW = {"first": date(2025, 8, 1), "last": date(2026, 7, 1)}


@pytest.fixture
def office(db):
    return make_office()


def applied(office, income: int, on=DAY):
    one = make_application(office, make_family(office), on=on)
    words = {"source": Source.DECLARED, "amount": income, **WINDOW}
    actions.add_line(by=office.worker, on=on, application=one, person=one.person_id, kind=Item.BUSINESS, **words)
    return one


def checked(office, one, *findings: Finding, on=DAY):
    with scoped(office.reviewer):
        number = clear_number(queries.members_of(one)[0].person)
    platform = FakeCheck({number: findings}, on=on, until=on + timedelta(days=180))
    with actions.answering(platform):
        asked = actions.ask_check(by=office.reviewer, on=on, application=one)
        actions.fetch_check(by=office.reviewer, on=on, inquiry=asked)
        actions.fetch_check(by=office.reviewer, on=on, inquiry=asked)  # taken in twice it is taken in once
    return platform


def granted(office, one, on=DAY):
    give_consents(office, one, on)
    step(office.worker, one, on)
    visit(office.reviewer, one, on)
    checked(office, one, on=on)
    step(office.reviewer, one, on, "符合条件，提请公示。", to="notice")
    day = post(office, one, "notice", on)
    step(office.reviewer, one, day, "期满无异议。")
    step(office.approver, one, day, "同意确认。")
    with scoped(office.approver):
        return queries.application(one.pk)


def test_the_flow_of_today_has_one_notice_and_no_meeting(office):
    one = applied(office, 1_200_000)
    with scoped(office.approver):
        assert case_by_id(one.case_id).flow == "assistance.aid"
    one = granted(office, one)
    assert (one.result, one.pay_from) == ("dibao", date(2026, 9, 1))


def test_the_town_cannot_decide_without_an_answered_check(office):
    one = applied(office, 1_200_000)
    give_consents(office, one, DAY)
    step(office.worker, one, DAY)
    visit(office.reviewer, one, DAY)
    with pytest.raises(Refused, match="还没有提请经济状况核对"):
        step(office.reviewer, one, DAY, "提请公示。", to="notice")


def test_nobody_is_asked_about_without_consent(office):
    one = applied(office, 1_200_000)
    with pytest.raises(Refused, match="授权书"), actions.answering(FakeCheck()):
        actions.ask_check(by=office.reviewer, on=DAY, application=one)


def test_a_difference_is_shown_and_either_taken_or_disputed_and_checked_again(office):
    one = applied(office, 1_200_000)
    give_consents(office, one, DAY)
    step(office.worker, one, DAY)
    visit(office.reviewer, one, DAY)
    tax = Finding("", "tax", "business", DAY, 1_500_000, 0, **WINDOW)
    car = Finding("", "vehicle", "vehicle", DAY, number=1)
    checked(office, one, tax, car)
    with scoped(office.reviewer):
        answers = {row.kind: row for row in queries.answers_of(one)}
        rows = queries.comparison(one, list(queries.lines_of(one)), list(answers.values()))
        assert {row.item: (row.stated, row.found, row.differs) for row in rows} == {
            "经营净收入": (1_200_000, 1_500_000, True), "机动车辆": (0, 1, True),
        }  # fmt: skip
    with pytest.raises(Refused, match="2条核对结果没有处理"):
        step(office.reviewer, one, DAY, "提请公示。", to="notice")
    actions.take_answer(by=office.reviewer, on=DAY, answer=answers[int(Item.BUSINESS)])
    said = {"said": "车已报废，未注销。"}
    disputed = actions.dispute_answer(by=office.worker, on=DAY, answer=answers[int(Item.VEHICLE)], **said)
    with pytest.raises(Refused, match="1条核对结果没有处理"):
        step(office.reviewer, one, DAY, "提请公示。", to="notice")
    actions.correct_answer(by=office.reviewer, on=DAY, answer=disputed, settled="核对报废回收证明，车辆已报废。")
    with scoped(office.reviewer):
        (line,) = queries.lines_of(one)
        assert (line.amount, line.source) == (1_500_000, "checked")
        assert queries.lines_of(one, struck=True).count() == 1
    with pytest.raises(Refused, match="已经处理"):
        actions.take_answer(by=office.reviewer, on=DAY, answer=disputed)
    step(office.reviewer, one, DAY, "符合条件，提请公示。", to="notice")


def test_a_car_that_the_check_finds_keeps_the_family_out(office):
    one = applied(office, 1_200_000)
    give_consents(office, one, DAY)
    checked(office, one, Finding("", "vehicle", "vehicle", DAY, number=1))
    with scoped(office.reviewer):
        row = queries.answers_of(one).get()
    actions.take_answer(by=office.reviewer, on=DAY, answer=row)
    with scoped(office.reviewer):
        judged = queries.judge(one.pk, DAY)
    assert judged.result == "nothing" and "vehicle_over" in {reason.code for reason in judged.outcome.reasons}


def test_a_report_that_has_expired_is_asked_for_again(office):
    one = applied(office, 1_200_000)
    give_consents(office, one, DAY)
    step(office.worker, one, DAY)
    visit(office.reviewer, one, DAY)
    checked(office, one)
    with pytest.raises(Refused, match="过期"):
        step(office.reviewer, one, DAY + timedelta(days=181), "提请公示。", to="notice")


def test_between_the_line_and_half_more_the_family_is_at_the_edge_and_gets_no_money(office):
    """The urban line of the demo is 980: a couple (the son is 24) with 1,200 a head and month stand between 980 and 1,470."""
    one = granted(office, applied(office, 2_880_000))
    assert (one.result, one.amount, one.people) == ("edge", 0, 2)
    with scoped(office.approver):
        assert {row.kind for row in statuses_of(one.person, one.decided_on)} == {"edge"}
    assert look(by=office.approver, on=date(2026, 9, 7))["assistance.comes_to_nothing"].new == 0, "it never had money to lose"


def test_an_edge_family_for_whom_an_illness_was_recognised_since_is_found_again(office):
    one = granted(office, applied(office, 2_880_000))
    later = one.decided_on + timedelta(days=30)
    words = {"kind": "ill", "since": later, "source": "医院", "person_id": one.person_id}
    assert look(by=office.approver, on=later)["assistance.edge_changed"].new == 0
    recognise_status(by=office.worker, on=later, **words)
    assert look(by=office.approver, on=later)["assistance.edge_changed"].new == 1


def test_before_a_cut_the_family_is_heard(office):
    """社会救助法 §48."""
    one = granted(office, applied(office, 1_200_000))
    later = date(2027, 1, 11)
    new = actions.open_verification(by=office.worker, on=later, application=one, why="定期复核")
    add = {"source": Source.DECLARED, "amount": 1_500_000, "first": date(2026, 1, 1), "last": date(2026, 12, 1)}
    actions.add_line(by=office.worker, on=later, application=new, person=new.person_id, kind=Item.BUSINESS, another=True, **add)
    give_consents(office, new, later)
    visit(office.worker, new, later)
    step(office.worker, new, later, "复核属实。")
    checked(office, new, on=later)
    step(office.reviewer, new, later, "提请调整。")
    with pytest.raises(Refused, match="陈述申辩"):
        step(office.approver, new, later, "同意调整。")
    visit(office.reviewer, new, later, kind=VisitKind.STATEMENT, visitors=("赵审核",), found="本人对调减没有意见。")
    step(office.approver, new, later, "同意调整。")
    with scoped(office.approver):
        now = queries.application(new.pk)
    assert now.state == "granted" and now.amount < one.amount


def test_before_a_stop_the_family_is_heard_and_then_told_in_writing(office):
    """社会救助法 §48: no refusal of a verification without a statement; afterwards the letter gives the reason and the remedy."""
    one = granted(office, applied(office, 1_200_000))
    later = date(2027, 1, 11)
    new = actions.open_verification(by=office.worker, on=later, application=one, why="找到工作")
    add = {"source": Source.DECLARED, "amount": 6_000_000, "first": date(2026, 1, 1), "last": date(2026, 12, 1)}
    actions.add_line(by=office.worker, on=later, application=new, person=new.person_id, kind=Item.WAGE, **add)
    give_consents(office, new, later)
    visit(office.worker, new, later)
    step(office.worker, new, later, "复核属实。")
    checked(office, new, on=later)
    step(office.reviewer, new, later, "提请停发。")

    def stop():
        with scoped(office.approver):
            words = {"reason": "not_qualified", "opinion": "工资收入已超过标准。"}
            refuse(by=office.approver, on=later, case=case_by_id(new.case_id), **words)

    with pytest.raises(Refused, match="陈述申辩"):
        stop()
    with scoped(office.approver):
        assert queries.application(one.pk).state == "granted", "nothing is half done"
    visit(office.reviewer, new, later, kind=VisitKind.STATEMENT, visitors=("赵审核",), found="本人承认已就业，没有异议。")
    stop()
    with scoped(office.approver):
        former = queries.application(one.pk)
        assert (former.state, former.ended_as) == ("ended", "stopped")
        (row,) = entitlements_of([one.person_id])
        assert row.until == date(2027, 2, 1)
        ended = row.history.get(deed="end")
        assert ended.reasons, "why it ended is kept with the end"
        assert any("社会救助法" in article for article in ended.articles)


def test_the_clock_stops_while_the_notice_hangs_and_the_whole_case_has_thirty_working_days(office):
    one = applied(office, 1_200_000)
    give_consents(office, one, DAY)
    step(office.worker, one, DAY)
    visit(office.reviewer, one, DAY)
    checked(office, one)
    step(office.reviewer, one, DAY, "提请公示。", to="notice")
    post(office, one, "notice", DAY)
    with scoped(office.approver):
        case = case_by_id(one.case_id)
    assert case.stop == "notice" and case.stop_until == DAY + timedelta(days=7)


def test_country_and_town_have_their_own_line(office):
    one = make_application(office, make_family(office), on=DAY, zone=Zone.RURAL)
    give_consents(office, one, DAY)
    with scoped(office.worker):
        judged = queries.judge(one.pk, DAY)
    assert judged.outcome.amount == 2 * 76_000
