"""The hall in a browser: every page is accessible and fits, and the counter is walked by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest

from linli.domains.hall import queries
from linli.domains.hall.models import Appointment, Rating, Ticket
from linli.domains.hall.samples import DAY, make_files, make_halls, make_resident
from linli.kernel.access.actions import scoped
from tests.browser.sizes import AT_NIGHT

HERE = "370404001001"
PAGES = {
    "residents": ("", "/residents/"),
    "guide": ("", "/guide/?group=elder"),
    "guide-item": ("", "/guide/FL01/"),
    "guide-papers": ("", "/guide/FL01/papers/"),
    "guide-norms": ("", "/guide/norms/"),
    "progress": ("", "/guide/progress/"),
    "screen": ("", f"/guide/screen/{HERE}/"),
    "counter": ("li", "/hall/counter/"),
    "choose": ("li", "/hall/counter/{person}/"),
    "take": ("li", "/hall/counter/{person}/FL08/"),
    "bundle": ("li", "/hall/counter/{person}/bundles/needy/"),
    "handlings": ("li", "/hall/handlings/"),
    "handling": ("li", "/hall/handlings/{waiting}/"),
    "receipt": ("li", "/hall/handlings/{waiting}/receipt/"),
    "bring": ("li", "/hall/handlings/{waiting}/papers/"),
    "mandate": ("li", "/hall/handlings/{under_way}/mandate/"),
    "grade": ("li", "/hall/handlings/{under_way}/grade/"),
    "queue": ("li", "/hall/queue/"),
    "ticket": ("li", "/hall/queue/{ticket}/"),
    "appointments": ("li", "/hall/appointments/"),
    "appointment": ("li", "/hall/appointments/{appointment}/"),
    "ratings": ("zhao", "/hall/ratings/"),
    "rating": ("zhao", "/hall/ratings/{rating}/"),
    "network": ("zhao", "/hall/network/"),
    "sheet": ("zhao", "/hall/opinions/sheet/"),
    "items": ("wang", "/hall/items/"),
    "item": ("wang", "/hall/items/JZ01/"),
}


@pytest.fixture
def work(site: str, settings: Any) -> dict[str, int]:
    """A community's hall with what waits, what is under way and what was judged."""
    settings.BUSINESS_DAY = DAY.isoformat()
    halls = make_halls()
    waiting, under_way, *_ = make_files(halls, 1)
    person = make_resident(halls.worker)
    with scoped(halls.worker):
        ids = {model.__name__.lower(): model.objects.order_by("pk").first().pk for model in (Ticket, Appointment, Rating)}
    return ids | {"person": person.pk, "waiting": waiting.pk, "under_way": under_way.pk}


@pytest.mark.parametrize("size", AT_NIGHT)
def test_every_page_of_the_hall_is_accessible_and_fits(visit: Any, work: dict[str, int], size: str) -> None:
    wrong = []
    for name, (username, path) in PAGES.items():
        window = visit(username, size=size)
        assert window.go(path.format(**work)).status == 200, name
        window.settle()
        window.picture(f"hall-{name}-{size}")
        wrong += [f"{name}: {fault}" for fault in window.faults()]
        if window.too_wide() > 0:
            wrong.append(f"{name} is {window.too_wide()} px wider than the window")
    assert wrong == []


@pytest.mark.nightly
def test_a_clerk_takes_an_item_by_keyboard_alone(visit: Any, work: dict[str, int]) -> None:
    """Name, Enter; letters, Enter; papers by Tab and Space, Enter: the receipt."""
    window = visit("li")
    window.go("/hall/counter/")
    keys = window.page.keyboard
    keys.type("陈大妈")
    keys.press("Enter")
    window.page.wait_for_url(f"**/hall/counter/{work['person']}/")
    keys.type("cjrzsl")
    keys.press("Enter")
    window.page.wait_for_url("**/FL01/")
    window.page.wait_for_function("document.activeElement.name === 'papers'")
    for _ in range(4):
        keys.press("Space")
        keys.press("Tab")
    keys.press("Enter")  # in the telephone: sends the form
    window.page.wait_for_url("**/receipt/")
    assert "收件单" in window.page.content() and "还需补交" not in window.page.content()
    assert queries.item_on("FL01", DAY) is not None
    window.picture("hall-receipt-keyboard")


@pytest.mark.nightly
def test_the_calling_screen_shows_a_new_number_by_itself(visit: Any, work: dict[str, int]) -> None:
    screen = visit()
    screen.go(f"/guide/screen/{HERE}/")
    clerk = visit("li")
    clerk.go("/hall/queue/")
    clerk.page.get_by_role("button", name="叫下一个").click()
    screen.page.wait_for_selector("text=B001", timeout=15_000)
