"""特困: the three lacks, the six items, and the amounts, by the law of the day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linli.base.dated import NoValue
from linli.law import BadFacts, all_values
from linli.law.support import Bearer
from linli.law.support_words import decide_support
from linli.law.tests.families import fen, household_of, table

KNOWN = all_values()
PEOPLE = table("support")


def decided(row):
    bearers = [Bearer(**{**one, "income": fen(one.get("income", 0))}) for one in row.get("bearers", ())]
    home = household_of(row)
    return decide_support(
        home, bearers, frozenset(row["failed"]), KNOWN, on=home.applied, institution=row.get("institution", False)
    )


@pytest.mark.parametrize("row", PEOPLE, ids=[row["name"] for row in PEOPLE])
def test_the_table_of_people(row):
    found = decided(row)
    assert found.outcome.amount == fen(row["amount"])
    assert {reason.code for reason in found.outcome.reasons} == set(row["codes"])
    text = "".join(line.strip() for line in found.sheet())
    assert found.result in text and all(reason.article for reason in found.outcome.reasons)


def test_each_person_is_judged_alone():
    home = household_of(PEOPLE[0])
    two = replace(home, members=(*home.members, replace(home.members[0], kin="10")))
    with pytest.raises(BadFacts, match="按人认定"):
        decide_support(two, [], frozenset(), KNOWN, on=home.applied)


def test_an_unknown_item_of_self_care_is_refused():
    home = household_of(PEOPLE[0])
    with pytest.raises(BadFacts, match="没有“跑步”这一项"):
        decide_support(home, [], frozenset({"跑步"}), KNOWN, on=home.applied)


def test_no_standard_for_an_institution_in_2010_is_said_and_not_guessed():
    home = household_of(PEOPLE[0])
    with pytest.raises(NoValue, match=r"tekun\.basic\.rural\.institution"):
        decide_support(home, [], frozenset(), KNOWN, on=home.applied, institution=True)


@pytest.mark.parametrize(("failed", "level"), [(0, "able"), (1, "partly"), (3, "partly"), (4, "unable"), (6, "unable")])
def test_one_to_three_items_are_partly_and_four_are_wholly(failed, level):
    items = ("吃饭", "穿衣", "上下床", "如厕", "室内行走", "洗澡")[:failed]
    row = next(row for row in PEOPLE if row["name"] == "正好60周岁") | {"failed": list(items)}
    assert f"care_{level}" in {reason.code for reason in decided(row).outcome.reasons}
