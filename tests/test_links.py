"""Nobody is led before a closed door: each link on each page opens for the one who sees it."""

from __future__ import annotations

from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import pytest
from django.apps import apps
from django.test import Client
from django.urls import Resolver404, ResolverMatch, resolve
from lxml import html

from linli.kernel.duties.samples import SAMPLE_DUTIES
from linli.kernel.records.samples import SAMPLE_BOOKS
from tests.full_world import LATER, make_full_world
from tests.test_boundaries import forget
from tests.test_doors import signed_in

USERS = ("li", "zhao", "branch1", "cash1", "wang", "zhou", "qian", "sun", "shen", "qin", "sys", "sec", "wei")
OF_EACH = (pytest.param(1, id="one"), pytest.param(3, id="several", marks=pytest.mark.nightly))
"""How many pages of one route a user opens: a link may depend on the state of the row, so at night it is several."""


@pytest.fixture
def world(db, settings, monkeypatch):
    settings.BUSINESS_DAY = LATER.isoformat()
    monkeypatch.setattr(apps.get_app_config("records"), "books", SAMPLE_BOOKS, raising=False)
    monkeypatch.setattr(apps.get_app_config("duties"), "duties", SAMPLE_DUTIES, raising=False)
    forget()
    yield make_full_world()
    forget()


def links_of(client: Client, address: str) -> tuple[int, list[str]]:
    """The answer's status, and where the page leads within the house."""
    answer = client.get(address)
    if answer.status_code != 200 or "text/html" not in answer["content-type"] or answer.streaming:
        return answer.status_code, []
    page = html.fromstring(answer.content)
    found = [urljoin(address, href) for href in page.xpath("//a/@href") if not href.startswith(("#", "mailto:", "tel:"))]
    return 200, [link for link in found if not urlsplit(link).netloc]


def _is_public(found: ResolverMatch) -> bool:
    """A page of the public role reads by its own connection, which sees nothing of a test's open transaction."""
    return bool(getattr(getattr(found.func, "door", None), "public", False))


def walk(client: Client, most: int) -> tuple[list[str], int]:
    """Every link that leads nowhere, with the page that shows it; and how many pages were opened."""
    closed: list[str] = []
    opened: Counter[str] = Counter()
    seen, waiting = {"/"}, deque([("/", "")])
    while waiting:
        address, shown_on = waiting.popleft()
        try:
            found = resolve(urlsplit(address).path)
        except Resolver404:
            closed.append(f"{shown_on} → {address}: no such page")
            continue
        if opened[found.route] >= most or _is_public(found):
            continue
        opened[found.route] += 1
        status, links = links_of(client, address)
        if status not in (200, 302):
            closed.append(f"{shown_on} → {address}: {status}")
        for link in links:
            path = link.split("#")[0]
            if path not in seen and "/static/" not in path:
                seen.add(path)
                waiting.append((path, address))
    return closed, sum(opened.values())


@pytest.mark.parametrize("most", OF_EACH)
def test_every_link_that_a_role_is_shown_opens_for_it(world, most):
    closed = []
    for username in USERS:
        faults, opened = walk(signed_in(username), most)
        assert opened > 5, username
        closed += [f"{username}: {fault}" for fault in faults]
    assert not closed, "\n".join(closed)
