"""A family that is helped: its money by months, verification with the facts taken over, deaths, and the end of help."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.journeys.walker import Walker
from tests.test_doors import signed_in

from linli.domains.assistance import actions, queries
from linli.domains.assistance.rules import Source
from linli.domains.assistance.samples import (
    DAY,
    VILLAGE,
    add_income,
    carry,
    give_consents,
    make_application,
    make_elder,
    make_family,
    make_office,
    step,
    visit,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused, Role
from linli.kernel.access.samples import FIRST_DAY, make_staff
from linli.kernel.cases.actions import refuse, withdraw
from linli.kernel.cases.queries import case_by_id
from linli.kernel.entitlements.queries import amounts_of, covered_in, entitlements_of
from linli.kernel.figures.queries import figure, value
from linli.kernel.figures.rules import year_period
from linli.kernel.registry.actions import join_household, move_household, recognise_status, record_death
from linli.kernel.registry.queries import household_of, members_of, statuses_of
from linli.kernel.registry.samples import make_person
from linli.law import Item, Work, Zone

DISTRICT, JUNE = "370404000000", date(2011, 6, 1)


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def helped(office):
    """A family of three that gets 234 a month from January 2011."""
    one = make_application(office, make_family(office))
    add_income(office, one, 360_000)
    carry(office, one)
    with scoped(office.approver):
        return queries.application(one.pk)


def money(office, one, month=date(2011, 1, 1)) -> list[tuple[str, str, int, int]]:
    """Programme, class, people and fen of what runs in a month."""
    with scoped(office.approver):
        rows = list(entitlements_of([row.person_id for row in queries.members_of(one)], month=month))
        sums = amounts_of(rows, month)
        return sorted((row.programme, row.grade, len(covered_in(row, month)), sums.get(row.pk, 0)) for row in rows)


def verify(office, one, on=JUNE, why="定期复核"):
    return actions.open_verification(by=office.worker, on=on, application=one, why=why)


def through(office, new, on=JUNE, to="granted"):
    visit(office.worker, new, on)
    step(office.worker, new, on, "复核属实。")
    step(office.reviewer, new, on, "经复核，提请继续救助。")
    if to == "granted":
        step(office.approver, new, on, "同意。")


def test_the_money_runs_from_the_month_after_the_decision(office, helped):
    assert money(office, helped) == [("dibao", "B", 3, 23_400)]
    assert money(office, helped, date(2010, 12, 1)) == []


def test_a_verification_takes_the_facts_over_and_keeps_the_help_when_nothing_changed(office, helped):
    """DIBAO-02: what is known is gone through again and not asked anew; a window of income that has moved on is asked for."""
    new = verify(office, helped)
    with scoped(office.worker):
        assert [row.kin for row in queries.members_of(new)] == [row.kin for row in queries.members_of(helped)]
        assert queries.lines_of(new).count() == 1
        line = queries.lines_of(new).get()
    actions.strike_line(by=office.worker, on=JUNE, line=line, why="换成新的一年")
    add_income(office, new, 360_000, JUNE)
    through(office, new)
    with scoped(office.approver):
        former, now = queries.application(helped.pk), queries.application(new.pk)
    assert (former.state, former.ended_as, now.state, now.amount) == ("ended", "replaced", "granted", 23_400)
    assert money(office, now, date(2011, 7, 1)) == [("dibao", "B", 3, 23_400)]
    with scoped(office.approver):
        assert value(figure("assistance.verified"), year_period(2011), DISTRICT) == 1
        assert value(figure("assistance.households"), year_period(2011), DISTRICT) == 1
        assert value(figure("assistance.ended"), year_period(2011), DISTRICT) == 0, "replaced is not gone"


def test_months_of_which_nobody_has_stated_the_income_are_named_before_the_pass(office, helped, settings):
    """What was stated a year ago covers no month of today: it would count as nothing, and the family would get more by itself."""
    july = date(2011, 7, 1)
    settings.BUSINESS_DAY = july.isoformat()
    new = verify(office, helped, july)
    visit(office.worker, new, july)
    give_consents(office, new, july)
    page = signed_in("li").get(f"/assistance/applications/{new.pk}/").content.decode()
    assert "李国强的“务工收入”只登记到2010年11月，计算到2011年6月" in page
    with pytest.raises(Refused, match="没有登记的月份会按没有收入计算"):
        step(office.worker, new, july, "复核属实。")
    words = {"source": Source.DECLARED, "amount": 0, "first": date(2010, 12, 1), "last": date(2011, 6, 1)}
    actions.add_line(by=office.worker, on=july, application=new, person=new.person_id, kind=Item.CASUAL_WORK, **words)
    step(office.worker, new, july, "复核属实，去年十二月起没有活干。")


def test_an_income_of_the_same_months_is_asked_about_before_it_counts_beside_the_other(office):
    one = make_application(office, make_family(office))
    add_income(office, one, 360_000)
    li = Walker("li").open(f"/assistance/applications/{one.pk}/lines/new/")
    words = {"person": str(one.person_id), "kind": str(int(Item.CASUAL_WORK)), "amount": "3600", "last": "2010-12"}
    li.send("登记", expect=422, first="2010-06", **words)
    assert "已登记李国强的“务工收入”（2009年12月至2010年11月，3,600.00元），会重复计算" in li.text
    li.send("登记", first="2010-06", another="on", **words)
    li.open(f"/assistance/applications/{one.pk}/lines/new/").send("登记", **(words | {"first": "2009-01", "last": "2009-11"}))
    with scoped(office.worker):
        assert queries.lines_of(one).count() == 3


def test_who_has_a_job_has_an_income(office):
    """Or the family is judged as if nobody worked; also where somebody asks to be judged as 特困."""
    one = make_application(office, make_elder(office))
    with scoped(office.worker):
        (member,) = queries.members_of(one)
    words = {"work": int(Work.EMPLOYED), "asks": True, "bearers_known": True}
    actions.correct_member(by=office.worker, on=DAY, member=member, why="入户核实", **words)
    give_consents(office, one)
    with pytest.raises(Refused, match="孙老汉登记为稳定就业，却没有收入"):
        step(office.worker, one, DAY)


def test_a_higher_income_lowers_the_money_from_the_next_month(office, helped):
    new = verify(office, helped)
    with scoped(office.worker):
        line = queries.lines_of(new).get()
    actions.strike_line(by=office.worker, on=JUNE, line=line, why="换成新的一年")
    add_income(office, new, 540_000, JUNE)
    through(office, new)
    assert money(office, new, JUNE) == [("dibao", "B", 3, 23_400)]
    assert money(office, new, date(2011, 7, 1)) == [("dibao", "B", 3, 8_400)]


def test_a_family_that_no_longer_qualifies_is_stopped_by_the_district_with_a_reason(office, helped):
    new = verify(office, helped)
    words = {"source": Source.SURVEYED, "evidence": "用工合同", "first": date(2010, 6, 1), "last": date(2011, 5, 1)}
    actions.add_line(
        by=office.worker, on=JUNE, application=new, person=new.person_id, kind=Item.WAGE, amount=3_000_000, **words
    )
    through(office, new, to="approval")
    with pytest.raises(Refused, match="不符合条件"):
        step(office.approver, new, JUNE, "同意。")
    with scoped(office.approver):
        refuse(by=office.approver, on=JUNE, case=case_by_id(new.case_id), reason="not_qualified", opinion="收入已超过标准。")
        former = queries.application(helped.pk)
        assert (former.state, former.ended_as) == ("ended", "stopped")
        assert not [row for row in statuses_of(former.person, JUNE) if row.kind == "dibao"]
        assert value(figure("assistance.ended.people"), year_period(2011), DISTRICT) == 3
    assert money(office, helped, date(2011, 7, 1)) == []


def test_a_verification_that_is_given_up_leaves_the_help_as_it_was(office, helped):
    new = verify(office, helped)
    with pytest.raises(Refused, match="正在办理"):
        verify(office, helped)
    with scoped(office.worker):
        withdraw(by=office.worker, on=JUNE, case=case_by_id(new.case_id), opinion="重复办理，撤回。")
    assert money(office, helped, date(2011, 7, 1)) == [("dibao", "B", 3, 23_400)]
    with pytest.raises(Refused, match="正在享受"):
        make_application(office, helped.person, on=JUNE)
    assert verify(office, helped).state == "open"


def test_the_death_of_a_member_becomes_a_task_and_the_verification_leaves_the_dead_out(office, helped):
    with scoped(office.worker):
        wife = queries.members_of(helped)[1].person
    record_death(by=office.worker, on=JUNE, person_id=wife.pk, day=JUNE - timedelta(days=3))
    with scoped(office.worker):
        titles = [task.title for task in queries.desk_tasks(office.worker, JUNE, "waiting")]
        assert "李国强户有成员去世（张桂英，2011-05-29）" in titles, "who died, and when"
        assert queries.deaths_in(helped) == ["张桂英，2011-05-29"]
    shown = signed_in("li").get(f"/assistance/applications/{helped.pk}/").content.decode()
    assert "已登记死亡：张桂英，2011-05-29。请办理复核" in shown
    new = verify(office, helped, why="成员去世")
    with scoped(office.worker):
        line = queries.lines_of(new).get()
    actions.strike_line(by=office.worker, on=JUNE, line=line, why="换成新的一年")
    add_income(office, new, 240_000, JUNE)
    through(office, new)
    assert money(office, new, date(2011, 7, 1)) == [("dibao", "B", 2, 15_600)]


def test_when_the_applicant_died_another_adult_stands_in_and_gets_the_money(office, helped):
    record_death(by=office.worker, on=JUNE, person_id=helped.person_id, day=JUNE - timedelta(days=3))
    new = verify(office, helped, why="户主去世")
    with scoped(office.worker):
        kin = {row.person.name: row.kin for row in queries.members_of(new)}
    assert kin == {"张桂英": "01", "李小宝": "20"}
    through(office, new)
    with scoped(office.approver):
        (row,) = entitlements_of([new.person_id], month=date(2011, 7, 1))
        assert (row.person_id, row.payee_id) == (new.person_id, new.person_id)


def test_the_death_of_who_lives_alone_ends_the_help(office):
    one = make_application(office, make_elder(office))
    carry(office, one)
    with scoped(office.approver):
        one = queries.application(one.pk)
    record_death(by=office.worker, on=JUNE, person_id=one.person_id, day=JUNE)
    with pytest.raises(Refused, match="终止救助"):
        verify(office, one)
    with pytest.raises(Refused, match="须先办理复核"):
        actions.end(by=office.reviewer, on=JUNE, application=one, how="stopped", why="收入提高")
    actions.end(by=office.reviewer, on=JUNE, application=one, how="died", why="2011年6月1日去世")
    assert money(office, one, date(2011, 7, 1)) == []
    assert [row[0] for row in money(office, one, JUNE)] == ["dibao"]


def test_help_does_not_end_by_death_as_long_as_a_member_lives(office, helped):
    with pytest.raises(Refused, match="李国强.*没有登记死亡"):
        actions.end(by=office.reviewer, on=JUNE, application=helped, how="died", why="户主去世")
    assert money(office, helped) == [("dibao", "B", 3, 23_400)]


def test_help_that_ends_before_its_first_month_is_never_paid(office, helped):
    person = helped.person
    actions.end(by=office.reviewer, on=DAY + timedelta(days=20), application=helped, how="wish", why="本人申请退出")
    assert money(office, helped, date(2011, 1, 1)) == []
    assert make_application(office, person, on=DAY + timedelta(days=21)).state == "open"


def test_what_falls_due_is_a_task_a_month_ahead_and_not_earlier(office, helped):
    with scoped(office.worker):
        due = queries.application(helped.pk).verify_by
        assert due == date(2011, 6, 17), "class B: half a year"
        for day, there in ((due - timedelta(days=31), False), (due - timedelta(days=30), True), (due + timedelta(days=9), True)):
            tasks = queries.desk_tasks(office.worker, day, "waiting")
            assert bool([task for task in tasks if "定期复核" in task.title]) is there


def held_before(office, kind="dibao", grade="urban", head=None):
    """A family that the registry knows as recognised, from before this register was kept."""
    head = head or make_family(office)
    with scoped(office.worker):
        people = members_of(household_of(head, DAY), DAY) if kind == "dibao" else [head]
    for person in people:
        words = {"kind": kind, "grade": grade, "since": date(2009, 5, 1), "source": "原有台账"}
        recognise_status(by=office.worker, on=DAY, person_id=person.pk, **words)
    return head


def test_a_family_on_help_from_before_is_taken_over_by_a_verification(office):
    """DIBAO-01, DIBAO-02: the old register is gone through household by household; nobody is posted twice or counted as new."""
    head = held_before(office)
    one = make_application(office, head)
    add_income(office, one, 360_000)
    give_consents(office, one)
    through(office, one, DAY)
    with scoped(office.approver):
        one = queries.application(one.pk)
        assert (one.state, one.former, one.amount, one.case.flow) == ("granted", None, 23_400, "assistance.verify")
        assert [row.since for row in statuses_of(head, DAY) if row.kind == "dibao"] == [date(2009, 5, 1)], "it goes on"
        sums = {key: value(figure(f"assistance.{key}"), year_period(2010), DISTRICT) for key in ("received", "new", "verified")}
        assert sums == {"received": 0, "new": 0, "verified": 1}
    assert money(office, one) == [("dibao", "B", 3, 23_400)]


def test_who_no_longer_counts_in_a_family_from_before_is_no_longer_recognised(office):
    """A grown daughter stood in the old ledger; kept as recognised, she would be paid the subsidy of Spring Festival, too."""
    head = make_family(office)
    with scoped(office.worker):
        home = household_of(head, DAY)
    daughter = make_person(office.worker, FIRST_DAY, "李晓燕", birth=date(1986, 4, 1), sex="2", address="向阳巷8号")
    join_household(by=office.worker, on=FIRST_DAY, household_id=home.pk, person_id=daughter.pk, kin="30")
    held_before(office, head=head)
    one = make_application(office, head)
    add_income(office, one, 360_000)
    give_consents(office, one)
    with scoped(office.worker):
        assert [row.kind for row in statuses_of(daughter, DAY)] == ["dibao"]
    through(office, one, DAY)
    with scoped(office.approver):
        assert queries.application(one.pk).people == 3
        assert not list(statuses_of(daughter, DAY)), "she is on no decision"
        assert [row.kind for row in statuses_of(head, DAY)] == ["dibao"]


def test_a_family_on_help_from_before_that_does_not_qualify_loses_it(office):
    head = held_before(office)
    one = make_application(office, head)
    add_income(office, one, 3_000_000)
    give_consents(office, one)
    through(office, one, DAY, to="approval")
    with scoped(office.approver):
        refuse(by=office.approver, on=DAY, case=case_by_id(one.case_id), reason="not_qualified", opinion="收入已超过标准。")
        assert not list(statuses_of(head, DAY))
        assert queries.application(one.pk).state == "refused"
    assert money(office, one) == []


def test_a_five_guarantee_person_from_before_is_asked_for_supporters_and_a_standard_is_not_guessed(db):
    office = make_office(VILLAGE)
    head = held_before(office, "tekun", "institution", make_elder(office))
    one = make_application(office, head, zone=Zone.RURAL)
    give_consents(office, one)
    with scoped(office.worker):
        (member,) = queries.members_of(one)
    assert (member.asks, member.institution, member.bearers_known) == (True, True, False)
    actions.correct_member(by=office.worker, on=DAY, member=member, why="查户籍，没有法定义务人", bearers_known=True)
    visit(office.worker, one)
    step(office.worker, one, DAY, "复核属实。")
    with pytest.raises(Refused, match="2010年12月1日.*特困基本生活标准"):
        step(office.reviewer, one, DAY, "提请继续救助。")
    with scoped(office.worker):
        (member,) = queries.members_of(one)
    actions.correct_member(by=office.worker, on=DAY, member=member, why="已回家分散供养", institution=False)
    step(office.reviewer, one, DAY, "提请继续救助。")
    step(office.approver, one, DAY, "同意。")
    assert money(office, one) == [("tekun", "home", 1, 10_000)], "1,200 a year"


def test_a_helped_family_that_moves_is_verified_by_its_new_community(office):
    """Its money went along and its application stayed: nobody below the district could see or verify it any more."""
    head = make_family(office)
    one = make_application(office, head)
    day = carry(office, one)
    with scoped(office.worker):
        home = household_of(head, day)
    there = f"{office.worker.area[:9]}002"
    move_household(by=office.reviewer, on=day, household_id=home.pk, to=there, address="幸福路9号")
    new = make_staff("liu", "刘社工", Role.COMMUNITY_WORKER, there, on=FIRST_DAY)
    with scoped(office.worker):
        assert not queries.applications(state="granted")
    with scoped(new):
        (found,) = queries.applications(state="granted")
        assert (found.pk, found.area, found.area_then) == (one.pk, there, office.worker.area)
    again = actions.open_verification(by=new, on=day, application=found, why="迁居后复核")
    assert again.area == there
