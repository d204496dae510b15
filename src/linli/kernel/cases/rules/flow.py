"""A flow as data: its steps, who acts in them, which moves lead on, which papers and which time they take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from linli.base.areas import Level
from linli.base.dated import Former, said_on
from linli.base.days import Term
from linli.base.named import Named
from linli.base.reasons import Reason

OPENING = "opening"
"""Names the opening of the case where a step's second person is told whose work it must not be."""


class Verb(Named):
    """What an actor may do with a case at a step."""

    PASS = "pass", "通过"
    REFUSE = "refuse", "驳回"
    RETURN = "return", "退回"
    WITHDRAW = "withdraw", "撤回"


class Ground(Named):
    """The lawful grounds on which a clock stops; a flow names those that its law knows (cf. 行政许可法 §45)."""

    PAPERS = "papers", "补正材料"
    NOTICE = "notice", "公示"
    HEARING = "hearing", "听证"


class Starts(StrEnum):
    """From when a step's term counts: from the day the step began, or from the day the case was opened."""

    STEP = "step"
    CASE = "case"


class Subject(StrEnum):
    """What a case can be about."""

    PERSON = "person"
    HOUSEHOLD = "household"


@dataclass(frozen=True, slots=True)
class PaperNeed:
    """A paper that a step looks at. ``original``: the original must be shown, not a copy."""

    key: str
    zh: str
    required: bool = True
    original: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """How a case can end. ``direct``: it may be closed so at any step without a move (e.g. the subject has gone)."""

    key: str
    zh: str
    granted: bool = False
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One button at a step: to another step, or to an ending. ``reasons`` must be chosen from when there are any."""

    verb: Verb
    to: str = ""
    outcome: str = ""
    reasons: tuple[Reason, ...] = ()
    phrases: tuple[str, ...] = ()


def passes(to: str = "", *phrases: str, outcome: str = "") -> Move:
    """On to the step ``to``, or to a good ending."""
    return Move(Verb.PASS, to, outcome, phrases=phrases)


def refuses(outcome: str, *reasons: Reason) -> Move:
    """The end, with one of these reasons."""
    return Move(Verb.REFUSE, outcome=outcome, reasons=reasons)


def returns(to: str, *reasons: Reason) -> Move:
    """Back to exactly this step, with one of these reasons; nothing that was done before is lost."""
    return Move(Verb.RETURN, to, reasons=reasons)


def withdraws(outcome: str) -> Move:
    """The end, because the subject wishes so."""
    return Move(Verb.WITHDRAW, outcome=outcome)


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One step: who acts (a permission, at a level), in which time, on which papers, and what comes next.

    ``signs``: whoever passes writes an opinion. ``decides``: passing or refusing needs a stored decision.
    ``second_person_to``: whoever acted at these steps (or :data:`OPENING`) may not act here.
    ``publishes`` and ``letter`` name the kind of notice and the template of the letter that belong to the step.
    """

    key: str
    zh: str
    permission: str
    level: Level
    moves: tuple[Move, ...]
    term: Term | None = None
    starts: Starts = Starts.STEP
    papers: tuple[PaperNeed, ...] = ()
    signs: bool = True
    decides: bool = False
    second_person_to: tuple[str, ...] = ()
    publishes: str = ""
    letter: str = ""

    def moves_of(self, verb: Verb) -> tuple[Move, ...]:
        """The moves of one verb, in the flow's order."""
        return tuple(move for move in self.moves if move.verb is verb)


class Stays(Named):
    """With whom the cases of a flow stay when people move: they can be done only where their subject is seen."""

    PERSON = "person", "随本人"
    HOUSEHOLD = "household", "随家庭"
    OFFICE = "office", "留在受理单位"


@dataclass(frozen=True, slots=True)
class Flow:
    """A kind of case. ``number`` is the pattern of its numbers, e.g. ``示〔{year}〕{serial:06d}``.

    ``permission`` opens a case. ``begins_at``: the steps at which a case may begin (the first one when empty).
    ``term`` is the time for the whole case. ``stops``: the grounds on which its clock may stop. ``extension`` may be
    granted ``extensions`` times by holders of ``extension_permission``. ``answer_within``: the time that the subject
    has for missing papers. ``reopens_at``: the steps at which a closed case may be taken up again. ``basis`` and ``remedy``
    are printed on letters: under which rules, and what the subject can do against a decision; ``former`` and
    ``former_remedies`` are those of earlier days. ``anywhere``: the case belongs
    to the place where something happened, and its subject may live anywhere in the district (``permission`` has that reach).
    ``money``: the words before the sum on a letter, e.g. that it is paid every month. ``bureau``: which body of the district
    signs its letters, e.g. 民政局. ``stays_with``: with whom its cases go when their subject
    moves within the district; at the place where something happened they stay.
    """

    key: str
    zh: str
    version: int
    number: str
    permission: str
    steps: tuple[FlowStep, ...]
    outcomes: tuple[Ending, ...]
    subjects: frozenset[Subject] = frozenset({Subject.PERSON})
    begins_at: tuple[str, ...] = ()
    term: Term | None = None
    stops: frozenset[Ground] = frozenset()
    extension: Term | None = None
    extensions: int = 1
    extension_permission: str = ""
    answer_within: Term | None = None
    reopens_at: tuple[str, ...] = ()
    basis: str = ""
    remedy: str = ""
    former: Former = ()
    former_remedies: Former = ()
    anywhere: bool = False
    money: str = "金额为"
    bureau: str = ""
    stays_with: Stays = Stays.PERSON

    def step(self, key: str) -> FlowStep:
        """The step of this key. Raises LookupError, naming the flow, when there is none."""
        for step in self.steps:
            if step.key == key:
                return step
        raise LookupError(f"flow {self.key} has no step {key!r}")

    def ending(self, key: str) -> Ending:
        """The ending of this key. Raises LookupError, naming the flow, when there is none."""
        for ending in self.outcomes:
            if ending.key == key:
                return ending
        raise LookupError(f"flow {self.key} has no outcome {key!r}")

    def basis_on(self, day: date) -> str:
        """Under which rules it was decided on a day."""
        return said_on(day, self.former, self.basis)

    def remedy_on(self, day: date) -> str:
        """What the subject could do against a decision of a day."""
        return said_on(day, self.former_remedies, self.remedy)

    @property
    def first_steps(self) -> tuple[str, ...]:
        """Where a case may begin; the usual one first."""
        return self.begins_at or (self.steps[0].key,)

    @property
    def papers(self) -> tuple[tuple[str, PaperNeed], ...]:
        """Every paper with the first step that needs it."""
        found: dict[str, tuple[str, PaperNeed]] = {}
        for step in self.steps:
            for paper in step.papers:
                found.setdefault(paper.key, (step.key, paper))
        return tuple(found.values())

    def number_of(self, year: int, serial: int) -> str:
        """The number of the year's n-th case."""
        return self.number.format(year=year, serial=serial)
