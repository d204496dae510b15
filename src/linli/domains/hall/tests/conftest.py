"""Halls of three levels."""

from __future__ import annotations

import pytest

from linli.domains.hall.samples import DAY, make_halls


@pytest.fixture
def halls(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_halls()
