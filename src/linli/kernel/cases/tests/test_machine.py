"""Whatever people try, in whatever order: no illegal move, no gap, no clock that differs from its events."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused, Stale
from linli.kernel.cases import actions, queries
from linli.kernel.cases.models import Case, Event, Series, Task
from linli.kernel.cases.rules import Ground, Received, transitions
from linli.kernel.cases.samples import SAMPLE_FLOW, make_case, make_outcome, sample_flows
from linli.kernel.cases.tests.conftest import DAY, staffed
from linli.kernel.cases.tests.test_papers_and_clock import check_kept

PEOPLE = ("worker", "second_worker", "reviewer", "approver", "second_approver", "elsewhere")
USUAL = {"check": "second_worker", "review": "reviewer", "decision": "approver"}
TABLE = {(step, to or outcome) for step, _, to, outcome in transitions(SAMPLE_FLOW)}


class CasesUnderHand(RuleBasedStateMachine):
    """Staff of all levels do anything to a handful of cases; what is refused changes nothing."""

    office = None
    cases: ClassVar[list] = []

    @initialize()
    def start(self):
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.day, self.cases = DAY, []
        for complete in (True, True, False):
            self.somebody_applies(complete, True)

    def teardown(self):
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    def attempt(self, which, who, act):
        case = self.cases[which % len(self.cases)]
        before = (case.step, case.state, case.outcome)
        by = getattr(self.office, who or USUAL.get(case.step, "approver"))
        try:
            with transaction.atomic():
                act({"by": by, "on": self.day, "case": case})
        except Refused:
            with scoped(self.office.approver):
                case.refresh_from_db()
            assert (case.step, case.state, case.outcome) == before
            return
        after = case.step if case.state == "open" else case.outcome
        if (case.step, case.state) != before[:2]:
            legal = (before[0], after) in TABLE or after == "lapsed"
            assert legal or (before[1] == "closed" and after in SAMPLE_FLOW.reopens_at), (before, after)

    @rule(days=st.integers(0, 5))
    def time_passes(self, days):
        self.day += timedelta(days=days)

    @rule(complete=st.booleans(), known=st.booleans())
    def somebody_applies(self, complete, known):
        papers = (Received("form"), Received("proof")) if complete else ()
        try:
            with transaction.atomic():
                person = self.office.person if known else None
                case = make_case(by=self.office.worker, person_id=person, on=self.day, papers=papers)
                self.cases.append(case)
        except Refused:
            assert not known

    who = st.none() | st.none() | st.sampled_from(PEOPLE)  # none: whoever usually does it
    which = st.integers(0, 2)

    @rule(who=who, which=which)
    def pass_it(self, who, which):
        def act(words):
            if words["case"].step == "decision" and words["case"].state == "open":
                actions.decide(**words, outcome=make_outcome(), rule="r", facts={})
            actions.pass_step(**words, opinion="同意。")

        self.attempt(which, who, act)

    @rule(which=which, steps=st.integers(1, 3))
    def it_takes_its_usual_course(self, which, steps):
        for _ in range(steps):
            self.resume_it(None, which)
            for paper in ("form", "proof"):
                self.a_paper_comes_in(which, paper)
            self.pass_it(None, which)

    @rule(who=who, which=which, to=st.sampled_from(["check", "review"]))
    def return_it(self, who, which, to):
        self.attempt(which, who, lambda words: actions.return_case(**words, to=to, reason="incomplete"))

    @rule(who=who, which=which, decided=st.booleans())
    def refuse_it(self, who, which, decided):
        def act(words):
            if decided:
                actions.decide(**words, outcome=make_outcome(False), rule="r", facts={})
            actions.refuse(**words, reason="unfit")

        self.attempt(which, who, act)

    @rule(who=who, which=which, paper=st.sampled_from(["form", "proof", "more"]))
    def ask_for_a_paper(self, who, which, paper):
        self.attempt(which, who, lambda words: actions.ask_papers(**words, papers=[paper]))

    @rule(which=which, paper=st.sampled_from(["form", "proof", "more"]))
    def a_paper_comes_in(self, which, paper):
        self.attempt(which, "worker", lambda words: actions.receive_papers(**words, papers=[Received(paper)]))

    @rule(who=who, which=which, until=st.none() | st.integers(-2, 9))
    def stop_it(self, who, which, until):
        last = None if until is None else self.day + timedelta(days=until)
        words = {"ground": Ground.HEARING, "opinion": "听证", "until": last}
        self.attempt(which, who, lambda common: actions.stop_clock(**common, **words))

    @rule(who=who, which=which)
    def resume_it(self, who, which):
        def act(words):
            actions.resume_clock(**words, ground=Ground(words["case"].stop or "notice"))

        self.attempt(which, who, act)

    @rule(which=which)
    def extend_it(self, which):
        self.attempt(which, "approver", lambda words: actions.extend(**words, opinion="情况复杂"))

    @rule(who=who, which=which)
    def end_it(self, who, which):
        self.attempt(which, who, lambda words: actions.close(**words, outcome="lapsed", opinion="终止"))

    @rule(which=which, to=st.sampled_from(["check", "decision"]))
    def take_it_up_again(self, which, to):
        self.attempt(which, "approver", lambda words: actions.reopen(**words, to=to, opinion="异议成立"))

    @invariant()
    def what_is_kept_equals_the_events(self):
        for case in self.cases:
            check_kept(case, self.office.approver)

    @invariant()
    def an_open_case_has_one_task_and_a_closed_one_none(self):
        with scoped(self.office.approver):
            for case in self.cases:
                waiting = list(Task.objects.filter(case=case, state="open").values_list("step", flat=True))
                assert waiting == ([case.step] if case.state == "open" else [])

    @invariant()
    def numbers_have_no_gaps(self):
        with scoped(self.office.approver):
            for year in {case.opened_on.year for case in self.cases}:
                numbers = sorted(case.number for case in self.cases if case.opened_on.year == year)
                assert numbers == [f"示〔{year}〕{i:06d}" for i in range(1, len(numbers) + 1)]
                assert Series.objects.get(year=year).last == len(numbers)
            for case in self.cases:
                events = Event.objects.filter(case=case).order_by("number").values_list("number", flat=True)
                assert list(events) == list(range(1, case.events + 1))


def test_whatever_people_try_cases_keep_their_laws(office):
    CasesUnderHand.office = office
    quiet = settings(
        max_examples=20, stateful_step_count=30, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(CasesUnderHand, settings=quiet)


@pytest.fixture
def real(fresh_database, django_db_blocker):
    """An office whose acts are really committed, for races."""
    with django_db_blocker.unblock(), sample_flows():
        yield staffed()


def test_of_two_approvers_at_once_exactly_one_wins_and_the_other_is_told(real, at_once):
    papers = (Received("form"), Received("proof"))
    for _ in range(5):
        case = make_case(by=real.worker, person_id=real.person, papers=papers)
        actions.pass_step(by=real.worker, on=DAY, case=case, opinion="属实。")
        actions.pass_step(by=real.reviewer, on=DAY, case=case, opinion="同意。")
        actions.decide(by=real.approver, on=DAY, case=case, outcome=make_outcome(), rule="r", facts={})

        def approve(by, pk=case.pk):
            with scoped(by):
                mine = queries.case_by_id(pk)
            return lambda: actions.pass_step(by=by, on=DAY, case=mine, opinion="同意。")

        answers = at_once(approve(real.approver), approve(real.second_approver))
        assert sum(isinstance(answer, Event) for answer in answers) == 1, answers
        assert sum(isinstance(answer, Stale) for answer in answers) == 1, answers
        with scoped(real.approver):
            assert Event.objects.filter(case=case.pk, kind="closed").count() == 1


def test_numbers_given_out_at_once_have_no_gaps(real, at_once):
    def opening(day: date, good: bool):
        person = real.person if good else None
        return lambda: make_case(by=real.worker, person_id=person, on=day).number

    answers = at_once(*[opening(DAY, i % 3 != 2) for i in range(12)])
    assert sum(isinstance(answer, Refused) for answer in answers) == 4
    with scoped(real.worker):
        numbers = sorted(Case.objects.values_list("number", flat=True))
    assert numbers == [f"示〔2010〕{i:06d}" for i in range(1, 9)]
