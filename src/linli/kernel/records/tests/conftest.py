"""The sample books, declared by the package's own manifest as a domain declares its own; staff of two places."""

from __future__ import annotations

import pytest
from django.apps import apps

from linli.kernel.access.rules import Role
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.imports.queries import import_kinds
from linli.kernel.records.queries import books
from linli.kernel.records.samples import DAY, SAMPLE_BOOKS
from linli.kernel.registry.samples import make_areas


def clear():
    for kept in (books, import_kinds):
        kept.cache_clear()


@pytest.fixture
def declare(monkeypatch):
    """Let the manifest declare other books, and no other package any."""
    for config in apps.get_app_configs():
        monkeypatch.setattr(config, "books", (), raising=False)

    def put(*wanted):
        monkeypatch.setattr(apps.get_app_config("records"), "books", wanted, raising=False)
        clear()

    yield put
    monkeypatch.undo()
    clear()


@pytest.fixture(autouse=True)
def declared(declare, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    declare(*SAMPLE_BOOKS)


@pytest.fixture
def founders(db):
    made = make_founders()
    make_areas(made[0])
    return made


@pytest.fixture
def worker(founders):
    """The worker of 和顺社区, 坛山街道."""
    return make_staff(founders=founders)


@pytest.fixture
def neighbour(founders):
    """The worker of a village of another town."""
    return make_staff("qian", "钱社工", area="370404100201", founders=founders)


@pytest.fixture
def approver(founders):
    return make_staff("zhou", "周审批", role=Role.DISTRICT_APPROVER, area="370404000000", founders=founders)
