"""A centre with a community, whose public pages write through the public's own connection."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.kernel.access.samples import make_founders
from linli.kernel.orders.samples import DAY, make_centre
from linli.kernel.registry.samples import make_areas


@pytest.fixture
def centre(fresh_database, django_db_blocker, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    with django_db_blocker.unblock():
        founders = make_founders()
        make_areas(founders[0])
        yield make_centre(founders)


@pytest.fixture
def resident():
    return Client(HTTP_HOST="127.0.0.1")
