"""Ways of treatment, kinds of illness, as what a patient counts, and what a bill must be."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from linli.base.named import Named
from linli.law.medical import Patient

GROUP = "medical.aid"
GROUP_ZH = "城乡医疗救助"


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
