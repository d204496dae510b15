"""The sample duties, declared by the package's own manifest as a domain declares its own; staff of two places."""

from __future__ import annotations

import pytest
from django.apps import apps

from linli.kernel.access.rules import Role
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.duties.queries import duties
from linli.kernel.duties.samples import DAY, SAMPLE_DUTIES
from linli.kernel.registry.samples import make_areas


@pytest.fixture
def declare(monkeypatch):
    """Let the manifest declare other duties."""
    for config in apps.get_app_configs():
        monkeypatch.setattr(config, "duties", (), raising=False)

    def put(*wanted):
        monkeypatch.setattr(apps.get_app_config("duties"), "duties", wanted, raising=False)
        duties.cache_clear()

    yield put
    monkeypatch.undo()
    duties.cache_clear()


@pytest.fixture(autouse=True)
def declared(declare, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    declare(*SAMPLE_DUTIES)


@pytest.fixture
def founders(db):
    made = make_founders()
    make_areas(made[0])
    return made


@pytest.fixture
def worker(founders):
    """The worker of 和顺社区, 坛山街道 (370404001001)."""
    return make_staff(founders=founders)


@pytest.fixture
def mate(founders):
    """Another worker of the same community."""
    return make_staff("sun", "孙社工", founders=founders)


@pytest.fixture
def neighbour(founders):
    return make_staff("qian", "钱社工", area="370404100201", founders=founders)


@pytest.fixture
def reviewer(founders):
    return make_staff("zheng", "郑审核", role=Role.TOWN_REVIEWER, area="370404001000", founders=founders)
