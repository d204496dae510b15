"""Who is refused or gets less hears it in writing, in time, and the office knows when and who signed."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from tests.journeys.walker import Walker

from linli.base.money import show_yuan
from linli.domains.assistance import actions, queries
from linli.domains.assistance.rules import Source, VisitKind
from linli.domains.assistance.samples import DAY as OF_2010
from linli.domains.assistance.samples import (
    VILLAGE,
    add_income,
    carry,
    give_consents,
    make_application,
    make_elder,
    make_family,
    make_office,
    make_son_and_mother,
    step,
    visit,
)
from linli.domains.assistance.tests.test_present import applied, checked, granted
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.cases.actions import refuse
from linli.kernel.cases.queries import case_by_id
from linli.law import Item, Zone

DAY = date(2026, 8, 3)


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_office()


def refused(office, on):
    """A family with far too much income, by the law of the day."""
    one = make_application(office, make_family(office), on=on)
    add_income(office, one, 30_000_000, on)
    give_consents(office, one, on)
    step(office.worker, one, on)
    visit(office.reviewer, one, on)
    checked(office, one, on=on)
    step(office.reviewer, one, on, "不符合条件，报区民政局决定。", to="approval")
    with scoped(office.approver):
        refuse(by=office.approver, on=on, case=case_by_id(one.case_id), reason="not_qualified", opinion="收入超过标准。")
    return one


def test_a_letter_is_sealed_by_the_bureau_that_decided(office):
    """The party in a review or in court is a body with a name; 民政部门 is none."""
    letter = Walker("wang").open(f"/cases/{refused(office, DAY).case_id}/decision/1/").text
    assert "峄城区民政局" in letter and "民政部门" not in letter


def test_a_refusal_is_handed_over_within_three_working_days_or_stands_on_the_desk(office):
    """57号 §21: refused on Monday 3 August 2026, told by Thursday the 6th; the worker's desk asks for it."""
    one = refused(office, DAY)
    desk = Walker("li").open("/")
    assert "李国强·不予确认决定书未送达" in desk.text and "2026-08-06" in desk.text
    page = desk.follow("李国强·不予确认决定书未送达").follow("登记决定书送达")
    assert "还没有决定" not in page.text
    page.send("登记", expect=422, told_on="2026-08-02")
    assert "应在2026-08-03决定之后" in page.text
    page.send("登记", told_on="2026-08-03", told_to="张桂英（妻子代收）")
    assert "张桂英（妻子代收）签收" in page.text
    assert "未送达" not in Walker("li").open("/").text
    late = Walker("li").open(f"/assistance/applications/{one.pk}/told/")
    assert "没有等待送达的决定书" in late.text and late.address == f"/assistance/applications/{one.pk}/"
    with scoped(office.worker), pytest.raises(Refused, match="已经登记送达"):
        actions.tell(by=office.worker, on=DAY, application=queries.application(one.pk), told_on=DAY, told_to="李国强")


def test_before_the_law_of_2012_a_refusal_is_asked_after_without_a_day(office):
    one = make_application(office, make_family(office))
    add_income(office, one, 3_000_000)
    day = carry(office, one, to="survey")
    step(office.reviewer, one, day, "收入超过标准，报区民政局决定。", to="approval")
    with scoped(office.approver):
        refuse(by=office.approver, on=day, case=case_by_id(one.case_id), reason="not_qualified", opinion="收入超过标准。")
    with scoped(office.worker):
        (task,) = [row for row in queries.desk_tasks(office.worker, day, "waiting") if row.kind == "决定书送达"]
    assert task.due is None and task.since == day > OF_2010


def test_what_is_not_decided_has_no_letter(office):
    one = make_application(office, make_family(office), on=DAY)
    with scoped(office.worker), pytest.raises(Refused, match="还没有决定"):
        actions.tell(by=office.worker, on=DAY, application=one, told_on=DAY, told_to="李国强")


def test_a_job_does_not_end_the_help_at_once_but_after_the_months_of_the_law(office):
    """57号 §33, 83号: a job lifts the family over the line; the day of the job is said with the verification, 低保 goes on."""
    one = granted(office, applied(office, 1_200_000))
    day = date(2026, 12, 7)
    assert "新就业日期" in Walker("li").open(f"/assistance/applications/{one.pk}/verify/").text
    with pytest.raises(Refused, match="就业日期不能晚于今天"):
        actions.open_verification(by=office.worker, on=day, application=one, why="就业", new_job=date(2026, 12, 8))
    new = actions.open_verification(by=office.worker, on=day, application=one, why="就业", new_job=date(2026, 11, 2))
    add = {"source": Source.DECLARED, "amount": 6_000_000, "first": date(2025, 12, 1), "last": date(2026, 11, 1)}
    actions.add_line(by=office.worker, on=day, application=new, person=new.person_id, kind=Item.WAGE, **add)
    give_consents(office, new, day)
    with scoped(office.worker):
        judged = queries.judge(new.pk, day)
    assert judged.outcome.amount == one.amount and "taper" in {reason.code for reason in judged.outcome.reasons}


def test_a_letter_that_nobody_handed_over_is_seen_from_above(office, settings):
    """The street finds among what is late the refusal of Monday that the family has not heard of on Friday, and opens it."""
    one = refused(office, DAY)
    settings.BUSINESS_DAY = "2026-08-06"
    assert "救助决定书·等待送达" in Walker("zhao").open("/watch/").text
    settings.BUSINESS_DAY = "2026-08-07"
    late = Walker("zhao").open("/watch/?late=on").follow("救助决定书·等待送达")
    assert one.case.number in late.text and "决定书" in late.text
    with scoped(office.worker):
        told = {"told_on": date(2026, 8, 7), "told_to": "张桂英"}
        actions.tell(by=office.worker, on=date(2026, 8, 7), application=queries.application(one.pk), **told)
    assert "救助决定书" not in Walker("zhao").open("/watch/").text


def test_who_is_recognised_without_money_reads_from_when_until_when_and_of_no_payment(office, settings):
    """边缘 and 刚性支出 get nothing by the month: no letter, page or list promises them a month of payment."""
    one = granted(office, applied(office, 2_880_000))
    settings.BUSINESS_DAY = one.decided_on.isoformat()
    letter = Walker("wang").open(f"/cases/{one.case_id}/decision/1/").text
    assert f"认定自 2026年8月11日 起，有效至 {one.verify_by:%Y年%-m月%-d日}" in letter and "没有按月发给的救助金" in letter
    for page in (f"/assistance/applications/{one.pk}/sheet/", f"/assistance/applications/{one.pk}/"):
        assert "没有按月发给的救助金" in Walker("li").open(page).text
    for page in (f"assistance/applications/{one.pk}", f"assistance/applications/{one.pk}/judgement", f"cases/{one.case_id}"):
        assert "起发放" not in Walker("li").open(f"/{page}/").text
    assert "起发放" not in letter


def test_a_family_whose_money_ends_with_a_recognition_reads_from_when(office, settings):
    """From 低保 to 边缘: what was paid until now, and from which month no more."""
    one, later = granted(office, applied(office, 1_200_000)), date(2027, 1, 11)
    new = actions.open_verification(by=office.worker, on=later, application=one, why="定期复核")
    add = {"source": Source.DECLARED, "amount": 1_900_000, "first": date(2026, 1, 1), "last": date(2026, 12, 1)}
    actions.add_line(by=office.worker, on=later, application=new, person=new.person_id, kind=Item.BUSINESS, another=True, **add)
    give_consents(office, new, later)
    visit(office.worker, new, later)
    step(office.worker, new, later, "复核属实。")
    checked(office, new, on=later)
    step(office.reviewer, new, later, "提请调整。")
    visit(office.reviewer, new, later, kind=VisitKind.STATEMENT, visitors=("赵审核",), found="本人没有意见。")
    step(office.approver, new, later, "同意调整。")
    settings.BUSINESS_DAY = later.isoformat()
    letter = Walker("wang").open(f"/cases/{new.case_id}/decision/1/").text
    assert f"此前每月发给的 {show_yuan(one.amount)} 元自 2027年2月 起不再发放" in letter and "起发放" not in letter


def kept_alone(office, on):
    """An old person of the country whom nobody has to support: 特困, in 2010 五保."""
    one = make_application(office, make_elder(office), on=on, zone=Zone.RURAL)
    with scoped(office.worker):
        member = queries.members_of(one)[0]
    actions.correct_member(by=office.worker, on=on, member=member, why="查户籍", asks=True, bearers_known=True)
    return one


def test_the_letter_of_the_five_guarantees_speaks_the_words_and_names_the_order_of_its_day(db, settings):
    office = make_office(VILLAGE)
    one = kept_alone(office, OF_2010)
    day = carry(office, one)
    settings.BUSINESS_DAY = day.isoformat()
    letter = Walker("wang").open(f"/cases/{one.case_id}/decision/1/").text
    assert "依据：农村五保供养工作条例（国务院令第456号）。" in letter and "确认您家为农村五保供养" in letter
    assert "特困" not in letter and "271号" not in letter
    for page in ("", "judgement/", "sheet/"):
        assert "特困供养" not in Walker("li").open(f"/assistance/applications/{one.pk}/{page}").text


def test_the_notice_and_the_letter_of_support_name_the_law_of_today(office, settings):
    """社会救助法 §16, §17; the notice 特困人员认定办法 §15."""
    one = granted(office, kept_alone(office, DAY))
    settings.BUSINESS_DAY = one.decided_on.isoformat()
    letter = Walker("wang").open(f"/cases/{one.case_id}/decision/1/").text
    assert "中华人民共和国社会救助法；特困人员认定办法（2021年） §16；§4" in letter and "§17" in letter
    assert "依据：社会救助法、特困人员认定办法（2021年）。" in letter
    sheet = Walker("zhao").open(reverse("publicity:print", args=[one.posted["notice"]])).text
    assert "依据：特困人员认定办法（2021年） §15" in sheet and "57号" not in sheet


def test_a_letter_of_support_names_also_by_what_the_rest_of_the_family_is_denied(office, settings):
    """The disabled son is 特困, his mother of 84 has a pension: the letter denies her 低保, 边缘 and 刚性支出."""
    one = make_application(office, make_son_and_mother(office), on=DAY)
    with scoped(office.worker):
        son, mother = queries.members_of(one)
    actions.correct_member(by=office.worker, on=DAY, member=son, why="查户籍", asks=True, bearers_known=True)
    add_income(office, one, 3_000_000, DAY, kind=Item.PENSION, person=mother.person_id)
    one = granted(office, one)
    assert (one.result, one.supported) == ("tekun", 1)
    settings.BUSINESS_DAY = one.decided_on.isoformat()
    letter = Walker("wang").open(f"/cases/{one.case_id}/decision/1/").text
    documents = "社会救助法、最低生活保障审核确认办法（民发〔2021〕57号）、刚性支出困难家庭认定办法、特困人员认定办法（2021年）"
    assert f"依据：{documents}。" in letter and "不低于低保边缘线" in letter
