"""The pages of relief with an office's work on them: accessible, and no wider than the window."""

from __future__ import annotations

from typing import Any

import pytest

from linli.domains.relief.samples import DAY, make_files, make_office, make_stranger
from tests.browser.sizes import AT_NIGHT

PAGES = {
    "requests": ("li", "/relief/requests/"),
    "find": ("li", "/relief/requests/new/"),
    "apply": ("li", "/relief/requests/new/{free}/"),
    "request-at-once": ("li", "/relief/requests/{waiting}/"),
    "request-granted": ("zhao", "/relief/requests/{paid}/"),
    "supplement": ("li", "/relief/requests/{paid}/more/"),
    "survey": ("li", "/relief/requests/{under_way}/survey/"),
    "case": ("zhao", "/cases/{case}/"),
    "postings": ("zhao", "/relief/postings/"),
    "payments": ("caijing", "/relief/payments/"),
    "pay": ("caijing", "/relief/requests/{paid}/pay/"),
    "goods": ("caijing", "/relief/requests/{waiting}/goods/"),
    "share": ("caijing", "/relief/goods/new/"),
    "consignments": ("wang", "/relief/goods/"),
}


@pytest.fixture
def ids(site: str, settings: Any) -> dict[str, int]:
    settings.BUSINESS_DAY = DAY.isoformat()
    office = make_office()
    waiting, paid, shown, under_way = make_files(office, 2)
    return {
        "waiting": waiting.pk, "paid": paid.pk, "shown": shown.pk, "under_way": under_way.pk, "case": waiting.case_id,
        "free": make_stranger(office).pk,
    }  # fmt: skip


@pytest.mark.parametrize("size", AT_NIGHT)
def test_the_pages_of_relief_are_accessible_and_fit_the_window(visit: Any, ids: dict[str, int], size: str) -> None:
    faults = []
    for name, (username, path) in PAGES.items():
        window = visit(username, size=size)
        answer = window.go(path.format(**ids))
        window.settle()
        window.picture(f"relief-{name}-{size}")
        told = [*window.faults(), *window.said, *([f"{window.too_wide()} px too wide"] if window.too_wide() > 0 else [])]
        faults += [f"{name} {size}: {fault}" for fault in told]
        assert answer.status == 200, name
    assert not faults, "\n".join(faults)
