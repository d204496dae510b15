"""The catalogue is complete, and the guide that residents read is made from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from lxml import html
from tests.journeys.walker import Walker

from linli.base.areas import Level
from linli.base.days import Term
from linli.domains.hall import queries
from linli.domains.hall.rules import COUNTERS, Group, catalogue_of, faults, fits, flow_of, flows_of, offered
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.cases.rules import faults as faults_of_flow

THEN, NOW = date(2010, 12, 20), date(2026, 8, 10)
SOURCES = ("社会救助", "社会福利", "社会保障", "就业服务", "社会治安", "医疗卫生", "计划生育", "文教体育", "农业信息")
CATALOGUE = queries.catalogue()


@pytest.fixture
def resident(settings):
    """A browser of somebody without an account; the guide reads no table."""
    settings.BUSINESS_DAY = THEN.isoformat()
    return Client(HTTP_HOST="127.0.0.1")


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.fromstring(answer.content).text_content()


@pytest.mark.parametrize("day", [THEN, NOW], ids=str)
def test_the_catalogue_has_at_least_sixty_items_over_the_windows_of_the_sources(day):
    found = CATALOGUE.on(day)
    assert len(found) >= 60 and len({item.code for item in found}) == len(found)
    windows = {item.window.zh for item in found}
    assert windows >= set(SOURCES)
    assert all(offered(found, area) for area in ("370404001001", "370404001000", DISTRICT))
    assert {group for item in found for group in item.groups} == set(Group)


def test_nothing_that_residents_must_know_is_missing_in_any_version():
    assert list(faults(CATALOGUE)) == []
    for item in CATALOGUE.items:
        assert item.steps and item.asked and all(one.certainty in "SsM" for one in item.basis), item.code
        assert item.promised.n <= item.legal.n and item.fee >= 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"who": ""}, "must know"), ({"promised": Term("working", 99)}, "longer than the law"),
        ({"taken": (Level.DISTRICT,), "decided": Level.TOWN}, "above the level"),
        ({"decided": Level.COMMUNITY}, "while the person waits"), ({"taken": (Level.TOWN,), "passed_down": True}, "passed down"),
    ],
)  # fmt: skip
def test_a_fault_in_an_item_is_found(change, said):
    broken = replace(CATALOGUE.item("JZ03", THEN), **change)
    found = list(faults(replace(CATALOGUE, items=(broken,), bundles=())))
    assert any(said in fault for fault in found), found


def test_two_versions_of_an_item_never_hold_on_one_day():
    one = CATALOGUE.item("JZ01", THEN)
    double = replace(CATALOGUE, items=(replace(one, until=None), CATALOGUE.version("JZ01", 2)), bundles=())
    assert any("overlap" in fault for fault in faults(double))


def test_an_item_is_read_as_it_stood_on_the_day():
    assert CATALOGUE.item("JS01", THEN).zh == "生育证办理" and CATALOGUE.item("JS01", NOW).zh == "生育登记"
    assert CATALOGUE.item("JZ02", date(2016, 12, 31)).version == 1 and CATALOGUE.item("JZ02", date(2017, 1, 1)).version == 2
    assert CATALOGUE.item("FL04", THEN) is None


def test_each_version_of_each_item_has_a_flow_in_which_no_case_gets_lost():
    flows = flows_of(CATALOGUE)
    assert len({flow.key for flow in flows}) == len(CATALOGUE.items)
    assert [fault for flow in flows for fault in faults_of_flow(flow)] == []


def test_what_a_counter_can_end_needs_nobody_above_and_the_rest_goes_up():
    spot = flow_of(CATALOGUE.item("FL03", THEN))
    assert [step.key for step in spot.steps] == [COUNTERS[Level.COMMUNITY], COUNTERS[Level.TOWN]]
    assert spot.steps[0].moves[0].to == COUNTERS[Level.TOWN] and spot.steps[1].moves[0].outcome == "done"
    up = flow_of(CATALOGUE.item("FL01", THEN))
    assert [step.level for step in up.steps] == [Level.COMMUNITY, Level.TOWN, Level.TOWN, Level.DISTRICT]
    assert up.term == Term("working", 30) and up.steps[-1].term == Term("working", 15)


@pytest.mark.parametrize("words", ["残疾人证", "cjrz", "FL01", "证 残疾"])
def test_an_item_is_found_by_words_initials_and_code(words):
    assert fits(CATALOGUE.item("FL01", THEN), words)


def test_what_the_register_shows_is_not_asked_for():
    item = CATALOGUE.item("JZ04", THEN)
    assert {paper.key for paper in item.not_asked} == {"hukou", "low_card"}
    assert {need.key for _, need in flow_of(item).papers} == {paper.key for paper in item.asked}


def test_a_resident_finds_an_item_and_reads_all_of_it_without_an_account(resident):
    """HALL-08: for every public service the flow, the standard and the supervision telephone are published."""
    found = text_of(resident, "/guide/?words=cjrz")
    assert "残疾人证申领" in found and "高龄津贴" not in found
    assert "残疾人证申领" in text_of(resident, "/guide/?group=disabled&window=welfare")
    shown = text_of(resident, "/guide/FL01/")
    wanted = "要带什么 诊断证明 不用带 居民户口簿 审核：镇街 15个工作日 30个工作日 不收费 残疾人证管理办法 待核对"
    for words in (*wanted.split(), "0632-7710102", "区行政投诉受理中心", "社会福利服务规范", "全部服务规范"):
        assert words in shown, words
    assert "□ 诊断证明" in text_of(resident, "/guide/FL01/papers/")
    assert resident.get("/guide/XX99/").status_code == 404
    for item in CATALOGUE.on(THEN):
        page = resident.get(f"/guide/{item.code}/").content.decode()
        assert item.window.consult in page and "区行政投诉受理中心" in page and "怎么办" in page, item.code


def test_the_norms_of_service_are_published_in_the_version_of_the_day(resident, settings):
    """HALL-07: a norm for each kind of work, with versions."""
    shown = text_of(resident, "/guide/norms/")
    assert len(CATALOGUE.norms_on(THEN)) >= 18 and all(norm.zh in shown for norm in CATALOGUE.norms_on(THEN))
    assert "社区服务中心服务规范" in shown and "农村社区党建服务规范" in shown and "午间不断岗" not in shown
    settings.BUSINESS_DAY = NOW.isoformat()
    assert "午间不断岗" in text_of(resident, "/guide/norms/") and "第2版" in text_of(resident, "/guide/norms/")


def test_staff_read_the_same_guide_with_its_versions(db, settings):
    settings.BUSINESS_DAY = THEN.isoformat()
    make_staff("sun", "孙窗口", Role.HALL_CLERK, DISTRICT, on=FIRST_DAY, founders=make_founders())
    clerk = Walker("sun").open("/hall/items/?passed_down=on")
    assert "残疾人证申领" in clerk.text and "临时救助申请" not in clerk.text
    clerk.follow("JS01")
    assert "生育证办理" in clerk.text and "第2版 生育登记" in clerk.text


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("医保", "BZ05"), ("新农合", "BZ01"), ("老年证", "FL03"), ("准生证", "JS01"), ("营业执照", "SP04"), ("上户口", "ZA06"),
        ("打疫苗", "WS01"), ("轮椅", "FL08"), ("结婚证", "SW01"), ("找工作", "JY06"),
    ],
)  # fmt: skip
def test_an_item_is_found_by_what_people_call_it(resident, typed, code):
    """HALL-08: nobody types the name of an item as the office writes it."""
    listed = text_of(resident, f"/guide/?words={typed}").split("一件事一次办")[0]
    assert CATALOGUE.item(code, THEN).zh in listed


def test_spoken_words_of_no_item_are_a_fault_of_the_files():
    with pytest.raises(LookupError, match="XX99"):
        catalogue_of([{"spoken": [{"code": "XX99", "words": "随便"}]}])
