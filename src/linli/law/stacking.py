"""Several programmes for one person: what is paid when their rules forbid to have both (就高不就低, 不重复享受)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from linli.base.dated import NoValue, Parameters, Value
from linli.base.money import show_yuan
from linli.base.named import Named

PROGRAMMES: dict[str, str] = {
    "tekun": "特困人员救助供养",
    "orphan": "孤儿基本生活费",
    "unsupported_child": "事实无人抚养儿童基本生活补贴",
    "dibao": "最低生活保障",
    "disabled_living": "困难残疾人生活补贴",
    "disabled_care": "重度残疾人护理补贴",
    "work_injury_care": "工伤生活护理费",
    "elder_care": "经济困难失能老年人护理补贴",
}
"""Programmes in the order in which they are judged: of two equal ones the earlier is paid."""


class Rule(Named):
    """What holds between two programmes."""

    BOTH = "both", "可以同时享受"
    FIRST = "first", "不重复享受"
    HIGHER = "higher", "就高发给一项"
    DIFFERENCE = "difference", "就高补足差额"


class UnknownProgramme(ValueError):
    """A programme that the rules do not know; the message says so in Chinese."""


@dataclass(frozen=True)
class Due:
    """What a programme alone would pay a person, fen a month."""

    programme: str
    person: str
    amount: int


@dataclass(frozen=True)
class Paid:
    """What is paid of it, and why less than due."""

    due: Due
    amount: int
    why: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()


def pay_together(dues: Iterable[Due], known: Parameters, *, on: date, area: str) -> tuple[Paid, ...]:
    """What each person gets of all programmes together, in the order of PROGRAMMES; nothing is ever paid above its due.

    Raises UnknownProgramme, and ValueError for a programme that names a person twice.
    """
    by_person: dict[str, dict[str, Paid]] = {}
    for due in dues:
        if due.programme not in PROGRAMMES:
            raise UnknownProgramme(f"不认识救助项目“{due.programme}”，请先登记它与其他项目的关系。")
        own = by_person.setdefault(due.person, {})
        if due.programme in own:
            raise ValueError(f"同一人在“{PROGRAMMES[due.programme]}”中出现两次，请核对是否重复。")
        own[due.programme] = Paid(due, due.amount)
    rules = _rules(known, on, area)
    return tuple(paid for own in by_person.values() for paid in _one_person(own, rules))


def _one_person(own: dict[str, Paid], rules: Mapping[tuple[str, str], Value]) -> Iterable[Paid]:
    for (first, second), value in _between(own, rules, Rule.FIRST):
        if own[first].amount and own[second].amount:
            own[second] = _lowered(own[second], 0, own[first], value)
    clashes = dict(_between(own, rules, Rule.HIGHER))
    kept = _best([key for key in PROGRAMMES if key in own and own[key].amount], own, set(clashes))
    for (first, second), value in clashes.items():
        for lost, winner in ((first, second), (second, first)):
            if winner in kept and lost not in kept and own[lost].amount:
                own[lost] = _lowered(own[lost], 0, own[winner], value)
    for (first, second), value in _between(own, rules, Rule.DIFFERENCE):
        if own[first].amount and own[second].amount:
            own[second] = _lowered(own[second], max(0, own[second].amount - own[first].amount), own[first], value)
    return (own[key] for key in PROGRAMMES if key in own)


def _between(own: Mapping[str, Paid], rules: Mapping[tuple[str, str], Value], rule: Rule) -> list[tuple[tuple[str, str], Value]]:
    return [(pair, value) for pair, value in rules.items() if value.text == rule and pair[0] in own and pair[1] in own]


def _best(keys: list[str], own: Mapping[str, Paid], clashes: set[tuple[str, str]]) -> frozenset[str]:
    """The programmes that together give most without a clash; of equal sums the one with the earlier programmes."""
    fitting = [
        chosen
        for size in range(len(keys), -1, -1)
        for chosen in combinations(keys, size)
        if not any(pair in clashes for pair in combinations(chosen, 2))
    ]
    return frozenset(max(fitting, key=lambda chosen: sum(own[key].amount for key in chosen)))


def _lowered(paid: Paid, amount: int, beside: Paid, value: Value) -> Paid:
    name = PROGRAMMES[beside.due.programme]
    why = f"已有{name}{show_yuan(beside.amount)}元，{Rule(value.text).zh}，本项发给{show_yuan(amount)}元（{value.source}）"
    return Paid(paid.due, amount, (*paid.why, why), (*paid.values, value))


def _rules(known: Parameters, on: date, area: str) -> dict[tuple[str, str], Value]:
    found = {}
    for first, second in combinations(PROGRAMMES, 2):
        try:
            found[first, second] = known.on(f"stack.{first}.{second}", on, area)
        except NoValue:
            continue
    return found
