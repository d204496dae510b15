"""Whatever people try, in whatever order: no illegal move, no lost event, nobody rules on own work, no order without a desk."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.orders import actions
from linli.kernel.orders.models import Ask, CallBack, Order, OrderEvent
from linli.kernel.orders.rules import MOVES, CallOutcome, Move, ReturnGround, Satisfaction, Stage, StopGround
from linli.kernel.orders.samples import AT, make_order, read

WHO = ("operator", "chief", "second", "worker", "reviewer", "clerk")
WHY = "情况有变，需要这样办理。"
which, who = st.integers(0, 9), st.sampled_from(WHO)


class OrdersUnderHand(RuleBasedStateMachine):
    """Staff of all desks do anything to a few orders; what is refused changes nothing."""

    office = None
    orders: ClassVar[list] = []

    @initialize()
    def start(self):
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.at = AT
        self.orders = [make_order(self.office.operator, category=code).pk for code in ("401010", "303010", "303010")]

    def teardown(self):
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    def attempt(self, number, who, act):
        order = read(self.orders[number % len(self.orders)])
        before = (order.stage, order.version)
        self.at += timedelta(hours=5)
        try:
            with transaction.atomic():
                act(getattr(self.office, who), order)
        except Refused:
            now = read(order.pk)
            assert (now.stage, now.version) == before

    @rule(number=which, who=who, code=st.sampled_from(["401010", "302030"]))
    def somebody_takes(self, number, who, code):
        def act(by, order):
            self.orders.append(make_order(by, self.at, category=code).pk)

        self.attempt(number, who, act)

    @rule(number=which, who=who, step=st.sampled_from(["sign", "contact", "handle", "resume", "supervise", "dispatch", "reopen"]))
    def somebody_works(self, number, who, step):
        words = {"contact": {"note": WHY}, "handle": {"result": WHY}, "resume": {"why": WHY}, "supervise": {"why": WHY},
                 "dispatch": {"why": WHY}, "reopen": {"why": WHY}}.get(step, {})  # fmt: skip
        self.attempt(number, who, lambda by, order: getattr(actions, step)(by=by, at=self.at, order=order, **words))

    @rule(number=which, who=who, kind=st.sampled_from(["back", "time", "stop"]))
    def somebody_asks(self, number, who, kind):
        def act(by, order):
            if kind == "back":
                actions.give_back(by=by, at=self.at, order=order, ground=ReturnGround.NOT_OURS, why=WHY)
            elif kind == "time":
                actions.ask_time(by=by, at=self.at, order=order, days=1, why=WHY)
            else:
                actions.ask_stop(by=by, at=self.at, order=order, ground=StopGround.CALLER, why=WHY)

        self.attempt(number, who, act)

    @rule(number=which, who=who, granted=st.booleans())
    def somebody_rules(self, number, who, granted):
        def act(by, order):
            with scoped(WHOLE):
                ask = Ask.objects.select_related("order__desk", "desk").filter(order=order, granted=None).first()
            if ask is not None:
                rules = actions.rule_return if ask.kind == "return" else actions.rule_time
                rules(by=by, at=self.at, ask=ask, granted=granted, opinion=WHY)

        self.attempt(number, who, act)

    @rule(number=which, who=who, outcome=st.sampled_from(CallOutcome), grade=st.sampled_from(Satisfaction))
    def somebody_calls(self, number, who, outcome, grade):
        told = {"grade": grade, "solved": grade > "2"} if outcome is CallOutcome.REACHED else {}
        self.attempt(number, who, lambda by, order: actions.call_back(by=by, at=self.at, order=order, outcome=outcome, **told))

    @rule(number=which, other=which, who=who)
    def somebody_merges(self, number, other, who):
        main = self.orders[other % len(self.orders)]
        self.attempt(number, who, lambda by, order: actions.merge(by=by, at=self.at, order=order, main=read(main)))

    @invariant()
    def every_stage_follows_from_the_events(self):
        with scoped(WHOLE):
            for order in Order.objects.filter(pk__in=self.orders).select_related("desk", "main"):
                stage = Stage.NEW
                for one in OrderEvent.objects.filter(order=order).order_by("id"):
                    stage = _replayed(stage, one)
                assert stage == order.stage, order.number
                assert order.area == (order.desk.area if order.desk_id else "370404000000")
                assert order.main_id is None or order.main.main_id is None, "nothing is merged into what was merged"

    @invariant()
    def each_round_is_called_back_as_often_as_the_limit_allows(self):
        with scoped(WHOLE):
            assert all(call.attempt <= 3 for call in CallBack.objects.filter(order__in=self.orders))
            assert not Ask.objects.filter(order__in=self.orders, ruled_by=None, granted__isnull=False).exists()


def _replayed(stage, one):
    """Where this event leads; what was only told (the other half of a merge, a refusal) leads nowhere."""
    move = Move(one.move)
    if move is Move.RECEIVED or one.facts.get("merged") or (one.facts.get("granted") is False and move is not Move.RULED):
        return stage
    return MOVES[stage][move] if move is not Move.NAMED else stage


@pytest.mark.parametrize("examples", [4, pytest.param(60, marks=pytest.mark.nightly)])
def test_orders_under_hand(centre, examples):
    OrdersUnderHand.office = centre
    quick = settings(max_examples=examples, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(OrdersUnderHand, settings=quick)
