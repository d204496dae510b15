"""The plain functions: choice, subsidy, trial; from tables and for all numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.days import SHANGHAI, official_calendar
from linli.domains.providers.rules import Bar, Candidate, Month, Payee, Record, Service, choose, decide, judge, payees_of, values

DAY, AREA = date(2010, 12, 1), "370404001001"
AT = datetime(2010, 12, 1, 10, tzinfo=SHANGHAI)
ONE = Candidate(1, 1, 1, "甲", "保洁", "小时", 30_00, 0, None, None, False, 0, 0, 0, 0, False)


@pytest.mark.parametrize(
    ("better", "why"),
    [
        ({"near": 2}, "服务本社区（村）"), ({"near": 1}, "服务本镇街"), ({"price": 20_00}, "20.00元/小时，同类最低"),
        ({"graded": 10, "content": 10}, "近半年10次回访，满意10次"),
    ],
)  # fmt: skip
def test_what_speaks_for_a_provider(better, why):
    first, second = choose([ONE, replace(ONE, offer=2, provider=2, **better)], AT, official_calendar())
    assert first.one.provider == 2 and why in first.reasons and first.points > second.points


@pytest.mark.parametrize(
    ("worse", "why"),
    [
        ({"load": 4}, "在办4件"), ({"absent": 1}, "近期1次没有按时签收或上门"),
        ({"graded": 10, "content": 1}, "近半年10次回访，满意1次"),
        ({"opens": time(18), "closes": time(20)}, "现在不在服务时间"),
    ],
)  # fmt: skip
def test_what_speaks_against_a_provider(worse, why):
    first, second = choose([replace(ONE, **worse), replace(ONE, offer=2, provider=2)], AT, official_calendar())
    assert second.one.provider == 1 and why in second.reasons and first.points > second.points


@pytest.mark.parametrize(
    ("held", "age", "found"),
    [
        ([], 79, []), ([], 80, [Payee.AGED]), ([], None, []), ([("dibao", "urban")], 30, [Payee.DIBAO]),
        ([("disabled", "42")], 30, [Payee.SEVERE]), ([("disabled", "43")], 30, []), ([("disabled", "")], 30, []),
        ([("dibao", "rural"), ("tekun", "home")], 85, [Payee.TEKUN, Payee.DIBAO, Payee.AGED]),
    ],
)  # fmt: skip
def test_as_what_a_resident_counts(held, age, found):
    assert payees_of(held, age) == found


@pytest.mark.parametrize(
    ("service", "price", "payees", "month", "amount", "code"),
    [
        (Service.MEALS, 10_00, [Payee.DIBAO], Month(), 4_00, "given"),
        (Service.MEALS, 3_00, [Payee.TEKUN], Month(), 3_00, "given"),  # never more than the price
        (Service.HAIRCUT, 15_01, [Payee.DIBAO], Month(), 7_50, "given"),  # part of a fen is the resident's
        (Service.MEALS, 10_00, [Payee.AGED, Payee.TEKUN], Month(), 6_00, "given"),  # the best of two, not the sum
        (Service.HAIRCUT, 15_00, [Payee.DIBAO], Month(times=1), 0, "times"),
        (Service.MEALS, 10_00, [Payee.TEKUN], Month(fen=397_00), 3_00, "given"),  # what is left of the month
        (Service.MEALS, 10_00, [Payee.TEKUN], Month(fen=400_00), 0, "money"),
        (Service.MEALS, 10_00, [Payee.TEKUN], Month(today=True), 0, "again"),
        (Service.DELIVERY, 10_00, [Payee.TEKUN], Month(), 0, "no_value"),
        (Service.MEALS, 10_00, [], Month(), 0, "nobody"), (Service.MEALS, 10_00, None, Month(), 0, "unknown"),
    ],
)  # fmt: skip
def test_what_the_public_purse_bears(service, price, payees, month, amount, code):
    outcome, _, _ = decide(service, price, payees, month, values(), on=DAY, area=AREA)
    assert (outcome.amount, outcome.reasons[0].code) == (amount, code)


@pytest.mark.parametrize(("had", "cut"), [(394_00, False), (395_00, True)])
def test_the_sum_says_when_only_a_part_was_left_of_the_month(had, cut):
    outcome, _, limits = decide(Service.MEALS, 10_00, [Payee.TEKUN], Month(fen=had), values(), on=DAY, area=AREA)
    assert outcome.amount == min(6_00, limits.fen - had)
    assert ("本月余额内补贴" in {step.label for step in outcome.steps}) is cut


def test_an_amount_is_for_each_measure():
    outcome, _, _ = decide(Service.MEALS, 20_00, [Payee.DIBAO], Month(), values(), on=DAY, area=AREA, quantity=2)
    assert outcome.amount == 8_00


@given(
    st.sampled_from(list(Service)), st.integers(0, 1_000_000), st.lists(st.sampled_from(list(Payee)), max_size=4),
    st.integers(0, 60), st.integers(0, 50_000),
)  # fmt: skip
def test_a_subsidy_is_never_more_than_price_or_what_is_left_of_the_month(service, price, payees, times, fen):
    outcome, payee, limits = decide(service, price, payees, Month(times, fen), values(), on=DAY, area=AREA)
    assert 0 <= outcome.amount <= price
    if outcome.amount:
        assert payee in payees and times < limits.times and fen + outcome.amount <= limits.fen


@pytest.mark.parametrize(
    ("record", "codes"),
    [
        (Record(5, 5, 4, 1), ["passed"]), (Record(4, 4, 4, 0), ["few"]), (Record(9, 10, 7, 0), ["bad"]),
        (Record(9, 0, 0, 0), ["bad"]), (Record(5, 5, 5, 2), ["absent"]), (Record(), ["few", "bad"]),
    ],
)  # fmt: skip
def test_what_a_trial_asks(record, codes):
    outcome = judge(record, Bar(90, 5, 80, 1))
    assert [reason.code for reason in outcome.reasons] == codes and outcome.granted == (codes == ["passed"])
