"""A figure is what its rows are; a signed report stays what it was."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Q
from django.db.utils import DatabaseError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.journeys.walker import Walker

from linli.base.areas import scope_of
from linli.gateways import documents
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, NoScope, Refused, Role
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.figures import actions, queries
from linli.kernel.figures.rules import (
    Breakdown,
    Figure,
    FigureTable,
    Head,
    Kind,
    Relation,
    ReportTemplate,
    Slot,
    Text,
    Unit,
    year_period,
)
from linli.kernel.registry.queries import people
from linli.kernel.registry.samples import make_areas, make_person

DISTRICT, YEAR, DAY = "370404000000", year_period(2010), date(2010, 12, 1)
PEOPLE = Figure(
    "test.people", "登记人口", "在册人员", Unit.PERSON, Kind.STOCK, lambda period: people().filter(birth__lte=period.last),
    breakdowns=(Breakdown("sex", "性别", "sex", {"1": "男", "2": "女"}),), persons=True, dashboard=1,
    describe=lambda one: (one.name, ""),
)  # fmt: skip
ELDERS = Figure(
    "test.elders", "六十岁以上", "1950年以前出生", Unit.PERSON, Kind.STOCK,
    lambda period: people().filter(Q(birth__lt=date(1951, 1, 1))),
)  # fmt: skip
RELATION = Relation("elders_fewer", "老人不多于人口", ("test.elders",), "<=", ("test.people",))
WRONG = Relation("elders_all", "老人等于人口", ("test.elders",), "=", ("test.people",))
TEMPLATE = ReportTemplate(
    "test.report", "人口情况", "峄城区民政局", "关于{period}人口情况的通报", "各镇、街道", "峄城区民政局",
    "峄民〔{year}〕{serial}号",
    (Head(1, "基本情况"), Text("全区登记人口{test.people}人，其中男{test.people@sex=1}人。"),
     Slot("next", "下一步打算", "继续做好登记。"),
     FigureTable("分镇街人口", "town", "镇街", (("test.people", "人口", ""), ("test.elders", "老人", "")))),
    ("elders_fewer",),
)  # fmt: skip


def declare(monkeypatch, **lists):
    """Let the figures package's own manifest declare these lists, as a domain does."""
    for name, value in lists.items():
        monkeypatch.setattr(apps.get_app_config("figures"), name, value, raising=False)
    for cached in (queries.figures, queries.relations, queries.templates):
        cached.cache_clear()


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    declare(monkeypatch, figures=(PEOPLE, ELDERS), relations=(RELATION, WRONG), reports=(TEMPLATE,))
    yield
    monkeypatch.undo()
    declare(monkeypatch)


@pytest.fixture
def office(db):
    founders = make_founders()
    make_areas(founders[0])
    workers = [
        make_staff(f"w{number}", f"社工{number}", Role.COMMUNITY_WORKER, code, founders=founders)
        for number, code in enumerate(("370404001001", "370404001002", "370404102201"))
    ]
    approver = make_staff("wang", "王科长", Role.DISTRICT_APPROVER, DISTRICT, founders=founders)
    clerk = make_staff("zhou", "周经办", Role.FEDERATION_CLERK, DISTRICT, founders=founders)
    return workers, approver, clerk


def enter(workers, plan):
    for number, (where, born, sex) in enumerate(plan):
        make_person(workers[where], DAY, f"某{'甲乙丙丁'[number % 4]}", birth=date(born, 5, 1), sex=sex)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1930, 2005), st.sampled_from("12")), max_size=7))
def test_a_value_is_the_count_of_its_rows_and_the_parts_sum_to_the_whole(office, plan):
    workers, approver, _ = office
    point = transaction.savepoint()
    enter(workers, plan)
    with scoped(approver):
        whole = queries.value(PEOPLE, YEAR, DISTRICT)
        assert whole == queries.rows(PEOPLE, YEAR, DISTRICT).count() == len(plan)
        for by in ("town", "community", "sex"):
            cells = queries.broken_down(PEOPLE, YEAR, DISTRICT, by)
            assert sum(cell.value for cell in cells) == whole
            for cell in cells:
                assert queries.rows(PEOPLE, YEAR, DISTRICT, {by: cell.key}).count() == cell.value
    transaction.savepoint_rollback(point)


def test_a_year_that_runs_is_compared_with_last_year_up_to_the_same_day(office):
    workers, approver, _ = office
    for born in (date(2009, 3, 1), date(2009, 12, 25), date(2010, 5, 1)):  # the figure counts who was born by its last day
        make_person(workers[0], date(2010, 12, 20), "某甲", birth=born)
    with scoped(approver):
        running = queries.compare(PEOPLE, YEAR, DISTRICT, on=date(2010, 12, 20))
        ended = queries.compare(PEOPLE, YEAR, DISTRICT, on=date(2011, 2, 1))
    assert (running.value, running.last_year, running.before) == (3, 1, None)
    assert (ended.value, ended.last_year, ended.before) == (3, 2, None)


def test_a_year_of_which_nothing_is_known_is_no_zero(office, settings):
    """A district that began this year compares with nothing; one that had facts later last year compares with a zero."""
    settings.BUSINESS_DAY = "2010-12-20"
    workers, approver, _ = office
    make_person(workers[0], date(2010, 12, 20), "某甲", birth=date(2010, 5, 1))
    with scoped(approver):
        first = queries.compare(PEOPLE, YEAR, DISTRICT, on=date(2010, 12, 20))
    make_person(workers[0], date(2010, 12, 20), "某乙", birth=date(2009, 12, 25))
    with scoped(approver):
        second = queries.compare(PEOPLE, YEAR, DISTRICT, on=date(2010, 12, 20))
    assert [(one.last_year, one.facts) for one in (first, second)] == [(0, False), (0, True)]
    make_staff("lin", "林区长", Role.LEADER, DISTRICT, founders=make_founders())
    shown = Walker("lin").open("/overview/").text
    assert "无上年数据" in shown and "0（—）" not in shown
    assert "无上年数据" in Walker("lin").open("/coordination/").text


def test_every_town_stands_in_the_table_even_with_nobody(office):
    workers, approver, _ = office
    enter(workers, [(0, 1940, "1")])
    with scoped(approver):
        cells = queries.broken_down(PEOPLE, YEAR, DISTRICT, "town")
    assert len(cells) == 7, "the seats of the district's own units would stand there only with something in them"
    assert [cell.value for cell in cells if cell.zh == "坛山街道"] == [1]


def test_a_figure_of_elsewhere_is_refused_and_one_without_a_scope_raises(office):
    workers, _, _ = office
    with scoped(workers[0]), pytest.raises(Forbidden):
        queries.value(PEOPLE, YEAR, DISTRICT)
    with pytest.raises(NoScope):
        queries.value(PEOPLE, YEAR, DISTRICT)


def draft(office):
    workers, approver, clerk = office
    enter(workers, [(0, 1940, "1"), (0, 1980, "2"), (2, 1930, "1")])
    return actions.draft_report(by=clerk, on=DAY, template="test.report", period=YEAR, area=DISTRICT), approver, clerk


def test_the_writer_cannot_sign_and_a_second_person_can(office):
    report, approver, clerk = draft(office)
    with pytest.raises(Refused):
        actions.sign_report(by=clerk, on=DAY, report=report)
    signed = actions.sign_report(by=approver, on=DAY, report=report)
    assert (signed.state, signed.number) == ("signed", "峄民〔2010〕1号")


def test_a_signed_report_keeps_its_numbers_and_tells_what_changed(office):
    report, approver, _ = draft(office)
    actions.sign_report(by=approver, on=DAY, report=report)
    enter(office[0], [(1, 1970, "2")])
    with scoped(approver):
        assert queries.numbers_of(report)["test.people", ""] == 3
        assert queries.value(PEOPLE, YEAR, DISTRICT) == 4
        fits, changed = queries.verify_report(report)
    assert fits
    assert {(one.zh, one.cell, one.signed, one.now) for one in changed} >= {("登记人口", "", 3, 4)}


def opening(by, report):
    with scoped(by):
        first = queries.compose(report).blocks[0]
    return first.spans[0].text if hasattr(first, "spans") else first.text


def test_a_report_signed_before_its_period_is_over_says_how_far_its_numbers_reach(office):
    report, approver, _ = draft(office)
    usual = opening(approver, report)
    assert "截至" not in usual, "a draft is not out; its page warns beside it"
    actions.sign_report(by=approver, on=DAY, report=report)
    day = f"{DAY.year}年{DAY.month}月{DAY.day}日"
    assert opening(approver, report) == f"本报表统计期至2010年12月31日，签发时尚未结束，数字截至{day}。"


def test_a_report_signed_after_its_period_speaks_of_the_whole(office):
    report, approver, _ = draft(office)
    usual = opening(approver, report)
    actions.sign_report(by=approver, on=date(2011, 1, 1), report=report)
    assert opening(approver, report) == usual


def test_reports_are_found_by_title_number_template_and_the_year_they_touch(office):
    report, approver, clerk = draft(office)
    actions.sign_report(by=approver, on=DAY, report=report)
    with scoped(clerk):
        for words in ({"words": report.title[2:6]}, {"words": "峄民〔2010〕1号"}, {"template": "test.report"}, {"year": 2010}):
            assert [one.pk for one in queries.reports(**words)] == [report.pk]
        for words in ({"words": "没有这样的"}, {"words": "1号"}, {"template": "other"}, {"year": 2009}):
            assert not queries.reports(**words)


def test_nobody_can_change_a_signed_report_or_its_numbers(office):
    report, approver, _ = draft(office)
    actions.sign_report(by=approver, on=DAY, report=report)
    for statement in ("update figures_report set title = 'x'", "update figures_report set state = 'draft'"):
        with scoped(scope_of(DISTRICT)), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_broken_relation_needs_a_written_reason(office, monkeypatch):
    from dataclasses import replace

    declare(monkeypatch, reports=(replace(TEMPLATE, relations=("elders_all",)),))
    report, approver, clerk = draft(office)
    with pytest.raises(Refused, match="老人等于人口"):
        actions.sign_report(by=approver, on=DAY, report=report)
    actions.edit_report(by=clerk, on=DAY, report=report, texts={}, remarks={"elders_all": "口径不同"})
    assert actions.sign_report(by=approver, on=DAY, report=report).state == "signed"


def test_words_that_name_no_figure_stop_the_signature(office):
    report, approver, clerk = draft(office)
    actions.edit_report(by=clerk, on=DAY, report=report, texts={"next": "共{人口}人，{no.such}户"})
    with pytest.raises(Refused, match="无法识别"):
        actions.sign_report(by=approver, on=DAY, report=report)


def test_the_document_holds_the_same_numbers_as_the_page(office):
    from docx import Document

    report, approver, _ = draft(office)
    with scoped(approver):
        composed = queries.compose(report)
    file = Document(io.BytesIO(documents.official_docx(composed)))
    text = "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert "全区登记人口3人，其中男2人。" in text
    cells = [[cell.text for cell in row.cells] for row in file.tables[0].rows]
    assert ["坛山街道", "2", "1"] in cells and ["合计", "3", "2"] in cells


def test_a_target_is_entered_with_its_document_and_stands_beside_the_figure(office, settings, monkeypatch):
    settings.BUSINESS_DAY = DAY.isoformat()
    monkeypatch.setattr(queries, "shares", dict)  # theirs are figures that this test replaces
    workers, _, _ = office
    enter(workers, [(0, 1940, "1"), (0, 1980, "2"), (2, 1930, "1")])
    at = Walker("wang").open("/figures/test.people/").follow("登记目标")
    at.send("登记", expect=422, value="12", document="")
    assert any("依据文件" in fault for fault in at.faults)
    at.send("登记", expect=422, value="0", document="峄民〔2010〕3号")
    at.send("登记", expect=422, year="1990", value="12", document="峄民〔2010〕3号")
    at.send("登记", year="2010", value="12", document="峄民〔2010〕3号")
    assert "目标已登记" in at.text and "目标 12（完成 25.0%）" in at.text
    at.follow("登记目标").send("登记", expect=422, value="12", document="峄民〔2010〕3号")
    assert any("无需重复登记" in fault for fault in at.faults)
    at.open("/figures/test.people/?period=2010")
    at.follow("登记目标").send("登记", value="6", document="峄民〔2010〕9号（调整）")
    assert "目标 6（完成 50.0%）" in at.text
    make_staff("lin", "林区长", Role.LEADER, DISTRICT, founders=make_founders())
    leader = Walker("lin").open("/figures/test.elders/")
    assert "登记目标" not in leader.text
    assert leader.client.get("/figures/test.people/target/").status_code == 403
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("update figures_target set value = 1")


def test_the_catalogue_is_found_by_field_of_work_and_words(office):
    make_staff("lin", "林区长", Role.LEADER, DISTRICT, founders=make_founders())
    lin = Walker("lin").open("/figures/")
    nav = lin.page.xpath("//nav[@aria-label='按业务看']//a")
    counts = {one.text_content().rsplit(" ", 1)[0]: int(one.text_content().rsplit(" ", 1)[1]) for one in nav}
    assert sum(counts.values()) == len(queries.figures()) and {"慈善救助", "一站式服务大厅", "投诉与信访"} <= counts.keys()
    lin.follow(f"慈善募捐 {counts['慈善募捐']}")
    assert f"共 {counts['慈善募捐']} 个" in lin.text and "大厅受理件" not in lin.text
    lin.open("/figures/").send("筛选", words="一站式服务大厅")
    assert "大厅受理件" in lin.text, "a field of work is found by its name, too"
    assert "book.hall.sessions.count" in queries.topics() and queries.topics()["book.hall.sessions.count"] == "一站式服务大厅"


def test_days_are_counted_in_days():
    summed = [one for one in queries.figures().values() if one.measure == "sum:days"]
    assert summed and {one.unit for one in summed} == {Unit.DAY}
