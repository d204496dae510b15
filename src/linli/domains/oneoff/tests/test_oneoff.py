"""Everybody of three registers once, a second person, the orders, and the figures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.journeys.walker import Walker

from linli.domains.oneoff import actions, queries
from linli.domains.oneoff.figures import FIGURES
from linli.domains.oneoff.rules import Occasion, Register, once
from linli.domains.oneoff.samples import AMOUNTS, DAY, make_bureau, make_holder, make_subsidy_fund, make_subsidy_round
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Stale
from linli.kernel.figures.rules import Period
from linli.kernel.ledgers.queries import check_books
from linli.kernel.registry.actions import record_death

LISTS = st.fixed_dictionaries({one: st.lists(st.integers(1, 20), unique=True) for one in Register})


@pytest.fixture
def bureau(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_bureau()


@given(lists=LISTS, sums=st.fixed_dictionaries({one: st.integers(0, 5) for one in Register}))
def test_everybody_is_paid_once_and_nobody_less_than_a_register_of_theirs_gives(lists, sums):
    found = once(lists, sums)
    assert set(found) == {person for one, people in lists.items() if sums[one] for person in people}
    for person, register in found.items():
        assert person in lists[register]
        assert sums[register] == max(sums[one] for one, people in lists.items() if person in people)


def test_of_registers_with_the_same_sum_the_first_counts():
    assert once({Register.DIBAO: [1], Register.TEKUN: [1]}, {Register.DIBAO: 5, Register.TEKUN: 5}) == {1: Register.TEKUN}


def test_a_person_of_two_registers_stands_once_and_the_dead_do_not(bureau):
    make_holder(bureau, "甲", "dibao", "veteran")
    make_holder(bureau, "乙", "tekun")
    gone = make_holder(bureau, "丙", "dibao")
    record_death(by=bureau.worker, on=DAY, person_id=gone.pk, day=DAY - timedelta(days=3))
    one = make_subsidy_round(bureau)
    assert (one.count, one.amount) == (2, 35_000)
    with scoped(bureau.approver):
        assert queries.by_register(one) == [(Register.TEKUN.zh, 1, 20_000), (Register.VETERAN.zh, 1, 15_000)]


def test_nobody_gets_the_subsidy_of_an_occasion_twice_in_a_year(bureau):
    make_holder(bureau, "甲", "dibao")
    first = make_subsidy_round(bureau)
    with pytest.raises(Refused, match="不能重复发放"):
        make_subsidy_round(bureau, title="再来一次")
    assert make_subsidy_round(bureau, occasion=Occasion.AUTUMN, title="中秋慰问").count == 1
    actions.discard_round(by=bureau.approver, on=DAY, round=first)
    assert make_subsidy_round(bureau, title="重新拟定").count == 1


def test_a_second_round_of_another_occasion_needs_another_name(bureau):
    """The button was pressed again on a page left open: the people are not listed a second time."""
    make_holder(bureau, "田一", "dibao")
    one = make_subsidy_round(bureau, occasion=Occasion.OTHER)
    with pytest.raises(Refused, match="已有同名的批次"):
        make_subsidy_round(bureau, occasion=Occasion.OTHER)
    make_subsidy_round(bureau, occasion=Occasion.OTHER, title="高温慰问")
    actions.discard_round(by=bureau.approver, on=DAY, round=one)
    assert make_subsidy_round(bureau, occasion=Occasion.OTHER).pk


def test_another_person_states_the_totals_and_finance_orders_once(bureau):
    make_holder(bureau, "甲", "dibao")
    one, fund = make_subsidy_round(bureau), make_subsidy_fund(bureau.maker)
    with pytest.raises(Stale):
        actions.order_round(by=bureau.maker, on=DAY, round=one, fund_id=fund.pk)
    with pytest.raises(Refused, match="不一致"):
        actions.confirm_round(by=bureau.checker, on=DAY, round=one, count=1, amount=9_999)
    with pytest.raises(Forbidden):
        actions.confirm_round(by=bureau.approver, on=DAY, round=one, count=1, amount=10_000)
    one = actions.confirm_round(by=bureau.checker, on=DAY, round=one, count=1, amount=10_000)
    one = actions.order_round(by=bureau.maker, on=DAY, round=one, fund_id=fund.pk)
    with pytest.raises(Stale):
        actions.order_round(by=bureau.maker, on=DAY, round=one, fund_id=fund.pk)
    with pytest.raises(Stale):
        actions.discard_round(by=bureau.approver, on=DAY, round=one)
    with scoped(bureau.maker):
        assert not [proof for proof in check_books() if proof.faults]


def test_who_died_after_the_list_was_checked_gets_no_order_and_counts_in_no_figure(bureau):
    make_holder(bureau, "甲", "dibao")
    gone = make_holder(bureau, "乙", "tekun")
    one = make_subsidy_round(bureau)
    actions.confirm_round(by=bureau.checker, on=DAY, round=one, count=2, amount=one.amount)
    record_death(by=bureau.worker, on=DAY, person_id=gone.pk, day=DAY - timedelta(days=1))
    ordered = actions.order_round(by=bureau.maker, on=DAY, round=one, fund_id=make_subsidy_fund(bureau.maker).pk)
    with scoped(bureau.maker):
        progress = queries.progress(ordered)
        assert (ordered.count, progress.orders, progress.dead) == (2, 1, 1)
        assert [one.name for one in FIGURES[0].rows(Period(DAY, DAY, "当日"))] == ["甲"]
        assert not [proof for proof in check_books() if proof.faults]
    assert "1 人开单前已去世" in Walker("caijing").open(f"/oneoff/{one.pk}/").text


def test_a_fund_with_too_little_orders_nothing(bureau):
    for name in ("甲", "乙"):
        make_holder(bureau, name, "dibao")
    one, fund = make_subsidy_round(bureau), make_subsidy_fund(bureau.maker, 15_000)
    one = actions.confirm_round(by=bureau.checker, on=DAY, round=one, count=2, amount=20_000)
    with pytest.raises(Refused, match="资金不足"):
        actions.order_round(by=bureau.maker, on=DAY, round=one, fund_id=fund.pk)
    with scoped(bureau.maker):
        again = queries.round_of(one.pk)
        assert (again.state, queries.progress(again).orders) == ("confirmed", 0)


def test_the_people_of_three_registers_are_paid_before_spring_festival(bureau, settings):
    """RELIEF-06: the list joins three registers, a second person states its totals, finance orders it in one go; people, money
    and the days that it took are told."""
    for name, kinds in (("甲", ("dibao",)), ("乙", ("tekun",)), ("丙", ("veteran", "dibao")), ("丁", ("veteran",))):
        make_holder(bureau, name, *kinds)
    fund = make_subsidy_fund(bureau.maker)
    wang = Walker("wang").open("/oneoff/").follow("拟定名单")
    assert "合计（同一人只计一次）4人" in wang.text
    wang.send("拟定名单", expect=422, title="2011年春节补贴", occasion="spring")
    sums = {one.value: str(fen // 100) for one, fen in AMOUNTS.items()}
    wang.send("拟定名单", title="2011年春节补贴", occasion="spring", **sums)
    assert "4人" in wang.text and "600.00" in wang.text
    settings.BUSINESS_DAY = (DAY + timedelta(days=1)).isoformat()
    checker = Walker("fuhe").open("/").follow("2011年春节补贴等待核对名单").follow("核对名单")
    checker.send("核对无误", expect=422, count="3", amount="600")
    assert "不一致" in checker.text
    checker.send("核对无误", count="4", amount="600")
    settings.BUSINESS_DAY = (DAY + timedelta(days=2)).isoformat()
    maker = Walker("caijing").open("/").follow("2011年春节补贴等待开付款单").follow("开付款单")
    maker.send("开付款单", fund=str(fund.pk))
    assert "付款单 4 张" in maker.text and "用时2天" in maker.text
    for key, shown in (("people", "合计 4 人次"), ("money", "合计 600 元")):
        assert shown in Walker("wang").open(f"/figures/oneoff.{key}/rows/?period=2011").text, key
