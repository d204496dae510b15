"""As what a family is recognised, and how much it gets each month: one plain function of one family.

It reads whole numbers only (`coded`, `minimum_law`) and gives whole numbers, among them those that the explanation needs.
Run as it is, it decides one case; compiled (`columns`), the same function decides a million. Equal to a line is not below it.

What is asked of each member stands side by side (`&`, a product with 0 or 1) and not one question inside another: the answers
of a million families follow no pattern, and a processor that guessed the way wrongly begins again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from linli.law.coded import Home, Line, Person
from linli.law.codes import (
    FIRST_SPENDING,
    FIRST_THING,
    Category,
    Disability,
    Kin,
    Mode,
    Recognised,
    Rounding,
    SingleIncome,
    Work,
)
from linli.law.family import applicant_only, counted, how_many, is_severe
from linli.law.grounds import Ground
from linli.law.means import Means, means_of, money, number_of
from linli.law.minimum_law import TIERS, Law
from linli.law.values import PARTS

OVER = (
    Ground.VEHICLE_OVER.value,
    Ground.VEHICLE_OVER.value,
    Ground.MACHINE_OVER.value,
    Ground.HOUSE_OVER.value,
    Ground.BUSINESS_OVER.value,
    Ground.BUSINESS_OVER.value,
)
"""The ground for each kind of thing, from `Item.VEHICLE` on."""


class Judged(NamedTuple):
    """The decision: class, fen a month (base and category), bits of `Ground`; then the numbers that explain it.

    ``inside`` are the bits of the people counted, ``paid`` of those paid for.
    """

    recognised: int
    base: int
    category: int
    reasons: int
    inside: int
    paid: int
    means: Means

    @property
    def amount(self) -> int:
        """Fen a month."""
        return self.base + self.category


def judge(law: Law, home: Home, people: Sequence[Person], lines: Sequence[Line]) -> Judged:
    """Judge one family: 低保 first, then alone, in taper, 边缘, 刚性支出, or nothing. All reasons are given."""
    family = counted(law, people)
    members = how_many(family)
    notes = 0
    if members < len(people):
        notes |= Ground.LEFT_OUT
    if members == 0:
        return Judged(Recognised.NOTHING.value, 0, 0, notes | Ground.NOBODY_COUNTS, 0, 0, Means(0, 0, 0, 0, 0, 0))
    means = means_of(law, home, lines, family)
    if means.deducted > 0:
        notes |= Ground.DEDUCTED
    if means.partly == 1:
        notes |= Ground.EXEMPTED
    over = things_over(law, lines, family)
    faults = faults_of_minimum(law, means, over, members)
    if faults == 0:
        notes |= Ground.BELOW_LINE
        if home.alone == 1:
            notes |= Ground.WHOLE_FAMILY
        return granted(law, home, people, family, means, notes)
    notes |= faults
    if home.alone == 1:
        against = against_alone(law, home, people, lines, family, faults_of_edge(law, means, over, members))
        if against == 0:
            one = applicant_only(people)
            return granted(law, home, people, one, means_alone(law, home, lines, one), notes | Ground.ALONE)
        notes |= against
    bridge = taper_of(law, home, faults)
    if bridge == Ground.TAPER:
        base = home.received * law.taper_share // PARTS
        return Judged(Recognised.DIBAO.value, base, 0, notes | bridge, family, family, means)
    return not_minimum(law, family, means, over, notes | bridge)


def taper_of(law: Law, home: Home, faults: int) -> int:
    """Whether 低保 goes on because a job alone lifted the income: the ground for or against it, or 0 (57号 §33).

    At most so many months, the job's own month being the first.
    """
    if home.received == 0 or home.job_month == 0 or faults != Ground.INCOME_NOT_BELOW:
        return 0
    if home.month - home.job_month < law.taper_months:
        return Ground.TAPER.value
    return Ground.TAPER_OVER.value


def not_minimum(law: Law, family: int, means: Means, over: int, notes: int) -> Judged:
    """A family without 低保: 边缘, 刚性支出 or nothing."""
    members = how_many(family)
    if law.edge_ratio > PARTS:
        faults = faults_of_edge(law, means, over, members)
        if faults == 0:
            return Judged(Recognised.EDGE.value, 0, 0, notes | Ground.AS_EDGE, family, 0, means)
        notes |= faults
    if law.rigid == 0:
        return Judged(Recognised.NOTHING.value, 0, 0, notes, family, 0, means)
    faults = faults_of_rigid(law, means, over, members)
    if faults == 0:
        return Judged(Recognised.RIGID.value, 0, 0, notes | Ground.AS_RIGID, family, 0, means)
    return Judged(Recognised.NOTHING.value, 0, 0, notes | faults, family, 0, means)


def granted(law: Law, home: Home, people: Sequence[Person], inside: int, means: Means, notes: int) -> Judged:
    """低保 for the people inside, less the share of who refused work again and again (57号 §34)."""
    paid, labour = 0, 0
    for i in range(len(people)):
        counts = (inside >> i) & 1
        paid |= (counts & ((law.refusals == 0) | (people[i].refusals < law.refusals))) << i
        labour |= counts & (people[i].work >= Work.EMPLOYED) & (people[i].work <= Work.JOBLESS)
    if paid != inside:
        notes |= Ground.REFUSED_WORK
    category = category_of(law, home, people, paid)
    if category > 0:
        notes |= Ground.CATEGORY
    if labour == 1:
        notes |= Ground.CLASS_B
    else:
        notes |= Ground.CLASS_A
    base = base_of(law, means.net, how_many(inside), how_many(paid))
    return Judged(Recognised.DIBAO.value, base, category, notes, inside, paid, means)


def means_alone(law: Law, home: Home, lines: Sequence[Line], one: int) -> Means:
    """The means of a member who enters alone."""
    if law.alone_income == SingleIncome.NOTHING:
        return Means(0, 0, 0, money(lines, one), 0, 0)
    return means_of(law, home, lines, one)


def is_below(law: Law, ratio: int, net: int, members: int) -> bool:
    """Whether income per head and month is below so many ten-thousandths of the standard. Exact: nothing is divided."""
    return net * law.standard_months * PARTS < ratio * law.standard * members * law.window_months


def faults_of_minimum(law: Law, means: Means, over: int, members: int) -> int:
    """Why a family is not entitled to 低保; 0 if it is. ``over``: the things that it has too many of."""
    faults = 0
    if not is_below(law, PARTS, means.net, members):
        faults |= Ground.INCOME_NOT_BELOW
    if law.property_tested == 1:
        if is_rich(law, means.money, law.money_dibao, members):
            faults |= Ground.MONEY_OVER
        faults |= over
    return faults


def faults_of_edge(law: Law, means: Means, over: int, members: int) -> int:
    """Why a family without 低保 is not at its edge; 0 if it is."""
    faults = over
    if not is_below(law, law.edge_ratio, means.net, members):
        faults |= Ground.ABOVE_EDGE
    if is_rich(law, means.money, law.money_edge, members):
        faults |= Ground.MONEY_OVER_EDGE
    return faults


def faults_of_rigid(law: Law, means: Means, over: int, members: int) -> int:
    """Why a family is not one of rigid spending (刚性支出认定办法 §4); 0 if it is. The share is of income before deductions."""
    faults = over
    if means.net * 12 >= law.rigid_income * members * law.window_months:
        faults |= Ground.ABOVE_AVERAGE
    if means.spent * PARTS <= law.rigid_ratio * means.gross:
        faults |= Ground.SPENDING_SMALL
    if is_rich(law, means.money, law.money_rigid, members):
        faults |= Ground.MONEY_OVER_RIGID
    return faults


def is_rich(law: Law, held: int, months: int, members: int) -> bool:
    """Whether money exceeds so many monthly standards for each member."""
    return held * law.standard_months > months * law.standard * members


def things_over(law: Law, lines: Sequence[Line], inside: int) -> int:
    """Which things the people inside have too many of, as bits of `Ground`."""
    over = 0
    for i in range(len(lines)):
        kind = lines[i].kind
        if FIRST_THING <= kind < FIRST_SPENDING and (inside >> lines[i].member) & 1 == 1:
            if number_of(lines[i:], inside, kind) > law.most[kind]:  # the first line of a kind sees all of them
                over |= OVER[kind - FIRST_THING]
    return over


def against_alone(law: Law, home: Home, people: Sequence[Person], lines: Sequence[Line], family: int, not_edge: int) -> int:
    """Why the applicant cannot enter alone (57号 §8); 0 if nothing speaks against it. ``not_edge``: why the family is no edge."""
    if law.alone == 0:
        return Ground.ALONE_UNKNOWN
    one = applicant_only(people)
    against = 0
    for person in people:
        if person.kin // 10 == Kin.SELF and not (is_severe(law, person) or (person.ill == 1 and law.alone_ill == 1)):
            against |= Ground.ALONE_NOT_FIT
    if law.alone_edge == 1 and not_edge != 0:
        against |= Ground.ALONE_NOT_EDGE
    if one & family == 0:
        against |= Ground.ALONE_NOT_FIT
    if not is_below(law, PARTS, means_alone(law, home, lines, one).net, 1):
        against |= Ground.ALONE_INCOME
    return against


def base_of(law: Law, net: int, members: int, paid: int) -> int:
    """Fen a month: the gap to the standard, or the tier's amount, for the people paid for; and the local supplement.

    Gap: (standard − income ÷ members) × people paid for, as one fraction, rounded once.
    """
    if law.mode == Mode.TIERS:
        return (tier_of(law, net, members) + law.supplement) * paid
    whole = law.standard * members * law.window_months - net * law.standard_months
    return rounded(law, whole * paid, law.window_months * law.standard_months * members) + law.supplement * paid


def tier_of(law: Law, net: int, members: int) -> int:
    """The amount of a head in the first tier whose upper bound lies above the income; 0 past the last."""
    for i in range(TIERS):
        if is_below(law, law.tier_upto[i], net, members):
            return law.tier_amount[i]
    return 0


def category_of(law: Law, home: Home, people: Sequence[Person], paid: int) -> int:
    """分类施保: for each member paid for the highest share that fits, of the monthly standard."""
    shares = 0
    for i in range(len(people)):
        shares += ((paid >> i) & 1) * best_share(law, home, people[i])
    return rounded(law, law.standard * shares, law.standard_months * PARTS)


def best_share(law: Law, home: Home, person: Person) -> int:
    """The highest category of a person; categories are not added up."""
    minor, severe = person.age < law.minor_age, is_severe(law, person)
    return max(
        law.category[Category.ELDER] * (person.age >= law.elder_age),
        law.category[Category.MINOR] * minor,
        law.category[Category.SINGLE_PARENT] * (minor & (home.single_parent == 1)),
        law.category[Category.SEVERE] * severe,
        law.category[Category.DISABLED] * ((person.disability != Disability.NONE) & (severe == 0)),
        law.category[Category.ILL] * (person.ill == 1),
    )


def rounded(law: Law, above: int, below: int) -> int:
    """The fraction in fen, to the step of the law: up, to the nearest (half up) or down."""
    step = below * law.round_step
    if law.round_mode == Rounding.UP:
        return -(-above // step) * law.round_step
    if law.round_mode == Rounding.NEAREST:
        return (2 * above + step) // (2 * step) * law.round_step
    return above // step * law.round_step
