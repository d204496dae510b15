"""What was paid after the end comes back: found by the books, decided, and paid back in several sums."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.domains.assistance.samples import DAY, add_income, carry, make_application, make_family, make_office
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


def test_the_list_of_overpayments_costs_as_much_for_many_as_for_one(office, settings):
    wang = Walker("wang")
    wang.open("/entitlements/overpaid/")
    with CaptureQueriesContext(connection) as sent:
        wang.open("/entitlements/overpaid/")
    assert len(sent) < 20 and re.search("多发待追缴", wang.text)
