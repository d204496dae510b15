"""Ways of treatment, kinds of illness, as what a patient counts, and what a bill must be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from linli.base.named import Named
from linli.kernel.standards.rules import Group, Key
from linli.law.medical import Patient

GROUP = "medical.aid"
GROUP_ZH = "城乡医疗救助"

STANDARD_GROUPS = (
    Group("医疗救助", (
        Key("medical.income", "上年度居民人均可支配收入（起付线的基数）", "fen", least=1),
        Key("medical.cap", "年度救助限额", "fen", least=1),
        *(Key(f"medical.deductible.{one.value}", f"{one.zh}起付标准（人均收入的比例）", "ratio") for one in Patient),
        *(Key(f"medical.share.{one.value}", f"{one.zh}救助比例", "ratio") for one in Patient),
    ), "linli.law.all_values"),
    Group("医疗救助筹资", (
        Key("medical.funding.standard", "人均筹资标准（每年）", "fen", least=1),
    ), "linli.domains.medical.queries.standards"),
)  # fmt: skip


class Way(Named):
    """How the patient was treated."""

    INPATIENT = "inpatient", "住院"
    OUTPATIENT = "outpatient", "门诊"


class Illness(Named):
    """What aid is counted by; the illness itself is not kept."""

    MAJOR = "major", "重大病"
    CHRONIC = "chronic", "慢性病"
    OTHER = "other", "其他疾病"


class BillState(Named):
    """How a bill stands."""

    SETTLED = "settled", "已结算"
    CANCELLED = "cancelled", "已撤销"


CLASSES: dict[str, Patient] = {
    "tekun": Patient.TEKUN, "orphan": Patient.TEKUN, "dibao": Patient.DIBAO, "poor_again_by_illness": Patient.DIBAO,
    "edge": Patient.EDGE, "rigid": Patient.EDGE, "poor_by_calamity": Patient.EDGE, "poor_by_illness": Patient.ILLNESS,
}  # fmt: skip
"""As what a recognised status counts; those whom a disaster of nature left ill or disabled count with the edge families."""

CENTENARIAN = 100


def class_of(statuses: Collection[str], age: int) -> Patient | None:
    """The best class that somebody of these statuses and this age has; centenarians count with the edge families; else None."""
    held = {CLASSES[kind] for kind in statuses if kind in CLASSES} | ({Patient.EDGE} if age >= CENTENARIAN else set())
    return next((one for one in Patient if one in held), None)


@dataclass(frozen=True)
class Sums:
    """What the hospital's paper says, fen. ``cost``: the whole bill; ``covered``: within the insurance's lists."""

    cost: int
    covered: int
    basic: int
    serious: int

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Field and sentence for whatever does not fit."""
        found = []
        if self.cost <= 0:
            found.append(("cost", "医疗总费用应大于0，请核对结算单。"))
        if self.covered > self.cost:
            found.append(("covered", "政策范围内费用超过总费用，请核对结算单。"))
        if self.basic + self.serious > self.covered:
            found.append(("basic", "基本医保和大病保险支付之和超过政策范围内费用，请核对结算单。"))
        return found


@dataclass(frozen=True)
class FundingYear:
    """One year of the special fund, fen. ``carried``: what was left of earlier years; ``income`` by source; ``people``: how
    many live in the place on the year's last day (or today); ``standard``: what the province asks per head, None where no value
    is known."""

    year: int
    carried: int
    income: tuple[tuple[str, int], ...]
    spent: int
    people: int
    standard: int | None

    @property
    def raised(self) -> int:
        """The income of the year; what was left of earlier years is none."""
        return sum(amount for _, amount in self.income)

    @property
    def balance(self) -> int:
        return self.carried + self.raised - self.spent

    @property
    def per_head(self) -> Fraction | None:
        """Fen raised for each person, exact; None where nobody lives."""
        return Fraction(self.raised, self.people) if self.people else None

    @property
    def reached(self) -> bool | None:
        """Whether the standard is reached (达到, the number included); None where one of the two is not known."""
        if self.per_head is None or self.standard is None:
            return None
        return self.per_head >= self.standard


def funding_years(
    moved: Iterable[tuple[int, str, int, int]], people: Mapping[int, int], standards: Mapping[int, int | None], last: int
) -> list[FundingYear]:
    """The years from the first with money to ``last``, newest first. ``moved``: (year, source, raised, spent) in fen."""
    rows = list(moved)
    first = min((year for year, *_ in rows), default=last)
    found: list[FundingYear] = []
    carried = 0
    for year in range(first, last + 1):
        own = [row for row in rows if row[0] == year]
        income: dict[str, int] = {}
        for _, source, raised, _ in own:
            if raised:
                income[source] = income.get(source, 0) + raised
        spent = sum(row[3] for row in own)
        one = FundingYear(year, carried, tuple(sorted(income.items())), spent, people.get(year, 0), standards.get(year))
        found.append(one)
        carried = one.balance
    return found[::-1]
