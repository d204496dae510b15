"""Funds: opened with their rules, changed by two people, closed at zero, never removed."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connections, transaction

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Stale
from linli.kernel.ledgers import actions, queries
from linli.kernel.ledgers.models import Fund, FundChange
from linli.kernel.ledgers.rules import AccountKind, FundKind, FundLevel
from linli.kernel.ledgers.samples import make_desk, make_fund, make_orders, make_payees, make_purposes, order_row

DAY = date(2010, 12, 20)
TOWN = "370404100000"


def opened(desk, **words):
    make_purposes(desk.maker)
    usual = {"code": "ZJ-9", "name": "专项资金", "kind": FundKind.FISCAL, "level": FundLevel.CITY, "area": desk.maker.area}
    return actions.open_fund(by=desk.maker, on=DAY, **usual | words)


def receive(desk, fund, amount, reference="r:1", on=DAY):
    return actions.receive(by=desk.maker, on=on, fund=fund, amount=amount, reference=reference, memo="到账")


def spend(desk, fund, amount, reference="s:1", on=DAY):
    return actions.spend(by=desk.maker, on=on, fund=fund, amount=amount, purpose="aid.warmth", reference=reference, memo="慰问")


def now(desk, fund):
    with scoped(desk.maker):
        return queries.fund_of(fund.pk)


def agreed(desk, change):
    return actions.decide_change(by=desk.checker, on=DAY, change=change, agree=True)


def test_no_more_than_the_limit_is_spent_though_more_has_come(desk):
    fund = opened(desk, ceiling=600)
    receive(desk, fund, 1_000)
    spend(desk, fund, 600)
    with pytest.raises(Refused, match="超过这项资金的支出限额"):
        spend(desk, fund, 1, "s:2")


def test_a_promise_counts_against_the_limit_until_it_is_given_up(desk):
    fund = opened(desk, ceiling=600)
    receive(desk, fund, 1_000)
    (order,) = make_orders(desk, fund, make_payees(1), amount=600)
    with pytest.raises(Refused, match="限额"):
        spend(desk, fund, 1)
    actions.cancel_order(by=desk.approver, on=DAY, order=order, reason="名单有误")
    spend(desk, fund, 600)


def test_money_of_a_year_is_spent_in_that_year_only(desk):
    fund = opened(desk, year=2010)
    receive(desk, fund, 1_000)
    spend(desk, fund, 400)
    with pytest.raises(Refused, match="限 2010 年度使用"):
        spend(desk, fund, 400, "s:2", on=date(2011, 1, 4))


def test_what_was_promised_in_the_year_can_be_given_up_after_it(desk):
    fund = opened(desk, year=2010)
    receive(desk, fund, 1_000)
    (order,) = make_orders(desk, fund, make_payees(1), amount=600)
    actions.cancel_order(by=desk.approver, on=date(2011, 1, 4), order=order, reason="本人放弃")
    assert now(desk, fund).balance.free == 1_000


def test_money_lies_in_the_account_that_the_fund_was_opened_with(desk):
    make_fund(desk.maker)
    account = actions.open_account(
        by=desk.maker, on=DAY, area=desk.maker.area, code="1002-01", name="工行专户（尾号1234）", kind=AccountKind.CASH
    )
    fund = opened(desk, account="1002-01")
    receive(desk, fund, 1_000)
    spend(desk, fund, 300)
    with scoped(desk.maker):
        assert queries.statement(fund=fund, account=account).last().running == 700
    with pytest.raises(Refused, match="应是银行或现金账户"):
        opened(desk, code="ZJ-10", account="5101")


def test_a_payment_goes_out_of_the_funds_own_account(desk):
    make_fund(desk.maker)
    account = actions.open_account(
        by=desk.maker, on=DAY, area=desk.maker.area, code="1002-01", name="专户", kind=AccountKind.CASH
    )
    fund = opened(desk, account="1002-01")
    receive(desk, fund, 1_000_00)
    orders = make_orders(desk, fund, make_payees(2), amount=100_00)
    from linli.kernel.ledgers.tests.test_payments import make_and_pay

    make_and_pay(desk, orders)
    with scoped(desk.maker):
        assert queries.statement(fund=fund, account=account).last().running == 800_00
    with scoped(WHOLE):
        assert [fault for proof in queries.check_books() for fault in proof.faults] == []


def test_a_name_changes_by_one_person_and_the_former_one_stays_on_the_card(desk, fund):
    actions.rename_fund(by=desk.maker, on=DAY, fund=fund, name="慈心一日捐（2010）", basis="区分年度")
    assert now(desk, fund).name == "慈心一日捐（2010）"
    with scoped(desk.maker):
        (change,) = queries.changes_of(fund)
        assert (change.before, change.name, change.asked_by.name) == ("慈心一日捐", "慈心一日捐（2010）", "财经办")
    with pytest.raises(Refused, match="不同的名称"):
        actions.rename_fund(by=desk.maker, on=DAY, fund=now(desk, fund), name="慈心一日捐（2010）", basis="x")


def test_a_rule_about_money_changes_when_a_second_person_agrees(desk, fund):
    change = actions.ask_ceiling(by=desk.maker, on=DAY, fund=fund, ceiling=500, basis="会议纪要 3 号")
    spend(desk, fund, 400)
    assert now(desk, fund).ceiling is None
    with pytest.raises(Forbidden):
        actions.decide_change(by=desk.maker, on=DAY, change=change, agree=True)
    agreed(desk, change)
    assert now(desk, fund).ceiling == 500
    with pytest.raises(Refused, match="限额"):
        spend(desk, fund, 101, "s:2")
    with pytest.raises(Stale):
        agreed(desk, change)


def test_a_limit_below_what_was_spent_meanwhile_does_not_come_into_force(desk, fund):
    change = actions.ask_ceiling(by=desk.maker, on=DAY, fund=fund, ceiling=500, basis="会议纪要 3 号")
    spend(desk, fund, 600)
    with pytest.raises(Refused, match="限额"):
        agreed(desk, change)
    assert now(desk, fund).ceiling is None


def test_a_limit_is_asked_for_above_what_is_spent_already(desk, fund):
    spend(desk, fund, 600)
    for ceiling, said in ((599, "限额不能低于"), (0, "应大于0"), (None, "无需调整")):
        with pytest.raises(Refused, match=said):
            actions.ask_ceiling(by=desk.maker, on=DAY, fund=now(desk, fund), ceiling=ceiling, basis="会议纪要 3 号")
    agreed(desk, actions.ask_ceiling(by=desk.maker, on=DAY, fund=now(desk, fund), ceiling=600, basis="会议纪要 3 号"))
    assert now(desk, fund).ceiling == 600


def test_a_refusal_needs_its_reason_and_changes_nothing(desk):
    fund = make_fund(desk.maker, amount=1_000, purposes=("aid.illness",))
    change = actions.ask_purpose(by=desk.maker, on=DAY, fund=fund, purpose="aid.warmth", basis="捐赠人同意书")
    with pytest.raises(Refused, match="不同意的原因"):
        actions.decide_change(by=desk.checker, on=DAY, change=change, agree=False)
    actions.decide_change(by=desk.checker, on=DAY, change=change, agree=False, note="同意书没有签字")
    with pytest.raises(Refused, match="限定了用途"):
        spend(desk, fund, 1)
    agreed(desk, actions.ask_purpose(by=desk.maker, on=DAY, fund=fund, purpose="aid.warmth", basis="捐赠人同意书（已签）"))
    spend(desk, fund, 1)


def test_one_change_of_a_kind_waits_at_a_time(desk, fund):
    actions.ask_ceiling(by=desk.maker, on=DAY, fund=fund, ceiling=500, basis="x")
    with pytest.raises(Refused, match="等待复核"):
        actions.ask_ceiling(by=desk.maker, on=DAY, fund=fund, ceiling=600, basis="x")


def test_a_fund_is_closed_at_zero_only_and_then_for_good(desk):
    fund = opened(desk)
    receive(desk, fund, 1_000)
    with pytest.raises(Refused, match="货币资金 10.00 元"):
        actions.ask_close(by=desk.maker, on=DAY, fund=now(desk, fund), basis="项目结束")
    spend(desk, fund, 1_000)
    agreed(desk, actions.ask_close(by=desk.maker, on=DAY, fund=now(desk, fund), basis="项目结束"))
    assert now(desk, fund).closed_on == DAY
    with pytest.raises(Refused, match="已关闭"):
        receive(desk, fund, 1, "r:2")
    with pytest.raises(Refused, match="已关闭"):
        actions.rename_fund(by=desk.maker, on=DAY, fund=now(desk, fund), name="新", basis="x")


def test_money_that_comes_while_the_closing_waits_keeps_the_fund_open(desk):
    fund = opened(desk)
    change = actions.ask_close(by=desk.maker, on=DAY, fund=now(desk, fund), basis="项目结束")
    receive(desk, fund, 1)
    with pytest.raises(Refused, match="没有结清"):
        agreed(desk, change)


def test_goods_in_store_keep_a_fund_open(desk):
    fund = opened(desk)
    actions.open_goods(by=desk.maker, on=DAY, key="tv", name="彩色电视机", measure="台")
    actions.bring_in_goods(by=desk.maker, on=DAY, fund=fund, goods="tv", pieces=3, reference="g:1", memo="购入")
    with pytest.raises(Refused, match="库存tv 3"):
        actions.ask_close(by=desk.maker, on=DAY, fund=now(desk, fund), basis="项目结束")


def test_of_money_and_a_closing_at_once_one_is_refused(fresh_database, django_db_blocker, at_once):
    with django_db_blocker.unblock():
        desk = make_desk()
        for turn in range(5):
            fund = opened(desk, code=f"R-{turn}")
            change = actions.ask_close(by=desk.maker, on=DAY, fund=now(desk, fund), basis="项目结束")
            answers = at_once(
                lambda change=change: agreed(desk, change), lambda fund=fund, turn=turn: receive(desk, fund, 1, f"race:{turn}")
            )
            assert sum(isinstance(answer, Refused) for answer in answers) == 1
        with scoped(WHOLE):
            assert [fault for proof in queries.check_books() for fault in proof.faults] == []
        connections.close_all()


BREAKING = [
    "update ledgers_fund set closed_on = '2010-12-20'",
    "delete from ledgers_fund",
    "update ledgers_fundbalance set ceiling = 1",
    "update ledgers_fundchange set name = 'x'",
]


@pytest.mark.parametrize("statement", BREAKING)
def test_nobody_changes_a_fund_beside_its_decisions(fresh_database, django_db_blocker, statement):
    with django_db_blocker.unblock():
        desk = make_desk()
        fund = make_fund(desk.maker, amount=1_000)
        actions.rename_fund(by=desk.maker, on=DAY, fund=fund, name="新名称", basis="x")
        with pytest.raises(DatabaseError, match="kept by the database"), connections["owner"].cursor() as cursor:
            cursor.execute(statement)
        connections.close_all()


def test_the_database_itself_asks_for_a_second_person(desk, fund):
    words = {"fund": fund, "kind": "limit", "ceiling": 5, "basis": "x", "asked_on": DAY, "asked_by_id": desk.maker.staff_id}
    for decided in ({}, {"decided_by_id": desk.maker.staff_id}):
        with scoped(desk.maker), pytest.raises(DatabaseError), transaction.atomic():
            FundChange.objects.create(state="done", decided_on=DAY, **words, **decided)


def test_a_town_neither_sees_nor_changes_the_districts_fund(desk, fund):
    town = make_desk(TOWN)
    with scoped(town.maker):
        assert not Fund.objects.exists()
    with pytest.raises(Refused):
        actions.rename_fund(by=town.maker, on=DAY, fund=fund, name="x", basis="x")
    change = actions.ask_ceiling(by=desk.maker, on=DAY, fund=fund, ceiling=500, basis="x")
    with scoped(town.checker), pytest.raises(Forbidden):
        queries.change_of(change.pk)
    with pytest.raises(Stale):
        agreed(town, change)


def test_the_database_refuses_an_account_that_is_not_the_payees(desk, fund):
    payees = make_payees(2)
    row = order_row(payees[0], "s:1", (fund, 100))
    actions.order_payments(by=desk.approver, on=DAY, rows=[row])
    with scoped(desk.maker):
        order = queries.order_by_source("s:1")
        with pytest.raises(DatabaseError, match="not the payee's"), transaction.atomic():
            type(order).objects.filter(pk=order.pk).update(account=payees[1].account)
