"""The pages of medical assistance in a browser, filled, on a phone and a desktop."""

from __future__ import annotations

from typing import Any

import pytest

from linli.domains.medical.models import Bill, Statement
from linli.domains.medical.samples import DAY, make_medical_files, make_window
from linli.kernel.access.actions import scoped
from tests.browser.sizes import AT_NIGHT

PAGES = {
    "bills": ("zhao", "/medical/bills/"),
    "settle": ("zhao", "/medical/bills/new/{person}/"),
    "bill": ("zhao", "/medical/bills/{bill}/"),
    "hospitals": ("wang", "/medical/hospitals/"),
    "funding": ("wang", "/medical/funding/"),
    "state": ("wang", "/medical/hospitals/{hospital}/state/"),
    "statement": ("wang", "/medical/statements/{statement}/"),
    "pay": ("caijing", "/medical/statements/{statement}/pay/"),
}


@pytest.fixture
def ids(site: str, settings: Any) -> dict[str, int]:
    settings.BUSINESS_DAY = DAY.isoformat()
    window = make_window()
    make_medical_files(window, 2, DAY)
    with scoped(window.approver):
        bill, statement = Bill.objects.order_by("id").first(), Statement.objects.first()
    assert bill is not None and statement is not None
    return {"bill": bill.pk, "person": bill.person_id, "hospital": bill.hospital_id, "statement": statement.pk}


@pytest.mark.parametrize("size", AT_NIGHT)
def test_the_pages_of_medical_assistance_are_accessible_and_fit(visit: Any, ids: dict[str, int], size: str) -> None:
    faults = []
    for name, (username, path) in PAGES.items():
        window = visit(username, size=size)
        answer = window.go(path.format(**ids))
        window.settle()
        window.picture(f"medical-{name}-{size}")
        told = [*window.faults(), *window.said, *([f"{window.too_wide()} px too wide"] if window.too_wide() > 0 else [])]
        faults += [f"{name} {size}: {fault}" for fault in told]
        assert answer.status == 200, name
    assert not faults, "\n".join(faults)
