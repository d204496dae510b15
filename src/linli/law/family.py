"""Who belongs to a family (共同生活的家庭成员), and who of it is severely disabled.

民发〔2021〕57号 §7 and §8; before 2021-07-01 民发〔2012〕220号 §5. Whole numbers in, whole numbers out.
"""

from __future__ import annotations

from collections.abc import Sequence

from linli.base.named import NamedInt
from linli.law.coded import Person
from linli.law.codes import DAUGHTER_IN_LAW, SON_IN_LAW, Disability, Kin, Scheme, Standing, Study
from linli.law.minimum_law import Law


class Why(NamedInt):
    """Why a person counts in the family (below 10) or does not."""

    APPLICANT = 1, "申请人"
    SPOUSE = 2, "配偶"
    MINOR_CHILD = 3, "未成年子女"
    STUDENT_CHILD = 4, "在校全日制本科及以下子女"
    DEPENDENT_CHILD = 5, "不能独立生活的成年子女"
    PARENT = 6, "父母"
    DUTY = 7, "有法定义务并长期共同居住"
    OTHER_SCHEME = 10, "已由其他制度保障"
    PRISON = 11, "在监狱服刑"
    DETOXIFICATION = 12, "在强制隔离戒毒"
    MISSING = 13, "被宣告失踪"
    CLERGY = 14, "在宗教场所任教职已满规定年限"
    NO_TIE = 15, "没有法定义务或没有长期共同居住"


def why(law: Law, person: Person) -> int:
    """Why the person counts, or does not: a number of `Why`."""
    out = why_absent(law, person)
    if out != 0:
        return out
    kin = person.kin // 10
    if kin == Kin.SELF:
        return Why.APPLICANT
    if kin == Kin.SPOUSE:
        return Why.SPOUSE
    if (kin == Kin.SON and person.kin != SON_IN_LAW) or (kin == Kin.DAUGHTER and person.kin != DAUGHTER_IN_LAW):
        child = why_child(law, person)
        if child != 0:
            return child
    if kin == Kin.PARENT and law.parents_in == 1 and person.long_together == 1:
        return Why.PARENT
    if person.duty == 1 and person.long_together == 1:
        return Why.DUTY
    return Why.NO_TIE


def why_absent(law: Law, person: Person) -> int:
    """Why a person is out whatever the tie; 0 if nothing speaks against."""
    if person.scheme == Scheme.NONE and person.standing == Standing.PRESENT:
        return 0
    if person.scheme != Scheme.NONE:
        return Why.OTHER_SCHEME
    if person.standing == Standing.PRISON:
        return Why.PRISON
    if person.standing == Standing.DETOXIFICATION:
        return Why.DETOXIFICATION
    if person.standing == Standing.MISSING:
        return Why.MISSING
    if person.standing == Standing.CLERGY and person.years_away >= law.clergy_years and person.kin // 10 != Kin.SELF:
        return Why.CLERGY  # who applies for themselves has left the family and is one of their own (57号 §8)
    return 0


def why_child(law: Law, person: Person) -> int:
    """Why the applicant's own child counts; 0 for one who lives on their own."""
    if person.age < law.minor_age:
        return Why.MINOR_CHILD
    if law.students_in == 1 and Study.COMPULSORY <= person.study <= Study.COLLEGE:
        return Why.STUDENT_CHILD
    if person.independent == 0:
        return Why.DEPENDENT_CHILD
    return 0


def counted(law: Law, people: Sequence[Person]) -> int:
    """Who counts: bit i of the answer stands for the i-th person."""
    inside = 0
    for i in range(len(people)):
        if why(law, people[i]) < Why.OTHER_SCHEME:
            inside |= 1 << i
    return inside


def applicant_only(people: Sequence[Person]) -> int:
    """The bit of the applicant."""
    for i in range(len(people)):
        if people[i].kin // 10 == Kin.SELF:
            return 1 << i
    return 0


def how_many(inside: int) -> int:
    """How many people the bits stand for."""
    number = 0
    while inside != 0:
        inside &= inside - 1  # takes the lowest bit away
        number += 1
    return number


def is_severe(law: Law, person: Person) -> bool:
    """Severely disabled: up to the level of the law, a wider one for the intellect and the mind (57号 §8)."""
    usual, wider = law.severe_level, law.severe_mental
    mental = (person.disability == Disability.INTELLECT) | (person.disability == Disability.MIND)
    return (person.disability != Disability.NONE) & (person.level <= (wider if mental else usual))
