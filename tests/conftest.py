"""The district of two towns, made once for a file of tests; each test takes back what it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from linli.domains.charity.samples import DAY, Office
from tests.world import make_world, undone


@pytest.fixture(scope="module")
def made_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Office, Office]]:
    with django_db_blocker.unblock(), override_settings(BUSINESS_DAY=DAY.isoformat()), undone():
        yield make_world()


@pytest.fixture
def world(made_world: tuple[Office, Office]) -> Iterator[tuple[Office, Office]]:
    with undone():
        yield made_world
