"""A standard is to be raised: the district sees the cost, the towns and the families before it decides."""

from __future__ import annotations

import pytest

from linli.domains.assistance.samples import add_income, make_application, make_family, make_office
from linli.domains.assistance.tests.test_months import AUTUMN, granted
from linli.kernel.jobs.samples import work_off
from linli.law import Item
from tests.journeys.walker import Walker


@pytest.fixture
def helped(db, settings):
    """A couple with 400 a head, on 低保 since the autumn of 2025."""
    settings.BUSINESS_DAY = "2026-01-20"
    office = make_office()
    one = make_application(office, make_family(office), on=AUTUMN)
    add_income(office, one, 960_000, AUTUMN, Item.BUSINESS)
    return granted(office, one, AUTUMN)


def test_the_cost_of_a_rise_is_seen_before_it_is_decided(helped):
    """DIBAO-11: the line now with its document, the cost of a rise by programme and town, and the family behind the figure."""
    page = Walker("wang").open("/assistance/trials/").follow("新建测算")
    assert "城市低保标准" in page.text and "现行 980.00 元" in page.text
    page.send("开始测算", 422, **{"title": "标准提高50元", "dibao.standard.urban": "多一点"})
    assert "不是以元为单位的金额" in page.text and "标准提高50元" in page.content.decode(), "nothing typed is lost"
    page.send("开始测算", **{"dibao.standard.urban": "1030"})
    assert "可以离开本页" in page.text
    work_off()
    page.open(page.address)
    assert "980.00 元" in page.text and "1,030.00 元" in page.text and "没有改变任何家庭的待遇" in page.text
    assert "1,160.00" in page.text and "1,260.00" in page.text and "坛山街道" in page.text
    assert "1,200.00" in page.text, "a hundred more each month, twelve hundred a year"
    page.follow("导出当前筛选").send("导出", purpose="向局长办公会汇报")
    assert page.content[:2] == b"PK", "the families as a table"
    page.open("/assistance/trials/").follow("标准提高50元").follow(helped.case.number)
    assert helped.person.name in page.text
