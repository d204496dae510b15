"""What must hold of every family, whatever it has."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from linli.law.coded import Coded, Home, Line, Person
from linli.law.codes import INCOME, Item, Mode, Recognised, Rounding, SingleIncome
from linli.law.family import how_many
from linli.law.grounds import WORDS, Ground
from linli.law.minimum import base_of, judge, rounded
from linli.law.tests.test_columns import LAWS, NOW, TODAY, households
from linli.law.values import PARTS

ONE_BY_ONE = settings(max_examples=200, deadline=None)
laws = st.sampled_from(LAWS)
GAP = [law for law in LAWS if law.mode == Mode.GAP]


def amount(law, family):
    return judge(law, *family).amount


def gap_only(law, family):
    """The family without an entry of one member alone where the law of 2010 gives that member the whole standard.

    Whatever the family has, it does: a gap that is nearly the standard is less, and so more income can give more.
    """
    whole = law.alone == 1 and law.alone_income == SingleIncome.NOTHING
    return family._replace(home=family.home._replace(alone=0)) if whole else family


def settled(family):
    """The family without last month's money, so that no taper bridges a rise of income."""
    return family._replace(home=family.home._replace(received=0))


@ONE_BY_ONE
@given(family=households(), law=laws, kind=st.sampled_from(INCOME), more=st.integers(0, 10**9))
def test_more_income_never_gives_more(family, law, kind, more):
    family = gap_only(law, settled(family))
    richer = family._replace(lines=(*family.lines, Line(kind, 0, more, NOW - 24, NOW)))
    assert amount(law, richer) <= amount(law, family)
    order = (Recognised.NOTHING, Recognised.RIGID, Recognised.EDGE, Recognised.DIBAO)
    assert order.index(judge(law, *richer).recognised) <= order.index(judge(law, *family).recognised)


def test_who_is_entered_alone_by_the_law_of_2010_gets_the_whole_standard_though_a_poorer_one_gets_the_gap():
    """重度残疾人单独施保，全额享受低保金: the step at the line is the law's own (75.00 a month; 2.33 of income leave 73)."""
    law = next(one for one in LAWS if one.alone == 1 and one.alone_income == SingleIncome.NOTHING and one.standard == 90_000)
    home = Home(month=NOW, alone=1, single_parent=0, received=0, job_month=0)
    poor = Coded(home, (Person(kin=2, age=30)._replace(disability=1),), (Line(Item.WAGE, 0, 2_800, NOW - 8, NOW - 8),))
    richer = poor._replace(lines=(*poor.lines, Line(Item.WAGE, 0, 181_667, NOW - 24, NOW)))
    assert (amount(law, poor), amount(law, richer)) == (7_300, 7_500)


@ONE_BY_ONE
@given(family=households(), law=laws, kind=st.sampled_from([Item.DEPOSIT, Item.VEHICLE, Item.HOUSE]), more=st.integers(1, 10**9))
def test_more_property_never_gives_more(family, law, kind, more):
    held = Line(kind, 0, more) if kind == Item.DEPOSIT else Line(kind, 0, 0, number=1)
    assert amount(law, family._replace(lines=(*family.lines, held))) <= amount(law, family)


@ONE_BY_ONE
@given(family=households(), law=st.sampled_from(GAP), age=st.integers(0, 17))
def test_a_further_child_without_income_never_gives_less(family, law, age):
    family = settled(family)._replace(home=family.home._replace(alone=0, received=0))
    applicant = family.people[0]._replace(scheme=0, standing=0, refusals=0)
    family = family._replace(people=(applicant, *family.people[1:]))
    larger = family._replace(people=(*family.people, Person(20, age)))
    assert amount(law, larger) >= amount(law, family)


@ONE_BY_ONE
@given(family=households(), law=st.sampled_from(GAP))
def test_nobody_gets_more_than_the_standard_category_and_one_step_of_rounding(family, law):
    found = judge(law, *settled(family))
    people = how_many(found.paid)
    assert 0 <= found.base <= Fraction(law.standard * people, law.standard_months) + law.round_step + law.supplement * people
    assert found.category <= Fraction(law.standard * people * max(law.category), law.standard_months * PARTS) + law.round_step
    if found.recognised != Recognised.DIBAO:
        assert found.amount == 0


@ONE_BY_ONE
@given(family=households(), law=laws)
def test_every_decision_has_a_ground_and_every_ground_has_words(family, law):
    found = judge(law, *family)
    assert found.reasons > 0
    assert found.reasons == sum(ground for ground in Ground if ground & found.reasons)
    assert set(WORDS) == set(Ground)
    against = Ground.INCOME_NOT_BELOW | Ground.MONEY_OVER | Ground.VEHICLE_OVER | Ground.NOBODY_COUNTS | Ground.MACHINE_OVER
    against |= Ground.HOUSE_OVER | Ground.BUSINESS_OVER
    if found.recognised == Recognised.NOTHING:
        assert found.reasons & against


@ONE_BY_ONE
@given(members=st.integers(1, 8), law=laws)
def test_income_equal_to_the_line_is_not_below_it(members, law):
    line = law.standard * members * law.window_months // law.standard_months
    assume(line * law.standard_months == law.standard * members * law.window_months)
    first = (NOW // 12 - 1) * 12 if law.window == 2 else NOW - 12
    people = (Person(2, 40), *[Person(20, 5)] * (members - 1))
    family = Coded(Home(NOW), people, (Line(Item.INTEREST, 0, line, first, first + 11),))
    assert judge(law, *family).reasons & Ground.INCOME_NOT_BELOW
    cheaper = family._replace(lines=(family.lines[0]._replace(amount=line - 1),))
    assert judge(law, *cheaper).reasons & Ground.BELOW_LINE




@given(above=st.integers(0, 10**12), below=st.integers(1, 10**6), step=st.sampled_from([1, 10, 100]))
def test_rounding_moves_by_less_than_a_step_in_the_direction_of_the_law(above, below, step):
    exact = Fraction(above, below)
    for mode in Rounding:
        got = rounded(TODAY._replace(round_step=step, round_mode=mode), above, below)
        assert got % step == 0
        if mode == Rounding.UP:
            assert 0 <= got - exact < step
        elif mode == Rounding.DOWN:
            assert 0 <= exact - got < step
        else:
            assert abs(got - exact) <= Fraction(step, 2)


@ONE_BY_ONE
@given(members=st.integers(1, 8), refusers=st.integers(0, 8), net=st.integers(0, 10**7), law=st.sampled_from(GAP))
def test_who_refuses_work_loses_the_own_share_only(members, refusers, net, law):
    refusers = min(refusers, members)
    assume(net * law.standard_months < law.standard * members * law.window_months)
    whole, rest = base_of(law, net, members, members), base_of(law, net, members, members - refusers)
    assert abs(Fraction(whole) * (members - refusers) / members - rest) <= law.round_step
