"""A bill and who bears it: the shares add up to the cost, and in a free round the family bears nothing."""

from __future__ import annotations

from collections.abc import Mapping

from linli.base.money import show_yuan
from linli.base.named import Named
from linli.kernel.ledgers.rules import FundKind


class Bearer(Named):
    """Who bears a part of the bill."""

    INSURANCE = "insurance", "医保报销"
    LOTTERY = "lottery", "福彩公益金"
    CHARITY = "charity", "慈善资金"
    UPPER = "upper", "上级慈善总会直接支付"
    HOSPITAL = "hospital", "医院减免"
    FAMILY = "family", "家庭自付"


WAIVED = frozenset({Bearer.LOTTERY, Bearer.CHARITY, Bearer.UPPER, Bearer.HOSPITAL})
"""What the family is spared (免除费用): all but insurance, which is its own right, and what it pays itself."""

PAID_BY_FUND = frozenset({Bearer.LOTTERY, Bearer.CHARITY})
"""Paid to the hospital from a fund of the books."""


def bearer_of_fund(kind: FundKind) -> Bearer:
    """Which bearer the money of such a fund is."""
    return Bearer.LOTTERY if kind is FundKind.LOTTERY else Bearer.CHARITY


def bill_faults(*, cost: int, shares: Mapping[Bearer, int], free: bool, most: int = 0) -> list[tuple[str, str]]:
    """What is wrong with a bill, as (field, Chinese words); amounts in fen. ``most``: what the fund may pay (0: no limit)."""
    faults = []
    if cost <= 0:
        faults.append(("cost", "医疗总费用应大于0，请修改。"))
    if any(part < 0 for part in shares.values()):
        faults.append(("cost", "承担金额不能是负数，请修改。"))
    total = sum(shares.values())
    if total != cost:
        words = f"各方承担合计 {show_yuan(total)} 元，与总费用 {show_yuan(cost)} 元不一致，请核对结算单。"
        faults.append(("cost", words))
    if free and shares.get(Bearer.FAMILY, 0):
        faults.append(("family", "本批次为免费手术，家庭不承担费用，请把这部分记到其他承担方。"))
    fund = sum(shares.get(bearer, 0) for bearer in PAID_BY_FUND)
    if most and fund > most:
        faults.append(("fund_part", f"本批次资金每人最多承担 {show_yuan(most)} 元，请修改。"))
    return faults
