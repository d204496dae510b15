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
WATCHED: list = []


def hear(*, by, on, event):
    HEARD.append(event)


def watch(*, by, on, event):
    WATCHED.append(event)


@pytest.fixture
def kinds(monkeypatch):
    """The sample kind is declared, and ``hear`` listens to it."""
    config = apps.get_app_config("publicity")
    monkeypatch.setattr(config, "notice_kinds", (SAMPLE_KIND,))
    for what in ("objection_listeners", "notice_listeners"):
        monkeypatch.setattr(config, what, {SAMPLE_KIND.key: f"{__name__}.{'hear' if what[0] == 'o' else 'watch'}"})
    _forget()
    yield SAMPLE_KIND
    _forget()


def _forget():
    HEARD.clear()
    WATCHED.clear()
    queries.notice_kinds.cache_clear()
    queries.listeners.cache_clear()


@pytest.fixture
def heard(kinds):
    return HEARD


@pytest.fixture
def watched(kinds):
    return WATCHED


@pytest.fixture
def reviewer(db, kinds):
    return make_staff("liu", "刘审核", Role.TOWN_REVIEWER, "370404001000")
