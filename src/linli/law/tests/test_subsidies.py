"""Subsidies beside the minimum, stacking of programmes, procedure, and the values themselves."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.dated import NoValue, load
from linli.base.days import official_calendar
from linli.law import Recognised, all_values
from linli.law.coded import Person
from linli.law.codes import Disability, Scheme
from linli.law.grounds import Ground
from linli.law.procedure import Appraisal, highest_fine, procedure_on, recheck_after
from linli.law.stacking import PROGRAMMES, Due, Rule, UnknownProgramme, pay_together
from linli.law.subsidies import OneOff, decide_one_off, decide_subsidies

KNOWN = all_values()
HERE, DAY = "370404001001", date(2026, 8, 10)
LIMBS, MIND = Disability.LIMBS, Disability.MIND
DIBAO, EDGE, NOTHING = Recognised.DIBAO, Recognised.EDGE, Recognised.NOTHING


@pytest.mark.parametrize(
    ("recognised", "kind", "level", "scheme", "other", "amount", "codes"),
    [
        (DIBAO, LIMBS, 1, Scheme.NONE, 0, 36000, {"living", "care"}),
        (DIBAO, LIMBS, 2, Scheme.NONE, 0, 33000, {"living", "care"}),
        (DIBAO, LIMBS, 3, Scheme.NONE, 0, 18000, {"living", "level_too_light"}),
        (EDGE, MIND, 3, Scheme.NONE, 0, 30000, {"living", "care"}),
        (NOTHING, LIMBS, 1, Scheme.NONE, 0, 18000, {"family_not_poor", "care"}),
        (NOTHING, LIMBS, 4, Scheme.NONE, 0, 0, {"family_not_poor", "level_too_light"}),
        (DIBAO, Disability.NONE, 0, Scheme.NONE, 0, 0, {"not_disabled"}),
        (NOTHING, LIMBS, 1, Scheme.TEKUN, 0, 0, {"tekun_care"}),
        (NOTHING, LIMBS, 1, Scheme.ORPHAN, 0, 18000, {"child_scheme", "care"}),
        (DIBAO, LIMBS, 1, Scheme.NONE, 18000, 18000, {"living", "other_care_higher"}),
        (DIBAO, LIMBS, 1, Scheme.NONE, 17999, 36000, {"living", "care", "other_care_ends"}),
    ],
)
def test_the_two_subsidies_of_disabled_persons(recognised, kind, level, scheme, other, amount, codes):
    person = Person(2, 40, disability=kind, level=level, scheme=scheme, other_care=other)
    outcome = decide_subsidies(recognised, person, KNOWN, on=DAY, area=HERE)
    assert outcome.amount == amount
    assert {reason.code for reason in outcome.reasons} == codes


def test_there_were_no_such_subsidies_before_2016():
    with pytest.raises(NoValue, match=r"disabled\.living"):
        decide_subsidies(DIBAO, Person(2, 40, disability=LIMBS, level=1), KNOWN, on=date(2010, 12, 20), area=HERE)


def test_spring_festival_and_price_money_follow_the_notice_of_their_days():
    assert decide_one_off(OneOff.FESTIVAL, "dibao", 3, KNOWN, on=date(2026, 2, 1), area=HERE).amount == 90000
    assert decide_one_off(OneOff.PRICE, "tekun", 1, KNOWN, on=date(2026, 3, 31), area=HERE).amount == 3000
    whole = decide_one_off(OneOff.FESTIVAL, "dibao", 20220, KNOWN, on=date(2010, 2, 1), area=HERE).amount
    assert abs(whole - 246_000_000) < 20220  # 246万元, the report's sum, to one fen a head
    with pytest.raises(NoValue, match=r"price\.dibao"):
        decide_one_off(OneOff.PRICE, "dibao", 1, KNOWN, on=date(2026, 4, 1), area=HERE)


def paid(**amounts):
    found = pay_together([Due(key, "甲", fen) for key, fen in amounts.items()], KNOWN, on=DAY, area=HERE)
    return {one.due.programme: one.amount for one in found}


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ({"tekun": 120000, "dibao": 90000}, {"tekun": 120000, "dibao": 0}),
        ({"dibao": 50000, "unsupported_child": 150000}, {"unsupported_child": 150000, "dibao": 0}),
        ({"dibao": 160000, "unsupported_child": 150000}, {"unsupported_child": 150000, "dibao": 10000}),
        ({"dibao": 50000, "disabled_living": 18000}, {"dibao": 50000, "disabled_living": 18000}),
        ({"disabled_care": 18000, "elder_care": 20000}, {"disabled_care": 0, "elder_care": 20000}),
        ({"disabled_care": 20000, "elder_care": 20000}, {"disabled_care": 20000, "elder_care": 0}),
        (
            {"disabled_care": 18000, "elder_care": 10000, "work_injury_care": 10000},
            {"disabled_care": 0, "elder_care": 10000, "work_injury_care": 10000},
        ),
        (
            {"tekun": 120000, "disabled_living": 18000, "disabled_care": 18000},
            {"tekun": 120000, "disabled_living": 0, "disabled_care": 0},
        ),
        ({"tekun": 120000, "orphan": 200000}, {"tekun": 0, "orphan": 200000}),
    ],
)
def test_two_programmes_for_one_person(due, expected):
    assert paid(**due) == expected


def test_who_loses_one_programme_is_told_why_with_the_article():
    lost = pay_together([Due("tekun", "甲", 5), Due("dibao", "甲", 4)], KNOWN, on=DAY, area=HERE)[1]
    assert "已有特困人员救助供养" in lost.why[0] and "社会救助" in lost.why[0]
    assert lost.values[0].key == "stack.tekun.dibao"


def test_programmes_of_different_people_do_not_touch_each_other():
    dues = [Due("tekun", "甲", 5), Due("dibao", "乙", 4)]
    assert [one.amount for one in pay_together(dues, KNOWN, on=DAY, area=HERE)] == [5, 4]


def test_the_same_programme_twice_and_an_unknown_one_are_refused():
    with pytest.raises(ValueError, match="出现两次"):
        pay_together([Due("dibao", "甲", 5), Due("dibao", "甲", 4)], KNOWN, on=DAY, area=HERE)
    with pytest.raises(UnknownProgramme, match="不认识救助项目"):
        pay_together([Due("lottery", "甲", 5)], KNOWN, on=DAY, area=HERE)


@given(due=st.dictionaries(st.sampled_from(list(PROGRAMMES)), st.integers(0, 300_000)))
def test_stacking_never_pays_above_the_due_and_never_below_the_best_single_one_of_free_choice(due):
    found = paid(**due)
    assert all(0 <= found[key] <= due[key] for key in due)
    if due and not {"tekun", "orphan"} & due.keys():
        assert sum(found.values()) >= max(due.values())


@given(due=st.dictionaries(st.sampled_from(["disabled_care", "elder_care", "work_injury_care"]), st.integers(0, 300_000)),
       more=st.integers(0, 300_000))  # fmt: skip
def test_a_further_entitlement_never_lowers_the_whole(due, more):
    assert sum(paid(**due | {"elder_care": due.get("elder_care", 0) + more}).values()) >= sum(paid(**due).values())


def test_every_stacking_rule_is_a_known_word_and_names_known_programmes():
    pairs = [value for value in KNOWN if value.key.startswith("stack.")]
    assert pairs
    for value in pairs:
        _, first, second = value.key.split(".")
        assert list(PROGRAMMES).index(first) < list(PROGRAMMES).index(second)
        assert Rule(value.text).zh


def test_procedure_of_2010_is_one_appraisal_and_two_notices():
    old = procedure_on("dibao", KNOWN, on=date(2010, 12, 20), area=HERE)
    assert (old.appraisal, old.notices, old.survey, old.hear_before_cut) == (Appraisal.ALWAYS, 2, None, False)


def test_procedure_today_has_no_fixed_appraisal_and_hears_before_a_cut():
    now = procedure_on("dibao", KNOWN, on=DAY, area=HERE)
    assert (now.appraisal, now.notices, now.hear_before_cut) == (Appraisal.ON_OBJECTION, 1, True)
    assert (now.whole.zh, now.whole_special.zh, now.notice.zh) == ("30个工作日", "45个工作日", "7日")
    assert procedure_on("dibao", KNOWN, on=DAY, area=HERE, delegated=True).whole.zh == "20个工作日"
    assert not procedure_on("dibao", KNOWN, on=date(2026, 6, 30), area=HERE).hear_before_cut


def test_the_whole_procedure_ends_on_the_working_day_of_the_calendar():
    due = procedure_on("dibao", KNOWN, on=DAY, area=HERE).whole.due(date(2026, 9, 21), official_calendar())
    assert due.day == date(2026, 11, 9)


def test_verification_is_yearly_without_labour_and_half_yearly_with_it():
    assert recheck_after(Ground.CLASS_A, KNOWN, on=DAY, area=HERE).term.n == 12
    assert recheck_after(Ground.CLASS_B, KNOWN, on=DAY, area=HERE).term.n == 6


def test_the_fine_for_fraud_fell_from_three_to_two_times():
    assert highest_fine(KNOWN, 100, on=date(2026, 6, 30), area=HERE)[0] == 300
    assert highest_fine(KNOWN, 100, on=date(2026, 7, 1), area=HERE)[0] == 200


def test_published_support_standards_fit_the_ratio_within_a_yuan():
    day, area = date(2020, 6, 1), "370102001001"
    for zone in ("urban", "rural"):
        standard = KNOWN.on(f"dibao.standard.{zone}", day, area).fen
        least = KNOWN.on("tekun.basic.ratio_min", day, area).ratio * standard
        assert KNOWN.on(f"tekun.basic.{zone}.home", day, area).fen >= least - 100


def test_two_values_for_one_day_are_refused(tmp_path):
    line = 'key = "dibao.standard.urban", value = 1, unit = "fen", document = "甲", article = "一", certainty = "S"'
    path = tmp_path / "twice.toml"
    path.write_text(f"value = [{{ {line}, from = 2020-01-01, until = 2020-12-31 }}, {{ {line}, from = 2020-06-01 }}]")
    with pytest.raises(ValueError, match="2020-06-01有两个规定值"):
        load([path])


def test_no_value_rests_on_a_document_that_is_younger_than_the_value():
    for value in KNOWN:
        years = [int(year) for year in re.findall(r"[〔（](\d{4})[〕年）]", value.document)]
        assert not years or max(years) <= value.since.year, f"{value.key} {value.since}: {value.document}"


def test_a_made_up_value_says_that_it_is_made_up():
    for value in KNOWN:
        assert ("演示" in value.document) <= (value.certainty == "M")
