"""The registers around 低保: inspection teams, service files of disabled people, training and leaflets, community service."""

from __future__ import annotations

import re
from datetime import date

import pytest

from linli.domains.assistance.samples import (
    DAY,
    add_income,
    carry,
    make_application,
    make_family,
    make_office,
)
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.samples import DISTRICT
from linli.kernel.duties.actions import plan
from linli.kernel.registry.actions import recognise_status
from tests.journeys.walker import Walker

LATER = date(2010, 12, 28)


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = LATER.isoformat()
    return make_office()


@pytest.fixture
def helped(office):
    """A family of three on 低保, decided on in December 2010."""
    one = make_application(office, make_family(office))
    add_income(office, one, 360_000)
    carry(office, one)
    return one


def about(walker, book, name):
    """A new row of a book about somebody: found by the registry's own search."""
    page = f"/records/books/{book}/new/"
    links = walker.open(page).send("找到这个人", find=name).page.iter("a")
    return walker.open(page + next(one.get("href") for one in links if (one.get("href") or "").startswith("?person=")))


def number_of(walker, key, period="2010"):
    shown = walker.open(f"/figures/{key}/?period={period}").text.replace(" ", "")
    return re.search(r"([0-9.,]+)(户|人|次|场|个|小时)", shown)[0]


def test_the_inspection_team_goes_to_every_town_and_the_coverage_is_counted(office, helped):
    """DIBAO-07: a visit of the team to each town is owed every quarter and done by its row; families are inspected by sample;
    what they found wrong becomes a task of the worker; inspections, families and the coverage are counted."""
    plan(by=machine_actor("duties.plan", DISTRICT), on=LATER)
    wang = Walker("wang").open("/?kind=低保核查")
    assert wang.text.count("低保核查：") >= 7, "each town is owed an inspection in the quarter"
    wang.follow("低保核查：坛山街道").follow("登记办理")
    said = {"leader": "王科长", "members": "孙科员、周科员", "found": "查看台账，抽查家庭。", "day": "2010-12-28"}
    wang.send("登记", expect=422, **said | {"leader": ""})
    wang.send("登记", **said)
    assert "低保核查：坛山街道" not in wang.open("/?kind=低保核查").text, "the row did the duty"
    about(wang, "assistance.inspected", "李国强").send(
        "登记", day="2010-12-28", by="王科长、孙科员", result="stop", found="有新购面包车一辆。"
    )
    assert number_of(wang, "book.assistance.inspections.count") == "1次"
    assert number_of(wang, "assistance.inspected") == "1户" and number_of(wang, "assistance.households") == "1户"
    assert "100" in wang.open("/shares/assistance.inspected/").text
    li = Walker("li").open("/findings/").send("现在比对").open("/").follow("核查组认为应调整或停发")
    assert "应停发" in li.text
    li.follow("查看救助家庭").follow("办理复核").send("开始复核", why="核查组发现车辆")
    assert "核查组认为" not in li.open("/").text
    assert wang.client.get("/records/books/assistance.inspected/new/").status_code == 200
    assert li.client.get("/records/books/assistance.inspected/new/").status_code == 403, "who is inspected does not inspect"


def test_a_service_file_is_kept_of_every_disabled_person_on_dibao(office, helped):
    """DIBAO-09: only of disabled people on 低保, one each; the share of those with a file is counted."""
    recognise_status(by=office.worker, on=DAY, person_id=helped.person_id, kind="disabled", grade="43", since=DAY, source="残联")
    li = about(Walker("li"), "assistance.files", "张桂英")
    said = {"since": "2010-12-28", "care": "partly", "carer": "张桂英（妻）", "need": "拐杖", "health": "右腿小儿麻痹后遗症"}
    li.send("登记", expect=422, **said)
    assert "没有登记残疾" in li.text
    about(li, "assistance.files", "李国强").send("登记", **said)
    assert "拐杖" in li.text and "小儿麻痹" not in li.text, "the state of health is sealed"
    about(li, "assistance.files", "李国强").send("登记", expect=422, **said)
    assert "已有" in li.text
    wang = Walker("wang")
    assert number_of(wang, "book.assistance.files.people") == "1人" == number_of(wang, "assistance.dibao.disabled")
    assert "100" in wang.open("/shares/assistance.files/").text


def test_training_and_leaflets_are_counted(office):
    """DIBAO-12: who was trained and how many leaflets were handed out with visits and spot checks."""
    wang = Walker("wang").open("/records/books/assistance.trainings/new/")
    said = {"day": "2010-12-20", "topic": "低保规范化管理", "place": "区民政局会议室", "teacher": "王科长"}
    wang.send("登记", expect=422, **said)
    wang.send("登记", **said, leaders="7", assistants="14", villagers="120")
    assert "低保规范化管理" in wang.text
    li = Walker("li").open("/records/books/assistance.leaflets/new/")
    li.send("登记", day="2010-12-21", occasion="visit", what="低保政策明白纸", leaflets="35", heads="60")
    for key, number in (("leaders", "7人"), ("assistants", "14人"), ("villagers", "120人")):
        assert number_of(wang, f"book.assistance.trainings.sum_{key}") == number
    assert number_of(wang, "book.assistance.leaflets.sum_leaflets") == "35个"
    assert "低保政策明白纸" in wang.open("/records/books/assistance.leaflets/").text


def test_able_members_of_dibao_families_take_part_in_community_service(office, helped):
    """DIBAO-13: on 低保, of working age and able; others are not asked; persons and times are counted."""
    li = about(Walker("li"), "assistance.service", "李小宝")
    said = {"day": "2010-12-27", "labour": "full", "what": "清扫楼道", "hours": "2"}
    li.send("登记", expect=422, **said)
    assert "不在劳动年龄" in li.text
    about(li, "assistance.service", "张桂英").send("登记", **said)
    about(li, "assistance.service", "张桂英").send("登记", **said | {"day": "2010-12-28", "hours": "3"})
    wang = Walker("wang")
    assert number_of(wang, "book.assistance.service.count") == "2人"
    assert number_of(wang, "book.assistance.service.people") == "1人"
    assert number_of(wang, "book.assistance.service.sum_hours") == "5小时"
