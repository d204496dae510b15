"""Each register through the pages of its writers, and what a row may not say."""

from __future__ import annotations

from datetime import date

import pytest
from tests.journeys.walker import Walker

from linli.domains.outreach.books import BOOKS
from linli.domains.outreach.samples import make_row
from linli.kernel.access.rules import Refused, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.registry.actions import recognise_status, register_organisation
from linli.kernel.registry.samples import make_areas, make_household, make_person

DAY = date(2010, 12, 20)
BY_KEY = {book.key: book for book in BOOKS}


@pytest.fixture
def worker(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    founders = make_founders()
    make_areas(founders[0])
    make_staff("zhao", "赵审核", Role.TOWN_REVIEWER, "370404001000", on=FIRST_DAY, founders=founders)
    make_staff("wang", "王科长", Role.DISTRICT_APPROVER, DISTRICT, on=FIRST_DAY, founders=founders)
    make_staff("shen", "审计员", Role.AUDITOR, DISTRICT, on=FIRST_DAY, founders=founders)
    return make_staff("li", "李社工", Role.COMMUNITY_WORKER, "370404001001", on=FIRST_DAY, founders=founders)


def person_with(worker, kind="", grade="", name="张三", **words):
    person = make_person(worker, DAY, name, **words)
    if kind:
        recognise_status(by=worker, on=DAY, person_id=person.pk, kind=kind, grade=grade, since=FIRST_DAY, source="sample")
    return person


def make_unit(worker, name="峄城区人民医院"):
    return register_organisation(by=worker, on=DAY, name=name, kind="hospital", area=worker.area)


def enter(username, key, person, expect=200, **words):
    """Find the person in the book's own search, fill in the form, and come to the row."""
    walker = Walker(username).open("/").follow("台账").follow(BY_KEY[key].zh)
    walker.open(f"/records/books/{key}/new/?person={person.pk}")
    return walker.send("登记", expect=expect, **({BY_KEY[key].day: DAY.isoformat()} | words))


def counted(key, what="count", who="wang"):
    """What the figure's page says of the year: its sum with the unit, opening to the rows."""
    return Walker(who).open(f"/figures/book.{key}.{what}/rows/?period=2010").text


def test_the_unions_centre_keeps_files_of_workers_in_difficulty_and_helps_them(worker):
    """RELIEF-14: a file of the worker and the unit, help of a kind with its money, families and money counted."""
    unit, person = make_unit(worker), person_with(worker)
    help_words = {"kind": "study", "amount": "2000", "what": "子女助学金", "signed": "张三"}
    refused = enter("zhao", "outreach.union_help", person, expect=422, **help_words)
    assert "没有困难职工档案" in refused.text
    filed = enter(
        "zhao", "outreach.workers", person, organisation=str(unit.pk), cause="illness", family="3", income="180",
        situation="妻子尿毒症，每周透析。",
    )  # fmt: skip
    assert "张三" in filed.text and "尿毒症" not in filed.text
    assert "子女助学金" in enter("zhao", "outreach.union_help", person, **help_words).text
    assert "合计 2,000 元" in counted("outreach.union_help", "sum_amount")
    assert "合计 1 户" in counted("outreach.workers")


def test_every_disabled_person_has_a_rehabilitation_file_services_lectures_and_training(worker):
    """RELIEF-10: a file for every disabled person, services, lectures and training by experts."""
    hospital, person = make_unit(worker), person_with(worker, "disabled", "42")
    refused = enter("li", "outreach.rehabilitation", person_with(worker, name="李四"), expect=422, need="train")
    assert "没有残疾的身份认定" in refused.text
    words = {"need": "train", "organisation": str(hospital.pk), "frequency": "4", "diagnosis": "右下肢截瘫"}
    filed = enter("li", "outreach.rehabilitation", person, **words)
    assert "康复训练" in filed.text and "截瘫" not in filed.text
    assert "入户指导" in enter("li", "outreach.services", person, service="guide").text
    for kind, heads in (("lecture", "40"), ("training", "12")):
        told = Walker("li").open("/records/books/outreach.sessions/new/")
        told.send("登记", day=DAY.isoformat(), kind=kind, topic="脑卒中康复", heads=heads, expert="区医院", place="社区服务站")
    assert "合计 52 人" in counted("outreach.sessions", "sum_heads")
    assert "合计 1 人" in counted("outreach.rehabilitation") and "合计 1 人次" in counted("outreach.services")
    assert Walker("shen").open("/records/books/outreach.rehabilitation/").status == 200


def test_disabled_children_are_brought_to_rehabilitation_in_time(worker):
    """RELIEF-09: a child, the programme, the service, the money."""
    hospital = make_unit(worker)
    child = person_with(worker, "disabled", "21", name="小明", birth=date(2005, 6, 1))
    words = {"programme": "hearing", "organisation": str(hospital.pk), "guardian": "父亲", "aided": "12000"}
    assert "听力语言" in enter("li", "outreach.children", child, **words).text
    assert "已满18周岁" in enter("li", "outreach.children", person_with(worker, "disabled", "42"), expect=422, **words).text
    enter("li", "outreach.services", child, service="train")
    assert "合计 12,000 元" in counted("outreach.children", "sum_aided")
    assert "合计 1 人" in counted("outreach.children")


def test_low_income_farming_households_are_checked_one_by_one(worker):
    """RELIEF-11: the income items and the result of every household."""
    home = make_household(worker, names=("王大山", "李秀兰"))
    words = {
        "people": "2", "farm": "4000", "wages": "3000", "transfers": "200", "result": "low", "checked_by": "李一、王二",
    }  # fmt: skip
    assert "低收入农户" in enter("li", "outreach.low_income", home.head, **words).text
    again = enter("li", "outreach.low_income", home.head, expect=422, **words)
    assert "王大山" in again.text or again.faults
    shown = Walker("zhao").open("/records/books/outreach.low_income/?f_result=low").text
    assert "王大山" in shown and "4,000.00" in shown
    assert "合计 1 户" in counted("outreach.low_income")


def test_orphans_are_found_and_their_guardian_school_and_home_are_known(worker):
    """RELIEF-12: orphan, guardian, situation."""
    child = person_with(worker, name="小花", birth=date(2000, 3, 1), sex="2")
    words = {"guarded": "kin", "guardian": "祖父", "place": "family", "school": "实验小学", "situation": "身体健康，情绪低落。"}
    page = enter("li", "outreach.orphans", child, **words)
    assert "亲属监护" in page.text and "情绪低落" not in page.text
    assert "已满18周岁" in enter("li", "outreach.orphans", person_with(worker), expect=422, **words).text
    assert "合计 1 人" in counted("outreach.orphans")


def test_people_on_assistance_and_veterans_are_enrolled_in_medical_insurance(worker):
    """RELIEF-05: enrolment by person, premium waived and paid."""
    poor, plain = person_with(worker, "dibao", "urban"), person_with(worker, name="李四")
    words = {"year": "2010", "insurance": "urban", "group": "dibao", "waived": "60", "paid": "0"}
    assert "城市医疗保险" in enter("zhao", "outreach.insured", poor, **words).text
    assert "没有低保对象的身份认定" in enter("zhao", "outreach.insured", plain, expect=422, **words).text
    assert enter("zhao", "outreach.insured", poor, expect=422, **words).faults, "once a year"
    assert "合计 60 元" in counted("outreach.insured", "sum_waived")
    listed = Walker("zhao").open("/records/books/outreach.insured/").text
    assert "2010" in listed and "2,010" not in listed, "a year is read as it stands"
    assert "合计 1 人" in counted("outreach.insured")


def test_a_community_worker_reads_no_files_of_workers(worker):
    assert Walker("li").client.get("/records/books/outreach.workers/").status_code == 403
    with pytest.raises(Refused, match="已满18周岁"):
        make_row(worker, BY_KEY["outreach.orphans"], DAY, person=person_with(worker).pk)
