"""Money beside the minimum: the two subsidies of disabled persons.

国发〔2015〕52号 and 民发〔2021〕70号; the place's own notices. Whole numbers in, whole numbers out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from linli.base.dated import Parameters
from linli.base.reasons import Outcome, Step
from linli.law.coded import Person
from linli.law.codes import Disability, Recognised, Scheme
from linli.law.values import Field, LawOn, law_on
from linli.law.words import Words, reasons_in, yuan

LEVELS = tuple((level, f"level{level}") for level in range(1, 5))


class SubsidyLaw(NamedTuple):
    """``care`` and ``care_mental``: fen a month by level of disability, 0 for a level that gives no right to it."""

    living: int
    living_edge: int
    care: Sequence[int]
    care_mental: Sequence[int]


FIELDS: dict[str, Field] = {
    "living": Field("disabled.living"),
    "living_edge": Field("disabled.living.edge"),
    "care": Field("disabled.care", places=LEVELS, length=5),
    "care_mental": Field("disabled.care_mental", places=LEVELS, length=5),
}


class Subsidy(IntEnum):
    """Bits of `Subsidies.reasons`. Their values are stored and never change."""

    LIVING = 1 << 0
    CARE = 1 << 1
    NOT_DISABLED = 1 << 2
    FAMILY_NOT_POOR = 1 << 3
    CHILD_SCHEME = 1 << 4
    TEKUN_CARE = 1 << 5
    OTHER_CARE_HIGHER = 1 << 6
    OTHER_CARE_ENDS = 1 << 7
    LEVEL_TOO_LIGHT = 1 << 8
    NO_LONG_CARE = 1 << 9


WORDS: dict[Subsidy, Words] = {
    Subsidy.LIVING: Words("living", "困难家庭中的残疾人，发给困难残疾人生活补贴", "article.disabled.living"),
    Subsidy.CARE: Words("care", "残疾等级符合规定，发给重度残疾人护理补贴", "article.disabled.care"),
    Subsidy.NOT_DISABLED: Words("not_disabled", "没有残疾人证", "article.disabled.living"),
    Subsidy.FAMILY_NOT_POOR: Words("family_not_poor", "家庭不是规定的困难家庭，不发生活补贴", "article.disabled.living"),
    Subsidy.CHILD_SCHEME: Words("child_scheme", "已有儿童基本生活保障，不重复发生活补贴", "article.disabled.joining"),
    Subsidy.TEKUN_CARE: Words("tekun_care", "特困人员已有生活和护理保障，不重复发补贴", "article.disabled.joining"),
    Subsidy.OTHER_CARE_HIGHER: Words("other_care_higher", "其他护理补贴不低于本补贴，就高不重复发", "article.disabled.joining"),
    Subsidy.OTHER_CARE_ENDS: Words(
        "other_care_ends", "本补贴高于其他护理补贴，就高发给，其他护理补贴停发", "article.disabled.joining"
    ),
    Subsidy.LEVEL_TOO_LIGHT: Words("level_too_light", "残疾等级不属于发给护理补贴的等级", "article.disabled.care"),
    Subsidy.NO_LONG_CARE: Words("no_long_care", "经核实不需要长期照护，不发护理补贴", "article.disabled.care"),
}
NEITHER = Subsidy.NOT_DISABLED | Subsidy.TEKUN_CARE
LIVING_GROUNDS = NEITHER | Subsidy.LIVING | Subsidy.CHILD_SCHEME | Subsidy.FAMILY_NOT_POOR
CARE_GROUNDS = (
    NEITHER | Subsidy.CARE | Subsidy.OTHER_CARE_HIGHER | Subsidy.OTHER_CARE_ENDS | Subsidy.LEVEL_TOO_LIGHT | Subsidy.NO_LONG_CARE
)
"""Which grounds speak of which subsidy; the first two of both."""


class Subsidies(NamedTuple):
    """Fen a month for one person, and bits of `Subsidy`."""

    living: int
    care: int
    reasons: int

    @property
    def amount(self) -> int:
        return self.living + self.care


def judge_subsidies(own: SubsidyLaw, recognised: int, person: Person, long_care: int = 1) -> Subsidies:
    """The two subsidies of a person whose family is recognised as ``recognised`` and who needs care for long (1) or not."""
    if person.disability == Disability.NONE:
        return Subsidies(0, 0, Subsidy.NOT_DISABLED + 0)
    if person.scheme == Scheme.TEKUN:
        return Subsidies(0, 0, Subsidy.TEKUN_CARE + 0)
    reasons = 0
    living = 0
    if person.scheme != Scheme.NONE:
        reasons |= Subsidy.CHILD_SCHEME
    elif recognised == Recognised.DIBAO or (recognised == Recognised.EDGE and own.living_edge == 1):
        living = own.living
        reasons |= Subsidy.LIVING
    else:
        reasons |= Subsidy.FAMILY_NOT_POOR
    care = care_of(own, person)
    if care == 0:
        return Subsidies(living, 0, reasons | Subsidy.LEVEL_TOO_LIGHT)
    if not long_care:
        return Subsidies(living, 0, reasons | Subsidy.NO_LONG_CARE)
    if person.other_care >= care:
        return Subsidies(living, 0, reasons | Subsidy.OTHER_CARE_HIGHER)
    if person.other_care > 0:
        reasons |= Subsidy.OTHER_CARE_ENDS
    return Subsidies(living, care, reasons | Subsidy.CARE)


def care_of(own: SubsidyLaw, person: Person) -> int:
    """Fen a month by kind and level of disability."""
    if person.disability == Disability.INTELLECT or person.disability == Disability.MIND:
        return max(own.care[person.level], own.care_mental[person.level])
    return own.care[person.level]


def subsidy_law(known: Parameters, *, on: date, area: str) -> LawOn[SubsidyLaw]:
    """The law of the two subsidies on the day. Raises NoValue where there was none."""
    return law_on(SubsidyLaw, FIELDS, known, on=on, area=area)


def decide_subsidies(
    recognised: Recognised, person: Person, known: Parameters, *, on: date, area: str, long_care: int = 1,
    only: int = LIVING_GROUNDS | CARE_GROUNDS,
) -> Outcome:  # fmt: skip
    """The two subsidies in words, or with ``only`` LIVING_GROUNDS or CARE_GROUNDS the one of them. Raises NoValue."""
    law = subsidy_law(known, on=on, area=area)
    found = judge_subsidies(law.law, recognised, person, long_care)
    living, care = (found.living if only & Subsidy.LIVING else 0), (found.care if only & Subsidy.CARE else 0)
    reasons, articles = reasons_in(WORDS, found.reasons & only, known, on=on, area=area)
    steps = [Step("困难残疾人生活补贴", yuan(living))] if only & Subsidy.LIVING else []
    if only & Subsidy.CARE:
        steps.append(Step("重度残疾人护理补贴", yuan(care)))
        if person.other_care:
            steps.append(Step("其他护理补贴", yuan(person.other_care), "与护理补贴比较，就高发给一项"))
    names = ["living", "living_edge"] if living else []
    names += [f"care.level{person.level}", f"care_mental.level{person.level}"] if care else []
    return Outcome(living + care > 0, living + care, reasons, tuple(steps), (*law.cited(names), *articles))
