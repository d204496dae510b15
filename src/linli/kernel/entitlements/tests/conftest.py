"""The sample programmes, declared as a domain declares its own; a town, its families, and who decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connections

from linli.kernel.access.rules import Actor, Role
from linli.kernel.access.samples import DISTRICT, make_founders, make_staff
from linli.kernel.entitlements.samples import sample_programmes
from linli.kernel.entitlements.tests.town import town_of_all_kinds
from linli.kernel.registry.samples import make_areas

DAY = date(2010, 11, 25)


@dataclass(frozen=True)
class Office:
    """Who acts: in the community, the town, the district, and with the money."""

    worker: Actor
    reviewer: Actor
    approver: Actor
    maker: Actor
    checker: Actor
    neighbour: Actor


@pytest.fixture(autouse=True)
def declared(settings):
    settings.BUSINESS_DAY = "2010-12-05"
    with sample_programmes():
        yield


def make_office() -> Office:
    founders = make_founders()
    make_areas(founders[0])
    posts = {
        "worker": ("li", "李社工", Role.COMMUNITY_WORKER, "370404001001"),
        "reviewer": ("zhao", "赵审核", Role.TOWN_REVIEWER, "370404001000"),
        "approver": ("zhou", "周审批", Role.DISTRICT_APPROVER, DISTRICT),
        "maker": ("qian", "钱会计", Role.FINANCE_MAKER, DISTRICT),
        "checker": ("sun", "孙复核", Role.FINANCE_CHECKER, DISTRICT),
        "neighbour": ("li2", "刘社工", Role.COMMUNITY_WORKER, "370404100201"),
    }
    return Office(**{
        key: make_staff(username, name, role, area, founders=founders) for key, (username, name, role, area) in posts.items()
    })  # fmt: skip


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def town(office):
    town_of_all_kinds(office)
    return office


@pytest.fixture
def apart(fresh_database, django_db_blocker, declared):
    """A town in a database of its own: what is committed is seen by every connection."""
    with django_db_blocker.unblock():
        office = make_office()
        town_of_all_kinds(office)
        yield office
        connections.close_all()
