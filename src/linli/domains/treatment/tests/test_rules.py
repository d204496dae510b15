"""Conditions from a table that a civil servant can read; bills from pairs of costs and parts."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.dated import load
from linli.domains.treatment.rules import DIAGNOSES, PROJECTS, Bearer, Facts, bearer_of_fund, bill_faults, decide
from linli.kernel.ledgers.rules import FundKind

HERE = Path(__file__).parent
PATIENTS = tomllib.loads((HERE / "examples" / "patients.toml").read_text())["patient"]
LAW = load(sorted((HERE.parent / "parameters").glob("*.toml")))
DAY, PLACE = date(2010, 10, 20), "370404001001"


def judge(patient):
    facts = {name: patient[name] for name in ("age", "diagnosed", "fits", "alive", "helped") if name in patient}
    told = Facts(**facts, statuses=frozenset(patient.get("statuses", ())))
    return decide(PROJECTS[patient["project"]], told, LAW, on=DAY, area=PLACE)


@pytest.mark.parametrize("patient", PATIENTS, ids=[patient["name"] for patient in PATIENTS])
def test_the_table_of_patients(patient):
    outcome = judge(patient)
    assert (["granted"] if outcome.granted else [reason.code for reason in outcome.reasons]) == patient["say"]
    assert outcome.amount == patient.get("most", 0) * 100


def test_no_reason_and_no_step_names_an_illness():
    """Decisions are read by people who do not serve the patient."""
    words = [*DIAGNOSES.values(), "先心", "心脏", "白内障", "弱视", "复明"]
    for patient in PATIENTS:
        outcome = judge(patient)
        said = [reason.zh + reason.article for reason in outcome.reasons]
        said += [step.label + step.value + step.note for step in outcome.steps] + [value.source for value in outcome.values]
        assert not [one for one in said for word in words if word in one]


BILLS = [
    ("adds up", 100, {Bearer.LOTTERY: 60, Bearer.HOSPITAL: 40}, True, 0, []),
    ("one fen is missing", 100, {Bearer.LOTTERY: 60, Bearer.HOSPITAL: 39}, True, 0, ["cost"]),
    ("the family pays in a free round", 100, {Bearer.LOTTERY: 60, Bearer.FAMILY: 40}, True, 0, ["family"]),
    ("the family pays its part otherwise", 100, {Bearer.LOTTERY: 60, Bearer.FAMILY: 40}, False, 60, []),
    ("the fund pays more than its limit", 100, {Bearer.CHARITY: 61, Bearer.FAMILY: 39}, False, 60, ["fund_part"]),
    ("no costs", 0, {}, True, 0, ["cost"]),
    ("less than nothing", 10, {Bearer.LOTTERY: 20, Bearer.FAMILY: -10}, False, 0, ["cost"]),
]


@pytest.mark.parametrize(("name", "cost", "shares", "free", "most", "fields"), BILLS, ids=[bill[0] for bill in BILLS])
def test_a_bill_and_its_bearers(name, cost, shares, free, most, fields):
    assert [field for field, _ in bill_faults(cost=cost, shares=shares, free=free, most=most)] == fields


@given(parts=st.dictionaries(st.sampled_from(list(Bearer)), st.integers(1, 10**8), min_size=1), off=st.integers(-5, 5))
def test_a_bill_stands_only_when_its_parts_add_up_to_the_fen(parts, off):
    cost = sum(parts.values()) + off
    faulty = bool(bill_faults(cost=cost, shares=parts, free=False))
    assert faulty == (off != 0 or cost <= 0)


def test_whose_money_a_fund_is():
    assert bearer_of_fund(FundKind.LOTTERY) is Bearer.LOTTERY
    assert {bearer_of_fund(kind) for kind in FundKind if kind is not FundKind.LOTTERY} == {Bearer.CHARITY}
