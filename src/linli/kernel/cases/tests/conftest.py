"""An office of three levels, a person who applies, and the sample flow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from linli.kernel.access.rules import Actor, Role
from linli.kernel.access.samples import FIRST_DAY, make_founders, make_staff
from linli.kernel.cases.samples import sample_flows
from linli.kernel.registry.actions import found_area
from linli.kernel.registry.samples import make_person

DAY = date(2010, 12, 1)
COMMUNITY, OTHER_COMMUNITY, TOWN, DISTRICT = "370404001001", "370404002001", "370404001000", "370404000000"
AREAS = (
    (DISTRICT, "峄城区", "district"), (TOWN, "坛山街道", "street"), (COMMUNITY, "和顺社区", "community"),
    ("370404002000", "吴林街道", "street"), (OTHER_COMMUNITY, "安泰社区", "community"),
)  # fmt: skip


@dataclass
class Office:
    """Who works here, and about whom."""

    worker: Actor
    second_worker: Actor
    reviewer: Actor
    approver: Actor
    second_approver: Actor
    elsewhere: Actor
    auditor: Actor
    person: int


def make_office() -> Office:
    founders = make_founders()
    for code, name, kind in AREAS:
        found_area(by=founders[0], on=FIRST_DAY, code=code, name=name, kind=kind, since=FIRST_DAY)
    words = {"founders": founders}
    return Office(
        worker=make_staff("li", "李社工", Role.COMMUNITY_WORKER, COMMUNITY, **words),
        second_worker=make_staff("chen", "陈社工", Role.COMMUNITY_WORKER, COMMUNITY, **words),
        reviewer=make_staff("sun", "孙审核", Role.TOWN_REVIEWER, TOWN, **words),
        approver=make_staff("wang", "王科长", Role.DISTRICT_APPROVER, DISTRICT, **words),
        second_approver=make_staff("zhao", "赵科长", Role.DISTRICT_APPROVER, DISTRICT, **words),
        elsewhere=make_staff("zhou", "外区小周", Role.COMMUNITY_WORKER, OTHER_COMMUNITY, **words),
        auditor=make_staff("shen", "沈审计", Role.AUDITOR, DISTRICT, **words),
        person=0,
    )


@pytest.fixture
def flows():
    with sample_flows():
        yield


@pytest.fixture
def office(db, flows) -> Office:
    return staffed()


def staffed() -> Office:
    office = make_office()
    office.person = make_person(by=office.worker).pk
    return office
