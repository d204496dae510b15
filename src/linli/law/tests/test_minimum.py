"""Poor families judged by the law of the day, from tables that a civil servant can read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from linli.base.dated import NoValue
from linli.base.reasons import Outcome
from linli.law import BadFacts, Flow, Item, Recognised, Zone, all_values, decide
from linli.law.tests.families import household_of, table

FAMILIES = table("minimum")
SAID = {
    Recognised.DIBAO: "低保", Recognised.EDGE: "边缘", Recognised.RIGID: "刚性", Recognised.NOTHING: "不符合",
}  # fmt: skip
KNOWN = all_values()
POOR = household_of(FAMILIES[0])


def decided(home):
    return decide(home, KNOWN, on=home.applied)


@pytest.mark.parametrize("row", FAMILIES, ids=[row["name"] for row in FAMILIES])
def test_the_table_of_families(row):
    found = decided(household_of(row))
    assert SAID[found.recognised] == row["say"]
    assert found.outcome.amount == round(row["amount"] * 100)
    assert {reason.code for reason in found.outcome.reasons} == set(row["codes"])
    assert found.outcome.granted == (row["say"] != "不符合")


@pytest.mark.parametrize("row", FAMILIES, ids=[row["name"] for row in FAMILIES])
def test_each_decision_is_told_in_chinese_with_numbers_articles_and_doubts(row):
    found = decided(household_of(row))
    assert all(reason.zh and reason.article for reason in found.outcome.reasons)
    sheet = found.sheet()
    assert all(len(line) <= 50 for line in sheet), max(sheet, key=len)
    text = "".join(line.strip() for line in sheet)
    assert found.result.replace(" ", "") in text.replace(" ", "")
    uncertain = [value for value in found.outcome.values if value.certainty != "S"]
    assert bool(uncertain) == ("尚待核对的依据" in text)
    assert Outcome.from_json(found.outcome.to_json()) == found.outcome


def test_the_sheet_puts_the_numbers_into_the_formula():
    text = "".join(line.strip() for line in decided(POOR).sheet())
    assert "（1,245.00元－约266.67元）×3人" in text
    assert "9,600.00元÷12个月÷3人" in text


def test_an_old_decision_names_the_old_law_and_not_todays():
    old = next(household_of(row) for row in FAMILIES if row["name"].startswith("2010年城市：夫妻"))
    sources = {value.document for value in decided(old).outcome.values}
    assert not any("2021" in one or "社会救助法" in one for one in sources)
    assert any("城市居民最低生活保障条例" in one for one in sources)


def test_a_place_without_a_standard_on_the_day_is_refused_with_words():
    elsewhere = replace(POOR, area="510104001001")
    with pytest.raises(NoValue, match=r"dibao\.standard\.urban.*510104001001.*补录依据"):
        decided(elsewhere)
    with pytest.raises(NoValue, match="2009-12-31"):
        decide(replace(POOR, area="370404001001"), KNOWN, on=date(2009, 12, 31))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda h: replace(h, members=()), "没有家庭成员"),
        (lambda h: replace(h, members=h.members[1:]), "申请人（本人或户主）应恰好一人"),
        (lambda h: replace(h, members=(h.members[0], *h.members)), "申请人（本人或户主）应恰好一人"),
        (lambda h: with_member(h, 0, born=date(2010, 1, 1)), "未满18周岁"),
        (lambda h: with_member(h, 1, died=date(2021, 8, 1)), "去世，早于申请日期"),
        (lambda h: with_member(h, 1, consented=False), "没有授权经济状况核对"),
        (lambda h: with_member(h, 1, level=2), "残疾类别和等级应同时填写"),
        (lambda h: with_member(h, 2, born=date(2022, 1, 1)), "出生日期晚于申请日期"),
        (lambda h: with_member(with_member(h, 1, number="x"), 2, number="x"), "是同一个人"),
        (lambda h: replace(h, flows=(Flow(Item.WAGE, 0, 100, None, None),)), "没有写明属于哪几个月"),
        (lambda h: replace(h, flows=(Flow(Item.WAGE, 0, 100, date(2021, 8, 1), date(2021, 1, 1)),)), "截止月份早于开始月份"),
        (lambda h: replace(h, flows=(Flow(Item.WAGE, 9, 100, date(2021, 1, 1), date(2021, 8, 1)),)), "没有对应的家庭成员"),
        (lambda h: replace(h, flows=(Flow(Item.WAGE, 0, -1, date(2021, 1, 1), date(2021, 8, 1)),)), "0元至一亿元"),
        (lambda h: replace(h, flows=(Flow(Item.HOUSE, 0, 1, date(2021, 1, 1), date(2021, 8, 1)),)), "是财产"),
        (lambda h: replace(h, new_job=date(2022, 1, 1)), "就业日期晚于核定日期"),
    ],
)
def test_contradictory_facts_are_refused_with_words(change, words):
    with pytest.raises(BadFacts, match=words):
        decided(change(POOR))


def with_member(home, place, **facts):
    members = list(home.members)
    members[place] = replace(members[place], **facts)
    return replace(home, members=tuple(members))


def test_all_faults_are_told_at_once():
    with pytest.raises(BadFacts) as found:
        decided(with_member(with_member(POOR, 1, consented=False), 2, level=9))
    assert "授权" in str(found.value) and "残疾" in str(found.value)


def test_town_and_country_have_standards_of_their_own():
    urban = replace(POOR, area="370102001001", applied=date(2021, 6, 1), flows=())
    assert decided(urban).outcome.amount == 3 * 74000
    assert decided(replace(urban, zone=Zone.RURAL)).outcome.amount == 3 * 49400


@pytest.mark.parametrize("row", [row for row in FAMILIES if row["say"] != "不符合"], ids=lambda row: row["name"])
def test_a_grant_begins_with_what_it_rests_on(row):
    """A family that is helped does not read first why it is not helped otherwise."""
    first = decided(household_of(row)).outcome.reasons[0]
    assert first.code in {"below_line", "alone", "taper", "as_edge", "as_rigid"}


def test_a_grant_by_taper_says_from_which_month_and_for_how_many():
    row = next(row for row in FAMILIES if "taper" in row["codes"])
    first, job = decided(household_of(row)).outcome.reasons[0], row["new_job"]
    assert first.code == "taper" and "渐退" in first.zh and f"自{job:%Y年%-m月}起至多6个月" in first.zh
    assert "83号" in first.article or "57号" in first.article
