"""The law that a programme's page names is the law of the month that it shows."""

from __future__ import annotations

from datetime import date

import pytest

from linli.domains.assistance.rules.programmes import DIBAO, TEKUN


@pytest.mark.parametrize(("programme", "day", "said"), [
    (DIBAO, date(2005, 6, 1), "城市居民最低生活保障条例（国务院令第271号）"),
    (DIBAO, date(2010, 12, 1), "国发〔2007〕19号"),
    (DIBAO, date(2013, 1, 1), "民发〔2012〕220号"),
    (DIBAO, date(2014, 4, 30), "民发〔2012〕220号"),
    (DIBAO, date(2014, 5, 1), "国务院令第649号"),
    (DIBAO, date(2021, 7, 1), "民发〔2021〕57号"),
    (DIBAO, date(2026, 6, 30), "社会救助暂行办法"),
    (DIBAO, date(2026, 7, 1), "社会救助法 §18"),
    (TEKUN, date(2010, 12, 1), "农村五保供养工作条例（国务院令第456号）"),
    (TEKUN, date(2020, 1, 1), "特困人员认定办法"),
    (TEKUN, date(2026, 7, 1), "社会救助法 §17"),
])  # fmt: skip
def test_a_month_names_the_law_of_its_day(programme, day, said):
    assert said in programme.basis_on(day)
    assert ("社会救助法" in programme.basis_on(day)) == (day >= date(2026, 7, 1))
