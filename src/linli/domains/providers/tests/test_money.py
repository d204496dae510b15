"""Whatever is done in whatever order: what is settled was confirmed, once, and never more than was subsidised."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from linli.base.areas import WHOLE
from linli.domains.providers import actions, queries
from linli.domains.providers.models import ServiceOrder, Statement
from linli.domains.providers.rules import Contested, Service
from linli.domains.providers.samples import (
    AT,
    DAY,
    NEXT_MONTH,
    Centre,
    confirm,
    make_clerk,
    make_resident,
    make_service,
    make_service_fund,
    make_trial,
    offer_of,
    read,
    serve,
)
from linli.domains.providers.tests.conftest import undone
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused
from linli.kernel.ledgers.queries import check_books, order_by_source
from linli.kernel.orders import actions as work
from linli.kernel.orders.rules import Satisfaction
from linli.kernel.orders.samples import read as order_of

NO = (Refused, Forbidden)
"""What may be refused at any moment; a refusal changes nothing."""
FEBRUARY = NEXT_MONTH.replace(month=2, day=3)
WHICH = st.integers(0, 30)


class Month(RuleBasedStateMachine):
    """Meals for two people: ordered, eaten, judged, contested, settled, taken back, paid, taken up again, in any order."""

    centre: Centre
    seen: ClassVar[Counter[str]] = Counter()

    @initialize()
    def begin(self) -> None:
        self.undo = undone()
        self.undo.__enter__()
        self.meals = make_trial(self.centre, name="百味餐饮", services=(Service.MEALS,))
        self.clerk, self.item = make_clerk(self.centre, self.meals), offer_of(self.meals)
        self.people = [make_resident(self.centre.worker, kind, name) for kind, name in (("tekun", "孙奶奶"), ("", "周爷爷"))]
        self.fund = make_service_fund(self.centre.maker)
        self.made: list[Any] = []

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            self.undo.__exit__(None, None, None)

    def _try(self, act: Any) -> Any:
        try:
            with transaction.atomic():
                return act()
        except NO:
            return None

    def _one(self, which: int) -> Any:
        return read(self.made[which % len(self.made)]) if self.made else None

    @rule(day=st.integers(0, 29), who=st.integers(0, 1), quantity=st.integers(1, 30))
    def order(self, day: int, who: int, quantity: int) -> None:
        at = AT + timedelta(days=day)
        words = {"person": self.people[who], "quantity": quantity}
        if one := self._try(lambda: make_service(self.centre.operator, self.item, at, **words)):
            self.made.append(one)

    @rule(day=st.integers(0, 29), quantity=st.integers(1, 9))
    def eaten(self, day: int, quantity: int) -> None:
        """The whole way at once, so that there is something to settle."""
        self.order(day, 0, quantity)
        if self.made:
            self.done(len(self.made) - 1)
            self.judged(len(self.made) - 1, Satisfaction.GOOD, True)

    @rule(which=WHICH)
    def done(self, which: int) -> None:
        if one := self._one(which):
            self._try(lambda: serve(self.clerk, one, order_of(one.order_id).received_at))

    @rule(which=WHICH, grade=st.sampled_from(list(Satisfaction)), solved=st.booleans())
    def judged(self, which: int, grade: Satisfaction, solved: bool) -> None:
        if one := self._one(which):
            self._try(lambda: confirm(self.centre.operator, one, AT + timedelta(days=30), grade, solved))

    @rule(which=WHICH)
    def cancelled(self, which: int) -> None:
        if one := self._one(which):
            self._try(lambda: actions.cancel(by=self.centre.operator, on=DAY, service=one, why="不需要了"))

    @rule(which=WHICH)
    def contested(self, which: int) -> None:
        if one := self._one(which):
            words = {"ground": Contested.TIME, "text": "居民说没有送到"}
            self._try(lambda: actions.contest(by=self.clerk, on=DAY, service=one, **words))

    @rule(payable=st.integers(0, 30_000))
    def ruled(self, payable: int) -> None:
        with scoped(WHOLE):
            one = queries.contests().first()
        if one is not None:
            words = {"contest": one, "payable": payable, "opinion": "已核实"}
            self._try(lambda: actions.rule(by=self.centre.second, on=NEXT_MONTH, **words))

    @rule(which=WHICH)
    def taken_up_again(self, which: int) -> None:
        if one := self._one(which):
            words = {"order": order_of(one.order_id), "why": "居民说饭菜不熟"}
            self._try(lambda: work.reopen(by=self.centre.chief, at=AT + timedelta(days=31), **words))

    @rule(later=st.booleans(), wrong=st.integers(0, 3))
    def stated(self, later: bool, wrong: int) -> None:
        """The bill is right three times of four."""
        month, on = (DAY.replace(day=1), NEXT_MONTH) if not later else (NEXT_MONTH.replace(day=1), FEBRUARY)
        with scoped(WHOLE):
            due = queries.owed(month, self.meals.pk)
        count, amount = (due[0].orders, due[0].amount) if due else (1, 1)
        words = {"provider": self.meals, "month": month, "orders": count, "amount": amount + (wrong == 3)}
        made = self._try(lambda: actions.state_month(by=self.centre.second, on=on, **words))
        self.seen["stated"] += made is not None
        assert made is None or (wrong < 3 and (made.orders, made.amount) == (count, amount))

    @rule()
    def taken_back(self) -> None:
        if one := self._statement():
            self._try(lambda: actions.withdraw_statement(by=self.centre.chief, on=NEXT_MONTH, statement=one, why="核错了"))

    @rule()
    def paid(self) -> None:
        if one := self._statement():
            words = {"statement": one, "fund_id": self.fund.pk}
            made = self._try(lambda: actions.pay_statement(by=self.centre.maker, on=NEXT_MONTH, **words))
            self.seen["paid"] += made is not None

    def _statement(self) -> Any:
        with scoped(WHOLE):
            return queries.statements(standing="open").first()

    @rule(which=WHICH)
    def forced(self, which: int) -> None:
        """Somebody writes past the actions: the database lets in only what the actions would have let in."""
        one, statement = self._one(which), self._statement()
        if one is None or statement is None or one.statement_id is not None:
            return
        with scoped(WHOLE):
            fits = queries.settleable(statement.month).filter(pk=one.pk).exists()
        try:
            with transaction.atomic(), scoped(self.centre.chief):
                ServiceOrder.objects.filter(pk=one.pk).update(statement=statement)
                assert fits, "what is not confirmed came into a statement"
                transaction.set_rollback(True)
        except DatabaseError:
            assert not fits

    @invariant()
    def settled_was_confirmed_and_stands_on_all_sides(self) -> None:
        if not hasattr(self, "made"):
            return
        with scoped(WHOLE):
            for one in Statement.objects.filter(withdrawn_on=None):
                lines = list(queries.lines_of(one))
                assert (len(lines), sum(row.payable for row in lines)) == (one.orders, one.amount)
                assert all(0 < row.payable <= row.subsidy <= row.price and row.cancelled_on is None for row in lines)
                if one.ordered_on:
                    assert order_by_source(queries.source_of(one)).amount == one.amount
            total = ServiceOrder.objects.filter(statement__isnull=False).aggregate(sum=Sum("payable"))["sum"] or 0
            stated = Statement.objects.filter(withdrawn_on=None).aggregate(sum=Sum("amount"))["sum"] or 0
            assert total == stated
            for person in self.people:
                had = ServiceOrder.objects.filter(person=person, cancelled_on=None, wanted_on__month=12)
                assert (had.aggregate(sum=Sum("subsidy"))["sum"] or 0) <= 400_00


def _run(office: Centre, examples: int, steps: int) -> None:
    Month.centre = office
    Month.seen = Counter()
    checks = list(HealthCheck)
    how = settings(
        max_examples=examples, stateful_step_count=steps, derandomize=True, deadline=None, suppress_health_check=checks,
        database=None,
    )  # fmt: skip
    run_state_machine_as_test(Month, settings=how)
    with scoped(WHOLE):
        assert not [proof for proof in check_books() if proof.faults]


def test_settlement_never_exceeds_what_was_confirmed(office):
    _run(office, 3, 15)


@pytest.mark.nightly
def test_settlement_never_exceeds_what_was_confirmed_at_length(office):
    _run(office, 60, 40)
    assert Month.seen["stated"] > 10 and Month.seen["paid"] > 3, "the machine has something to prove"
