"""The frame's pages as people see them: phone and desktop, with and without script, large type, keyboard, print."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from linli.kernel.access.actions import create_post, create_staff
from linli.kernel.access.models import Staff
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, PASSWORD, make_founders, make_staff
from linli.kernel.registry.samples import make_areas
from tests.browser.sizes import EACH_SIZE

DAY = date(2010, 12, 20)
STAFF_PAGES = {
    "home": ("li", "/"),
    "design": ("li", "/design/"),
    "own-password": ("li", "/password/"),
    "staff": ("sys", "/staff/"),
    "staff-page": ("sys", "/staff/{li}/"),
    "new-staff": ("sys", "/staff/new/"),
    "waiting": ("sec", "/staff/"),
    "grant": ("sec", "/posts/{waiting}/grant/"),
    "end-post": ("sec", "/posts/{waiting}/end/"),
    "audit": ("aud", "/audit/"),
    "audit-export": ("aud", "/audit/?export=1"),
    "audit-fault": ("aud", "/audit/?since=abc"),
    "verify": ("aud", "/audit/verify/"),
    "not-found": ("li", "/nothing/"),
    "refused": ("li", "/audit/"),
    "sign-in": ("", "/sign-in/"),
    "bulletin": ("", "/bulletin/"),
    "no-post": ("new", "/no-post/"),
}


@pytest.fixture
def people(site: str) -> dict[str, int]:
    """A district with its areas and some staff."""
    founders = make_founders()
    make_areas(founders[0])
    worker = make_staff(founders=founders)
    make_staff("aud", "周审计", Role.AUDIT_ADMIN, DISTRICT, founders=founders)
    new = create_staff(by=founders[0], on=DAY, username="new", name="吴新人", password=PASSWORD)
    Staff.objects.update(must_change_password=False)
    waiting = create_post(by=founders[0], on=DAY, staff=new, role=Role.TOWN_REVIEWER, at="370404001000", since=DAY)
    return {"li": worker.staff_id, "waiting": waiting.pk}


@pytest.mark.parametrize("size", EACH_SIZE)
def test_every_page_of_the_frame_is_accessible_and_fits(visit: Any, people: dict[str, int], size: str) -> None:
    for name, (username, path) in STAFF_PAGES.items():
        window = visit(username, size=size)
        window.go(path.format(**people))
        window.settle()
        window.picture(f"{name}-{size}")
        assert window.faults() == [], name
        assert window.too_wide() <= 0, f"{name} is wider than the window"
        allowed = ("404", "403", "422")
        assert [words for words in window.said if not any(code in words for code in allowed)] == [], name


def test_in_large_type_pages_are_accessible_and_fit(visit: Any, people: dict[str, int]) -> None:
    for name in ("home", "design", "sign-in", "staff-page", "bulletin"):
        for size in ("phone", "desktop"):
            username, path = STAFF_PAGES[name]
            window = visit(username, size=size, large=True)
            window.go(path.format(**people))
            window.settle()
            window.picture(f"{name}-large-{size}")
            assert window.faults() == [], name
            assert window.too_wide() <= 0, f"{name} is wider than the window"


def test_one_signs_in_by_keyboard_and_is_told_what_was_wrong(visit: Any, people: dict[str, int]) -> None:
    window = visit(size="desktop")
    window.go("/staff/")
    page = window.page
    page.locator("#id_username").focus()
    page.keyboard.type("sys")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector(".faults")
    assert page.title().startswith("错误：")
    assert page.locator("#id_username").input_value() == "sys"
    assert page.evaluate("document.activeElement.className") == "faults"
    window.picture("sign-in-refused")
    assert window.faults() == []
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/")


def test_a_list_is_worked_by_keys_and_the_keys_can_be_switched_off(visit: Any, people: dict[str, int]) -> None:
    window = visit("li")
    window.go("/design/")
    page = window.page
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("tr.at").count() == 1
    assert page.locator("input[name=ids]:checked").count() == 1
    assert page.locator("[data-picked]").inner_text() == "已选 1 条"
    page.keyboard.press("?")
    dialog = page.locator("dialog")
    assert dialog.is_visible()
    window.picture("keys", whole=False)
    assert window.faults() == []
    dialog.get_by_label("使用以上单键操作").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    assert page.locator("tr.at").count() == 0


def test_filters_sorting_and_paging_swap_the_list_and_keep_the_address(visit: Any, people: dict[str, int]) -> None:
    window = visit("li")
    window.go("/design/")
    page = window.page
    page.locator("#f_state").select_option("已发放")
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url("**state=*")
    page.wait_for_function("document.querySelector('#listing .count strong').textContent === '13'")
    assert "%E5%B7%B2%E5%8F%91%E6%94%BE" in page.url
    page.locator("#listing").get_by_role("link", name="自付医疗费（元）").click()
    page.wait_for_selector("[aria-sort=ascending]")
    page.go_back()
    page.wait_for_load_state()
    assert window.said == []


def test_everything_works_without_script(visit: Any, people: dict[str, int]) -> None:
    window = visit("sys", javascript=False)
    window.go("/staff/")
    page = window.page
    page.locator("#f_words").fill("li")
    page.get_by_role("button", name="筛选").click()
    page.get_by_role("link", name="li", exact=True).click()
    assert page.locator("h1").inner_text() == "李社工的账号"
    page.locator("#id_role").select_option("town_reviewer")
    page.locator("#id_at").select_option("370404001001")
    page.get_by_role("button", name="添加岗位").click()
    assert "街道审核员的任职区域应为镇街一级" in page.locator(".faults").inner_text()
    assert page.locator("#id_at").input_value() == "370404001001"
    window.picture("staff-page-refused")
    page.locator("#id_at").select_option("370404001000")
    page.get_by_role("button", name="添加岗位").click()
    assert "待安全管理员授权" in page.locator(".said").inner_text()


def test_a_post_is_granted_by_a_second_person_after_a_check_page(visit: Any, people: dict[str, int]) -> None:
    window = visit("sec")
    window.go("/staff/")
    page = window.page
    page.get_by_role("link", name=re.compile("授权.*吴新人")).click()
    page.get_by_role("button", name="授权").click()
    page.wait_for_load_state()
    assert "岗位已授权" in page.locator(".said").inner_text()
    assert page.locator(".state-good", has_text="在任").count() == 1


def test_the_chain_is_verified_on_a_page(visit: Any, people: dict[str, int]) -> None:
    window = visit("aud")
    window.go("/audit/verify/")
    window.page.get_by_role("button", name="开始核验").click()
    window.page.wait_for_load_state()
    assert "未发现改动" in window.page.locator("main").inner_text()
    window.picture("verified")
    assert window.faults() == []


def test_large_type_is_eighteen_points_and_is_remembered(visit: Any, people: dict[str, int]) -> None:
    window = visit("li")
    window.go("/design/")
    page = window.page
    page.locator(".mine summary").click()
    page.get_by_role("button", name="大字版").click()
    page.wait_for_load_state()
    assert page.url.endswith("/design/")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "24px"
    window.go("/")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "24px"


def test_print_leaves_out_everything_but_the_content(visit: Any, people: dict[str, int]) -> None:
    window = visit("li")
    window.go("/design/")
    window.page.emulate_media(media="print")
    for hidden in (".top", ".side", ".filters", ".pages"):
        assert not window.page.locator(hidden).first.is_visible()
    window.picture("design-print")


def test_the_check_itself_finds_what_is_wrong(visit: Any, people: dict[str, int]) -> None:
    window = visit()
    window.go("/sign-in/")
    window.page.evaluate("""() => {
        const bad = document.createElement("p");
        bad.style.color = "#bbb";
        bad.innerHTML = 'pale words <img src="/static/ui/mark.svg"> <input name="nameless">';
        document.querySelector("main").append(bad);
    }""")
    found = " ".join(window.faults())
    assert all(rule in found for rule in ("color-contrast", "image-alt", "label"))
