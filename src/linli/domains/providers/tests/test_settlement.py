"""A month is settled once, with what residents confirmed and nothing else; contested lines stay out and come back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from linli.domains.providers import actions, queries
from linli.domains.providers.models import ServiceOrder, Statement
from linli.domains.providers.rules import Contested, ProviderKind, Service
from linli.domains.providers.samples import (
    AT,
    DAY,
    HOUR,
    NEXT_MONTH,
    confirm,
    make_clerk,
    make_done,
    make_resident,
    make_service,
    make_service_fund,
    make_statement,
    make_trial,
    offer_of,
    read,
    serve,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused, Stale
from linli.kernel.access.samples import FIRST_DAY
from linli.kernel.ledgers.actions import make_batch
from linli.kernel.ledgers.queries import check_books, order_by_source
from linli.kernel.ledgers.rules import Channel
from linli.kernel.ledgers.samples import account_number
from linli.kernel.orders import actions as work
from linli.kernel.orders.rules import Satisfaction
from linli.kernel.orders.samples import read as order_of
from linli.kernel.registry.actions import add_bank_account

DAYS = timedelta(days=1)
MEALS = 600


@pytest.fixture
def meals(centre):
    return make_trial(centre, name="百味餐饮", services=(Service.MEALS,))


@pytest.fixture
def three(centre, meals):
    """Three dinners for a person without means, all eaten."""
    person, clerk = make_resident(centre.worker, "tekun"), make_clerk(centre, meals)
    return [make_done(centre, offer_of(meals), AT + n * DAYS, person, clerk) for n in range(3)]


def test_the_same_count_and_sum_stand_on_all_sides(centre, meals, three):
    made = make_statement(centre, meals)
    fund = make_service_fund(centre.maker)
    actions.pay_statement(by=centre.maker, on=NEXT_MONTH, statement=made, fund_id=fund.pk)
    with scoped(centre.maker):
        order = order_by_source(queries.source_of(made))
        batch = make_batch(by=centre.maker, on=NEXT_MONTH, number="FW-1", item="居家服务补贴", orders=[order.pk],
                           channel=Channel.TRANSFER)  # fmt: skip
        lines = queries.lines_of(made)
        assert sum(one.payable for one in lines) == made.amount == order.amount == batch.amount == 3 * MEALS
        assert (lines.count(), batch.count) == (made.orders, 1)
        assert not [proof for proof in check_books() if proof.faults]
    with pytest.raises(Stale):
        actions.pay_statement(by=centre.maker, on=NEXT_MONTH, statement=made, fund_id=fund.pk)
    with pytest.raises(Refused, match="不能撤回"):
        actions.withdraw_statement(by=centre.chief, on=NEXT_MONTH, statement=made, why="核错了")


def test_a_skilled_individual_is_paid_by_the_bank_under_the_own_name(centre):
    person = make_resident(centre.worker, "", "陶师傅", date(1970, 1, 1))
    add_bank_account(by=centre.worker, on=FIRST_DAY, person_id=person.pk, bank="枣庄银行", number=account_number(7))
    words = {"kind": ProviderKind.PERSON, "person_id": person.pk, "services": (Service.HAIRCUT,)}
    barber = make_trial(centre, name="陶师傅理发", **words)
    make_done(centre, offer_of(barber), person=make_resident(centre.worker, "tekun"))
    made, fund = make_statement(centre, barber), make_service_fund(centre.maker)
    actions.pay_statement(by=centre.maker, on=NEXT_MONTH, statement=made, fund_id=fund.pk)
    with scoped(centre.maker):
        order = order_by_source(queries.source_of(made))
        assert (order.payee, order.amount, order.account_id is not None) == ("陶师傅", 15_00, True)
        make_batch(by=centre.maker, on=NEXT_MONTH, number="FW-2", item="居家服务补贴", orders=[order.pk])


def test_a_bill_that_says_something_else_and_a_month_that_runs_are_refused(centre, meals, three):
    words = {"by": centre.second, "provider": meals, "month": DAY, "orders": 3, "amount": 3 * MEALS}
    with pytest.raises(Refused, match="还没有结束"):
        actions.state_month(on=date(2010, 12, 31), **words)
    with pytest.raises(Refused, match="两者不一致") as told:
        actions.state_month(on=NEXT_MONTH, **(words | {"orders": 4}))
    assert told.value.field == "amount" and "3单、18.00元" in told.value.message
    with pytest.raises(Refused, match="没有等待结算"):
        actions.state_month(on=NEXT_MONTH, **(words | {"month": date(2010, 11, 1)}))
    actions.state_month(on=NEXT_MONTH, **words)
    with pytest.raises(Refused, match="没有等待结算"):
        actions.state_month(on=NEXT_MONTH, **words)


def test_whoever_entered_for_the_provider_does_not_state(centre, meals):
    make_done(centre, offer_of(meals), person=make_resident(centre.worker, "tekun"))
    with pytest.raises(Refused, match="另一人核定"):
        make_statement(centre, meals, by=centre.chief)
    assert make_statement(centre, meals, by=centre.second).orders == 1


def test_what_nobody_confirmed_is_not_settled_even_by_force(centre, meals, three):
    person = make_resident(centre.worker, "tekun", "钱爷爷")
    silent = make_service(centre.operator, offer_of(meals), AT + 4 * DAYS, person)
    serve(centre.chief, silent, AT + 4 * DAYS)
    bad = make_service(centre.operator, offer_of(meals), AT + 5 * DAYS, person)
    serve(centre.chief, bad, AT + 5 * DAYS)
    confirm(centre.operator, bad, AT + 5 * DAYS + 4 * HOUR, grade=Satisfaction.BAD, solved=False)
    made = make_statement(centre, meals)
    assert made.orders == 3
    for one in (silent, bad):
        with pytest.raises(DatabaseError, match="not confirmed"), transaction.atomic(), scoped(centre.chief):
            ServiceOrder.objects.filter(pk=one.pk).update(statement=made)
    with pytest.raises(DatabaseError, match="settled already"), transaction.atomic(), scoped(centre.chief):
        ServiceOrder.objects.filter(pk=three[0].pk).update(statement=None)




def test_contested_lines_stay_out_and_come_back_next_month_as_ruled(centre, meals, three):
    with pytest.raises(Refused, match="写明争议"):
        actions.contest(by=centre.operator, on=DAY, service=three[0], ground=Contested.NOT_DONE, text="没")
    asked = actions.contest(
        by=centre.chief, on=DAY, service=three[0], ground=Contested.TIME, text="居民说没有送到，送餐人说放在门口。"
    )
    with pytest.raises(Refused, match="还没有裁定"):
        actions.contest(by=centre.operator, on=DAY, service=three[0], ground=Contested.OTHER, text="同一件事再提一次")
    first = make_statement(centre, meals)
    assert first.orders == 2
    with pytest.raises(Refused, match="已列入结算单"):
        actions.contest(by=centre.operator, on=DAY, service=three[1], ground=Contested.OTHER, text="已经结算以后才说")
    with pytest.raises(Refused, match="另一人办理"):
        actions.rule(by=centre.chief, on=NEXT_MONTH, contest=asked, payable=0, opinion="同意")
    with pytest.raises(Refused, match="0到6.00元"):
        actions.rule(by=centre.second, on=NEXT_MONTH, contest=asked, payable=601, opinion="多付一点")
    actions.rule(by=centre.second, on=NEXT_MONTH, contest=asked, payable=300, opinion="各担一半")
    second = make_statement(centre, meals, month=date(2011, 1, 1), on=date(2011, 2, 1))
    assert (second.orders, second.amount) == (1, 300)


def test_a_statement_that_was_taken_back_frees_its_lines(centre, meals, three):
    made = make_statement(centre, meals)
    actions.withdraw_statement(by=centre.chief, on=NEXT_MONTH, statement=made, why="账单有误")
    again = make_statement(centre, meals)
    assert again.pk != made.pk and again.amount == made.amount
    with pytest.raises(Stale):
        actions.pay_statement(by=centre.maker, on=NEXT_MONTH, statement=made, fund_id=make_service_fund(centre.maker).pk)


def test_an_order_that_is_taken_up_again_holds_the_payment_back(centre, meals, three):
    made = make_statement(centre, meals)
    work.reopen(by=centre.chief, at=AT + 10 * DAYS, order=order_of(three[0].order_id), why="居民说饭菜不熟，要求重新处理")
    with pytest.raises(Refused, match="不能付款"):
        actions.pay_statement(by=centre.maker, on=NEXT_MONTH, statement=made, fund_id=make_service_fund(centre.maker).pk)


def test_a_month_is_stated_once_and_what_is_late_comes_with_the_next(centre, meals, three):
    make_statement(centre, meals)
    late = make_service(centre.operator, offer_of(meals), AT + 20 * DAYS, make_resident(centre.worker, "tekun", "钱爷爷"))
    serve(centre.chief, late, AT + 20 * DAYS)
    confirm(centre.operator, late, AT + 40 * DAYS)
    with pytest.raises(Refused, match="余下的列入下月"):
        make_statement(centre, meals, on=date(2011, 2, 1))
    assert make_statement(centre, meals, month=date(2011, 1, 1), on=date(2011, 2, 1)).orders == 1


def test_a_settled_line_and_a_statement_cannot_be_rewritten(centre, meals, three):
    made = make_statement(centre, meals)
    for change in ({"payable": 1}, {"ended_at": AT}):
        with pytest.raises(DatabaseError), transaction.atomic(), scoped(centre.chief):
            ServiceOrder.objects.filter(pk=three[0].pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic(), scoped(centre.chief):
        Statement.objects.filter(pk=made.pk).update(amount=9_999_99)
    with pytest.raises(DatabaseError), transaction.atomic(), scoped(centre.chief), connection.cursor() as cursor:
        cursor.execute("delete from providers_serviceorder")


def test_the_provider_sees_its_statement_and_no_other(centre, meals, three):
    made, other = make_statement(centre, meals), make_trial(centre, name="好帮手家政")
    own, stranger = make_clerk(centre, meals, "su", "苏经理"), make_clerk(centre, other, "liu", "刘经理")
    with scoped(own):
        assert queries.statement(made.pk).amount == 3 * MEALS
    with scoped(stranger), pytest.raises(Refused):
        queries.statement(made.pk)
    assert read(three[0]).statement_id == made.pk
