"""Random lives of overpayments: owed = received + kept back + written off + open, after every step and in every source."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.entitlements import actions, queries
from linli.kernel.entitlements.models import Issue
from linli.kernel.entitlements.queries.months import months_overpaid
from linli.kernel.entitlements.rules import ItemKind
from linli.kernel.entitlements.samples import make_funding, make_payee
from linli.kernel.entitlements.tests.conftest import make_office
from linli.kernel.entitlements.tests.test_life_machine import FEN, MONTHS, WHO, Life
from linli.kernel.ledgers import actions as books
from linli.kernel.ledgers.queries import check_books, recoveries
from linli.kernel.ledgers.rules import WriteOffGround, proposed_sums
from linli.kernel.registry.samples import make_household


class Debts(Life):
    """The life of entitlements, in which what was paid too much is asked back, comes, and is given up."""

    reached: ClassVar[Counter[str]] = Counter()
    decided_while_a_run_waits = None

    def __init__(self) -> None:
        super().__init__()
        self.received, self.written, self.asked, self.number = [0, 0, 0], [0, 0, 0], [0, 0, 0], 0

    @initialize(first=FEN, second=FEN, third=FEN)
    def begin(self, first, second, third):
        """Two months are paid, so that there is something to be too much."""
        super().begin(first, second, third)
        for _ in range(2):
            self.month("paid", 1, False)

    @rule(who=WHO, back=st.integers(1, 2), fen=st.integers(0, 99_00))
    def less_of_what_was_paid(self, who, back, fen):
        """Known too late: less was due, or nothing."""
        if fen:
            self.change(who, -back, fen)
        else:
            self.end(who, -back)

    def debts(self, who):
        with scoped(WHOLE):
            mine = Issue.objects.filter(entitlement=self.known[who].row.pk, order__isnull=False)
            orders = set(mine.values_list("order", flat=True))
            return [row for row in recoveries(open_only=True) if row.order_id in orders]

    def sums(self, who) -> Counter[str]:
        with scoped(WHOLE):
            rows = queries.counting_issues().filter(entitlement=self.known[who].row.pk)
            return Counter({one["kind"]: one["fen"] for one in rows.values("kind").annotate(fen=Sum("amount")).order_by()})

    @rule(who=WHO, fen=FEN, sums=st.integers(1, 6), then=st.sampled_from(("ask", "pay", "agree", "refuse")))
    def goes_on(self, who, fen, sums, then):
        """What is too much is asked back; of what is asked, some comes, or is given up."""
        self.ask_back(who)
        if then == "pay":
            self.agree_and_pay(who, fen, sums)
        elif then != "ask":
            self.give_up(who, fen, then == "agree")

    def ask_back(self, who):
        one, day = self.fresh(self.known[who]), self.day()
        with scoped(WHOLE):
            over, before = sum(months_overpaid(one, MONTHS[self.now]).values()), -self.sums(who)[ItemKind.ASKED.value]
        try:
            actions.ask_back(by=self.office.approver, on=day, entitlement=one, reason="终止后多发")
        except Refused:
            self.reached["nothing to ask"] += not over
            return
        with scoped(WHOLE):
            left = sum(months_overpaid(one, MONTHS[self.now]).values())
        self.asked[who] += over - left
        assert over - left == -self.sums(who)[ItemKind.ASKED.value] - before > 0
        self.reached["asked back"] += 1

    def agree_and_pay(self, who, fen, sums):
        for row in self.debts(who)[:1]:
            parts = proposed_sums(row.owed, self.day(), sums)
            books.agree_plan(by=self.office.approver, on=self.day(), recovery=row, signed_by="本人", sums=parts)
            self.number += 1
            came = min(fen, row.owed)
            words = {"recovery": row, "amount": came, "reference": f"R{self.number}"}
            left = books.receive_recovered(by=self.office.maker, on=self.day(), **words)
            assert left == row.owed - came
            self.received[who] += came
            self.reached["came"] += 1

    def give_up(self, who, fen, agree):
        office, day = self.office, self.day()
        for row in self.debts(who)[:1]:
            amount = min(fen, row.owed)
            words = {"amount": amount, "ground": WriteOffGround.SMALL, "words": "多次催缴未果"}
            asked = books.ask_write_off(by=office.maker, on=day, recovery=row, **words)
            books.decide_write_off(by=office.approver, on=day, write_off=asked, agree=agree, note="请再催缴")
            self.written[who] += amount if agree else 0
            self.reached["written off" if agree else "refused"] += 1

    @invariant()
    def what_is_owed_is_received_kept_back_written_off_or_open(self):
        for who, one in enumerate(self.known):
            by_kind = self.sums(who)
            owing = sum(row.owed for row in self.debts(who))
            assert self.asked[who] == self.received[who] + self.written[who] + owing
            assert -by_kind[ItemKind.ASKED.value] == self.asked[who]
            paid = by_kind[ItemKind.REGULAR.value] + by_kind[ItemKind.BACK.value]
            kept = -by_kind[ItemKind.OFFSET.value]
            with scoped(WHOLE):
                row = self.fresh(one)
                sums = queries.month_sums(row, MONTHS[-1])
            rightful = sum(min(each.paid, each.decided) for each in sums)
            still = sum(max(each.paid - each.decided, 0) for each in sums)
            assert paid - rightful == self.received[who] + kept + self.written[who] + owing + still

    def teardown(self) -> None:
        with scoped(WHOLE):
            faults = [fault for proof in check_books() for fault in proof.faults]
        super().teardown()
        assert faults == []


def live(examples: int) -> None:
    Debts.reached = Counter(cancelled=1, failed=1)  # Life has tried these
    Debts.office = office = make_office()
    make_funding(office.maker, amount=10_000_000_00)
    Debts.homes = [make_household(office.worker, names=(name, f"{name}妻")) for name in ("张一", "王二", "陈三")]
    for home in Debts.homes:
        make_payee(office.worker, home.head_id)
    run_state_machine_as_test(
        Debts,
        settings=settings(
            max_examples=examples, stateful_step_count=30, derandomize=True, deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.generate),  # shrinking against a database takes minutes
        ),
    )  # fmt: skip


def test_owed_is_received_kept_back_written_off_or_open(db, declared):
    live(4)
    assert Debts.reached["asked back"]


@pytest.mark.nightly
def test_many_debts_come_to_each_end(db, declared):
    live(15)
    print(Debts.reached)
    assert set(Debts.reached) >= {"asked back", "came", "written off", "refused", "offset", "nothing to ask"}
