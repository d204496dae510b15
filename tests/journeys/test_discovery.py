"""Proactive discovery: the registers are compared, the worker goes there, and what is found is answered or becomes help."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.domains.assistance.samples import (
    DAY,
    add_income,
    carry,
    make_application,
    make_family,
    make_office,
    make_son_and_mother,
)
from linli.domains.charity import samples as charity
from linli.domains.charity.rules import Need
from linli.kernel.registry.actions import recognise_status, record_death
from tests.journeys.test_assistance import FIVE
from tests.journeys.walker import Walker


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_office()


def test_a_severely_disabled_man_is_found_and_gets_the_full_line_as_a_family_of_one(office, settings):
    """DIBAO-08: 重度残疾人单独施保: found in the registry without help, visited, taken as a unit of one, posted, granted the full
    line of 178 yuan whatever his mother has; counted, and the finding is told as come true."""
    make_son_and_mother(office)
    wang = Walker("wang").open("/findings/").send("现在比对")
    assert "新发现1条线索" in wang.text and "重度残疾人未享受低保" in wang.text
    li = Walker("li").open("/").follow("重度残疾人未享受低保")
    assert "肢体1级" in li.text and "重度残疾人单独施保" in li.text, "the fact, and the document of the place"
    li.follow("受理申请").send("受理申请", statement="截瘫，不能劳动。", alone="on")
    page = li.address
    assert "重度残疾人未享受低保" not in li.open("/").text, "taking the application answered the finding"
    li.open(page).follow("登记核对授权")
    names = {one.get("name") for one in li.page.iter("input") if (one.get("name") or "").startswith("signer_")}
    li.send("登记", **dict.fromkeys(names, "本人"))
    li.open(page).follow("登记一条").send("登记", kind="2", amount="6000", first="2009-12", last="2010-11")
    li.open(page).follow("入户调查")
    li.send("完成调查", visitors="李社工、陈协管", cause="disability", found="卧床。", signer="郑大成", **FIVE)
    votes = {"present": 18, "representatives": 12, "agreed": 17, "against": 0, "abstained": 1}
    li.open(page).follow("民主评议").send("登记", place="居委会", chair="吴主任", record="举手表决。", **votes)
    shown = li.follow("怎样计算").text
    assert "每月178.00元" in shown and "单人户" in shown
    li.open("/").follow("郑大成·社会救助").send("通过", opinion="入户核实，情况属实，同意上报。")
    zhao, day = Walker("zhao"), DAY
    for post in ("first", "notice"):
        zhao.open("/assistance/postings/").send("拟公示稿").send("发布公示", looked="on")
        day += timedelta(days=8)
        settings.BUSINESS_DAY = day.isoformat()
        zhao.open("/assistance/postings/").send("办理期满的家庭", opinion="无异议。")
        if post == "first":
            zhao.open("/").follow("郑大成·社会救助").send("通过", to="notice", opinion="经调查，符合条件，提请公示。")
    wang.open("/").follow("郑大成·社会救助").send("通过", opinion="同意确认。")
    assert "178.00" in wang.open("/assistance/living/").text
    for key, number in (
        ("assistance.dibao.alone", "1 户"), ("assistance.dibao.disabled", "1 人"), ("finding.assistance.missed.followed", "1 件"),
    ):  # fmt: skip
        shown = wang.open(f"/figures/{key}/?period=2010-12").text.replace(" ", "")
        assert number.replace(" ", "") in shown, key
    assert "已落实" in Walker("li").open("/findings/?state=followed").text


def test_who_does_not_want_it_says_why_and_is_not_asked_again(office, settings):
    """The answer stands with its reason, for whoever asks later; the same fact never comes back; a new one does."""
    head = make_family(office)
    recognise_status(by=office.worker, on=DAY, person_id=head.pk, kind="disabled", grade="12", since=DAY, source="残联")
    li = Walker("li").open("/findings/").send("现在比对").open("/").follow("重度残疾人未享受低保")
    li.send("登记结果", expect=422, visited_on=DAY.isoformat(), answer="declined")
    li.send("登记结果", visited_on=DAY.isoformat(), answer="declined", note="妻子有稳定收入，本人不申请")
    assert "已登记走访结果" in li.text and "共 0 条" in li.text
    li.open("/findings/").send("现在比对")
    assert "没有新的线索" in li.text
    told = Walker("wang").open("/findings/?state=answered")
    assert "已告知，本人不申请" in told.text
    assert "妻子有稳定收入" in told.follow("李").text
    recognise_status(by=office.worker, on=DAY, person_id=head.pk, kind="poor_by_illness", since=DAY, source="村")
    assert "因病因灾致贫" in li.open("/findings/").send("现在比对").text


def test_a_helped_family_with_a_death_is_found_and_verified(office, settings):
    """People who are helped and look entitled no more: the way leads to the family, and the verification answers it."""
    one = make_application(office, make_family(office))
    add_income(office, one, 360_000)
    day = carry(office, one) + timedelta(days=30)
    record_death(by=office.worker, on=day, person_id=one.person_id, day=day)
    settings.BUSINESS_DAY = (day + timedelta(days=1)).isoformat()
    li = Walker("li").open("/findings/").send("现在比对")
    assert "救助对象已登记死亡" in li.text
    li.follow("李国强").follow("查看救助家庭").follow("办理复核").send("开始复核", why="户主去世")
    assert "情况属实，已办理复核或终止" in li.open("/findings/?state=answered").text


def test_everybody_sees_the_findings_of_the_own_area_only(office, settings):
    make_son_and_mother(office)
    Walker("wang").open("/findings/").send("现在比对")
    assert "郑大成" in Walker("li").open("/findings/").text
    zhao = Walker("zhao")
    assert "1条主动发现线索待村（社区）走访" in zhao.open("/").text
    assert "共 0 条" in zhao.open("/findings/?side=past").text


def test_who_paid_much_for_treatment_is_known_from_the_case_of_another_domain(db, settings):
    """The decision of a charity case holds what the family paid itself; nobody types it again to be found."""
    settings.BUSINESS_DAY = charity.DAY.isoformat()
    office = charity.make_office()
    campaign = charity.make_campaign(office, "da_bing")
    head = charity.make_family(office, status="")
    words = {"need": Need.ILLNESS, "illness": "tumour", "own_cost": 3_125_000}
    done = charity.carry(office, charity.make_application(office, campaign, head, **words))
    settings.BUSINESS_DAY = done.isoformat()
    wang = Walker("wang").open("/findings/").send("现在比对")
    assert "自付医疗费用较大未享受救助" in wang.text and "31250元" in wang.text
