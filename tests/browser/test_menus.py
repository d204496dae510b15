"""Every page of every role's menu, as it stands for a new district: accessible, and no wider than the window."""

from __future__ import annotations

from typing import Any

import pytest

from linli.base.areas import Level
from linli.kernel.access.rules import Role
from linli.kernel.access.rules.actors import LEVELS
from linli.kernel.access.samples import DISTRICT, make_founders, make_staff
from linli.kernel.registry.samples import make_areas
from tests.browser.sizes import EACH_SIZE

PLACES = {Level.DISTRICT: DISTRICT, Level.TOWN: "370404001000", Level.COMMUNITY: "370404001001"}


@pytest.fixture
def roles(site: str) -> dict[Role, str]:
    """One member of staff in each role."""
    founders = make_founders()
    make_areas(founders[0])
    names = {Role.SYSTEM_ADMIN: "sys", Role.SECURITY_ADMIN: "sec"}
    for role in Role:
        if role in names or role is Role.MACHINE:
            continue
        names[role] = role.value
        make_staff(role.value, role.zh, role, PLACES[min(LEVELS[role])], founders=founders)
    return names


@pytest.mark.parametrize("size", EACH_SIZE)
def test_every_page_of_every_menu_is_accessible_and_fits(visit: Any, roles: dict[Role, str], size: str) -> None:
    seen: set[str] = set()
    for role, username in roles.items():
        window = visit(username, size=size)
        window.go("/")
        links = window.page.eval_on_selector_all(".side a", "links => links.map(link => link.getAttribute('href'))")
        assert links, f"{role.zh} has no menu"
        for path in links:
            if path in seen:
                continue
            seen.add(path)
            assert window.go(path).status == 200, f"{role.zh} {path}"
            window.settle()
            window.picture(f"menu{path.replace('/', '-')}{window.page.viewport_size['width']}")
            assert window.faults() == [], path
            assert window.too_wide() <= 0, f"{path} is wider than the window"
            assert window.said == [], path
    assert len(seen) > 10


def test_a_long_menu_is_folded_but_for_the_daily_work_and_two_parts(visit: Any, roles: dict[Role, str]) -> None:
    window = visit(roles[Role.DISTRICT_APPROVER])
    window.go("/")
    parts = window.page.locator(".menu-part")
    opened = window.page.locator(".menu-part[open] summary")
    assert parts.count() >= 4 and opened.all_inner_texts() == ["社会救助"], "the own work and no other head"
    assert window.page.locator(".menu > ul a:visible").count() > 3
    parts.locator("summary", has_text="资金与公示").press("Enter")
    window.page.locator(".menu-part a:visible", has_text="付款单").click()
    window.settle()
    assert opened.all_inner_texts() == ["社会救助", "资金与公示"]
    parts.locator("summary", has_text="社会救助").click()
    window.go("/")
    assert opened.all_inner_texts() == ["资金与公示"], "each stays as it was left"
    parts.locator("summary", has_text="资金与公示").click()
    window.go("/")
    assert not opened.count()


def test_a_short_menu_stands_open(visit: Any, roles: dict[Role, str]) -> None:
    window = visit(roles[Role.LEADER])
    window.go("/")
    assert window.page.locator(".menu-part").count() and not window.page.locator(".menu-part:not([open])").count()
