"""The overview of all aid, its record and the file of a family in a browser, filled, on a phone and a desktop."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linli.domains.assistance.samples import add_income, carry, make_application, make_family, make_office
from linli.domains.coordination.samples import make_document, make_partner_aid
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.entitlements.samples import make_funding, make_month, make_payee
from linli.kernel.registry.actions import recognise_status
from tests.browser.sizes import AT_NIGHT

DAY, NOW = date(2010, 12, 20), date(2011, 1, 20)
PAGES = {
    "coverage": ("qin", "/coordination/coverage/"), "needs": ("wang", "/coordination/needs/"),
    "left": ("li", "/coordination/left-behind/"),
    "overview": ("qin", "/coordination/"), "overview-town": ("zhao", "/coordination/"),
    "deliveries": ("wang", "/coordination/deliveries/"), "record": ("li", "/coordination/people/{person}/"),
    "partner": ("zhao", "/records/books/coordination.partners/new/?person={person}"),
    "documents": ("wang", "/records/books/coordination.documents/"),
}  # fmt: skip


@pytest.fixture
def ids(site: str, settings: Any) -> dict[str, int]:
    settings.BUSINESS_DAY = NOW.isoformat()
    office, founders = make_office(), make_founders()
    maker = make_staff("caijing", "钱会计", Role.FINANCE_MAKER, DISTRICT, on=FIRST_DAY, founders=founders)
    checker = make_staff("sun", "孙复核", Role.FINANCE_CHECKER, DISTRICT, on=FIRST_DAY, founders=founders)
    make_staff("qin", "秦区长", Role.LEADER, DISTRICT, on=FIRST_DAY, founders=founders)
    head = make_family(office)
    one = make_application(office, head)
    add_income(office, one, 360_000)
    carry(office, one)
    make_payee(office.worker, head.pk)
    make_funding(maker, programme="dibao")
    make_month(maker, checker, month=date(2011, 1, 1), programme="dibao")
    recognise_status(by=office.worker, on=DAY, person_id=head.pk, kind="disabled", grade="41", since=FIRST_DAY, source="区残联")
    make_document(office.approver, NOW, "峄政发〔2011〕1号")
    make_partner_aid(office.reviewer, NOW, head.pk)
    make_partner_aid(office.reviewer, NOW, head.pk, "labour", "job", what="公益性岗位", amount=0)
    return {"person": head.pk}


@pytest.mark.parametrize("size", AT_NIGHT)
def test_the_pages_of_all_aid_are_accessible_and_fit(visit: Any, ids: dict[str, int], size: str) -> None:
    faults = []
    for name, (username, path) in PAGES.items():
        window = visit(username, size=size)
        answer = window.go(path.format(**ids))
        window.settle()
        window.picture(f"coordination-{name}-{size}")
        told = [*window.faults(), *window.said, *([f"{window.too_wide()} px too wide"] if window.too_wide() > 0 else [])]
        faults += [f"{name} {size}: {fault}" for fault in told]
        assert answer.status == 200, name
    assert not faults, "\n".join(faults)
