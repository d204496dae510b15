"""A family comes to the window of a hall: taken there, done by the community, and the window sees no more than the receipt."""

from __future__ import annotations

from datetime import date

import pytest
from tests.journeys.walker import Walker

from linli.domains.assistance import queries
from linli.domains.assistance.samples import TOWN, make_family, make_office
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import FIRST_DAY, make_founders, make_staff
from linli.kernel.registry.queries import clear_number

DAY, DISTRICT = date(2026, 8, 3), "370404000000"


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_office()


def test_an_application_taken_at_the_window_stands_with_the_community_and_the_family_has_a_receipt(office):
    """DIBAO-03: applied for in the hall by a daughter for her father; one application, not a second ledger of the hall."""
    make_staff("chuang", "孙窗口", Role.HALL_CLERK, TOWN, on=FIRST_DAY, founders=make_founders())
    head = make_family(office)
    with scoped(office.worker):
        number = clear_number(head)
    desk = Walker("chuang").open(f"/people/{head.pk}/").follow("受理社会救助申请")
    desk.send("受理申请", expect=422, statement="父亲患病。", agent="李大姐")
    assert "应同时填写" in desk.text
    desk.send("受理申请", statement="父亲患病，家里没有收入。", agent="李大姐", agent_tie="申请人之女")
    for words in ("受理通知单", "峄社救〔2026〕000001", "李大姐（申请人之女）代办", "30个工作日内", "社会救助申请书"):
        assert words in desk.text
    assert number not in desk.text
    with scoped(office.worker):
        one = queries.applications().get()
    for address in ("/assistance/applications/", f"/assistance/applications/{one.pk}/"):
        assert desk.client.get(address).status_code == 403
    make_staff("wei", "魏窗口", Role.HALL_CLERK, TOWN, on=FIRST_DAY, founders=make_founders())
    make_staff("zong", "总窗口", Role.HALL_CLERK, DISTRICT, on=FIRST_DAY, founders=make_founders())
    receipt = f"/assistance/applications/{one.pk}/receipt/"
    assert "李国强" in Walker("wei").open(receipt).text, "a colleague at the next window prints it again"
    elsewhere = Walker("zong").client.get(receipt)
    assert elsewhere.status_code == 403 and "李国强" not in elsewhere.content.decode()
    assert "李国强" in Walker("li").open("/assistance/applications/").text
    Walker("li").open("/").follow("李国强·社会救助")
