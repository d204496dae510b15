"""What needs no database: the notice of a step, the lot of visits, numbers as residents type them."""

from __future__ import annotations

import pytest

from linli.domains.assistance.rules import FLOWS, lot, posted_as
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
