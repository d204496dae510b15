"""Who may have been helped twice, and which answers close a doubt: pure functions of what was given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from linli.base.money import show_yuan
from linli.domains.charity.rules.projects import PROJECTS, exclusions, group_of

DUPLICATE, MISSED = "duplicate", "missed"
DOUBTS = {DUPLICATE: "可能重复救助", MISSED: "可能遗漏"}
ANSWERS = {
    "lawful": "属于不同事项，不重复",
    "stopped": "确属重复，已取消或追回",
    "told": "已上门告知，本人申请",
    "declined": "已上门告知，本人不申请",
    "unfit": "经核实不符合条件",
}
FITTING = {DUPLICATE: ("lawful", "stopped"), MISSED: ("told", "declined", "unfit")}
"""Which answers fit which doubt."""


@dataclass(frozen=True)
class Given:
    """One piece of aid as the books hold it: the project's group, its name, fen, the day, and the work it came from."""

    group: str
    name: str
    amount: int
    day: date
    source: str


def alike(given: Sequence[Given]) -> list[tuple[Given, Given]]:
    """Pairs of aid to one household in one year that may be double: the same project, or two that exclude each other.

    A project that helps persons (升学, 眼病) may help two of one household; it is said all the same, for a person to judge.
    """
    apart = {frozenset(pair) for pair in exclusions()}
    found = []
    for place, one in enumerate(given):
        for other in given[place + 1 :]:
            if one.source != other.source and (one.group == other.group or frozenset({one.group, other.group}) in apart):
                found.append((one, other))
    return found


def words_of(pair: Iterable[Given]) -> str:
    """What was given, for the doubt: 情暖万家 500.00元（2010-12-01）；…"""
    return "；".join(f"{one.name} {show_yuan(one.amount)}元（{one.day}）" for one in pair)


def project_names(purposes: Mapping[str, str]) -> dict[str, str]:
    """The name of every group of benefits: the projects' own, and what other domains call theirs."""
    return dict(purposes) | {group_of(key): one.zh for key, one in PROJECTS.items()}
