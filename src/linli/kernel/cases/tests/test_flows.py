"""A flow is checked before any case runs through it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linli.base.areas import Level
from linli.base.days import Term
from linli.kernel.cases.rules import Ending, FlowStep, Verb, faults, passes, refuses, returns, transitions
from linli.kernel.cases.samples import SAMPLE_FLOW, UNFIT

CHECK, REVIEW, DECISION = SAMPLE_FLOW.steps


def with_steps(*steps: FlowStep, **words):
    return replace(SAMPLE_FLOW, steps=steps, **words)


def test_the_sample_flow_is_sound():
    assert faults(SAMPLE_FLOW) == ()


def test_the_table_of_moves_names_every_button():
    table = transitions(SAMPLE_FLOW)
    assert ("check", Verb.PASS, "review", "") in table
    assert ("decision", Verb.RETURN, "check", "") in table
    assert ("decision", Verb.PASS, "", "granted") in table
    assert len(table) == 11


LOST = FlowStep("lost", "遗落", "cases.work", Level.TOWN, (passes("", outcome="granted"),))
ENDLESS = FlowStep("endless", "打转", "cases.work", Level.TOWN, (passes("endless"),))

BROKEN = {
    "a step that nothing leads to": (with_steps(CHECK, REVIEW, DECISION, LOST), "no move leads to the step lost"),
    "a step without an ending": (
        with_steps(replace(CHECK, moves=(passes("endless"),)), ENDLESS, reopens_at=()),
        "from the step endless no ending can be reached",
    ),
    "an outcome that nothing gives": (
        replace(SAMPLE_FLOW, outcomes=(*SAMPLE_FLOW.outcomes, Ending("never", "从不"))), "nothing leads to the outcome never"
    ),
    "a step in which a case could lie for ever": (
        with_steps(replace(CHECK, term=None), REVIEW, DECISION, term=None), "the step check has no deadline"
    ),
    "a refusal that nobody explains": (
        with_steps(CHECK, replace(REVIEW, moves=(passes("decision"), refuses("refused"))), DECISION),
        "refuse at the step review asks for no reason",
    ),
    "a return that nobody explains": (
        with_steps(CHECK, replace(REVIEW, moves=(*REVIEW.moves, returns("check"))), DECISION),
        "return at the step review asks for no reason",
    ),
    "a move to nowhere": (
        with_steps(replace(CHECK, moves=(passes("nowhere"),)), REVIEW, DECISION), "leads to nowhere, which is unknown"
    ),
    "a move to two places": (
        with_steps(replace(CHECK, moves=(passes("review", outcome="granted"),)), REVIEW, DECISION),
        "needs either a step or an outcome",
    ),
    "a key used twice": (with_steps(CHECK, CHECK, REVIEW, DECISION), "the key check is used twice"),
    "a second person to an unknown step": (
        with_steps(CHECK, replace(REVIEW, second_person_to=("chek",)), DECISION), "the second person of review names chek"
    ),
    "a number without a serial": (replace(SAMPLE_FLOW, number="示〔{year}〕"), "needs {year} and {serial}"),
    "a number of unknown parts": (replace(SAMPLE_FLOW, number="示〔{year}〕{month}{serial}"), "needs {year} and {serial}"),
    "an extension that nobody grants": (replace(SAMPLE_FLOW, extension_permission=""), "nobody is named who may extend"),
    "no steps at all": (with_steps(), "a flow needs steps"),
    "a beginning that is no step": (replace(SAMPLE_FLOW, begins_at=("chek",)), "chek is no step"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_flow_is_told_its_fault(name):
    flow, words = BROKEN[name]
    assert any(words in fault for fault in faults(flow)), faults(flow)


def test_a_flow_may_begin_at_several_steps():
    flow = replace(SAMPLE_FLOW, begins_at=("check", "review"))
    assert faults(flow) == () and flow.first_steps == ("check", "review")
    assert SAMPLE_FLOW.first_steps == ("check",)


def test_numbers_are_made_from_the_pattern():
    assert SAMPLE_FLOW.number_of(2010, 123) == "示〔2010〕000123"


def test_a_paper_is_listed_once_at_the_first_step_that_needs_it():
    flow = with_steps(CHECK, replace(REVIEW, papers=CHECK.papers), DECISION)
    assert [(step, need.key) for step, need in flow.papers] == [("check", "form"), ("check", "proof"), ("check", "more")]


def test_unknown_steps_and_outcomes_are_faults_of_the_program():
    for ask in (SAMPLE_FLOW.step, SAMPLE_FLOW.ending):
        with pytest.raises(LookupError, match="nothing"):
            ask("nothing")


def test_a_step_names_why_it_may_refuse_and_its_term():
    assert UNFIT in DECISION.moves_of(Verb.REFUSE)[0].reasons
    assert Term("working", 5) == DECISION.term
