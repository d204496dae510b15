"""Who gets a card, what it takes off a bill, and what a paper of the hospital cannot say: pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from linli.base.named import Named
from linli.base.reasons import Outcome, Reason, Step

NOTICE = "concession.hospitals"
BASIS = "慈善医疗优惠卡使用办法（示范）"
GROUNDS = ("tekun", "dibao", "edge", "rigid", "orphan", "unsupported_child", "poor_by_illness", "poor_again_by_illness")
"""Recognised statuses of which one is needed, the first that is held names the ground on the card."""


class Item(Named):
    """A part of a hospital's bill that an agreement can lower."""

    REGISTRATION = "registration", "挂号诊查费"
    CHECK = "check", "检查化验费"
    BED = "bed", "床位费"
    NURSING = "nursing", "护理费"
    SURGERY = "surgery", "手术费"
    MEDICINE = "medicine", "药品费"


class CardState(Named):
    """How a card stands; one past its last day is said to be over, without anybody writing it down."""

    VALID = "valid", "有效"
    LOST = "lost", "已挂失"
    ENDED = "ended", "已终止"


class VisitState(Named):
    """How a use of the card stands."""

    ENTERED = "entered", "已登记"
    CANCELLED = "cancelled", "已撤销"


@dataclass(frozen=True)
class Facts:
    """What is known on the day: recognised statuses, whether the person lives, whether a valid card is held."""

    statuses: frozenset[str]
    alive: bool = True
    holds: bool = False


NOT_POOR = Reason("no_recognised_hardship", "没有低保、特困、低保边缘、因病致贫等已认定的困难身份", BASIS)
DEAD = Reason("died", "已登记死亡", BASIS)
HOLDS = Reason("holds_card", "已持有有效的优惠卡，遗失的请办理补卡", BASIS)
ENTITLED = Reason("entitled", "符合发卡条件", BASIS)


def ground_of(statuses: frozenset[str]) -> str:
    """The status that gives the card; empty when none does."""
    return next((kind for kind in GROUNDS if kind in statuses), "")


def decide(facts: Facts, names: Mapping[str, str]) -> Outcome:
    """Whether a card is given; every ground against it at once. ``names``: of the statuses, in Chinese."""
    ground = ground_of(facts.statuses)
    steps = (Step("困难身份", names.get(ground, ground) or "无"),)
    holds = ((NOT_POOR, not ground), (DEAD, not facts.alive), (HOLDS, facts.holds))
    against = tuple(reason for reason, stands in holds if stands)
    return Outcome(False, 0, against, steps) if against else Outcome(True, 0, (ENTITLED,), steps)


def taken_off(price: int, percent: int) -> int:
    """What the patient is spared of a price in fen; part of a fen is left to the hospital."""
    return price * percent // 100


@dataclass(frozen=True)
class Span:
    """From a day to a day, both included; None: still running."""

    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it was so on this day."""
        return self.since <= day and (self.until is None or day <= self.until)


def faults_of_visit(
    *, day: date, on: date, card: Span, agreement: Span, prices: Mapping[Item, int], terms: Mapping[Item, int]
) -> list[tuple[str, str]]:
    """What is wrong with a paper of the hospital, as (field, sentence). ``prices``: in fen; ``terms``: percent."""
    faults = []
    if day > on:
        faults.append(("day", "就医日期不能晚于今天，请核对。"))
    if not card.holds(day):
        faults.append(("day", f"优惠卡在{day}不能使用（{card.since}起，{card.until}止），请核对就医日期。"))
    if not agreement.holds(day):
        faults.append(("agreement", f"{day}没有与这家医院的优惠协议，请核对医院和日期。"))
    if not any(prices.values()):
        faults.append((f"price_{Item.REGISTRATION}", "请至少填写一项费用。"))
    faults += [
        (f"price_{item}", f"这家医院的协议没有约定{item.zh}的优惠，请不要填写这一项。")
        for item, price in prices.items()
        if price and item not in terms
    ]
    return faults
