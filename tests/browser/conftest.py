"""A real browser against a real server on a database of its own.

The lane needs a Chromium (``LINLI_CHROMIUM`` or one on the PATH). Where there is none it is skipped, and says so at the
end of the run; with ``CI=true`` its absence is a fault. ``LINLI_PICTURES`` names a folder for pictures of each page.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver runs a loop in the test's own thread

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIZES = {"phone": (360, 740), "desktop": (1366, 768)}
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
NONE = "no Chromium found: the pages were NOT looked at in a browser (set LINLI_CHROMIUM)"


def chromium() -> str:
    """The path of a browser; empty when there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("LINLI_CHROMIUM") or next((path for name in names if (path := shutil.which(name))), "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if not chromium():
        terminalreporter.write_sep("!", NONE)


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """One browser for the whole lane; its driver's loop ends with it, for the replay after it runs one of its own."""
    path = chromium()
    if not path:
        if os.environ.get("CI") == "true":
            pytest.fail(NONE)
        pytest.skip(NONE)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        shown = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield shown
        shown.close()


@pytest.fixture
def site(fresh_database: str, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server on a free port, whose database is this test's own."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application
    from django.db import connections

    class Quiet(WSGIRequestHandler):
        def log_message(self, *words: Any) -> None:
            pass

    class Server(ThreadedWSGIServer):
        def close_request(self, request: Any) -> None:
            connections.close_all()
            super().close_request(request)

    with django_db_blocker.unblock():
        server = Server(("127.0.0.1", 0), Quiet)
        server.set_app(StaticFilesHandler(get_wsgi_application()))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join()
        connections.close_all()


@dataclass
class Visit:
    """A page in the browser, and what the browser complained of while it was shown."""

    page: Any
    site: str
    said: list[str]

    def go(self, path: str) -> Any:
        """Open a path of the site."""
        return self.page.goto(self.site + path)

    def settle(self) -> None:
        """Wait until the page and its charts are drawn."""
        self.page.wait_for_load_state()
        self.page.wait_for_function("!document.querySelector('[data-chart][hidden]')")

    def picture(self, name: str, *, whole: bool = True) -> None:
        """Keep a picture when ``LINLI_PICTURES`` names a folder."""
        if folder := os.environ.get("LINLI_PICTURES"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=whole)

    def faults(self) -> list[str]:
        """What axe finds against WCAG 2.2 A and AA, as sentences."""
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
        return [
            f"{fault['id']}: {fault['help']} — {'; '.join(node['html'][:160] for node in fault['nodes'][:3])}"
            for fault in found["violations"]
        ]

    def too_wide(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.fixture
def visit(browser: Any, site: str) -> Iterator[Callable[..., Visit]]:
    """``visit("li", width=360)``: a window in which this member of staff is signed in; without a name nobody is."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from linli.kernel.access.models import Staff
    from linli.kernel.access.rules.sign_in import SEEN, SINCE

    contexts = []

    def open_window(username: str = "", *, size: str = "desktop", javascript: bool = True, large: bool = False) -> Visit:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=javascript, locale="zh-CN", bypass_csp=False
        )  # fmt: skip
        contexts.append(context)
        cookies = [{"name": "linli_type", "value": "large", "url": site}] if large else []
        if username:
            staff = Staff.objects.get(username=username)
            session = SessionStore()
            session[SESSION_KEY] = str(staff.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
            session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
            session[SINCE] = session[SEEN] = int(time.time())
            session.save()
            cookies.append({"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": site})
        context.add_cookies(cookies)
        said: list[str] = []
        context.set_default_timeout(8000)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda fault: said.append(str(fault)))
        return Visit(page, site, said)

    yield open_window
    for context in contexts:
        context.close()
