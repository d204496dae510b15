"""A complaint centre at work in the made-up district; each test takes back what it does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, make_founders, make_staff, one_hash
from linli.kernel.orders.samples import COMMUNITY, DAY, Centre, make_centre
from linli.kernel.orders.tests.conftest import undone
from linli.kernel.registry.samples import make_areas


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker) -> Iterator[Centre]:
    with django_db_blocker.unblock(), override_settings(BUSINESS_DAY=DAY.isoformat()), undone(), one_hash():
        founders = make_founders()
        make_areas(founders[0])
        made = make_centre(founders)
        make_staff("lu", "陆领导", Role.LEADER, DISTRICT, founders=founders)
        make_staff("yan", "颜窗口", Role.COMMUNITY_WORKER, COMMUNITY, founders=founders)
        yield made


@pytest.fixture
def centre(office) -> Iterator[Centre]:
    with undone():
        yield office
