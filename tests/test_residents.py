"""Residents begin on one page, without an account, and come back to it from everywhere."""

from __future__ import annotations

import re
from collections import deque

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.test_doors import ROUTES

FIRST = "/residents/"
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#?]*)')
pytestmark = pytest.mark.django_db(databases=["default", "public"])
NOT_PAGES = {"intake:openapi"}
"""Public doors for programs."""


@pytest.fixture
def stranger() -> Client:
    return Client(HTTP_HOST="127.0.0.1")


def test_the_first_page_says_whom_to_call_and_offers_what_the_packages_offer(stranger):
    page = stranger.get(FIRST).content.decode()
    assert f'href="tel:{settings.HOTLINE_NUMBER}"' in page and 'href="tel:120"' in page
    for zh in (
        "办事指南", "预约办事", "查询预约", "办理进度", "申请社会救助", "救助申请进度", "网上求助", "求助进度", "居家服务",
        "投诉和信访", "公示公开", "善款查询",
    ):  # fmt: skip
        assert f"<strong>{zh}</strong>" in page
    assert reverse("access:sign_in") in page


def test_whoever_comes_to_the_sign_in_page_by_mistake_is_shown_the_way(stranger):
    assert f'href="{FIRST}"' in stranger.get("/", follow=True).content.decode()


def test_every_public_page_without_a_number_in_its_address_is_reached_from_the_first_and_leads_back(stranger):
    seen, waiting = {FIRST}, deque([FIRST])
    while waiting:
        answer = stranger.get(waiting.popleft())
        assert answer.status_code == 200
        page = answer.content.decode()
        assert f'class="brand" href="{FIRST}"' in page, answer.request["PATH_INFO"]
        for link in LINK.findall(page):
            if link not in seen and not link.startswith(("/static/", "/sign-in/")):
                seen.add(link)
                waiting.append(link)
    plain = {f"/{route}" for route, view in ROUTES if view.callback.door.public and "<" not in route}
    missing = plain - seen - {reverse(name) for name in NOT_PAGES}
    assert [address for address in missing if stranger.get(address).status_code != 405] == []  # 405: a press, not a page
