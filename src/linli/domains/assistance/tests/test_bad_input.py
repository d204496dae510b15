"""Input that contradicts itself or the law, where no other test of this package meets it: told in words, nothing half done."""

from __future__ import annotations

from datetime import date

import pytest

from linli.domains.assistance import actions
from linli.domains.assistance.models import Application, Member
from linli.domains.assistance.queries import members_of
from linli.domains.assistance.samples import (
    COMMUNITY,
    DAY,
    add_income,
    carry,
    give_consents,
    make_application,
    make_family,
    make_office,
    post,
    step,
    survey,
    visit,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused, Role
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.cases.actions import assign_task, refuse, reopen, take_task, withdraw
from linli.kernel.cases.models import Case
from linli.kernel.cases.queries import assignable, case_by_id, clock_of
from linli.kernel.entitlements.queries import amounts_of, entitlements_of
from linli.kernel.registry.actions import join_household, leave_household
from linli.kernel.registry.queries import household_of, statuses_of


@pytest.fixture
def office(db):
    return make_office()


def move_in(office, person, head, kin="12"):
    """Somebody leaves one household and joins another."""
    leave_household(by=office.worker, on=DAY, person_id=person.pk, because="分户")
    with scoped(office.worker):
        home = household_of(head, DAY)
    join_household(by=office.worker, on=DAY, household_id=home.pk, person_id=person.pk, kin=kin)


def test_who_stands_in_one_application_does_not_stand_in_another(office):
    """A contradictory household: the wife moved out and in elsewhere while the first application is decided."""
    one = make_application(office, make_family(office))
    with scoped(office.worker):
        wife = Member.objects.get(application=one, kin="12").person
    other = make_family(office, ("孙大",))
    move_in(office, wife, other)
    with pytest.raises(Refused, match="已在申请"):
        make_application(office, other)
    with scoped(office.approver):
        assert (Application.objects.count(), Case.objects.count()) == (1, 1)


def test_the_approver_who_is_a_relative_neither_grants_nor_refuses(office):
    one = make_application(office, make_family(office))
    actions.declare_kin(by=office.worker, on=DAY, application=one, staff=office.approver.staff_id, tie="申请人之兄")
    day = carry(office, one, to="approval")
    with pytest.raises(Refused, match="应当回避"):
        step(office.approver, one, day, "同意确认。")
    with scoped(office.approver):
        with pytest.raises(Refused, match="应当回避"):
            refuse(by=office.approver, on=day, case=case_by_id(one.case_id), reason="not_qualified", opinion="不符合。")
        assert case_by_id(one.case_id).state != "closed" and not entitlements_of([one.person_id])


def test_a_relative_is_neither_offered_nor_given_the_case_nor_takes_it(office):
    other = make_staff("chen", "陈社工", Role.COMMUNITY_WORKER, COMMUNITY, founders=make_founders())
    one = make_application(office, make_family(office))
    actions.declare_kin(by=office.worker, on=DAY, application=one, staff=other.staff_id, tie="申请人之弟")
    with scoped(office.reviewer):
        case = case_by_id(one.case_id)
        assert [row.pk for row in assignable(case, by=office.reviewer, on=DAY)] == [office.worker.staff_id]
    with pytest.raises(Refused, match="陈社工是申请家庭的近亲属（申请人之弟），应当回避"):
        assign_task(by=office.reviewer, on=DAY, case=case, to=other.staff_id)
    with scoped(other), pytest.raises(Refused, match="应当回避"):
        take_task(by=other, on=DAY, case=case_by_id(one.case_id))
    assign_task(by=office.reviewer, on=DAY, case=case, to=office.worker.staff_id)


def test_a_due_day_past_the_known_calendar_is_provisional_and_says_so(office):
    """The holidays of 2027 are not published when an application is taken in December 2026."""
    one = make_application(office, make_family(office), on=date(2026, 12, 21))
    with scoped(office.worker):
        case = case_by_id(one.case_id)
        clock = clock_of(case, on=date(2026, 12, 21))
        assert clock.case.due.provisional and clock.case.due.zh.endswith("（暂定）")


def test_a_withdrawn_application_that_is_taken_up_again_is_decided_and_paid(office):
    """The complaint of a family reopens its case: its facts can be put right again, and what is granted is paid."""
    head = make_family(office)
    one = make_application(office, head)
    with scoped(office.worker):
        withdraw(by=office.worker, on=DAY, case=case_by_id(one.case_id), opinion="本人撤回。")
    with scoped(office.approver):
        reopen(by=office.approver, on=DAY, case=case_by_id(one.case_id), to="survey", opinion="本人要求继续办理。")
        one = Application.objects.select_related("case").get(pk=one.pk)
        assert one.state == "open" and Member.objects.filter(application=one, live=True).count() == 3
    with pytest.raises(Refused, match="已在申请"):
        make_application(office, head)
    survey(office, one)
    step(office.reviewer, one, DAY, "经调查，符合条件，提请公示。", to="notice")
    day = post(office, one, "notice", DAY)
    step(office.reviewer, one, day, "公示期满无异议。")
    step(office.approver, one, day, "同意确认。")
    with scoped(office.approver):
        (row,) = entitlements_of([one.person_id])
        assert row.programme == "dibao" and amounts_of([row], row.since)[row.pk] > 0


def test_what_was_granted_is_verified_and_not_taken_up_again(office):
    one = make_application(office, make_family(office))
    carry(office, one)
    with scoped(office.approver):
        with pytest.raises(Refused, match="请办理复核"):
            reopen(by=office.approver, on=DAY.replace(year=2011), case=case_by_id(one.case_id), to="survey", opinion="再看。")
        assert case_by_id(one.case_id).state == "closed"


def test_help_that_ends_on_the_day_it_was_granted_leaves_nobody_recognised(office):
    one = make_application(office, make_family(office))
    day = carry(office, one)
    actions.end(by=office.reviewer, on=day, application=one, how="wish", why="本人申请退出")
    with scoped(office.approver):
        assert not [row for row in statuses_of(one.person, date(day.year, day.month, day.day + 1)) if row.kind == "dibao"]


def test_a_worker_who_is_a_relative_enters_and_takes_nothing_that_decides(office):
    """A worker may say of himself that he is one; from then on a colleague enters and asks."""
    one = make_application(office, make_family(office))
    words = {"by": office.worker, "on": DAY, "application": one}
    line = add_income(office, one, 360_000)
    actions.declare_kin(**words, staff=office.worker.staff_id, tie="申请人之弟")
    with scoped(office.worker):
        member = members_of(one)[0]
    acts = [
        lambda: add_income(office, one, 1_000),
        lambda: actions.strike_line(by=office.worker, on=DAY, line=line, why="登记有误"),
        lambda: actions.correct_member(by=office.worker, on=DAY, member=member, why="核实", ill=True),
        lambda: give_consents(office, one, DAY),
        lambda: visit(office.worker, one, DAY),
        lambda: actions.add_supporter(**words, person=one.person_id, name="李女", tie="女儿", born=date(1980, 1, 1)),
        lambda: actions.record_appraisal(
            **words, held_on=DAY, place="社区会议室", chair="吴主任", present=20, representatives=15, agreed=18, against=1,
            abstained=1, record="逐户介绍。",
        ),
    ]  # fmt: skip
    for act in acts:
        with pytest.raises(Refused, match="李社工是申请家庭的近亲属（申请人之弟），应当回避，请由其他人员办理"):
            act()
