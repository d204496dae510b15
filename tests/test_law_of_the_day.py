"""What is printed under a decision is the law of its day: no letter, notice or programme names a younger one."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from django.apps import apps

from linli.kernel.cases.rules import Flow
from linli.kernel.entitlements.rules import Programme
from linli.kernel.publicity.rules import NoticeKind
from linli.law.words import REMEDY

PACKAGES = ("assistance", "relief", "disability")
DAYS = (date(2010, 12, 20), date(2013, 3, 1), date(2019, 6, 3), date(2022, 3, 1), date(2026, 8, 3))
FORCE: dict[str, date] = {
    "民发〔2012〕220号": date(2012, 12, 12), "第649号": date(2014, 5, 1), "国发〔2014〕47号": date(2014, 10, 3),
    "国发〔2015〕52号": date(2016, 1, 1), "民发〔2018〕23号": date(2018, 1, 23), "民发〔2021〕57号": date(2021, 7, 1),
    "社会救助法": date(2026, 7, 1),
}  # fmt: skip
CEASED: dict[str, date] = {"第271号": date(2014, 5, 1), "220号": date(2021, 7, 1), "第649号": date(2026, 7, 1)}
BEGINS: dict[str, date] = {
    "assistance.aid2012": date(2012, 12, 12), "assistance.aid": date(2021, 7, 1), "assistance.second": date(2012, 12, 12),
    "assistance.town2021": date(2021, 7, 1), "assistance.town": date(2022, 10, 20),
    "disability.aid": date(2016, 1, 1), "disabled_living": date(2016, 1, 1), "disabled_care": date(2016, 1, 1),
}  # fmt: skip
ENDED: dict[str, date] = {
    "assistance.aid2010": date(2012, 12, 12), "assistance.first": date(2012, 12, 12), "assistance.aid2012": date(2021, 7, 1),
    "assistance.second": date(2021, 7, 1),
}  # fmt: skip


def declared() -> list[Flow | Programme | NoticeKind]:
    manifests = [apps.get_app_config(label) for label in PACKAGES]
    return [one for each in manifests for name in ("flows", "programmes", "notice_kinds") for one in getattr(each, name, ())]


def said(one: Flow | Programme | NoticeKind, day: date) -> str:
    if isinstance(one, NoticeKind):
        return "；".join((one.law_on(day), *(field.law_on(day) for field in one.fields)))
    return one.basis_on(day)


CASES = [pytest.param(one, day, id=f"{one.key}-{day}") for one, day in product(declared(), DAYS)]


@pytest.mark.parametrize(("one", "day"), CASES)
def test_no_text_names_a_law_of_another_day(one, day):
    if day < BEGINS.get(one.key, day) or day >= ENDED.get(one.key, date.max):
        pytest.skip("no case of this kind on this day")
    text = said(one, day)
    assert text
    assert not [law for law, since in FORCE.items() if law in text and day < since], text
    assert not [law for law, until in CEASED.items() if law in text and day >= until], text


def test_the_time_for_the_court_was_three_months_until_the_law_of_2015():
    flows = {one.key: one for one in declared() if isinstance(one, Flow)}
    verify = flows["assistance.verify"]
    assert "3个月" in verify.remedy_on(date(2010, 12, 20)) and "3个月" in verify.remedy_on(date(2015, 4, 30))
    assert verify.remedy_on(date(2015, 5, 1)) == verify.remedy_on(date(2026, 8, 3)) == REMEDY
    assert "6个月" in REMEDY
