"""One rule for one and for all: what Numba computes over columns is what the plain function says of each family."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.law import Zone, all_values
from linli.law.coded import Coded, Home, Line, Person, code
from linli.law.codes import FIRST_SPENDING, FIRST_THING, Item, Mode, Rounding
from linli.law.columns import as_columns, judge_all, judge_each
from linli.law.minimum import judge
from linli.law.minimum_law import TIERS, minimum_law
from linli.law.tests.families import household_of, table
from linli.law.values import PARTS

KNOWN = all_values()
NOW = 12 * 2026 + 7
TODAY = minimum_law(KNOWN, on=date(2026, 8, 10), area="370404001001", zone=Zone.URBAN).law
LAWS = (
    TODAY,
    minimum_law(KNOWN, on=date(2026, 8, 10), area="370404001001", zone=Zone.RURAL).law,
    minimum_law(KNOWN, on=date(2010, 12, 20), area="370404001001", zone=Zone.RURAL).law,
    minimum_law(KNOWN, on=date(2019, 12, 20), area="370102001001", zone=Zone.URBAN).law,
    TODAY._replace(
        mode=Mode.TIERS, tier_upto=(3000, 6000, PARTS, 0, 0)[:TIERS], tier_amount=(60000, 40000, 20000, 0, 0), supplement=4000
    ),
    TODAY._replace(round_mode=Rounding.NEAREST, round_step=10, alone_edge=0, taper_share=5000),
    TODAY._replace(round_mode=Rounding.DOWN, round_step=1, refusals=0),
)

flags = st.integers(0, 1)
people = st.builds(
    Person,
    kin=st.sampled_from([10, 20, 28, 30, 38, 41, 52, 61, 73, 97]), age=st.integers(0, 100), long_together=flags, duty=flags,
    independent=flags, study=st.integers(0, 4), standing=st.integers(0, 4), years_away=st.integers(0, 5),
    disability=st.integers(0, 7), level=st.integers(1, 4), ill=flags, work=st.integers(0, 5), refusals=st.integers(0, 4),
    scheme=st.integers(0, 3), other_care=st.just(0),
)  # fmt: skip
applicants = people.map(lambda person: person._replace(kin=2))


@st.composite
def lines(draw, members: int):
    kind = draw(st.sampled_from(list(Item)))
    if FIRST_THING <= kind < FIRST_SPENDING:
        return Line(kind, draw(st.integers(0, members - 1)), 0, number=draw(st.integers(0, 3)))
    first = NOW - draw(st.integers(-3, 30))
    amount = draw(st.integers(0, 3_000_000) | st.integers(0, 10**10))
    return Line(kind, draw(st.integers(0, members - 1)), amount, first, first + draw(st.integers(0, 30)))


@st.composite
def households(draw):
    family = (draw(applicants), *draw(st.lists(people, max_size=6)))
    home = Home(NOW, draw(flags), draw(flags), draw(st.integers(0, 300_000)), draw(st.sampled_from([0, NOW - 6, NOW - 5, NOW])))
    return Coded(home, family, tuple(draw(st.lists(lines(len(family)), max_size=8))))


def answers(law, family):
    found = judge(law, *family)
    return found.recognised, found.reasons, found.base, found.category, found.inside, found.paid


@settings(max_examples=60, deadline=None)
@given(found=st.lists(st.tuples(households(), st.integers(0, len(LAWS) - 1)), min_size=1, max_size=40))
def test_one_family_and_a_column_of_families_get_the_same_answer(found):
    families, laws = [family for family, _ in found], [law for _, law in found]
    rows = judge_all(LAWS, as_columns(families, laws))
    for family, law, row in zip(families, laws, rows, strict=True):
        expected = answers(LAWS[law], family)
        assert tuple(row[name] for name in ("recognised", "reasons", "base", "category", "inside", "paid")) == expected
    assert np.array_equal(rows, judge_each(LAWS, as_columns(families, laws))), "few families are judged without compiling"


def test_the_examples_in_one_column_are_the_examples_one_by_one():
    homes = [household_of(row) for row in table("minimum")]
    laws = [minimum_law(KNOWN, on=home.applied, area=home.area, zone=home.zone).law for home in homes]
    rows = judge_all(laws, as_columns([code(home) for home in homes], range(len(homes))))
    for row, example in zip(rows, table("minimum"), strict=True):
        assert row["base"] + row["category"] == round(example["amount"] * 100), example["name"]


def test_no_families_are_no_answers():
    assert len(judge_all(LAWS, as_columns([]))) == 0


def test_a_family_without_a_law_is_refused_before_anything_is_computed():
    with pytest.raises(IndexError, match="没有对应的标准"):
        judge_all(LAWS, as_columns([Coded(Home(NOW), (Person(2, 50),), ())], [len(LAWS)]))


def test_the_largest_facts_stay_within_the_columns():
    rich = [Line(Item.WAGE, i % 40, 10**10, NOW - 12, NOW - 1) for i in range(400)]
    family = Coded(Home(NOW), (Person(2, 50), *[Person(20, 3)] * 39), rich)
    assert tuple(judge_all([TODAY], as_columns([family]))[0])[:4] == answers(TODAY, family)[:4]


def test_order_and_size_of_the_column_change_nothing():
    family = Coded(Home(NOW), (Person(2, 50), Person(20, 3)), (Line(Item.WAGE, 0, 1_200_000, NOW - 12, NOW - 1),))
    rich = Coded(Home(NOW), (Person(2, 50),), (Line(Item.WAGE, 0, 9_900_000, NOW - 12, NOW - 1),))
    mixed = judge_all([TODAY], as_columns([family, rich] * 500))
    assert np.all(mixed[0::2] == mixed[0]) and np.all(mixed[1::2] == mixed[1])
    assert mixed[0]["base"] > 0 == mixed[1]["base"]
