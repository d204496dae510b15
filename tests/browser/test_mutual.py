"""The pages of community aid funds in a browser, filled, on a phone and a desktop."""

from __future__ import annotations

from typing import Any

import pytest

from linli.domains.mutual import queries
from linli.domains.mutual.samples import DAY, make_mutual_files, make_team
from linli.kernel.access.actions import scoped
from tests.browser.sizes import AT_NIGHT

PAGES = {
    "funds": ("li", "/mutual/"), "fund": ("li", "/mutual/{fund}/"), "fund-maker": ("caijing", "/mutual/{fund}/"),
    "gifts": ("li", "/mutual/{fund}/gifts/"), "bank": ("caijing", "/mutual/{fund}/gifts/arrived/"),
    "ask": ("li", "/mutual/{fund}/requests/new/"), "meet": ("li", "/mutual/{fund}/meetings/new/"),
    "meeting": ("li", "/mutual/meetings/{meeting}/"), "request": ("caijing", "/mutual/requests/{request}/"),
    "vote": ("li", "/mutual/meetings/{meeting}/requests/{open}/"), "account": ("zhao", "/mutual/{fund}/account/"),
    "found": ("zhou", "/mutual/new/"),
}  # fmt: skip


@pytest.fixture
def ids(site: str, settings: Any) -> dict[str, int]:
    settings.BUSINESS_DAY = DAY.isoformat()
    team = make_team()
    one = make_mutual_files(team, 2, DAY)
    with scoped(team.worker):
        carried, asked = (queries.requests(one, state=state).get().pk for state in ("carried", "open"))
        meeting = queries.meetings(one).get().pk
    return {"fund": one.pk, "meeting": meeting, "request": carried, "open": asked}


@pytest.mark.parametrize("size", AT_NIGHT)
def test_the_pages_of_community_funds_are_accessible_and_fit(visit: Any, ids: dict[str, int], size: str) -> None:
    faults = []
    for name, (username, path) in PAGES.items():
        window = visit(username, size=size)
        answer = window.go(path.format(**ids))
        window.settle()
        window.picture(f"mutual-{name}-{size}")
        told = [*window.faults(), *window.said, *([f"{window.too_wide()} px too wide"] if window.too_wide() > 0 else [])]
        faults += [f"{name} {size}: {fault}" for fault in told]
        assert answer.status == 200, name
    assert not faults, "\n".join(faults)
