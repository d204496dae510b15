"""What needs no database: the notice of a step, the lot of visits, numbers as residents type them."""

from __future__ import annotations

from datetime import date

import pytest

from linli.domains.assistance.rules import FLOWS, lot, posted_as
from linli.domains.assistance.rules.basis import decided_by, posted_by
from linli.domains.assistance.rules.notices import EDGE, FIRST, NOTICE, SECOND
from linli.domains.assistance.rules.wishes import case_numbers, counted, wish_number


@pytest.mark.parametrize(
    ("step", "amount", "kind"),
    [
        ("first", 0, FIRST), ("first", 300_00, FIRST), ("notice", 300_00, NOTICE), ("notice", 0, EDGE), ("second", 1, SECOND),
        ("second", 0, EDGE),
    ],
)  # fmt: skip
def test_who_gets_no_money_is_posted_without_an_amount(step, amount, kind):
    assert posted_as(step, amount) is kind


FIVE, BUREAU_2021 = "农村五保供养工作条例（国务院令第456号）", "最低生活保障审核确认办法（民发〔2021〕57号）"
OF_2010 = "城市居民最低生活保障条例（国务院令第271号）、国发〔2007〕19号（农村）、峄城区低保规范化管理办法"
VERIFYING = "社会救助法§46、§48、最低生活保障审核确认办法（民发〔2021〕57号）§31—§32"


@pytest.mark.parametrize(
    ("programmes", "on", "documents"),
    [
        ({"tekun"}, date(2011, 1, 5), FIVE), ({"tekun"}, date(2014, 5, 1), "社会救助暂行办法（国务院令第649号）"),
        ({"tekun"}, date(2026, 8, 3), "社会救助法、特困人员认定办法（2021年）"),
        ({"dibao"}, date(2011, 1, 5), OF_2010), ({"dibao", "edge"}, date(2026, 8, 3), f"社会救助法、{BUREAU_2021}"),
        ({"rigid"}, date(2025, 3, 3), "刚性支出困难家庭认定办法"),
        ({"dibao", "edge", "rigid"}, date(2026, 8, 3), f"社会救助法、{BUREAU_2021}、刚性支出困难家庭认定办法"),
        ({"dibao", "edge", "rigid"}, date(2013, 3, 4), "最低生活保障审核审批办法（试行）（民发〔2012〕220号）"),
    ],
)  # fmt: skip
def test_a_letter_names_the_documents_of_what_it_is_about(programmes, on, documents):
    assert decided_by(programmes, on) == documents


def test_a_verification_names_its_articles_and_no_document_twice():
    assert decided_by({"dibao"}, date(2026, 8, 3), VERIFYING) == VERIFYING
    assert decided_by({"tekun"}, date(2026, 8, 3), VERIFYING) == f"特困人员认定办法（2021年）、{VERIFYING}"


@pytest.mark.parametrize(
    ("programmes", "on", "law"),
    [
        ({"tekun"}, date(2026, 8, 3), "特困人员认定办法（2021年） §15"), ({"tekun"}, date(2010, 12, 20), FIVE),
        ({"dibao", "tekun"}, date(2026, 8, 3), "民发〔2021〕57号 §19；特困人员认定办法（2021年） §15"),
        ({"rigid"}, date(2026, 8, 3), "刚性支出困难家庭认定办法"), ({"edge"}, date(2026, 8, 3), "民发〔2021〕57号 §19"),
        ({"dibao"}, date(2010, 12, 20), "峄城区低保规范化管理办法（两公布）"),
    ],
)  # fmt: skip
def test_a_notice_names_the_articles_of_who_stands_in_it(programmes, on, law):
    assert posted_by(programmes, on) == law


OF_THE_TOWN = ("check",)
OF_THE_LAST = ("opening", "check", "survey", "notice")
SECOND_PERSONS = {
    "check": (), "first": OF_THE_TOWN, "survey": OF_THE_TOWN, "notice": OF_THE_TOWN, "county": OF_THE_LAST, "second": OF_THE_LAST,
    "confirm": OF_THE_LAST, "approval": OF_THE_LAST,
}  # fmt: skip
"""Who acted at these steps does not act at that one; where a flow has no such step, it cannot have been."""


@pytest.mark.parametrize("flow", FLOWS, ids=[flow.key for flow in FLOWS])
def test_at_every_step_of_every_order_stands_another_hand(flow):
    """57号 §20, 民发〔2012〕220号: nobody reviews or confirms what they took, checked, surveyed or posted themselves."""
    steps = {step.key for step in flow.steps} | {"opening"}
    found = {step.key: step.second_person_to for step in flow.steps}
    assert found == {key: tuple(one for one in SECOND_PERSONS[key] if one in steps) for key in found}


def test_the_lot_takes_its_share_and_is_the_same_for_everybody_who_asks():
    numbers = [f"峄低保〔2010〕{serial:06d}号" for serial in range(4_000)]
    drawn = {number for number in numbers if lot(number, 0.3)}
    assert 1_080 <= len(drawn) <= 1_320 and drawn == {number for number in numbers if lot(number, 0.3)}
    assert not any(lot(number, 0) for number in numbers) and all(lot(number, 1) for number in numbers)
    assert {number for number in numbers if lot(number, 0.1)} < drawn


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("AB23CD45EF", "AB23CD45EF"), ("ab23 cd45 ef", "AB23CD45EF"), ("ＡＢ２３ＣＤ４５ＥＦ", "AB23CD45EF"), ("AB23CD45E", ""),
        ("AB23CD45EFG", ""), ("AB23CD45E0", ""), ("AB23CD45EI", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_number_of_a_wish_is_read_however_it_is_typed(typed, number):
    assert wish_number(typed) == number


def test_all_ways_of_writing_one_number_are_counted_as_one():
    case = "低保〔2010〕000012号"
    ways = (case, case.removesuffix("号"), "2010000012", "2010 000012", "２０１０（000012）", "特困〔2010〕000012号")
    assert {counted(way) for way in ways} == {"2010000012"}
    assert counted("ab23 cd45 ef") == counted("AB23CD45EF") == "AB23CD45EF"
    assert counted("x") == counted("") == ""
    assert all(set(case_numbers(way)) <= set(case_numbers("2010000012")) for way in ways)
