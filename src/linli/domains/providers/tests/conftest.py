"""A centre with its people in the made-up district, made once for a file of tests; each test takes back what it does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import override_settings

from linli.domains.providers.samples import DAY, Centre, make_centre
from linli.kernel.access.samples import one_hash


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker) -> Iterator[Centre]:
    with django_db_blocker.unblock(), override_settings(BUSINESS_DAY=DAY.isoformat()), undone(), one_hash():
        yield make_centre()


@pytest.fixture
def centre(office) -> Iterator[Centre]:
    with undone():
        yield office
