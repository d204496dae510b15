"""Whatever two persons do in whatever order: on every day the law has the value that was last agreed for it, and one only."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from linli.base.dated import NoValue
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.standards import actions, queries
from linli.kernel.standards.tests.conftest import OWN, URBAN

DAY, AREA = date(2010, 12, 20), "370404001001"
FIRST = date(2010, 1, 1)
DAYS = st.integers(0, 6).map(lambda month: date(2011, 1 + month, 1))


def lines(agreed):
    """The model: by the day of the beginning, (end or None, fen)."""
    found = {FIRST: (date(2012, 12, 31), 17_800)}
    for since, until, fen in agreed:
        found[since] = (until, fen)
    return found


def expected(agreed, day):
    begun = [since for since in lines(agreed) if since <= day]
    if not begun:
        return None
    until, fen = lines(agreed)[max(begun)]
    return fen if until is None or day <= until else None


def earlier(*days):
    """The earliest of these days; None is open."""
    return min((day for day in days if day is not None), default=date.max)


def held(law, day):
    try:
        return law.on(URBAN, day, AREA).fen
    except NoValue:
        return None


class Work(RuleBasedStateMachine):
    """Each example begins in a district that has agreed to nothing, and is taken back."""

    office: ClassVar[dict] = {}

    def __init__(self):
        super().__init__()
        self.agreed: list = []
        self.waiting: list = []
        self.example = transaction.atomic()
        self.example.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @rule(since=DAYS, fen=st.integers(90, 350), days=st.sampled_from([0, 0, 20, 90]), correction=st.booleans())
    def propose(self, since, fen, days, correction):
        until = since + timedelta(days) if days else None
        starts = lines(self.agreed)
        later = min((one for one in starts if one > since), default=None)
        ends = since in starts and starts[since][0] and (later is None or starts[since][0] < later - timedelta(1))
        taken = any(one[1] == since for one in self.waiting)
        fits = (since in starts) == correction and not taken and not (until and later and until >= later)
        fits = fits and not (correction and ends and not until)
        now = expected(self.agreed, since)
        before = later - timedelta(1) if later else None
        stands = earlier(lines(self.agreed)[max(one for one in starts if one <= since)][0], before)
        same = not correction and now == fen * 100 and stands >= earlier(until, before)
        try:
            made = actions.propose(
                by=self.office["wang"], on=DAY, document="文件", since=since, until=until, values={URBAN: str(fen)},
                correction=correction, sure=True,
            )  # fmt: skip
        except Refused:
            assert not fits or same
            return
        assert fits and not same
        self.waiting.append((made, since, until, fen * 100))

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def agree(self, data):
        made, since, until, fen = one = data.draw(st.sampled_from(self.waiting))
        starts = lines(self.agreed)
        later = min((day for day in starts if day > since), default=None)
        ends = since in starts and starts[since][0] and (later is None or starts[since][0] < later - timedelta(1))
        fits = (since in starts) == made.correction and not (until and later and until >= later)
        fits = fits and not (made.correction and ends and not until)
        try:
            actions.agree(by=self.office["fu"], on=DAY, proposal=made)
        except Refused:
            assert not fits
            return
        assert fits
        self.waiting.remove(one)
        self.agreed.append((since, until, fen))

    @precondition(lambda self: self.waiting)
    @rule(data=st.data(), how=st.booleans())
    def end(self, data, how):
        one = data.draw(st.sampled_from(self.waiting))
        if how:
            actions.withdraw(by=self.office["wang"], on=DAY, proposal=one[0])
        else:
            actions.refuse(by=self.office["fu"], on=DAY, proposal=one[0], why="不符")
        self.waiting.remove(one)

    @invariant()
    def the_law_is_what_was_agreed(self):
        with scoped(self.office["zhao"]):
            law = queries.known(OWN)
        days = [date(2011 + month // 12, 1 + month % 12, number) for month in range(24) for number in (1, 15, 28)]
        assert [(day, held(law, day)) for day in days] == [(day, expected(self.agreed, day)) for day in days]
        history = [one for one in law.history(URBAN) if one.place == "370404"]
        for one, other in pairwise(history):
            assert one.until is not None and one.until < other.since


def test_two_persons_at_work(office):
    Work.office = office
    run_state_machine_as_test(
        Work, settings=settings(
            max_examples=25, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck), database=None,
        ),
    )  # fmt: skip


def test_what_is_in_force_until_the_next_value_begins_is_not_entered_again(office):
    words = {"document": "文件", "sure": True}
    for since, yuan in ((date(2011, 1, 1), "90"), (date(2011, 3, 1), "91")):
        made = actions.propose(by=office["wang"], on=DAY, since=since, values={URBAN: yuan}, **words)
        actions.agree(by=office["fu"], on=DAY, proposal=made)
    with pytest.raises(Refused, match="与现行规定相同"):
        actions.propose(by=office["wang"], on=DAY, since=date(2011, 2, 1), values={URBAN: "90"}, **words)
