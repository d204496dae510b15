"""A declared kind of notice, and a listener that remembers what it was told."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps

from linli.kernel.access.rules import Role
from linli.kernel.access.samples import make_staff
from linli.kernel.publicity import queries
from linli.kernel.publicity.samples import SAMPLE_KIND

DAY = date(2010, 12, 10)
HEARD: list = []


def hear(*, by, on, event):
    HEARD.append(event)


@pytest.fixture
def kinds(monkeypatch):
    """The sample kind is declared, and ``hear`` listens to it."""
    config = apps.get_app_config("publicity")
    monkeypatch.setattr(config, "notice_kinds", (SAMPLE_KIND,))
    monkeypatch.setattr(config, "objection_listeners", {SAMPLE_KIND.key: f"{__name__}.hear"}, raising=False)
    _forget()
    yield SAMPLE_KIND
    _forget()


def _forget():
    HEARD.clear()
    queries.notice_kinds.cache_clear()
    queries.objection_listeners.cache_clear()


@pytest.fixture
def heard(kinds):
    return HEARD


@pytest.fixture
def reviewer(db, kinds):
    return make_staff("liu", "刘审核", Role.TOWN_REVIEWER, "370404001000")
