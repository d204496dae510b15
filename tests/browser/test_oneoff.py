"""The pages of one-off subsidies in a browser, filled, on a phone and a desktop."""

from __future__ import annotations

from typing import Any

import pytest

from linli.domains.oneoff.samples import DAY, make_bureau, make_oneoff_files
from tests.browser.sizes import AT_NIGHT

PAGES = {
    "rounds": ("wang", "/oneoff/"), "draft": ("wang", "/oneoff/new/"), "round": ("wang", "/oneoff/{round}/"),
    "confirm": ("fuhe", "/oneoff/{round}/confirm/"), "pay": ("caijing", "/oneoff/{round}/pay/"),
}  # fmt: skip


@pytest.fixture
def ids(site: str, settings: Any) -> dict[str, int]:
    settings.BUSINESS_DAY = DAY.isoformat()
    return {"round": make_oneoff_files(make_bureau(), 2, DAY).pk}


@pytest.mark.parametrize("size", AT_NIGHT)
def test_the_pages_of_one_off_subsidies_are_accessible_and_fit(visit: Any, ids: dict[str, int], size: str) -> None:
    faults = []
    for name, (username, path) in PAGES.items():
        window = visit(username, size=size)
        answer = window.go(path.format(**ids))
        window.settle()
        window.picture(f"oneoff-{name}-{size}")
        told = [*window.faults(), *window.said, *([f"{window.too_wide()} px too wide"] if window.too_wide() > 0 else [])]
        faults += [f"{name} {size}: {fault}" for fault in told]
        assert answer.status == 200, name
    assert not faults, "\n".join(faults)
