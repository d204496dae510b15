"""A home visit where the network comes and goes, and the sheet that a family takes home."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from linli.domains.assistance import queries
from linli.domains.assistance.samples import (
    add_income,
    give_consents,
    make_application,
    make_office,
    make_three_generations,
)
from linli.kernel.access.actions import scoped
from linli.law import Item

TODAY = date(2026, 8, 3)


@pytest.fixture
def family(site: str, settings: Any) -> Any:
    settings.BUSINESS_DAY = TODAY.isoformat()
    office = make_office()
    one = make_application(office, make_three_generations(office), on=TODAY, statement="收入不稳定。")
    give_consents(office, one, TODAY)
    for kind in (Item.WAGE, Item.CASUAL_WORK, Item.FARMING, Item.PENSION):
        add_income(office, one, 240_000, TODAY, kind)
    return office, one


def test_a_visit_that_is_typed_without_a_network_is_not_lost_and_is_one_visit(visit: Any, family: Any) -> None:
    """DIBAO-04: on a phone in a village; pressed without a network, the page lost, and sent in the end."""
    office, one = family
    phone = visit("li", size="phone")
    phone.go(f"/assistance/applications/{one.pk}/visits/new/home/")
    page = phone.page
    page.fill("[name=visitors]", "李社工、陈协管")
    page.fill("[name=five_income]", "两人打零工，每月约八百元")
    page.context.set_offline(True)
    page.get_by_role("button", name="存为草稿").click()
    assert "现在没有网络，没有提交" in page.inner_text("main")
    key = page.input_value("[name=visit]")
    page.context.set_offline(False)
    phone.go("/")
    phone.go(f"/assistance/applications/{one.pk}/visits/new/home/")
    assert "已经恢复" in page.inner_text("main")
    assert page.input_value("[name=five_income]") == "两人打零工，每月约八百元" and page.input_value("[name=visit]") == key
    phone.picture("assistance-visit-restored")
    page.get_by_role("button", name="存为草稿").click()
    page.get_by_text("已存为草稿").wait_for()
    phone.go(f"/assistance/applications/{one.pk}/visits/new/home/")
    assert page.input_value("[name=five_income]") == "", "what was sent is not offered again"
    with scoped(office.worker):
        assert [row.key for row in queries.visits_of(one)] == [key]


def test_the_explanation_of_four_people_with_four_incomes_is_one_printed_sheet(visit: Any, family: Any) -> None:
    _, one = family
    window = visit("li")
    window.go(f"/assistance/applications/{one.pk}/sheet/")
    window.settle()
    printed = window.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1
