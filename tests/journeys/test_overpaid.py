"""What was paid after the end comes back: found by the books, decided, and paid back in several sums."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.base.areas import WHOLE
from linli.domains.assistance.samples import DAY, add_income, carry, make_application, make_family, make_office
from linli.kernel.access.actions import scoped
from linli.kernel.files.samples import PNG
from linli.kernel.ledgers.queries import check_books
from linli.kernel.registry.actions import record_death
from tests.journeys.test_dibao_month import Cashdesk, account
from tests.journeys.walker import Walker


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_office()


def test_a_month_paid_after_the_family_moved_is_a_task_until_the_last_fen_is_back(office, settings):
    """The end is decided when February is paid already: what is too much stands on the approver's desk with its sum, is
    taken back payment by payment, and on the desk of the cashier until it came, in two sums."""
    one = make_application(office, make_family(office))
    add_income(office, one, 360_000)
    carry(office, one)
    account(office, one.person, 1)
    settings.BUSINESS_DAY = "2011-01-28"
    desk = Cashdesk()
    desk.bear("dibao", "2011-01")
    desk.pay("dibao", "2011-01", 1, "234")
    desk.pay("dibao", "2011-02", 1, "234")  # before the festival
    wang = Walker("wang")
    assert "终止后多发" not in wang.open("/").text
    wang.open(f"/assistance/applications/{one.pk}/").follow("终止救助").send("终止", how="moved", why="全家迁往外省")
    assert "234.00" in wang.open("/entitlements/overpaid/").text, "February only"
    wang.open("/").follow("李国强：最低生活保障终止后多发 234.00 元")
    order = next(one.get("href") for one in wang.page.iter("a") if "已发放" in one.text_content())  # the newest first
    wang.open(f"{order}recover/").send("立账追回", reason="终止后多发二月低保金")
    assert "终止后多发" not in wang.open("/").text
    cash = Walker("qian").open("/").follow("李国强：追回款尚欠")
    cash.send("登记到账", amount="200", reference="R-1", channel="bank")
    cash.open("/").follow("追回款尚欠").send("登记到账", amount="34", reference="R-2", channel="bank")
    assert "追回款尚欠" not in cash.open("/").text


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("约定.png", PNG, "image/png")


@pytest.fixture
def ended(office, settings):
    """January and February are paid, and the family had moved before: two payments, one debt."""
    one = make_application(office, make_family(office))
    add_income(office, one, 360_000)
    carry(office, one)
    account(office, one.person, 1)
    settings.BUSINESS_DAY = "2011-01-28"
    desk = Cashdesk()
    desk.bear("dibao", "2011-01")
    desk.pay("dibao", "2011-01", 1, "234")
    desk.pay("dibao", "2011-02", 1, "234")
    wang = Walker("wang").open(f"/assistance/applications/{one.pk}/").follow("终止救助")
    wang.send("终止", expect=422, why="全家迁往外省")
    assert "请选择终止方式" in " ".join(wang.faults), "nobody's help ends in the way that the list names first"
    return one, wang.send("终止", how="moved", why="全家迁往外省")


def test_a_family_pays_back_in_agreed_sums_and_the_last_of_it_is_written_off(office, settings, ended):
    """What was paid after the end becomes one debt; sums are agreed and signed; a sum that does not come is the community
    worker's task; money that comes fills the sums in their order; what cannot be had is given up by two persons, and the books
    agree after each step."""
    _, wang = ended
    wang.open("/").follow("李国强：最低生活保障终止后多发").follow("立账追缴").send("立账追缴", reason="迁出后仍发放")
    assert "终止后多发" not in wang.open("/").text
    debt = wang.open("/ledgers/recoveries/").follow("李国强").address
    wang.follow("约定分期退还").send("保存约定", expect=422, sums="2011-02-20 100", signed_by="李国强", paper=paper())
    assert "比尚欠的 234.00 元少 134.00 元" in wang.text, wang.faults
    wang.send("保存约定", expect=422, sums="二月 100", signed_by="李国强", paper=paper())
    assert "第 1 行" in wang.text
    sums = "2011-02-20 100\n2011-03-20 100.00\n2011-04-20 34元"
    wang.send("保存约定", sums=sums, signed_by="李国强", paper=paper())
    assert "2011年2月20日" in wang.text or "2011-02-20" in wang.text
    assert "分期退还第" not in Walker("li").open("/").text
    settings.BUSINESS_DAY = "2011-02-25"
    Walker("li").open("/").follow("李国强：分期退还第 1 期（2011-02-20）尚欠 100.00 元")
    cash = Walker("qian").open("/").follow("李国强：追回款尚欠")
    cash.send("登记到账", amount="150", reference="R-1", channel="cash")
    assert "分期退还第" not in Walker("li").open("/").text
    settings.BUSINESS_DAY = "2011-03-25"
    assert "第 2 期（2011-03-20）尚欠 50.00 元" in Walker("li").open("/").text
    wang.open(debt).follow("停止分期").send("停止分期", ending="hardship", words="户主住院，生活困难")
    assert "分期退还第" not in Walker("li").open("/").text and "生活困难，暂缓退还" in wang.open(debt).text
    asked = {"ground": "hardship", "words": "催缴三次"}
    cash.open(debt).follow("申请核销").send("提出核销申请", expect=422, amount="85", paper=paper(), **asked)
    assert "不超过尚欠的 84.00 元" in cash.text
    cash.send("提出核销申请", amount="84", paper=paper(), **asked)
    assert "审批核销" not in cash.text
    wang.open("/").follow("李国强：申请核销 84.00 元").send("提交审批意见", agree="yes")
    assert "已结清" in wang.text and "追回款尚欠" not in cash.open("/").text
    with scoped(WHOLE):
        assert [fault for proof in check_books() for fault in proof.faults] == []


def test_of_who_died_no_sum_is_asked(office, settings, ended):
    """Before the first sum is due the worker is told to stop the plan and to look at the estate."""
    one, wang = ended
    wang.open("/").follow("李国强：最低生活保障终止后多发").follow("立账追缴").send("立账追缴", reason="迁出后仍发放")
    debt = wang.open("/ledgers/recoveries/").follow("李国强").address
    wang.follow("约定分期退还").send("保存约定", sums="2011-02-20 234", signed_by="李国强", paper=paper())
    record_death(by=office.worker, on=DAY, person_id=one.person_id, day=DAY)
    worker = Walker("li").open("/").follow("李国强已登记死亡，分期退还应停止")
    assert "核实有无遗产" in worker.text and worker.client.get(f"{debt.removesuffix('course/')}write-off/").status_code == 403
    wang.open(debt).follow("停止分期").send("停止分期", ending="death", words="死亡，正在查询遗产")
    assert "应停止" not in Walker("li").open("/").text


def test_the_list_of_overpayments_costs_as_much_for_many_as_for_one(office, settings):
    wang = Walker("wang")
    wang.open("/entitlements/overpaid/")
    with CaptureQueriesContext(connection) as sent:
        wang.open("/entitlements/overpaid/")
    assert len(sent) < 20 and re.search("多发待追缴", wang.text)
