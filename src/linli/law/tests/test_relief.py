"""Temporary relief and medical aid, from tables."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.dated import NoValue
from linli.law import BadFacts, Recognised, Zone, all_values
from linli.law.medical import Bill, Patient, decide_medical
from linli.law.relief import Cause, Degree, Need, decide_relief
from linli.law.tests.families import fen, table

KNOWN = all_values()
NEEDS, BILLS = table("relief"), table("medical")
HERE, DAY = "370404001001", date(2026, 8, 10)


def need_of(row):
    return Need(
        area=row.get("area", HERE),
        zone=Zone.URBAN,
        cause=Cause(row["cause"]),
        degree=Degree(row["degree"]),
        people=row["people"],
        months=row["months"],
        recognised=Recognised[row.get("recognised", "nothing").upper()],
        asked_before=row.get("asked_before", False),
        fast=row.get("fast", False),
        given=fen(row.get("given", 0)),
        times=row.get("times", 0),
        burden=fen(row["burden"]) if "burden" in row else None,
        too_rich=row.get("too_rich", False),
    )


@pytest.mark.parametrize("row", NEEDS, ids=[row["name"] for row in NEEDS])
def test_the_table_of_needs(row):
    found = decide_relief(need_of(row), KNOWN, on=row["day"])
    assert found.outcome.amount == fen(row["amount"])
    assert found.outcome.granted == (row["amount"] > 0)
    if "code" in row:
        assert [reason.code for reason in found.outcome.reasons] == [row["code"]]
    assert found.decider.value == row["decider"]
    assert (found.limit.n if found.limit else None) == row.get("days")
    assert (found.means_checked, found.published) == (row["checked"], row["published"])
    assert found.sheet()[0] == "临时救助决定说明"


def test_fast_help_is_for_emergencies_only():
    with pytest.raises(BadFacts, match="只适用于急难型"):
        decide_relief(need_of(NEEDS[2] | {"fast": True}), KNOWN, on=DAY)


def test_nobody_is_no_need():
    with pytest.raises(BadFacts, match="不少于1"):
        decide_relief(need_of(NEEDS[0] | {"people": 0}), KNOWN, on=DAY)


def test_where_the_law_of_the_day_has_no_rule_nothing_is_decided():
    with pytest.raises(NoValue, match="relief"):
        decide_relief(need_of(NEEDS[0] | {"fast": False}), KNOWN, on=date(2009, 12, 20))
    with pytest.raises(NoValue, match="relief"):
        decide_relief(need_of(NEEDS[0] | {"fast": True}), KNOWN, on=date(2022, 12, 20))


@given(people=st.integers(1, 10), months=st.integers(1, 30), degree=st.sampled_from(list(Degree)), fast=st.booleans())
def test_relief_never_exceeds_its_caps_and_more_people_never_get_less(people, months, degree, fast):
    need = Need(HERE, Zone.URBAN, Cause.EMERGENCY, degree, people, months, fast=fast)
    amount = decide_relief(need, KNOWN, on=DAY).outcome.amount
    assert amount <= 12 * 98000 * people
    assert not fast or amount <= 98000
    more = Need(HERE, Zone.URBAN, Cause.EMERGENCY, degree, people + 1, months, fast=fast)
    assert decide_relief(more, KNOWN, on=DAY).outcome.amount >= amount


def bill_of(row):
    sums = {key: fen(row.get(key, 0)) for key in ("covered", "basic", "serious", "borne", "aided")}
    return Bill(HERE, Patient(row["patient"]), **sums)


@pytest.mark.parametrize("row", BILLS, ids=[row["name"] for row in BILLS])
def test_the_table_of_bills(row):
    outcome = decide_medical(bill_of(row), KNOWN, on=DAY)
    assert outcome.amount == fen(row["amount"])
    assert [reason.code for reason in outcome.reasons] == [row["code"]]
    assert "年度限额余额" in {step.label for step in outcome.steps}


def test_a_bill_whose_parts_exceed_the_whole_is_refused():
    with pytest.raises(BadFacts, match="超过政策范围内费用"):
        decide_medical(Bill(HERE, Patient.DIBAO, 100, 90, 11), KNOWN, on=DAY)
    with pytest.raises(BadFacts, match="不能为负"):
        decide_medical(Bill(HERE, Patient.DIBAO, 100, -1, 0), KNOWN, on=DAY)


sums = st.integers(0, 10**7)


@given(own=sums, insured=sums, borne=sums, aided=st.integers(0, 4 * 10**6), patient=st.sampled_from(list(Patient)))
def test_medical_aid_never_exceeds_the_own_cost_or_the_cap(own, insured, borne, aided, patient):
    bill = Bill(HERE, patient, own + insured, insured, 0, borne, aided)
    amount = decide_medical(bill, KNOWN, on=DAY).amount
    assert 0 <= amount <= own
    assert amount + aided <= max(aided, 3_000_000)


@given(parts=st.lists(sums, min_size=2, max_size=5), patient=st.sampled_from(list(Patient)))
def test_many_bills_of_a_year_give_what_one_would_but_for_rounding(parts, patient):
    once = decide_medical(Bill(HERE, patient, sum(parts), 0, 0), KNOWN, on=DAY).amount
    borne = aided = 0
    for part in parts:
        aided += decide_medical(Bill(HERE, patient, part, 0, 0, borne, aided), KNOWN, on=DAY).amount
        borne += part
    assert 0 <= once - aided < len(parts)
