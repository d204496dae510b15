"""Comparing the registers: who looks entitled and is not helped, who is helped and looks entitled no more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.domains.assistance import actions
from linli.domains.assistance.samples import (
    DAY,
    add_income,
    carry,
    make_application,
    make_elder,
    make_family,
    make_office,
    make_son_and_mother,
    step,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused
from linli.kernel.cases.actions import refuse
from linli.kernel.cases.queries import case_by_id
from linli.kernel.findings.actions import answer_finding, look
from linli.kernel.findings.queries import findings, searches, waiting_tasks
from linli.kernel.findings.rules import Answer, Side
from linli.kernel.records.actions import add_entry
from linli.kernel.registry.actions import end_status, leave_household, merge_persons, recognise_status, record_death
from linli.kernel.registry.queries import household_of, members_of, statuses_of
from linli.kernel.registry.samples import make_person

NEXT = DAY + timedelta(days=120)


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def helped(office):
    one = make_application(office, make_family(office))
    add_income(office, one, 360_000)
    carry(office, one)
    return one


def found(office, on=DAY, **words):
    """What looking brings, as (key without the group, name)."""
    look(by=office.approver, on=on)
    with scoped(office.approver):
        rows = findings(searches(), **words)
        return sorted((one.search.split(".")[1], one.person.name) for one in rows)


def open_ones(office, on=DAY):
    return found(office, on, state="open")


def recognise(office, person, kind, grade="", on=DAY):
    return recognise_status(by=office.worker, on=on, person_id=person.pk, kind=kind, grade=grade, since=on, source="镇街")


def child_of(office, head):
    with scoped(office.worker):
        return min(members_of(household_of(head, DAY), DAY), key=lambda one: -one.birth.toordinal())


def test_a_severely_disabled_adult_without_help_is_found_once_and_answered_by_the_application(office):
    man = make_son_and_mother(office)
    assert open_ones(office) == [("severe_alone", "郑大成")]
    assert look(by=office.approver, on=DAY)["assistance.severe_alone"].new == 0, "found once"
    make_application(office, man, alone=True)
    assert open_ones(office) == []
    with scoped(office.worker):
        (one,) = findings(searches(), state="answered")
        assert (one.answer, one.followed_on) == ("applied", None) and "社会救助" in one.note


def test_what_was_found_came_true_with_the_decision(office):
    one = make_application(office, make_son_and_mother(office), DAY)
    recognised = make_elder(office, "独老", on=DAY)
    recognise(office, recognised, "elder_alone")
    assert open_ones(office) == [("elder_unhelped", "独老")], "who stands in an application is not looked for"
    with scoped(office.worker):
        assert not findings(searches(), state="followed").exists()
    carry(office, one)
    two = make_application(office, recognised)
    carry(office, two)
    with scoped(office.worker):
        (followed,) = findings(searches(), state="followed")
        assert (followed.person.name, followed.answer) == ("独老", "applied")


def test_who_does_not_want_it_is_asked_again_only_for_a_new_fact(office):
    man = make_son_and_mother(office)
    open_ones(office)
    with scoped(office.worker):
        (one,) = findings(searches(), state="open")
    words = {"finding": one, "visited_on": DAY, "note": "兄长供养，不申请"}
    with pytest.raises(Refused, match="受理申请"):
        answer_finding(by=office.worker, on=DAY, answer=Answer.APPLIED, **words)
    with pytest.raises(Refused, match="走访日期"):
        answer_finding(by=office.worker, on=DAY, answer=Answer.DECLINED, **words | {"visited_on": NEXT})
    answer_finding(by=office.worker, on=DAY, answer=Answer.DECLINED, **words)
    assert open_ones(office, NEXT) == []
    with scoped(office.worker):
        status = statuses_of(man, DAY).get()
    end_status(by=office.worker, on=DAY, status_id=status.pk, reason="重新评定", day=DAY)
    recognise(office, man, "disabled", "61", on=DAY)
    assert open_ones(office, NEXT) == [("severe_alone", "郑大成")], "a new certificate is a new fact"


def test_what_is_so_no_more_goes_and_comes_again(office):
    child = child_of(office, make_family(office))
    status = recognise(office, child, "orphan", on=DAY)
    assert open_ones(office) == [("orphan_unhelped", "李小宝")]
    record_death(by=office.worker, on=DAY, person_id=child.pk, day=DAY)
    assert found(office, DAY + timedelta(days=1), state="gone") == [("orphan_unhelped", "李小宝")]
    assert status.pk


def test_the_law_of_the_day_and_place_says_which_level_is_severe(office):
    """智力 3 is severe since 2021 only (57号 §8); a child is no family of one."""
    head = make_family(office)
    recognise(office, head, "disabled", "53")
    recognise(office, child_of(office, head), "disabled", "41")
    assert ("severe_alone", "李国强") not in open_ones(office)
    later = [name for key, name in open_ones(office, date(2022, 3, 5)) if key == "severe_alone"]
    assert later == ["李国强", "李小宝"], "the child is grown up by then"


def test_a_home_of_several_disabled_people_is_one_finding(office):
    head = make_family(office)
    recognise(office, head, "disabled", "44")
    assert open_ones(office) == []
    recognise(office, child_of(office, head), "disabled", "13")
    assert open_ones(office) == [("several_disabled", "李国强")]


def test_poverty_after_illness_and_a_refusal_that_a_new_fact_overtakes(office):
    poor = make_elder(office, "赵病")
    recognise(office, poor, "poor_by_illness")
    assert open_ones(office) == [("poor_unhelped", "赵病")]
    one = make_application(office, make_family(office))
    add_income(office, one, 9_000_000)
    day = carry(office, one, "survey")
    step(office.reviewer, one, day, "收入超过标准。", to="approval")
    with scoped(office.approver):
        refuse(by=office.approver, on=day, case=case_by_id(one.case_id), reason="not_qualified", opinion="收入超过标准。")
    assert open_ones(office, NEXT) == [("poor_unhelped", "赵病")]
    recognise(office, one.person, "ill", on=NEXT)
    assert open_ones(office, NEXT) == [("poor_unhelped", "赵病"), ("refused_changed", "李国强")]


def test_helped_people_who_died_left_or_lost_the_ground_are_found(office, helped):
    with scoped(office.worker):
        home = household_of(helped.person, DAY)
        wife, child = (one for one in members_of(home, DAY) if one.pk != helped.person_id)
    assert open_ones(office, NEXT) == []
    status = recognise(office, helped.person, "unemployed", on=DAY)
    end_status(by=office.worker, on=NEXT, status_id=status.pk, reason="已就业", day=NEXT)
    leave_household(by=office.worker, on=NEXT, person_id=wife.pk, because="divorce", day=NEXT)
    record_death(by=office.worker, on=NEXT, person_id=child.pk, day=NEXT)
    later = NEXT + timedelta(days=1)
    assert open_ones(office, later) == [("died", "李小宝"), ("ground_ended", "李国强"), ("left", "张桂英")]
    new = actions.open_verification(by=office.worker, on=later, application=helped, why="人口变化")
    with scoped(office.worker):
        assert {one.answer for one in findings(searches())} == {Answer.TAKEN_UP}
    assert new.former_id == helped.pk and open_ones(office, later) == []


def test_a_helped_person_whose_row_was_merged_is_found_as_the_survivor(office, helped):
    child = child_of(office, helped.person)
    twin = make_person(office.worker, DAY, "李晓宝", birth=child.birth)
    merge_persons(by=office.worker, on=NEXT, survivor_id=twin.pk, merged_id=child.pk)
    assert ("merged", "李晓宝") in open_ones(office, NEXT)


def test_past_the_term_and_by_the_standards_of_the_month(office, helped):
    far = DAY + timedelta(days=500)
    assert ("over_term", "李国强") in open_ones(office, far)
    old = make_elder(office, "老户")
    words = {"kind": "dibao", "grade": "rural", "since": date(2008, 1, 1), "source": "旧账"}
    recognise_status(by=office.worker, on=DAY, person_id=old.pk, **words)
    assert ("over_term", "老户") in open_ones(office, DAY)


def test_the_sides_of_the_comparisons_have_each_their_answers():
    sides = {one.key: one.side for one in searches().values() if one.group == "assistance"}
    assert len(sides) == 16 and set(sides.values()) == set(Side)


def test_what_another_office_says_after_the_decision_is_found_until_the_family_is_verified(office, helped):
    """A car, a job, a prison sentence: the list of the other office is compared with whoever is helped."""
    words = {"kind": "vehicle", "source": "公安交警", "what": "小型汽车1辆"}
    stranger = make_elder(office, "外人")
    for person, day in ((helped.person, DAY - timedelta(days=30)), (stranger, NEXT), (helped.person, NEXT)):
        add_entry(
            by=office.reviewer, on=NEXT, book="assistance.matched", values=words | {"person": person.pk, "day": f"{day}"}
        )
    assert ("matched", helped.person.name) in open_ones(office, NEXT)
    with scoped(office.worker):
        (one,) = [row for row in findings(searches(), state="open") if row.search == "assistance.matched"]
        assert one.detail == f"公安交警：名下有机动车，{NEXT}", "known before the decision is no news; a stranger is not helped"
        titles = [task.title for task in waiting_tasks(office.worker, NEXT, "waiting")]
    assert "部门信息显示情况有变" in titles
    actions.open_verification(by=office.worker, on=NEXT, application=helped, why="名下有机动车")
    assert ("matched", helped.person.name) not in open_ones(office, NEXT)


def test_the_town_enters_what_another_office_says_and_a_worker_does_not(office, helped):
    with pytest.raises(Forbidden):
        add_entry(by=office.worker, on=NEXT, book="assistance.matched", values={
            "person": helped.person_id, "day": f"{NEXT}", "kind": "job", "source": "人社局",
        })  # fmt: skip
