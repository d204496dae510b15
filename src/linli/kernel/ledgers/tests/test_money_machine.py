"""Random lives of money: whatever happens in whatever order, the books equal a simple model after every step."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from linli.base.areas import WHOLE
from linli.gateways import bank
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.ledgers import actions, queries
from linli.kernel.ledgers.models import Fund, PaymentOrder
from linli.kernel.ledgers.samples import Desk, Payee, make_desk, make_fund, make_payees, order_row

DAY = date(2010, 12, 20)
LAYOUT = bank.layouts()["bar_utf8"]
SMALL = st.integers(1, 900)
WHICH = st.integers(0, 11)


@dataclass
class Office:
    """What all examples share; each example's own work is rolled back."""

    desk: Desk
    payees: list[Payee]
    funds: list[Fund]


@dataclass
class Known:
    """An order as the model knows it."""

    row: PaymentOrder
    shares: dict[int, int]
    state: str = "ready"
    owed: int = 0


@dataclass
class Pot:
    """A fund as the model knows it."""

    received: int = 0
    payable: int = 0
    paid: int = 0

    @property
    def free(self) -> int:
        return self.received - self.payable - self.paid


@dataclass
class Sent:
    """A batch that lies at the bank."""

    row: object
    file: bank.BankFile
    orders: list[Known]
    answers: dict[int, bool] = field(default_factory=dict)


def told(number: int, payment: bank.Payment, ok: bool) -> bank.Result:
    code = "0000" if ok else "1001"
    return bank.Result(number, number, payment.reference, payment.account, payment.amount, ok, code, "")


class Money(RuleBasedStateMachine):
    office: Office
    reached: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.number = 0
        self.pots = {fund.pk: Pot() for fund in self.office.funds}
        self.known: list[Known] = []
        self.sent: list[Sent] = []

    def teardown(self) -> None:
        with scoped(WHOLE):
            faults = [fault for proof in queries.check_books() for fault in proof.faults]
        transaction.savepoint_rollback(self.savepoint)
        assert faults == []

    def next(self, word: str) -> str:
        self.number += 1
        return f"{word}:{self.number}"

    @initialize(first=st.integers(0, 900), second=SMALL)
    def begin(self, first, second):
        """Some money and some orders, so that a life of thirty steps comes far."""
        for which in (0, 1):
            self.receive(which, 5_000)
        for who in range(3):
            self.order(who, first, second)
        self.batch(2, False)

    @rule(which=st.integers(0, 1), amount=st.integers(1, 5_000))
    def receive(self, which, amount):
        fund = self.office.funds[which]
        actions.receive(by=self.office.desk.maker, on=DAY, fund=fund, amount=amount, reference=self.next("in"), memo="到账")
        self.pots[fund.pk].received += amount

    @rule(which=st.integers(0, 1), amount=SMALL, back=st.booleans())
    def spend_and_perhaps_reverse(self, which, amount, back):
        fund, desk = self.office.funds[which], self.office.desk
        words = {"purpose": "office.cost", "reference": self.next("out"), "memo": "手续费"}
        try:
            posting = actions.spend(by=desk.maker, on=DAY, fund=fund, amount=amount, **words)
        except Refused:
            assert self.pots[fund.pk].free < amount
            return
        assert self.pots[fund.pk].free >= amount
        self.pots[fund.pk].paid += amount
        if back:
            actions.reverse(by=desk.checker, on=DAY, posting=posting, reason="误记")
            self.pots[fund.pk].paid -= amount

    @rule(who=st.integers(0, 3), first=st.integers(0, 900), second=SMALL)
    def order(self, who, first, second):
        district, town = self.office.funds
        shares = {fund.pk: part for fund, part in ((district, first), (town, second)) if part}
        row = order_row(
            self.office.payees[who], self.next("s"), *((fund, part) for fund, part in ((district, first), (town, second)) if part)
        )
        enough = all(self.pots[fund].free >= part for fund, part in shares.items())
        try:
            actions.order_payments(by=self.office.desk.approver, on=DAY, rows=[row])
        except Refused:
            assert not enough
            return
        assert enough
        for fund, part in shares.items():
            self.pots[fund].payable += part
        with scoped(WHOLE):
            made = Known(PaymentOrder.objects.get(source=row.source), shares)
        self.known.append(made)

    @rule(which=WHICH)
    def cancel(self, which):
        order = self.known[which % len(self.known)]
        try:
            actions.cancel_order(by=self.office.desk.approver, on=DAY, order=order.row, reason="放弃")
        except Refused:
            assert order.state not in ("ready", "failed")
            return
        assert order.state in ("ready", "failed")
        order.state = "cancelled"
        for fund, part in order.shares.items():
            self.pots[fund].payable -= part

    @rule(take=st.integers(1, 4), discard=st.booleans())
    def batch(self, take, discard):
        desk = self.office.desk
        ready = [order for order in self.known if order.state == "ready"][:take]
        if not ready:
            return
        words = {"number": self.next("P").replace(":", ""), "item": "情暖万家", "orders": [order.row.pk for order in ready]}
        batch = actions.make_batch(by=desk.maker, on=DAY, **words)
        actions.check_batch(by=desk.checker, on=DAY, batch=batch, count=len(ready), amount=sum(o.row.amount for o in ready))
        actions.lock_batch(by=desk.checker, on=DAY, batch=batch)
        if discard:
            actions.discard_batch(by=desk.maker, on=DAY, batch=batch, reason="重做")
            return
        file = actions.send_batch(by=desk.maker, on=DAY, batch=batch)
        made = Sent(batch, file, sorted(ready, key=lambda order: (order.row.area, order.row.pk)))
        for order in ready:
            order.state = "sent"
        self.sent.append(made)

    @rule(which=WHICH, fails=st.integers(0, 15), keep=st.integers(1, 15), turn=st.booleans())
    def answer(self, which, fails, keep, turn):
        """Any part of the lines, in any order, also again, also against what was said before."""
        sent = self.sent[which % len(self.sent)]
        payments = bank.read_batch(LAYOUT, sent.file.content).payments
        chosen = [number for number in range(1, len(payments) + 1) if keep >> (number - 1) & 1] or [1]
        said = {number: not fails >> (number - 1) & 1 for number in chosen}
        results = [told(number, payments[number - 1], ok) for number, ok in said.items()]
        if turn:
            results.reverse()
        content = bank.write_return(LAYOUT, bank.Return(sent.row.number, DAY, tuple(results)))
        against = any(sent.answers.get(number, ok) != ok for number, ok in said.items())
        try:
            actions.settle_return(by=self.office.desk.maker, on=DAY, batch=sent.row, name="r", content=content)
        except Refused:
            assert against
            return
        assert not against
        for number, ok in said.items():
            if number in sent.answers:
                continue
            sent.answers[number] = ok
            order = sent.orders[number - 1]
            order.state = "paid" if ok else "failed"
            if ok:
                for fund, part in order.shares.items():
                    self.pots[fund].payable -= part
                    self.pots[fund].paid += part

    @rule(which=WHICH)
    def mend(self, which):
        order = self.known[which % len(self.known)]
        try:
            actions.mend_order(by=self.office.desk.maker, on=DAY, order=order.row, account=order.row.account_id)
        except Refused:
            assert order.state not in ("ready", "failed")
            return
        assert order.state in ("ready", "failed")
        order.state = "ready"

    @rule(which=WHICH)
    def recover(self, which):
        order = self.known[which % len(self.known)]
        try:
            actions.recover(by=self.office.desk.approver, on=DAY, order=order.row, reason="不符合条件")
        except Refused:
            assert order.state != "paid"
            return
        assert order.state == "paid"
        order.state, order.owed = "recovering", order.row.amount

    @rule(which=WHICH, amount=st.integers(1, 2_000) | st.none())
    def pay_back(self, which, amount):
        order = self.known[which % len(self.known)]
        if order.state not in ("recovering", "recovered"):
            return
        amount = amount or order.owed or 1
        with scoped(WHOLE):
            recovery = queries.recoveries().get(order=order.row)
        before = self.balances()
        try:
            left = actions.receive_recovered(
                by=self.office.desk.maker, on=DAY, recovery=recovery, amount=amount, reference=self.next("back")
            )
        except Refused:
            assert amount > order.owed
            return
        order.owed -= amount
        assert left == order.owed
        order.state = "recovering" if order.owed else "recovered"
        after = self.balances()
        came = {fund: before[fund][2] - after[fund][2] for fund in self.pots}
        assert sum(came.values()) == amount
        for fund, part in came.items():
            assert 0 <= part <= order.shares.get(fund, 0)
            self.pots[fund].paid -= part

    def balances(self):
        with scoped(WHOLE):
            return {
                fund.pk: (fund.balance.received, fund.balance.payable, fund.balance.paid, fund.balance.free)
                for fund in queries.funds()
            }

    @invariant()
    def the_books_are_the_model(self):
        assert self.balances() == {fund: (pot.received, pot.payable, pot.paid, pot.free) for fund, pot in self.pots.items()}
        for received, payable, paid, free in self.balances().values():
            assert received == payable + paid + free
            assert free >= 0

    @invariant()
    def the_trial_balance_is_zero(self):
        with scoped(WHOLE):
            assert sum(row.amount for row in queries.trial_balance()) == 0

    @invariant()
    def every_order_stands_where_the_model_says(self):
        with scoped(WHOLE):
            states = {order.pk: order.state for order in queries.orders()}
        assert states == {order.row.pk: order.state for order in self.known}
        self.reached.update(states.values())

    @invariant()
    def the_four_totals_of_every_batch_agree(self):
        with scoped(WHOLE):
            for sent in self.sent:
                assert queries.control_totals(queries.batch_of(sent.row.pk)).agree


def test_whatever_happens_the_books_equal_the_model(db):
    desk = make_desk()
    funds = [make_fund(desk.maker), make_fund(desk.maker, code="ZJ-1", name="古邵镇救助金", area="370404100000")]
    Money.office = Office(desk, make_payees(4), funds)
    run_state_machine_as_test(
        Money,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            derandomize=True,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.generate),  # shrinking against a database takes minutes
        ),
    )
    assert set(Money.reached) >= {"ready", "sent", "paid", "failed", "cancelled", "recovering"}
