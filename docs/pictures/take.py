"""Takes the pictures of this folder again, from a demo that is being served: python docs/pictures/take.py http://127.0.0.1:8000"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
PASSWORD = "Linli-demo-2010"
WIDE, PHONE = (1200, 760), (390, 780)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking"]


def sign_in(page: Any, site: str, username: str) -> None:
    page.goto(f"{site}/sign-in/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main .form-acts button")
    page.wait_for_load_state()


def explained(page: Any) -> None:
    """How the amount of the first family that waits for the district came about."""
    page.locator("main table a", has_text="峄救").first.click()
    page.wait_for_load_state()
    page.goto(f"{page.url.rstrip('/')}/judgement/")


def screen(page: Any) -> None:
    """The screen that hangs above the windows."""
    page.goto(page.get_by_role("link", name="叫号屏").evaluate("link => link.href"))


def caller(page: Any) -> None:
    """Who calls: somebody whom the registry knows, beside the form."""
    page.get_by_label("号码或姓名").fill("孟军玉")
    page.get_by_role("button", name="查来电人").click()
    page.wait_for_timeout(800)


Do = Callable[[Any], None]
PICTURES: tuple[tuple[str, str, str, tuple[int, int], Do | None], ...] = (
    ("workbench", "worker1", "/", WIDE, None),
    ("workbench-phone", "worker1", "/", PHONE, None),
    ("console", "operator", "/hotline/", WIDE, caller),
    ("standards", "district", "/standards/", WIDE, None),
    ("overview", "leader", "/overview/", WIDE, None),
    ("counter", "clerk", "/hall/queue/", WIDE, None),
    ("calling-screen", "clerk", "/hall/queue/", WIDE, screen),
    ("explained", "district", "/assistance/applications/?sort=-id", WIDE, explained),
    ("residents-phone", "", "/residents/", PHONE, None),
    ("guide-phone", "", "/guide/BZ01/", PHONE, None),
)
"""Name of the file, who looks, at what, in which window, and what is done before."""


def main(site: str) -> None:
    """Take each picture in a window of its own."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        for name, username, address, (width, height), do in PICTURES:
            page = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN").new_page()
            if username:
                sign_in(page, site, username)
            page.goto(site + address)
            if do:
                do(page)
            page.wait_for_timeout(500)
            page.screenshot(path=str(HERE / f"{name}.png"))
            page.context.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
