"""A district with its areas, and staff of two communities of different towns."""

from __future__ import annotations

import pytest

from linli.kernel.access.rules import Role
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.registry.samples import make_areas

FAR = "370404100201"


@pytest.fixture
def district(db):
    founders = make_founders()
    make_areas(founders[0])
    return founders


@pytest.fixture
def worker(district):
    """The worker of 和顺社区, 坛山街道 (370404001001)."""
    return make_staff(founders=district)


@pytest.fixture
def neighbour(district):
    """The worker of a village of another town (370404100201)."""
    return make_staff("qian", "钱社工", area=FAR, founders=district)


@pytest.fixture
def reviewer(district):
    """The reviewer of 坛山街道."""
    return make_staff("sun", "孙审核", role=Role.TOWN_REVIEWER, area="370404001000", founders=district)


@pytest.fixture
def approver(district):
    """The approver of the district."""
    return make_staff("zhou", "周审批", role=Role.DISTRICT_APPROVER, area="370404000000", founders=district)
