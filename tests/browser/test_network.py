"""The pages of the charity network and of its publicity, filled: accessible, and no wider than the window."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linli.domains.federation import samples
from linli.domains.federation.actions import publish_bulletin, publish_honours
from linli.kernel.access.models import Staff
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, make_founders, make_staff
from linli.kernel.ledgers.samples import make_fund
from linli.kernel.registry.samples import make_areas
from tests.browser.sizes import AT_NIGHT

DAY, TOWN, OFFICE = date(2010, 12, 20), "370404001000", "区慈善总会办公室，0632-7711234"
PAGES = {
    "network": ("wu", ""), "own": ("zheng", ""), "found": ("wu", "new/"),
    "body": ("wu", "{body}/"), "branch": ("zheng", "{branch}/"),
    "amend": ("zheng", "{branch}/amend/"), "close": ("zheng", "{branch}/close/"), "appoint": ("zheng", "{branch}/people/new/"),
    "adopt": ("zheng", "{branch}/papers/new/"), "money": ("wu", "{body}/money/"),
    "bulletins": ("wu", "bulletins/"), "hold": ("wu", "bulletins/new/"), "bulletin": ("wu", "bulletins/{told}/"),
    "publish": ("wu", "bulletins/{told}/publish/"), "ask": ("wu", "bulletins/{told}/questions/new/"),
    "cover": ("wu", "bulletins/{told}/coverage/new/"),
    "honours": ("wu", "honours/"), "award": ("wu", "honours/new/"), "honour": ("wu", "honours/{honour}/"),
    "consent": ("wu", "honours/{honour}/consent/"), "contact": ("wu", "honours/{honour}/contact/"),
    "publish-honours": ("wu", "honours/publish/"),
}  # fmt: skip


@pytest.fixture
def network(site: str, settings: Any) -> dict[str, int]:
    """The federation and a branch with people, papers and money; a published bulletin, a model who is shown and visited."""
    settings.BUSINESS_DAY = DAY.isoformat()
    founders = make_founders()
    make_areas(founders[0])
    made = {"wu": (Role.FEDERATION_CLERK, DISTRICT), "zhou": (Role.DISTRICT_APPROVER, DISTRICT),
            "zheng": (Role.TOWN_REVIEWER, TOWN)}  # fmt: skip
    staff = {name: make_staff(name, f"{name}同志", role, area, founders=founders) for name, (role, area) in made.items()}
    Staff.objects.update(must_change_password=False)
    clerk, town = staff["wu"], staff["zheng"]
    make_fund(clerk, amount=500_00, code="QU-1", on=DAY)
    body, branch = samples.make_body(clerk, DAY), samples.make_branch(town, DAY)
    samples.make_officer(clerk, DAY, body, "周善堂", term_until=date(2011, 1, 31))
    samples.make_officer(town, DAY, branch, "褚德厚", term_until=date(2010, 12, 1))
    samples.make_paper(clerk, DAY, body, "峄城区慈善总会章程")
    told = samples.make_bulletin(clerk, DAY, samples.make_signed_report(clerk, staff["zhou"], DAY))
    samples.make_question(clerk, DAY, told)
    publish_bulletin(by=clerk, on=DAY, bulletin_id=told.pk, contact=OFFICE)
    samples.make_signed_report(clerk, staff["zhou"], DAY)
    honour = samples.make_honour(clerk, DAY)
    samples.make_contact(clerk, DAY, honour)
    publish_honours(by=clerk, on=DAY, year=2010, contact=OFFICE)
    return {"body": body.pk, "branch": branch.pk, "told": told.pk, "honour": honour.pk}


@pytest.mark.parametrize("size", AT_NIGHT)
def test_every_page_of_the_network_is_accessible_and_fits(visit: Any, network: dict[str, int], size: str) -> None:
    wrong = []
    for name, (username, path) in PAGES.items():
        window = visit(username, size=size)
        assert window.go(f"/federation/{path}".format(**network)).status == 200, name
        window.settle()
        window.picture(f"network-{name}-{size}")
        wrong += [f"{name}: {fault}" for fault in window.faults()]
        if window.too_wide() > 0:
            wrong.append(f"{name} is {window.too_wide()} px wider than the window")
    assert wrong == []
