"""Subsidies beside the minimum, procedure, and the values themselves."""

from __future__ import annotations

import re
from datetime import date

import pytest

from linli.base.dated import NoValue, load
from linli.base.days import official_calendar
from linli.law import Recognised, all_values
from linli.law.coded import Person
from linli.law.codes import Disability, Scheme
from linli.law.grounds import Ground
from linli.law.procedure import Appraisal, procedure_on, recheck_after
from linli.law.subsidies import decide_subsidies

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
