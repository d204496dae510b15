"""What may be found by comparing registers, which answers close it, and how a package declares a comparison."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from linli.base.named import Named


class Side(Named):
    """What a finding supposes of a person."""

    MISSED = "missed", "可能应享未享"
    PAST = "past", "可能不再符合"


class State(Named):
    """How a finding stands: nobody answered it, somebody did, or it is not so any more without anybody's answer."""

    OPEN = "open", "待走访"
    ANSWERED = "answered", "已核查"
    GONE = "gone", "情况已变"


class Answer(Named):
    """What the visit showed."""

    APPLIED = "applied", "本人申请，已受理"
    DECLINED = "declined", "已告知，本人不申请"
    UNFIT = "unfit", "经核实不符合条件"
    TAKEN_UP = "taken_up", "情况属实，已办理复核或终止"
    FITS = "fits", "经核实仍符合条件"


FITTING: dict[Side, tuple[Answer, ...]] = {
    Side.MISSED: (Answer.APPLIED, Answer.DECLINED, Answer.UNFIT), Side.PAST: (Answer.TAKEN_UP, Answer.FITS),
}  # fmt: skip
"""Which answers fit which finding; the first says that work followed from it."""
FOLLOWED: dict[Side, Answer] = {side: answers[0] for side, answers in FITTING.items()}


class Found(NamedTuple):
    """One person of whom a comparison supposes something: by which fact, and in words that name nobody.

    ``fact`` is the key of the fact: the same fact is told once, whatever was answered; a new one is a new finding.
    """

    person: int
    fact: str
    detail: str


class Rows(NamedTuple):
    """What a comparison answers: people as a queryset of (person, fact, detail) or as a sequence, and the law behind it."""

    found: Any
    law: str


@dataclass(frozen=True)
class Search:
    """One comparison, in a package's manifest (``searches = (Search(…),)``).

    ``group`` is the package's word for the help in question: taking an application for a person answers the open findings
    of the group. ``words`` say what is compared with what. ``rows`` is the dotted path of ``f(on) -> Rows``, for the
    present scope; nothing where the law of the day knows no such help (then ``law`` is empty). ``read`` and ``answer`` are
    permissions. ``act`` is what follows: (route with the person's id, words, permission). ``on_desk``: whether each one is
    a task of the community worker; not where the package tells it on the desk anyhow.
    """

    key: str
    zh: str
    side: Side
    group: str
    words: str
    rows: str
    read: str
    answer: str
    act: tuple[str, str, str] | None = None
    on_desk: bool = True

    def __post_init__(self) -> None:
        if not (self.words and self.key.startswith(f"{self.group}.")):
            raise ValueError(f"{self.key}: a comparison says what it compares, and its key begins with its group")


def nothing() -> Rows:
    """The answer of a comparison for which there is no law on the day."""
    return Rows((), "")


def columns_of(found: Iterable[Found]) -> tuple[list[int], list[str], list[str]]:
    """People, facts and details as three columns."""
    rows = list(found)
    return [one.person for one in rows], [one.fact for one in rows], [one.detail for one in rows]


class Looked(NamedTuple):
    """What one comparison brought: how many are new, hold again, and are not so any more."""

    new: int
    again: int
    gone: int
