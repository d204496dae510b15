"""Random lives of entitlements: no month is ever paid twice, and what was paid and what is owed is what was decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from django.db import connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.entitlements import actions, queries
from linli.kernel.entitlements.models import Entitlement, Issue, RunLine
from linli.kernel.entitlements.queries.runs import totals_of_run
from linli.kernel.entitlements.rules import Ground, later
from linli.kernel.entitlements.samples import MONTH, confirmed, make_entitlement, make_funding, make_payee, make_why
from linli.kernel.entitlements.tests.conftest import Office, make_office
from linli.kernel.entitlements.tests.in_parts import part_by_part, proposed
from linli.kernel.ledgers.actions import cancel_order, check_batch, discard_batch, lock_batch
from linli.kernel.ledgers.samples import bank_answers
from linli.kernel.registry.models import Household
from linli.kernel.registry.samples import make_household

LAST = 14
MONTHS = [later(MONTH, place) for place in range(LAST + 1)]
WHO, WHEN = st.integers(0, 2), st.integers(-3, 1)
ENDINGS = ("paid", "failed", "cancelled")
FEN = st.integers(1, 400_00)


@dataclass
class Known:
    """An entitlement as the model knows it: fen and held-back months by place."""

    row: Entitlement
    fen: list[int]
    most: list[int] = field(default_factory=list)  # the most that was ever decided for a month
    until: int = LAST + 1
    held: set[int] = field(default_factory=set)
    since: int | None = None  # held back since

    def decided(self, place: int) -> int:
        running = self.since is not None and place >= self.since
        return 0 if running or place in self.held else self.fen[place]


class Life(RuleBasedStateMachine):
    office: Office
    homes: ClassVar[list[Household]]
    reached: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.now, self.known, self.run = 0, [], None

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    @initialize(first=FEN, second=FEN, third=FEN)
    def begin(self, first, second, third):
        for home, fen in zip(self.homes, (first, second, third), strict=True):
            row = make_entitlement(by=self.office.approver, household=home, amounts={"basic": fen})
            self.known.append(Known(row, [fen] * (LAST + 1), [fen] * (LAST + 1)))

    def day(self) -> date:
        return MONTHS[self.now].replace(day=5)

    def fresh(self, one: Known) -> Entitlement:
        with scoped(WHOLE):
            return Entitlement.objects.get(pk=one.row.pk)

    def attempt(self, name, one, place, **words) -> bool:
        asked = {"by": self.office.approver, "on": self.day(), "entitlement": self.fresh(one), "since": MONTHS[place]}
        try:
            getattr(actions, name)(**asked, **words)
        except Refused:
            return False
        self.reached[name] += 1
        return True

    def place(self, when: int) -> int:
        return max(0, min(LAST - 1, self.now + when))

    @rule(who=WHO, when=WHEN, fen=FEN)
    def change(self, who, when, fen):
        one, place = self.known[who], self.place(when)
        done = self.attempt("change", one, place, amounts={"basic": fen}, why=make_why(Ground.INCOME))
        assert done == (place < one.until and one.fen[place] != fen)
        if done:
            self.changed(one, place, fen)

    def changed(self, one: Known, place: int, fen: int) -> None:
        one.fen = [fen if place <= at < one.until else amount for at, amount in enumerate(one.fen)]
        one.most = [max(pair) for pair in zip(one.most, one.fen, strict=True)]

    @rule(who=WHO, when=WHEN)
    def suspend(self, who, when):
        one, place = self.known[who], self.place(when)
        if self.attempt("suspend", one, place, why=make_why(Ground.UNREACHABLE)):
            one.since = place

    @rule(who=WHO, when=WHEN, pay_back=st.booleans())
    def resume(self, who, when, pay_back):
        one, place = self.known[who], self.place(when)
        done = self.attempt("resume", one, place, why=make_why(Ground.CLEARED), pay_back=pay_back)
        assert done == (one.since is not None and one.since <= place < one.until)
        if done:
            one.held |= set() if pay_back else set(range(one.since, place))
            one.since = None

    @rule(who=WHO, when=WHEN)
    def end(self, who, when):
        one, place = self.known[who], self.place(when)
        done = self.attempt("end", one, place, why=make_why(Ground.OWN_WISH))
        assert done == (place < one.until)
        if done:
            one.until, one.fen = place, [amount if at < place else 0 for at, amount in enumerate(one.fen)]
            if one.since is not None:
                one.held |= set(range(one.since, place))
                one.since = None

    @rule(ending=st.sampled_from(ENDINGS), skip=st.integers(0, 4), parted=st.booleans())
    def month(self, ending, skip, parted):
        """A month is computed, whole or in parts, confirmed, ordered and paid; or its batch and an order are given up."""
        if self.now >= LAST - 1:
            return
        office, before, owed = self.office, self.paid(), self.open()
        asked = {"programme": "sample_living", "month": MONTHS[self.now]}
        run = actions.open_run(by=office.maker, on=self.day(), **asked)
        if parted:
            whole = proposed(run)
            actions.discard_run(by=office.maker, on=self.day(), run=run, reason="分批再算")
            run = part_by_part(office.maker, self.day(), **asked)
            assert proposed(run) == whole
        due = sum(fen for _, fen in owed.items() if fen > 0)
        if not run.count:
            assert due == 0
            actions.discard_run(by=office.maker, on=self.day(), run=run, reason="没有可发的")
        else:
            run = actions.order_run(by=office.maker, on=self.day(), run=confirmed(office.approver, run, self.day()))
            self.reached["run"] += 1
            self.judge(before, owed)
            with scoped(WHOLE):
                assert totals_of_run(run).faults() == []
            self.pay(run, next((one for one in ENDINGS if not self.reached[one]), ending))  # each is tried at least once
        self.now += 1 if skip else 2 if self.now < LAST - 2 else 1

    @rule(who=WHO, when=WHEN, fen=FEN)
    def decided_while_a_run_waits(self, who, when, fen):
        """What is computed again is what a run from nothing says, and only lines that are other ones are other rows."""
        maker, asked = self.office.maker, {"programme": "sample_living", "month": MONTHS[self.now]}
        run = actions.open_run(by=maker, on=self.day(), **asked)
        before = self.lines(run)
        if self.attempt("change", self.known[who], self.place(when), amounts={"basic": fen}, why=make_why(Ground.INCOME)):
            self.changed(self.known[who], self.place(when), fen)
        run = actions.redraft(by=maker, on=self.day(), run=run)
        found, after = proposed(run), self.lines(run)
        for key in before.keys() & after.keys():
            assert (before[key]["id"] == after[key]["id"]) == (before[key] | {"id": 0} == after[key] | {"id": 0})
        self.reached["again"] += before != after
        actions.discard_run(by=maker, on=self.day(), run=run, reason="整批再算")
        run = actions.open_run(by=maker, on=self.day(), **asked)
        assert found == proposed(run)
        actions.discard_run(by=maker, on=self.day(), run=run, reason="只是试算")

    def lines(self, run) -> dict[int, dict[str, object]]:
        with scoped(WHOLE):
            return {row["entitlement_id"]: row for row in RunLine.objects.filter(run=run).values()}

    def judge(self, before, owed):
        """Everything that was open up to the month is paid; of what was too much at most half a month's money is kept back."""
        after = self.paid()
        for who, one in enumerate(self.known):
            gained = sum(after[who]) - sum(before[who])
            due = sum(fen for (whose, _), fen in owed.items() if whose == who and fen > 0)
            over = -sum(fen for (whose, _), fen in owed.items() if whose == who and fen < 0)
            assert gained == due - min(over, due * 50 // 100)
            self.reached["offset"] += bool(over and due)
            for place in range(self.now + 1):
                assert after[who][place] >= one.decided(place)  # nobody is left behind

    def pay(self, run, ending):
        office = self.office
        self.reached[ending] += 1
        if ending == "cancelled":
            discard_batch(by=office.maker, on=self.day(), batch=run.batch, reason="重做")
            with scoped(WHOLE):
                order = Issue.objects.filter(run=run).order_by("id").first().order
            cancel_order(by=office.approver, on=self.day(), order=order, reason="重新核对")
            return
        check_batch(by=office.checker, on=self.day(), batch=run.batch, count=run.batch.count, amount=run.batch.amount)
        lock_batch(by=office.checker, on=self.day(), batch=run.batch)
        bank_answers(office.maker, on=self.day(), batch=run.batch, failures=int(ending == "failed"))

    def paid(self) -> list[list[int]]:
        with scoped(WHOLE):
            rows = queries.counting_issues().values("entitlement", "for_month").annotate(total=Sum("amount")).order_by()
            sums = {(row["entitlement"], row["for_month"]): row["total"] for row in rows}
        return [[sums.get((one.row.pk, month), 0) for month in MONTHS] for one in self.known]

    def open(self) -> dict[tuple[int, int], int]:
        """Decided less paid, by entitlement and month up to the present one."""
        paid = self.paid()
        return {
            (who, place): one.decided(place) - paid[who][place]
            for who, one in enumerate(self.known) for place in range(self.now + 1)
        }  # fmt: skip

    @invariant()
    def the_database_decides_as_the_model_does(self):
        with scoped(WHOLE), connection.cursor() as cursor:
            for one in self.known:
                cursor.execute(
                    "select entitlements_decided(%s, 'basic', m::date) from unnest(%s::date[]) m", [one.row.pk, MONTHS[:LAST]]
                )
                assert [int(fen) for (fen,) in cursor.fetchall()] == [one.decided(place) for place in range(LAST)]

    @invariant()
    def no_month_is_paid_twice(self):
        for one, paid in zip(self.known, self.paid(), strict=True):
            assert all(fen <= most for fen, most in zip(paid, one.most, strict=True))


def test_whatever_happens_nobody_is_paid_twice_and_nobody_is_left_behind(db, declared):
    Life.office = office = make_office()
    make_funding(office.maker, amount=10_000_000_00)
    Life.homes = [make_household(office.worker, names=(name, f"{name}妻")) for name in ("张一", "王二", "陈三")]
    for home in Life.homes:
        make_payee(office.worker, home.head_id)
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=15, stateful_step_count=26, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.generate),  # shrinking against a database takes minutes
        ),
    )  # fmt: skip
    assert set(Life.reached) >= {"change", "suspend", "resume", "end", "run", "offset", "cancelled", "failed", "paid", "again"}
