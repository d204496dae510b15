"""One application, and the law says which category: 特困 for each person who lacks all three, then the rest of the family."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from linli.base.dated import Former, Parameters, said_on
from linli.base.reasons import Outcome, Step
from linli.law.codes import Recognised, Scheme
from linli.law.explain import Decided, decide
from linli.law.facts import Household
from linli.law.grounds import Ground
from linli.law.support import Bearer
from linli.law.support_words import FIVE_BEFORE, SupportDecided, decide_support
from linli.law.undeclared import Undeclared, undeclared
from linli.law.words import doubts, yuan

RESULTS: dict[str, str] = {
    "dibao": "最低生活保障", "edge": "低保边缘", "rigid": "刚性支出困难", "tekun": "特困供养", "nothing": "不符合条件",
}  # fmt: skip
_FORMER_RESULTS: dict[str, Former] = {"tekun": ((FIVE_BEFORE, "农村五保供养"),)}
_FORMER_MARKS: Former = ((FIVE_BEFORE, "五保"),)
_KEYS = {Recognised.DIBAO: "dibao", Recognised.EDGE: "edge", Recognised.RIGID: "rigid", Recognised.NOTHING: "nothing"}


def result_zh(result: str, on: date) -> str:
    """The category in the words of the law of a day; empty for none."""
    return said_on(on, _FORMER_RESULTS.get(result, ()), RESULTS.get(result, ""))


@dataclass(frozen=True)
class Asked:
    """A member to be judged as 特困: who supports by law, what the person cannot do alone, and whether in an institution."""

    member: int
    bearers: tuple[Bearer, ...] = ()
    failed: frozenset[str] = frozenset()
    institution: bool = False


@dataclass(frozen=True)
class Judgement:
    """The answer of the law to one application. ``persons``: who was judged as 特困, by place in the family."""

    home: Household
    family: Decided | None
    persons: tuple[tuple[Asked, SupportDecided], ...]
    outcome: Outcome

    @property
    def supported(self) -> tuple[int, ...]:
        """Places of the members who are 特困."""
        return tuple(asked.member for asked, one in self.persons if one.supported.entitled)

    @property
    def inside(self) -> tuple[int, ...]:
        """Places of the members who count in the family that is recognised; none where it is not."""
        if self.family is None or self.family.recognised is Recognised.NOTHING:
            return ()
        return tuple(i for i in range(len(self.home.members)) if self.family.judged.inside >> i & 1)

    @property
    def people(self) -> int:
        """How many people the grant is for."""
        return len(self.supported) + len(self.inside)

    @property
    def result(self) -> str:
        """The category by which the application is counted: that of the family, else 特困, else nothing."""
        family = _KEYS[self.family.recognised] if self.family else "nothing"
        return "tekun" if family == "nothing" and self.supported else family

    @property
    def group(self) -> str:
        """A (no labour), B (labour), or nothing outside of 低保."""
        if self.family is None or self.family.recognised is not Recognised.DIBAO:
            return ""
        return "A" if self.family.judged.reasons & Ground.CLASS_A else "B"

    @property
    def zh(self) -> str:
        """最低生活保障家庭，每月235.00元；王某为特困人员，每月…"""
        said = [self.family.result] if self.family and (self.family.recognised or not self.supported) else []
        members = self.home.members
        said += [f"{members[asked.member].name}为{one.result}" for asked, one in self.persons if one.supported.entitled]
        return "；".join(said) or "不符合条件"

    def undeclared(self, known: Parameters, *, on: date) -> list[Undeclared]:
        """Income of who counts, or is judged as 特困, that is not stated up to the end of the window."""
        people = {*self.inside, *(asked.member for asked, _ in self.persons)}
        return list(undeclared(self.home, people, known, on=on))

    @property
    def doubts(self) -> list[str]:
        """What the decision rests on and nobody has read in full."""
        return doubts(self.outcome.values)


def judge_together(home: Household, asked: Sequence[Asked], known: Parameters, *, on: date) -> Judgement:
    """Judge an application by the law of the day ``on``. Raises BadFacts and NoValue, in Chinese."""
    persons = tuple((one, _support(home, one, known, on)) for one in asked)
    supported = {one.member for one, found in persons if found.supported.entitled}
    members = tuple(
        replace(member, scheme=Scheme.TEKUN) if i in supported else member for i, member in enumerate(home.members)
    )
    rest = replace(home, members=members)
    family = decide(rest, known, on=on) if len(supported) < len(members) else None
    return Judgement(rest, family, persons, _together(rest, family, persons, said_on(on, _FORMER_MARKS, "特困")))


def _support(home: Household, asked: Asked, known: Parameters, on: date) -> SupportDecided:
    alone = alone_of(home, asked)
    return decide_support(alone, asked.bearers, asked.failed, known, on=on, institution=asked.institution)


def alone_of(home: Household, asked: Asked) -> Household:
    """One member alone, with what belongs to this member: as who is judged as 特困."""
    flows = tuple(replace(line, member=0) for line in home.flows if line.member == asked.member)
    held = tuple(replace(line, member=0) for line in home.holdings if line.member == asked.member)
    person = replace(home.members[asked.member], kin="01")
    return replace(home, members=(person,), flows=flows, holdings=held, alone=False, single_parent=False)


def _together(home: Household, family: Decided | None, persons: Sequence[tuple[Asked, SupportDecided]], word: str) -> Outcome:
    parts: list[tuple[str, Outcome]] = [(f"{home.members[one.member].name}（{word}）·", found.outcome) for one, found in persons]
    if family is not None:
        parts.append(("" if not persons else "家庭·", family.outcome))
    granted = [one for _, one in parts if one.granted]
    steps = [Step(f"{mark}{step.label}", step.value, step.note) for mark, one in parts for step in one.steps]
    if len(granted) > 1:
        steps.append(Step("每月合计发给", yuan(sum(one.amount for one in granted))))
    ordered = [one for _, one in sorted(parts, key=lambda part: not part[1].granted)]
    return Outcome(
        granted=bool(granted), amount=sum(one.amount for one in granted),
        reasons=tuple(dict.fromkeys(reason for one in ordered for reason in one.reasons)), steps=tuple(steps),
        values=tuple({(value.key, value.since): value for one in ordered for value in one.values}.values()),
    )  # fmt: skip


def plain(home: Household, asked: Sequence[Asked]) -> dict[str, Any]:
    """The facts of a decision as plain data, without names; a person is the number of the registry."""
    facts: dict[str, Any] = _plain(asdict(home))
    for member in facts["members"]:
        del member["name"]
    return facts | {"asked": [_plain(asdict(one) | {"bearers": [bearer._asdict() for bearer in one.bearers]}) for one in asked]}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


__all__ = ["RESULTS", "Asked", "Judgement", "alone_of", "judge_together", "plain", "result_zh"]
