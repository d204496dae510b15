"""A hotline at work in the made-up district; each test takes back what it does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from linli.kernel.access.samples import make_founders, one_hash
from linli.kernel.orders.samples import DAY, make_centre
from linli.kernel.orders.tests.conftest import undone
from linli.kernel.registry.samples import make_areas


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker) -> Iterator[object]:
    with django_db_blocker.unblock(), override_settings(BUSINESS_DAY=DAY.isoformat()), undone(), one_hash():
        founders = make_founders()
        make_areas(founders[0])
        yield make_centre(founders)


@pytest.fixture
def centre(office) -> Iterator[object]:
    with undone():
        yield office
