"""Asking on the web and messages to many, in a browser: every page is accessible and fits; a request goes its way."""

from __future__ import annotations

from typing import Any

import pytest

from linli.domains.broadcast.samples import deliver_all, make_message, make_receiver
from linli.domains.intake.samples import PHONE, make_client, make_post, receive_all
from linli.kernel.access.actions import scoped
from linli.kernel.access.samples import make_founders
from linli.kernel.orders.models import Order
from linli.kernel.orders.samples import AT, DAY, HOUR, make_centre
from linli.kernel.registry.samples import make_areas
from tests.browser.sizes import AT_NIGHT

PAGES = {
    "ask": ("", "/ask/"), "progress": ("", "/ask/progress/"), "posts": ("ming", "/intake/posts/"),
    "order": ("ming", "/hotline/orders/{order}/"), "clients": ("sys", "/intake/clients/"),
    "client": ("sys", "/intake/clients/{client}/"), "new-client": ("sys", "/intake/clients/new/"),
    "messages": ("fu", "/broadcast/"), "message": ("fu", "/broadcast/{message}/"), "new-message": ("fu", "/broadcast/new/"),
    "receivers": ("fu", "/broadcast/receivers/"), "receiver": ("fu", "/broadcast/receivers/{receiver}/"),
    "new-receiver": ("fu", "/broadcast/receivers/new/"), "mine": ("hu", "/broadcast/mine/"),
}  # fmt: skip


@pytest.fixture
def work(site: str, settings: Any) -> dict[str, Any]:
    """A centre with a request that was taken in, one that waits, a key, a receiver and a message that went out."""
    from linli.domains.broadcast.actions import send

    settings.BUSINESS_DAY = DAY.isoformat()
    founders = make_founders()
    make_areas(founders[0])
    centre = make_centre(founders)
    sent = make_post(AT)
    receive_all(AT)
    make_post(AT, text="井盖没有了，晚上看不见。")
    receiver = make_receiver(centre.chief, DAY, centre.worker, 1)
    message = make_message(centre.chief, DAY)
    send(by=centre.chief, on=DAY, at=AT, message=message)
    deliver_all(AT + HOUR, centre.chief.area)
    with scoped(centre.chief):
        order = Order.objects.get(number=sent.number)
    return {"order": order.pk, "client": make_client(founders[0], DAY)[0].pk, "message": message.pk, "receiver": receiver.pk,
            "number": sent.number}  # fmt: skip


def looked_at(window: Any, name: str, size: str) -> list[str]:
    window.settle()
    window.picture(f"intake-{name}-{size}")
    wrong = [f"{name}: {fault}" for fault in window.faults()]
    return wrong + ([f"{name} is {window.too_wide()} px wider than the window"] if window.too_wide() > 0 else [])


@pytest.mark.parametrize("size", AT_NIGHT)
def test_every_page_of_intake_and_messages_is_accessible_and_fits(visit: Any, work: dict[str, Any], size: str) -> None:
    wrong = []
    for name, (username, path) in PAGES.items():
        window = visit(username, size=size)
        assert window.go(path.format(**work)).status == 200, name
        wrong += looked_at(window, name, size)
    assert wrong == []


@pytest.mark.parametrize("size", AT_NIGHT)
def test_a_resident_asks_by_touch_and_follows_it(visit: Any, work: dict[str, Any], size: str) -> None:
    """Three steps, a mistake in the last, the number, and the way of it."""
    window = visit(size=size)
    window.go("/ask/")
    page, wrong = window.page, []
    page.get_by_text("路灯不亮").click()
    page.get_by_label("请把情况说一说").fill("楼道的灯坏了三天。")
    page.get_by_role("button", name="下一步").click()
    wrong += looked_at(window, "ask-where", size)
    page.get_by_label("在哪个村（社区）").select_option(index=1)
    page.get_by_role("button", name="下一步").click()
    wrong += looked_at(window, "ask-who", size)
    page.get_by_role("button", name="提交").click()
    wrong += looked_at(window, "ask-faults", size)
    page.get_by_label("您的姓名").fill("田晓光")
    page.get_by_label("您的电话").fill(PHONE)
    page.get_by_label("我同意").check()
    page.get_by_role("button", name="提交").click()
    wrong += looked_at(window, "ask-sent", size)
    number = page.locator(".big").first.inner_text()
    page.get_by_role("link", name="查询进度").click()
    page.get_by_label("工单号").fill(number)
    page.get_by_label("电话或查询码").fill(PHONE)
    page.get_by_role("button", name="查询").click()
    wrong += looked_at(window, "ask-progress", size)
    assert wrong == [] and "已收到，等待分派" in page.content()
