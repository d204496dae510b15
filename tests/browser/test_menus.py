"""Every page of every role's menu, as it stands for a new district: accessible, and no wider than the window."""

from __future__ import annotations

from typing import Any

import pytest

from linli.base.areas import Level
from linli.kernel.access.rules import Role
from linli.kernel.access.rules.actors import LEVELS
from linli.kernel.access.samples import DISTRICT, make_founders, make_staff
from linli.kernel.registry.samples import make_areas

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


def test_every_page_of_every_menu_is_accessible_and_fits(visit: Any, roles: dict[Role, str]) -> None:
    seen: set[str] = set()
    for role, username in roles.items():
        windows = [visit(username, size=size) for size in ("desktop", "phone")]
        windows[0].go("/")
        links = windows[0].page.eval_on_selector_all(".side a", "links => links.map(link => link.getAttribute('href'))")
        assert links, f"{role.zh} has no menu"
        for path in links:
            if path in seen:
                continue
            seen.add(path)
            for window in windows:
                assert window.go(path).status == 200, f"{role.zh} {path}"
                window.settle()
                window.picture(f"menu{path.replace('/', '-')}{window.page.viewport_size['width']}")
                assert window.faults() == [], path
                assert window.too_wide() <= 0, f"{path} is wider than the window"
                assert window.said == [], path
    assert len(seen) > 10
