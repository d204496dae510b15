"""What must be true of a flow before any case runs through it. Each check answers with sentences; none means good."""

from __future__ import annotations

from collections.abc import Iterator

from linli.base.dated import in_order
from linli.kernel.cases.rules.flow import OPENING, Flow, Verb


def transitions(flow: Flow) -> tuple[tuple[str, Verb, str, str], ...]:
    """The whole table of moves: step, verb, next step, outcome. Pages and the test matrix are made from it."""
    return tuple((step.key, move.verb, move.to, move.outcome) for step in flow.steps for move in step.moves)


def unreachable_steps(flow: Flow) -> Iterator[str]:
    """Steps that no case can come to."""
    reached = _reached(flow, set(flow.first_steps) | set(flow.reopens_at))
    for step in flow.steps:
        if step.key not in reached:
            yield f"{flow.key}: no move leads to the step {step.key}"


def dead_ends(flow: Flow) -> Iterator[str]:
    """Steps from which no ending can be come to by passing, and outcomes that nothing gives."""
    for step in flow.steps:
        reached = _reached(flow, {step.key}, {Verb.PASS, Verb.REFUSE})
        if not any(outcome for at, verb, _, outcome in transitions(flow) if at in reached and verb is not Verb.WITHDRAW):
            yield f"{flow.key}: from the step {step.key} no ending can be reached"
    given = {outcome for _, _, _, outcome in transitions(flow)}
    for ending in flow.outcomes:
        if ending.key not in given and not ending.direct:
            yield f"{flow.key}: nothing leads to the outcome {ending.key}"


def steps_without_deadline(flow: Flow) -> Iterator[str]:
    """Steps in which a case could lie for ever."""
    for step in flow.steps:
        if step.term is None and flow.term is None:
            yield f"{flow.key}: the step {step.key} has no deadline"


def refusals_without_reason(flow: Flow) -> Iterator[str]:
    """Refusals and returns that nobody would have to explain."""
    for step in flow.steps:
        for move in step.moves:
            if move.verb in {Verb.REFUSE, Verb.RETURN} and not move.reasons:
                yield f"{flow.key}: {move.verb} at the step {step.key} asks for no reason"


def broken_names(flow: Flow) -> Iterator[str]:
    """Keys that are used twice, or that name nothing; moves that lead to two places or to none."""
    steps, endings = [step.key for step in flow.steps], [ending.key for ending in flow.outcomes]
    for key in sorted({key for key in steps + endings if (steps + endings).count(key) > 1}):
        yield f"{flow.key}: the key {key} is used twice"
    for key in (*flow.begins_at, *flow.reopens_at):
        if key not in steps:
            yield f"{flow.key}: {key} is no step"
    for step in flow.steps:
        for move in step.moves:
            if bool(move.to) == bool(move.outcome):
                yield f"{flow.key}: {move.verb} at the step {step.key} needs either a step or an outcome"
            elif move.to not in {*steps, ""} or move.outcome not in {*endings, ""}:
                yield f"{flow.key}: {move.verb} at the step {step.key} leads to {move.to or move.outcome}, which is unknown"
        for other in step.second_person_to:
            if other not in {*steps, OPENING} or other == step.key:
                yield f"{flow.key}: the second person of {step.key} names {other}, which is unknown"


def broken_number(flow: Flow) -> Iterator[str]:
    """A pattern of numbers that would give two cases the same one."""
    try:
        numbers = {flow.number_of(year, serial) for year in (2010, 2011) for serial in (1, 2)}
    except (KeyError, IndexError, ValueError):
        numbers = set()
    if len(numbers) != 4 or any(len(number) > 40 for number in numbers):
        yield f"{flow.key}: the number pattern {flow.number!r} needs {{year}} and {{serial}}, 40 signs at most"


def broken_terms(flow: Flow) -> Iterator[str]:
    """Extensions that nobody may grant; the one extension that would be endless."""
    if flow.extension and not flow.extension_permission:
        yield f"{flow.key}: nobody is named who may extend"
    if flow.extension and flow.extensions < 1:
        yield f"{flow.key}: the extension may be granted {flow.extensions} times"


def broken_texts(flow: Flow) -> Iterator[str]:
    """What letters said in earlier days, in another order than the days."""
    if not in_order(flow.former) or not in_order(flow.former_remedies):
        yield f"{flow.key}: the former words of letters stand in the order of the days on which they ceased"


CHECKS = (
    unreachable_steps,
    dead_ends,
    steps_without_deadline,
    refusals_without_reason,
    broken_number,
    broken_terms,
    broken_texts,
)


def faults(flow: Flow) -> tuple[str, ...]:
    """Everything that is wrong with a flow, as sentences for its author."""
    if not flow.steps:
        return (f"{flow.key}: a flow needs steps",)
    names = tuple(broken_names(flow))
    return names or tuple(fault for check in CHECKS for fault in check(flow))


def _reached(flow: Flow, since: set[str], verbs: set[Verb] | None = None) -> set[str]:
    table = transitions(flow)
    reached, fresh = set(since), set(since)
    while fresh:
        fresh = {to for at, verb, to, _ in table if at in fresh and to and (not verbs or verb in verbs)} - reached
        reached |= fresh
    return reached
