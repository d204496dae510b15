"""A district with two approvers, and two values that it may set."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.apps import apps

from linli.base.areas import scope_of
from linli.base.dated import Parameters, Value
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, make_founders, make_staff
from linli.kernel.registry.samples import make_areas
from linli.kernel.standards import queries
from linli.kernel.standards.rules import Group, Key

OTHER = "370405000000"
YEARLY, OF_YEAR = "sample.yearly", "sample.yearly_months"
URBAN, SHARE, MONTHS = "sample.standard", "sample.share", "sample.months"
HERE = "linli.kernel.standards.tests.conftest"
OWN = Parameters([
    Value(URBAN, date(2010, 1, 1), date(2012, 12, 31), "370404", 17_800, "fen", "工作报告", "", "s"),
    Value(SHARE, date(2010, 1, 1), None, "", 0, "fen", "全国规定", "", "M"),
    Value(MONTHS, date(2010, 1, 1), None, "", 1, "count", "全国规定", "", "S"),
    Value(YEARLY, date(2010, 1, 1), date(2012, 12, 31), "370404", 90_000, "fen", "工作报告", "", "s"),
    Value(YEARLY, date(2019, 1, 1), None, "370404", 39_000, "fen", "后来的文件", "", "s"),
    Value(OF_YEAR, date(2010, 1, 1), None, "", 1, "count", "全国规定", "", "S"),
    Value(OF_YEAR, date(2010, 1, 1), date(2012, 12, 31), "370404", 12, "count", "工作报告", "", "s"),
])  # fmt: skip


def own_law() -> Parameters:
    return OWN


GROUP = Group("样例标准", (
    Key(URBAN, "样例标准", "fen", least=1, period=MONTHS), Key(SHARE, "样例比例", "ratio"),
    Key(MONTHS, "样例月数", "count", only=(1, 12)),
    Key(YEARLY, "按年样例", "fen", least=1, period=OF_YEAR), Key(OF_YEAR, "按年样例的月数", "count", only=(1, 12)),
), f"{HERE}.own_law")  # fmt: skip


@pytest.fixture
def declared(monkeypatch):
    for config in apps.get_app_configs():
        monkeypatch.setattr(config, "standard_keys", (), raising=False)
    monkeypatch.setattr(apps.get_app_config("standards"), "standard_keys", (GROUP,), raising=False)
    queries.forget()
    yield
    monkeypatch.undo()
    queries.forget()


@pytest.fixture
def office(db, declared, settings):
    """Two approvers of the district, and somebody of a town."""
    settings.BUSINESS_DAY = "2010-12-20"
    return make_office()


def make_office():
    founders = make_founders()
    make_areas(founders[0])
    words, beyond = {"founders": founders}, tuple(replace(one, area=OTHER, scope=scope_of(OTHER)) for one in founders)
    return {
        "wang": make_staff("wang", "王审批", Role.DISTRICT_APPROVER, DISTRICT, **words),
        "fu": make_staff("fu", "傅审批", Role.DISTRICT_APPROVER, DISTRICT, **words),
        "zhao": make_staff("zhao", "郑审核", Role.TOWN_REVIEWER, "370404001000", **words),
        "other": make_staff("other", "外区审批", Role.DISTRICT_APPROVER, OTHER, founders=beyond),
    }
