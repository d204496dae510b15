"""Providers and services at home in a browser: every page is accessible and fits, on a phone and on a desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from linli.domains.providers import actions
from linli.domains.providers.models import Contest, Wish
from linli.domains.providers.rules import Contested, Service
from linli.domains.providers.samples import (
    AT,
    DAY,
    NEXT_MONTH,
    WISH,
    make_centre,
    make_clerk,
    make_done,
    make_provider,
    make_resident,
    make_service,
    make_statement,
    make_trial,
    offer_of,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.samples import one_hash
from linli.kernel.registry.queries import clear_number
from tests.browser.sizes import AT_NIGHT

PAGES = {
    "web": ("", "/services/"),
    "web-confirm": ("", "/services/confirm/"),
    "providers": ("ming", "/providers/"),
    "applied": ("fu", "/providers/{applied}/"),
    "provider": ("ming", "/providers/{provider}/"),
    "apply": ("ming", "/providers/new/"),
    "change": ("ming", "/providers/{provider}/change/"),
    "offer": ("ming", "/providers/{provider}/offers/new/"),
    "price": ("ming", "/providers/offers/{offer}/price/"),
    "propose": ("ming", "/providers/{provider}/act/propose/"),
    "suspend": ("fu", "/providers/{provider}/act/suspend/"),
    "offers": ("hu", "/providers/offers/"),
    "order": ("ming", "/providers/services/new/"),
    "services": ("ming", "/providers/services/"),
    "waiting": ("ming", "/providers/services/{waiting}/"),
    "resend": ("ming", "/providers/services/{waiting}/resend/"),
    "done": ("tao", "/providers/services/{done}/"),
    "contest": ("tao", "/providers/services/{later}/contest/"),
    "wishes": ("ming", "/providers/wishes/"),
    "wish": ("ming", "/providers/wishes/{wish}/"),
    "wish-order": ("ming", "/providers/wishes/{wish}/order/"),
    "replies": ("ming", "/providers/replies/"),
    "settlement": ("pan", "/providers/settlement/"),
    "state": ("pan", "/providers/{provider}/state/"),
    "statement": ("pan", "/providers/statements/{statement}/"),
    "rule": ("pan", "/providers/contests/{contest}/"),
}


@pytest.fixture
def work(site: str, settings: Any) -> dict[str, Any]:
    """Two providers on trial, one that has applied, services at several steps, a statement, a contest and a wish."""
    settings.BUSINESS_DAY = NEXT_MONTH.isoformat()
    with one_hash():
        centre = make_centre()
        provider = make_trial(centre, name="万帮便民服务中心", services=(Service.MEALS, Service.CLEANING))
        clerk = make_clerk(centre, provider)
    make_trial(centre, name="好帮手家政", services=(Service.MEALS,), price=12_00)
    applied = make_provider(centre.operator, name="百利民生社区网络服务中心", services=(Service.OLD,), registrar=centre.worker)
    meals, person = offer_of(provider, Service.MEALS), make_resident(centre.worker, "tekun")
    done = [make_done(centre, meals, AT + timedelta(days=rank), person, clerk) for rank in range(4)]
    actions.contest(by=clerk, on=DAY, service=done[3], ground=Contested.TIME, text="送到的时间记错了，请更正。")
    statement = make_statement(centre, provider)
    later = make_done(centre, meals, AT + timedelta(days=9), person, clerk)
    waiting = make_service(centre.operator, meals, AT + timedelta(days=34), person)
    actions.wish_from_web(
        on=NEXT_MONTH, service=Service.CLEANING, place=centre.worker.area, phone="13806320009", wanted_on=NEXT_MONTH, **WISH
    )
    with scoped(centre.operator):
        ids = {"wish": Wish.objects.get().pk, "contest": Contest.objects.get().pk, "number": clear_number(person)}
    return ids | {
        "provider": provider.pk, "applied": applied.pk, "offer": meals.pk, "done": done[0].pk, "waiting": waiting.pk,
        "statement": statement.pk, "later": later.pk,
    }  # fmt: skip


@pytest.mark.parametrize("size", AT_NIGHT)
def test_every_page_of_providers_and_services_is_accessible_and_fits(visit: Any, work: dict[str, Any], size: str) -> None:
    wrong = []

    def look(window: Any, name: str) -> None:
        window.settle()
        window.picture(f"services-{name}-{size}")
        wrong.extend(f"{name}: {fault}" for fault in window.faults())
        if window.too_wide() > 0:
            wrong.append(f"{name} is {window.too_wide()} px wider than the window")

    for name, (username, path) in PAGES.items():
        window = visit(username, size=size)
        assert window.go(path.format(**work)).status == 200, name
        look(window, name)
    window = visit("ming", size=size)
    window.go("/providers/services/new/")
    window.page.fill("[name=number]", work["number"])
    window.page.select_option("[name=service]", "meals")
    window.page.click("button[value=look]")
    window.page.wait_for_selector("button[value=order]")
    look(window, "choice")
    assert wrong == []
