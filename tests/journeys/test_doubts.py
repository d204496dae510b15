"""Nobody is helped twice and nobody is missed: the page of all aid, what it finds, and the answers (CHARITY-08)."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from linli.domains.charity.samples import carry, make_application, make_campaign, make_family, make_office
from linli.kernel.access.actions import scoped
from linli.kernel.registry.actions import join_household, leave_household
from linli.kernel.registry.queries import household_of
from tests.journeys.walker import Walker

TODAY = date(2010, 12, 20)


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = TODAY.isoformat()
    return make_office()


@pytest.fixture
def campaign(office):
    return make_campaign(office)


def helped(office, campaign, *names):
    head = make_family(office, names=names)
    carry(office, make_application(office, campaign, head))
    return head


def test_two_families_who_were_helped_apart_and_live_together_are_found_and_answered(office, campaign):
    """CHARITY-08: 不重复救助; what may be double is a task, and its answer stands."""
    first, second = helped(office, campaign, "张三", "李四"), helped(office, campaign, "王五")
    leave_household(by=office.worker, on=TODAY, person_id=second.pk, because="merge", day=TODAY)
    with scoped(office.worker):
        home = household_of(first, TODAY)
    join_household(by=office.worker, on=TODAY, household_id=home.pk, person_id=second.pk, kin="97", since=TODAY)

    zhao = Walker("zhao").open("/charity/aid/")
    assert "受助户数" in zhao.text and "多次受助1户" in zhao.text.replace(" ", "") and "1,000.00" in zhao.text
    zhao.send("查找疑点")
    assert "新发现1个疑点" in zhao.text and "可能重复救助" in zhao.text and "情暖万家" in zhao.text
    zhao.send("查找疑点")
    assert "没有新的疑点" in zhao.text, "what was found is not found twice"

    zhao.open("/").follow("同一户本年度")
    zhao.send("记录结果", expect=422, note="入户核实")
    zhao.send("记录结果", answer="lawful", note="两户十二月合并，救助在合并之前")
    assert "已记录核查结果" in zhao.text
    assert "同一户本年度" not in zhao.open("/").text, "the task is gone"
    assert "属于不同事项，不重复" in zhao.open("/charity/doubts/?state=answered").text


def test_a_family_that_nobody_thought_of_becomes_a_task_and_an_application(office, campaign):
    """CHARITY-08: 避免遗漏."""
    make_family(office, names=("赵六",))
    li = Walker("li").open("/charity/aid/").send("查找疑点")
    assert "可能遗漏" in li.text and "可能重复" not in li.open("/charity/doubts/?state=open").text.split("核查结果")[-1]
    found = li.open("/").follow("符合“2010年情暖万家”条件").address
    li.follow("受理申请").send("受理申请", need="hardship")
    assert "符合“2010年情暖万家”条件" not in li.open("/").text, "its application answers it; nobody types that again"
    assert "已上门告知" in Walker("zhou").open("/charity/doubts/?state=answered").text
    assert "情暖万家（" in li.open(found).text, "and the answer names that application"


def test_a_family_that_was_told_and_does_not_apply_is_answered_by_who_went_there(office, campaign):
    """CHARITY-08: 避免遗漏."""
    make_family(office, names=("赵六",))
    li = Walker("li").open("/charity/aid/").send("查找疑点").open("/").follow("符合“2010年情暖万家”条件")
    found = li.address
    li.send("记录结果", answer="told", note="已上门，本人考虑")
    assert "可能遗漏" not in li.open("/").text and "已上门，本人考虑" in li.open(found).text
    assert "已上门告知" in Walker("zhou").open("/charity/doubts/?state=answered").text


def test_many_families_of_a_town_are_one_line_that_leads_to_their_list(office, campaign, monkeypatch):
    """CHARITY-08: a reviewer's own work does not drown in what the communities look after."""
    for name in ("赵六", "赵七", "赵八"):
        make_family(office, names=(name,))
    monkeypatch.setattr(sys.modules["linli.domains.charity.queries.doubts"], "FEW", 2)
    zhao = Walker("zhao").open("/charity/aid/").send("查找疑点").open("/")
    assert zhao.text.count("可能遗漏，待核查") == 1
    zhao.follow("3户可能遗漏，待核查")
    assert all(name in zhao.text for name in ("赵六", "赵七", "赵八"))


def test_who_answers_second_is_told(office, campaign):
    make_family(office, names=("赵六",))
    first = Walker("zhao").open("/charity/aid/").send("查找疑点").open("/").follow("符合“2010年情暖万家”条件")
    second = Walker("wang").open(first.address)
    first.send("记录结果", answer="declined", note="本人不申请")
    second.send("记录结果", answer="unfit", note="不符合")
    assert "本人不申请" in second.text and "不符合条件" not in second.text and "刚才已由" in second.text


def test_spending_stands_against_income_for_those_who_see_the_books(office, campaign):
    """CHARITY-08: 量入为出."""
    helped(office, campaign, "张三", "李四")
    wang = Walker("wang").open("/charity/aid/")
    assert "支出与收入" in wang.text and "量入为出" in wang.content.decode()
    assert "支出与收入" not in Walker("li").open("/charity/aid/").text, "a community worker sees no books"
