"""特困人员 (before 2014 农村五保): without labour, without a source of living, without a capable supporter; and care levels.

特困人员认定办法 (2021-07-01) §4–§9, §21–§24; 农村五保供养工作条例 (2006). Whole numbers in, whole numbers out.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from linli.base.named import NamedInt
from linli.law.coded import Home, Line, Person
from linli.law.codes import INCOME, ITEMS, Disability, Scheme, Standing, Study
from linli.law.means import first_month, income, money
from linli.law.minimum import is_below, is_rich, things_over
from linli.law.minimum_law import Law
from linli.law.values import PARTS, Field, parts

CARE_ITEMS = ("吃饭", "穿衣", "上下床", "如厕", "室内行走", "洗澡")
"""The six items of self-care (办法 §21)."""


class Care(NamedInt):
    """Ability to care for oneself (办法 §22)."""

    ABLE = 0, "具备生活自理能力"
    PARTLY = 1, "部分丧失生活自理能力"
    UNABLE = 2, "完全丧失生活自理能力"

    @property
    def key(self) -> str:
        return self.name.lower()


class Bearer(NamedTuple):
    """Somebody who must support the person by law. ``income``: fen a year; flags are 0 and 1."""

    age: int
    income: int = 0
    property_fits: int = 1
    dibao: int = 0
    scheme: int = 0
    disability: int = 0
    level: int = 0
    incapable: int = 0
    standing: int = 0


class SupportLaw(NamedTuple):
    """``share``: which part of each income counts; ``care``: fen a month by `Care`; the rest as in `FIELDS`."""

    exists: int
    elder_age: int
    child_age: int
    adult_age: int
    mental_level: int
    limbs_level: int
    sight_level: int
    study_on: int
    share: Sequence[int]
    bearer_dibao_age: int
    bearer_age: int
    bearer_income: int
    basic: int
    basic_months: int
    care_known: int
    care_partly_most: int
    care: Sequence[int]


FIELDS: dict[str, Field] = {
    "exists": Field("tekun.exists.{zone}"),
    "elder_age": Field("tekun.elder_age"),
    "child_age": Field("tekun.child_age"),
    "adult_age": Field("assist.minor_age"),
    "mental_level": Field("tekun.mental_level"),
    "limbs_level": Field("tekun.limbs_level"),
    "sight_level": Field("tekun.sight_level"),
    "study_on": Field("tekun.study_on"),
    "share": Field("tekun.income.share", parts, tuple((int(item), item.key) for item in INCOME), ITEMS),
    "bearer_dibao_age": Field("tekun.bearer.dibao_age"),
    "bearer_age": Field("tekun.bearer.age"),
    "bearer_income": Field("tekun.bearer.income.{zone}"),
    "basic": Field("tekun.basic.{zone}.{mode}", when=("exists", 1)),
    "basic_months": Field("tekun.basic_months.{zone}", when=("exists", 1)),
    "care_known": Field("tekun.care.exists"),
    "care_partly_most": Field("tekun.care.partly_most", when=("care_known", 1)),
    "care": Field("tekun.care", places=tuple((int(one), one.key) for one in Care), length=len(Care), when=("care_known", 1)),
}


class Support(IntEnum):
    """Bits of `Supported.reasons`. Their values are stored and never change."""

    ENTITLED = 1 << 0
    NO_SCHEME = 1 << 1
    HAS_LABOUR = 1 << 2
    HAS_INCOME = 1 << 3
    HAS_PROPERTY = 1 << 4
    HAS_BEARER = 1 << 5
    CHILD_SCHEME = 1 << 6
    STUDIES_ON = 1 << 7
    CARE_ABLE = 1 << 8
    CARE_PARTLY = 1 << 9
    CARE_UNABLE = 1 << 10


class Supported(NamedTuple):
    """The decision: fen a month for living and for care, bits of `Support`; income of the window for the explanation."""

    entitled: int
    basic: int
    care: int
    reasons: int
    income: int

    @property
    def amount(self) -> int:
        return self.basic + self.care


def judge_support(
    law: Law, own: SupportLaw, home: Home, person: Person, lines: Sequence[Line], bearers: Sequence[Bearer], failed: int
) -> Supported:
    """Judge one person by the three lacks; ``failed``: how many of the six items the person cannot do alone.

    ``home.received`` above 0 says that the person is supported already, which lets studies go on after 18.
    """
    got = income(own.share, lines, 1, first_month(law, home), law.window_months)
    faults = faults_of_person(own, home, person)
    notes = 0
    if goes_on(own, home, person):
        notes |= Support.STUDIES_ON
    if not is_below(law, PARTS, got, 1):
        faults |= Support.HAS_INCOME
    if law.property_tested == 1 and (is_rich(law, money(lines, 1), law.money_dibao, 1) or things_over(law, lines, 1) != 0):
        faults |= Support.HAS_PROPERTY
    for bearer in bearers:
        if not is_incapable(law, own, bearer):
            faults |= Support.HAS_BEARER
    if faults != 0:
        return Supported(0, 0, 0, notes | faults, got)
    basic = -(-own.basic // own.basic_months)
    if own.care_known == 0:
        return Supported(1, basic, 0, notes | Support.ENTITLED, got)
    level = care_level(own, failed)
    return Supported(1, basic, own.care[level], notes | Support.ENTITLED | (Support.CARE_ABLE << level), got)


def faults_of_person(own: SupportLaw, home: Home, person: Person) -> int:
    """Why the person is not one that the scheme is for; 0 if nothing speaks against it."""
    faults = 0
    if own.exists == 0:
        faults |= Support.NO_SCHEME
    if person.scheme == Scheme.ORPHAN or person.scheme == Scheme.UNSUPPORTED_CHILD:
        faults |= Support.CHILD_SCHEME
    if not (lacks_labour(own, person) or goes_on(own, home, person)):
        faults |= Support.HAS_LABOUR
    return faults


def lacks_labour(own: SupportLaw, person: Person) -> bool:
    """Old, a child, or disabled to the level of the law (办法 §5)."""
    if person.age >= own.elder_age or person.age < own.child_age:
        return True
    if person.disability == Disability.INTELLECT or person.disability == Disability.MIND:
        return person.level <= own.mental_level
    if person.disability == Disability.LIMBS:
        return person.level <= own.limbs_level
    return person.disability == Disability.SIGHT and person.level <= own.sight_level


def goes_on(own: SupportLaw, home: Home, person: Person) -> bool:
    """Who was supported as a child stays so until 18, and after it while at school up to senior level (办法 §24)."""
    if own.study_on == 0 or home.received == 0:
        return False
    if own.child_age <= person.age < own.adult_age:
        return True
    young = own.adult_age <= person.age < own.elder_age
    return young and (person.study == Study.COMPULSORY or person.study == Study.SENIOR)


def is_incapable(law: Law, own: SupportLaw, bearer: Bearer) -> bool:
    """Whether a supporter cannot support (办法 §8)."""
    if bearer.scheme == Scheme.TEKUN:
        return True
    if bearer.dibao == 1 and bearer.age >= own.bearer_dibao_age:
        return True
    poor = bearer.income < own.bearer_income and bearer.property_fits == 1
    if bearer.age >= own.bearer_age and poor:
        return True
    if poor and is_severe_bearer(law, bearer):
        return True
    away = bearer.incapable == 1 or bearer.standing == Standing.MISSING or bearer.standing == Standing.PRISON
    return away and bearer.property_fits == 1


def is_severe_bearer(law: Law, bearer: Bearer) -> bool:
    """Severely disabled, or of the third level of the intellect or the mind (办法 §8)."""
    if bearer.disability == Disability.NONE:
        return False
    if bearer.disability == Disability.INTELLECT or bearer.disability == Disability.MIND:
        return bearer.level <= law.severe_mental
    return bearer.level <= law.severe_level


def care_level(own: SupportLaw, failed: int) -> int:
    """No item failed: able; up to the law's number: partly; more: unable (办法 §22)."""
    if failed == 0:
        return 0
    return 1 if failed <= own.care_partly_most else 2
