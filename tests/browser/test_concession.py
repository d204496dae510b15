"""The pages of charity medical cards in a browser, filled, on a phone and a desktop."""

from __future__ import annotations

from typing import Any

import pytest

from linli.domains.concession import queries
from linli.domains.concession.samples import DAY, make_concession_files, make_desk
from linli.kernel.access.actions import scoped
from tests.browser.sizes import AT_NIGHT

PAGES = {
    "cards": ("zhou", "/concession/cards/"), "without": ("zhou", "/concession/cards/without/"),
    "review": ("zhou", "/concession/cards/review/"), "issue": ("zhou", "/concession/cards/new/{person}/"),
    "card": ("zhou", "/concession/cards/{card}/"), "enter": ("zhou", "/concession/cards/{card}/visits/new/"),
    "visits": ("li", "/concession/visits/"), "visit": ("zhou", "/concession/visits/{visit}/"),
    "hospitals": ("zhou", "/concession/hospitals/"), "agree": ("zhou", "/concession/hospitals/new/"),
}  # fmt: skip


@pytest.fixture
def ids(site: str, settings: Any) -> dict[str, int]:
    settings.BUSINESS_DAY = DAY.isoformat()
    desk = make_desk()
    make_concession_files(desk, 2, DAY)
    with scoped(desk.clerk):
        visit, waiting = queries.visits().get(), queries.without_card(DAY).get()
    return {"visit": visit.pk, "card": visit.card_id, "person": waiting.pk}


@pytest.mark.parametrize("size", AT_NIGHT)
def test_the_pages_of_medical_cards_are_accessible_and_fit(visit: Any, ids: dict[str, int], size: str) -> None:
    faults = []
    for name, (username, path) in PAGES.items():
        window = visit(username, size=size)
        answer = window.go(path.format(**ids))
        window.settle()
        window.picture(f"concession-{name}-{size}")
        told = [*window.faults(), *window.said, *([f"{window.too_wide()} px too wide"] if window.too_wide() > 0 else [])]
        faults += [f"{name} {size}: {fault}" for fault in told]
        assert answer.status == 200, name
    assert not faults, "\n".join(faults)
