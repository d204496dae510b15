"""From the order to the bank's answer: nothing is lost, doubled, or paid by one person alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from linli.base.areas import WHOLE
from linli.gateways import bank
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Stale
from linli.kernel.ledgers import actions, queries
from linli.kernel.ledgers.models import Batch, BatchLine, Line, PaymentOrder, Posting
from linli.kernel.ledgers.rules import AccountKind, Channel, OrderRow
from linli.kernel.ledgers.samples import (
    make_desk,
    make_fund,
    make_locked_batch,
    make_orders,
    make_payees,
    order_row,
)

DAY = date(2010, 12, 20)
TOWN = "370404100000"
LAYOUT = bank.layouts()["bar_utf8"]


@pytest.fixture
def sent(desk, orders):
    batch = make_locked_batch(desk, orders)
    file = actions.send_batch(by=desk.maker, on=DAY, batch=batch)
    return batch, file


def figures(desk, fund):
    with scoped(desk.maker):
        held = queries.fund_of(fund.pk).balance
    return held.received, held.payable, held.paid, held.free


def states(desk):
    with scoped(desk.maker):
        return [order.state for order in queries.orders().order_by("id")]


def answer(file, *failed, batch=None, drop=(), amounts=None, extra=()):
    """The bank's answer to a file: the lines with these numbers fail."""
    asked = bank.read_batch(LAYOUT, file.content)
    results = [
        bank.Result(
            number, number, payment.reference, payment.account, (amounts or {}).get(number, payment.amount),
            number not in failed, "1002" if number in failed else "0000", "",
        )
        for number, payment in enumerate(asked.payments, 1)
        if number not in drop
    ]  # fmt: skip
    return bank.write_return(LAYOUT, bank.Return(batch or asked.number, asked.day, (*results, *extra)))


def settle(desk, batch, content, name="r.txt"):
    return actions.settle_return(by=desk.maker, on=DAY, batch=batch, name=name, content=content)


def test_an_order_reserves_its_money(desk, fund, orders):
    assert figures(desk, fund) == (10_000_00, 1_500_00, 0, 8_500_00)
    assert states(desk) == ["ready"] * 3


def test_an_order_shared_by_district_and_town_is_reserved_in_both_books(desk, fund):
    town = make_fund(desk.maker, code="ZJ-1", name="古邵镇救助金", area=TOWN, amount=1_000_00)
    payee = make_payees(1)[0]
    actions.order_payments(by=desk.approver, on=DAY, rows=[order_row(payee, "s:1", (fund, 300_00), (town, 200_00))])
    assert (figures(desk, fund)[1], figures(desk, town)[1]) == (300_00, 200_00)
    with scoped(desk.maker):
        assert [(row.name, row.count, row.amount) for row in queries.paid_by(queries.orders())] == [
            ("慈心一日捐", 1, 300_00),
            ("古邵镇救助金", 1, 200_00),
        ]
        order = queries.order_by_source("s:1")
    make_and_pay(desk, [order])
    assert figures(desk, fund) == (10_000_00, 0, 300_00, 9_700_00)
    assert figures(desk, town) == (1_000_00, 0, 200_00, 800_00)


def make_and_pay(desk, orders, number="P2010-001"):
    batch = make_locked_batch(desk, orders, number=number)
    file = actions.send_batch(by=desk.maker, on=DAY, batch=batch)
    return settle(desk, batch, answer(file))


def test_one_order_may_have_the_longest_source_of_all(desk, fund):
    """A run of one family names programme, entitlement, funding and purpose: longer than the trail's word for a subject."""
    (payee,), source = make_payees(1), "entitlements.run:4711:1234567:89:assistance.dibao".ljust(80, "x")
    assert actions.order_payments(by=desk.approver, on=DAY, rows=[order_row(payee, source, (fund, 100_00))]).made == 1
    with scoped(desk.maker):
        assert queries.order_by_source(source)


def test_more_than_the_fund_has_is_not_ordered_and_nothing_is(desk, fund):
    payees = make_payees(3)
    rows = [order_row(payee, f"s:{n}", (fund, 4_000_00)) for n, payee in enumerate(payees)]
    with pytest.raises(Refused, match=r"可用 10,000.00 元，本次需要 12,000.00 元"):
        actions.order_payments(by=desk.approver, on=DAY, rows=rows)
    assert states(desk) == []
    assert figures(desk, fund) == (10_000_00, 0, 0, 10_000_00)


def test_a_list_sent_again_makes_the_missing_orders_only(desk, fund):
    rows = [order_row(payee, f"s:{n}", (fund, 100_00)) for n, payee in enumerate(make_payees(4))]
    assert actions.order_payments(by=desk.approver, on=DAY, rows=rows[:2]).made == 2
    ordered = actions.order_payments(by=desk.approver, on=DAY, rows=rows)
    assert (ordered.made, ordered.known) == (2, 2)
    assert actions.order_payments(by=desk.approver, on=DAY, rows=rows).made == 0
    assert figures(desk, fund)[1] == 400_00


def test_a_known_source_with_another_amount_is_refused(desk, fund):
    payee = make_payees(1)[0]
    actions.order_payments(by=desk.approver, on=DAY, rows=[order_row(payee, "s:1", (fund, 100_00))])
    with pytest.raises(Refused, match="s:1"):
        actions.order_payments(by=desk.approver, on=DAY, rows=[order_row(payee, "s:1", (fund, 200_00))])


def test_nobody_is_paid_into_the_account_of_another(desk, fund, sent):
    batch, file = sent
    settle(desk, batch, answer(file, 2))
    with scoped(desk.maker):
        (line,) = queries.mend_list()
        other = queries.orders().exclude(pk=line.order_id).first().account_id
    with pytest.raises(Refused, match="不是收款人名下登记的在用账户"):
        actions.mend_order(by=desk.maker, on=DAY, order=line.order, account=other)
    stranger = make_payees(1, area="370404101201")[0]
    with pytest.raises(Refused, match="不是收款人本人名下登记的账户：s:9"):
        actions.order_payments(by=desk.approver, on=DAY, rows=[replace(order_row(stranger, "s:9", (fund, 1)), account=other)])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"amount": 0}, "金额应大于0"),
        ({"amount": 600}, "各项资金之和与金额不一致"),
        ({"shares": ()}, "没有写明由哪项资金支付"),
        ({"shares": ((1, 300), (1, 200))}, "写了两次"),
        ({"payee": " "}, "没有收款人姓名"),
        ({"organisation": 1}, "一名人员或一个单位"),
        ({"person": None}, "一名人员或一个单位"),
    ],
)
def test_a_faulty_row_is_named(change, fault):
    good = {
        "source": "s",
        "amount": 500,
        "purpose": "p",
        "shares": ((1, 300), (2, 200)),
        "payee": "王一",
        "area": TOWN,
        "person": 1,
    }
    assert OrderRow(**good).fault() == ""
    assert fault in OrderRow(**{**good, **change}).fault()


def test_a_cancelled_order_frees_its_money(desk, fund, orders):
    actions.cancel_order(by=desk.approver, on=DAY, order=orders[0], reason="本人放弃")
    assert figures(desk, fund) == (10_000_00, 1_000_00, 0, 9_000_00)
    assert states(desk) == ["cancelled", "ready", "ready"]
    with pytest.raises(Stale):
        actions.cancel_order(by=desk.approver, on=DAY, order=orders[0], reason="本人放弃")


def test_the_maker_cannot_check_nor_the_checker_send(desk, orders):
    batch = actions.make_batch(by=desk.maker, on=DAY, number="P1", item="情暖万家", orders=[o.pk for o in orders])
    words = {"on": DAY, "batch": batch}
    with pytest.raises(Forbidden):
        actions.check_batch(by=desk.maker, count=3, amount=1_500_00, **words)
    with scoped(desk.maker), pytest.raises(IntegrityError, match="batch_second_person"), transaction.atomic():
        Batch.objects.update(checked_by=desk.maker.staff_id, checked_on=DAY, state="checked")
    actions.check_batch(by=desk.checker, count=3, amount=1_500_00, **words)
    actions.lock_batch(by=desk.checker, **words)
    with pytest.raises(Forbidden):
        actions.send_batch(by=desk.checker, **words)


def test_the_checker_states_the_totals(desk, orders):
    batch = actions.make_batch(by=desk.maker, on=DAY, number="P1", item="情暖万家", orders=[o.pk for o in orders])
    with pytest.raises(Refused, match=r"填写的金额与批次 P1 的名单不一致（填写为 3 笔、1,000.00 元）"):
        actions.check_batch(by=desk.checker, on=DAY, batch=batch, count=3, amount=1_000_00)


def test_no_step_of_a_batch_can_be_left_out_or_done_twice(desk, orders):
    batch = actions.make_batch(by=desk.maker, on=DAY, number="P1", item="情暖万家", orders=[o.pk for o in orders])
    words = {"on": DAY, "batch": batch}
    with pytest.raises(Stale):
        actions.lock_batch(by=desk.checker, **words)
    with pytest.raises(Refused, match="锁定后才能送银行"):
        actions.send_batch(by=desk.maker, **words)
    actions.check_batch(by=desk.checker, count=3, amount=1_500_00, **words)
    with pytest.raises(Stale):
        actions.check_batch(by=desk.checker, count=3, amount=1_500_00, **words)
    with pytest.raises(Refused, match="没有回盘"):
        actions.reconcile_batch(by=desk.maker, **words)


def test_an_order_stands_in_one_batch(desk, orders):
    actions.make_batch(by=desk.maker, on=DAY, number="P1", item="情暖万家", orders=[orders[0].pk])
    rest = actions.make_batch(by=desk.maker, on=DAY, number="P2", item="情暖万家", orders=[o.pk for o in orders])
    assert rest.count == 2
    with pytest.raises(Refused, match="没有可以发放的付款单"):
        actions.make_batch(by=desk.maker, on=DAY, number="P3", item="情暖万家", orders=[o.pk for o in orders])
    with pytest.raises(Refused, match="在发放批次中"):
        actions.cancel_order(by=desk.approver, on=DAY, order=orders[0], reason="x")


def test_a_discarded_batch_gives_its_orders_back(desk, orders):
    batch = make_locked_batch(desk, orders)
    actions.discard_batch(by=desk.maker, on=DAY, batch=batch, reason="名单有误")
    assert states(desk) == ["ready"] * 3
    assert make_locked_batch(desk, orders, number="P2").count == 3


def test_the_file_is_the_same_however_often_it_is_fetched(desk, sent):
    batch, file = sent
    again = actions.send_batch(by=desk.maker, on=DAY, batch=batch)
    assert again == file
    written = bank.read_batch(LAYOUT, file.content)
    assert (written.number, written.count, written.total) == ("P2010-001", 3, 1_500_00)
    with scoped(desk.maker):
        assert queries.batch_of(batch.pk).sent_by_id == desk.maker.staff_id


def test_paid_lines_are_booked_and_the_batch_is_reconciled(desk, fund, sent):
    batch, file = sent
    settled = settle(desk, batch, answer(file))
    assert (settled.paid, settled.failed) == (3, 0)
    assert figures(desk, fund) == (10_000_00, 0, 1_500_00, 8_500_00)
    assert states(desk) == ["paid"] * 3
    with scoped(desk.maker):
        totals = queries.control_totals(queries.batch_of(batch.pk))
        assert totals.orders == totals.batch == totals.file == totals.returned
    actions.reconcile_batch(by=desk.maker, on=DAY, batch=batch)
    assert actions.archive_batch(by=desk.maker, on=DAY, batch=batch).state == "archived"


def test_the_same_return_file_twice_changes_nothing(desk, fund, sent):
    batch, file = sent
    content = answer(file, 2)
    settle(desk, batch, content)
    before = figures(desk, fund)
    again = settle(desk, batch, content, "renamed.txt")
    assert (again.paid, again.failed, again.repeated) == (0, 0, 3)
    other = settle(desk, batch, answer(file, 2) + b"\r\n")
    assert (other.paid, other.failed, other.repeated) == (0, 0, 3)
    assert figures(desk, fund) == before
    with scoped(desk.maker):
        assert Posting.objects.filter(kind="pay").count() == 1


def test_a_failed_line_is_mended_and_paid_in_another_batch(desk, fund, sent):
    batch, file = sent
    settle(desk, batch, answer(file, 2))
    assert states(desk) == ["paid", "failed", "paid"]
    assert figures(desk, fund) == (10_000_00, 500_00, 1_000_00, 8_500_00)
    with scoped(desk.maker):
        (line,) = queries.mend_list()
        assert (line.code, line.reason) == ("1002", "账号不存在")
        order = line.order
    with pytest.raises(Refused, match="没有可以发放的付款单"):
        actions.make_batch(by=desk.maker, on=DAY, number="P2", item="补发", orders=[order.pk])
    actions.mend_order(by=desk.maker, on=DAY, order=order, account=line.account_id)
    make_and_pay(desk, [order], "P2")
    assert figures(desk, fund) == (10_000_00, 0, 1_500_00, 8_500_00)
    with scoped(desk.maker):
        assert not queries.mend_list().exists()
    stale = settle(desk, batch, answer(file, 2) + b"\r\n")
    assert stale.repeated == 3
    assert figures(desk, fund)[2] == 1_500_00


def test_a_file_in_parts_and_out_of_order_books_each_line_once(desk, fund, sent):
    batch, file = sent
    assert settle(desk, batch, answer(file, drop=(1, 2))).paid == 1
    with pytest.raises(Refused, match="还有 2 笔没有回盘"):
        actions.reconcile_batch(by=desk.maker, on=DAY, batch=batch)
    assert settle(desk, batch, answer(file, drop=(3,))).paid == 2
    assert settle(desk, batch, answer(file)).paid == 0
    assert figures(desk, fund) == (10_000_00, 0, 1_500_00, 8_500_00)


def broken(file, kind):
    extra = bank.Result(9, 9, "L999999", "6222", 500_00, True, "0000", "")
    content = answer(file, extra=[extra]) if kind == "unknown" else answer(file)
    if kind == "amount":
        content = answer(file, amounts={2: 400_00})
    if kind == "batch":
        content = answer(file, batch="P1999-001")
    if kind == "cut":
        content = b"\r\n".join(content.split(b"\r\n")[:-2])
    if kind == "total":
        content = content.replace(b"|150000|", b"|160000|", 1)
    if kind == "empty":
        content = b""
    if kind == "half a line":
        content = content[: len(content) // 2]
    return content


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("unknown", r"L999999”不在这个批次中"),
        ("amount", r"金额是 400.00 元，批次中是 500.00 元"),
        ("batch", r"P1999-001"),
        ("cut", "没有入账"),
        ("total", r"160000"),
        ("empty", "没有入账"),
        ("half a line", "没有入账"),
    ],
)
def test_a_faulty_return_file_is_refused_whole(desk, fund, sent, kind, words):
    batch, file = sent
    before = figures(desk, fund)
    with pytest.raises(Refused, match=words):
        settle(desk, batch, broken(file, kind))
    assert figures(desk, fund) == before
    assert states(desk) == ["sent"] * 3


def test_an_answer_that_contradicts_a_booked_one_is_refused(desk, fund, sent):
    batch, file = sent
    settle(desk, batch, answer(file, 2))
    with pytest.raises(Refused, match="与已入账的结果“退票”相反"):
        settle(desk, batch, answer(file))
    assert figures(desk, fund)[2] == 1_000_00


def test_an_answer_before_the_file_was_sent_is_refused(desk, orders):
    batch = make_locked_batch(desk, orders)
    with pytest.raises(Refused, match="没有送银行"):
        settle(desk, batch, b"x")


def test_cash_is_paid_against_a_signature(desk, fund):
    orders = make_orders(desk, fund, make_payees(2, banked=False))
    words = {"by": desk.maker, "on": DAY}
    batch = actions.make_batch(number="X1", item="现金", orders=[order.pk for order in orders], channel=Channel.CASH, **words)
    actions.check_batch(by=desk.checker, on=DAY, batch=batch, count=2, amount=1_000_00)
    actions.lock_batch(by=desk.checker, on=DAY, batch=batch)
    with scoped(desk.maker):
        first, second = queries.batch_lines(batch)
    with pytest.raises(Refused, match="余额不足"):
        actions.settle_by_hand(batch=batch, proofs={first.pk: "签领表第1页"}, **words)
    actions.move_money(fund=fund, amount=1_000_00, account="1002", to="1001", reference="m:1", memo="提现", **words)
    with pytest.raises(Refused, match="签收凭据"):
        actions.settle_by_hand(batch=batch, proofs={first.pk: " "}, **words)
    assert actions.settle_by_hand(batch=batch, proofs={first.pk: "签领表第1页"}, **words) == 1
    assert actions.settle_by_hand(batch=batch, proofs={first.pk: "签领表第1页", second.pk: "签领表第1页"}, **words) == 1
    assert figures(desk, fund) == (10_000_00, 0, 1_000_00, 9_000_00)
    assert actions.reconcile_batch(batch=batch, **words).state == "reconciled"


def test_paid_aid_is_recovered_and_is_free_only_when_it_has_come(desk, fund, sent):
    batch, file = sent
    settle(desk, batch, answer(file))
    with scoped(desk.maker):
        order = queries.orders().order_by("id").first()
    with pytest.raises(Refused, match="请办理追回"):
        actions.cancel_order(by=desk.approver, on=DAY, order=order, reason="不符合条件")
    recovery = actions.recover(by=desk.approver, on=DAY, order=order, reason="不符合条件")
    assert figures(desk, fund) == (10_000_00, 0, 1_500_00, 8_500_00)
    assert states(desk)[0] == "recovering"
    words = {"by": desk.maker, "on": DAY, "recovery": recovery}
    assert actions.receive_recovered(amount=200_00, reference="b:1", **words) == 300_00
    with pytest.raises(Refused, match=r"尚欠的 300.00 元"):
        actions.receive_recovered(amount=300_01, reference="b:2", **words)
    assert actions.receive_recovered(amount=300_00, reference="b:2", **words) == 0
    assert states(desk)[0] == "recovered"
    assert figures(desk, fund) == (10_000_00, 0, 1_000_00, 9_000_00)
    with pytest.raises(Refused, match="已经在追回"):
        actions.recover(by=desk.approver, on=DAY, order=order, reason="再来")


def test_an_unpaid_order_is_not_recovered(desk, orders):
    with pytest.raises(Refused, match="尚未发放"):
        actions.recover(by=desk.approver, on=DAY, order=orders[0], reason="x")


def test_the_database_refuses_to_settle_an_order_twice(desk, fund, orders):
    make_and_pay(desk, orders[:1])
    with scoped(desk.maker):
        line = Line.objects.filter(order__isnull=False, account__kind=AccountKind.PAYABLE.value, amount__gt=0).first()
        bank_account = queries.account_of(fund.book, "1002")
    posting = {"reference": "twice", "book": fund.book, "area": fund.area, "kind": "pay", "day": DAY, "memo": "x"}
    with scoped(desk.maker), pytest.raises(DatabaseError, match="settled twice"), transaction.atomic():
        twice = Posting.objects.create(**posting)
        shared = {"posting": twice, "fund": fund, "unit": "fen", "area": fund.area}
        Line.objects.bulk_create(
            [
                Line(account_id=line.account_id, amount=line.amount, order_id=line.order_id, **shared),
                Line(account=bank_account, amount=-line.amount, **shared),
            ]
        )


def test_the_database_refuses_a_second_living_line_and_a_rewritten_order(desk, orders):
    batch = make_locked_batch(desk, orders)
    with scoped(WHOLE):
        with pytest.raises(IntegrityError, match="order_paid_once"), transaction.atomic():
            BatchLine.objects.create(batch=batch, order=orders[0], sequence=9, amount=1, area=orders[0].area)
        for change in (lambda: PaymentOrder.objects.update(amount=1), lambda: Batch.objects.update(amount=1)):
            with pytest.raises(DatabaseError, match="not rewritten"), transaction.atomic():
                change()


def test_the_fake_bank_pays_what_it_was_sent(desk, fund, orders, tmp_path):
    batch = make_locked_batch(desk, orders)
    payees = bank.read_batch(LAYOUT, actions.send_batch(by=desk.maker, on=DAY, batch=batch).content).payments
    fake = bank.FakeBank(tmp_path, LAYOUT, {payees[1].account: "1001"})
    fake.submit(actions.send_batch(by=desk.maker, on=DAY, batch=batch))
    for file in fake.collect():
        settle(desk, batch, file.content, file.name)
        fake.acknowledge(file.name)
    assert states(desk) == ["paid", "failed", "paid"]


def test_a_town_sees_the_payments_to_its_people_and_not_the_districts_books(desk, orders):
    town = make_desk(TOWN)
    other = make_desk("370404101000")
    with scoped(town.maker):
        assert queries.orders().count() == 3
        assert not queries.funds().exists()
    with scoped(other.maker):
        assert not queries.orders().exists()
    with pytest.raises(Forbidden):
        actions.cancel_order(by=town.maker, on=DAY, order=orders[0], reason="x")
