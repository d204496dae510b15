"""A clerk imports a roster: the page follows the work by itself, is accessible, and fits a phone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from linli.kernel.access.rules import Role
from linli.kernel.access.samples import FIRST_DAY, make_founders, make_staff
from linli.kernel.jobs.samples import work_off
from linli.kernel.registry.actions import found_area
from linli.kernel.registry.samples.population import Home, make_population
from linli.kernel.registry.samples.rosters import as_xlsx, spoil
from linli.kernel.registry.tests.test_roster import AREAS


@pytest.fixture
def clerk(site: str) -> str:
    founders = make_founders()
    for code, name, kind in AREAS:
        found_area(by=founders[0], on=FIRST_DAY, code=code, name=name, kind=kind)
    make_staff("town", "王审核", Role.TOWN_REVIEWER, "370404001000", founders=founders)
    return "town"


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    people = make_population(60, [Home("370404001001", "坛山街道", "和顺社区", True)], on=date(2010, 12, 20))
    file = tmp_path / "花名册.xlsx"
    file.write_bytes(as_xlsx(spoil(people, 0.05)[0]))
    return file


def look(window: Any, name: str) -> None:
    """What every page has to be."""
    window.settle()
    window.picture(f"import-{name}")
    assert window.faults() == [], name
    assert window.too_wide() <= 0, name
    assert window.said == [], name


def test_a_clerk_imports_a_roster_and_takes_it_back(visit: Any, clerk: str, roster: Path) -> None:
    window = visit(clerk)
    page = window.page
    window.go("/imports/new/registry.roster/")
    look(window, "new")
    page.set_input_files("input[type=file]", roster)
    page.get_by_role("button", name="上传并检查").click()
    page.get_by_text("可以离开本页").wait_for()
    look(window, "checking")
    work_off()
    page.get_by_role("button", name="确认导入").wait_for()  # the page renews itself
    look(window, "checked")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载退回的").click()
    assert download.value.suggested_filename == "花名册-退回.xlsx"
    page.get_by_role("button", name="确认导入").click()
    page.get_by_text("可以离开本页").wait_for()
    page.wait_for_timeout(1500)  # the part that changes comes again, and nothing but that part
    look(window, "writing")
    work_off()
    page.get_by_role("heading", name="写入结果").wait_for()
    look(window, "done")
    page.get_by_role("link", name="撤回这次导入").click()
    look(window, "question")
    page.get_by_role("button", name="撤回导入").click()
    page.get_by_role("heading", name="撤回结果").wait_for()
    here = page.url.removeprefix(window.site)
    phone = visit(clerk, size="phone")
    phone.go(here)
    look(phone, "phone")
