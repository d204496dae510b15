"""医疗救助: the layer after basic and serious-illness insurance (国办发〔2021〕42号; the city's own table)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.base.dated import Parameters
from linli.base.named import Named
from linli.base.reasons import Outcome, Reason, Step
from linli.law.facts import BadFacts
from linli.law.values import parts
from linli.law.words import percent, yuan


class Patient(Named):
    """As what the patient is recognised."""

    TEKUN = "tekun", "特困人员、孤儿"
    DIBAO = "dibao", "低保对象、返贫致贫人口"
    EDGE = "edge", "低保边缘家庭成员"
    ILLNESS = "illness", "因病致贫重病患者"


@dataclass(frozen=True)
class Bill:
    """One settlement, fen. ``covered``: costs within the insurance's lists; ``basic`` and ``serious``: what the insurances paid.

    ``borne``: own covered costs of earlier settlements of the year; ``aided``: medical aid of the year so far.
    """

    area: str
    patient: Patient
    covered: int
    basic: int
    serious: int
    borne: int = 0
    aided: int = 0


def decide_medical(bill: Bill, known: Parameters, *, on: date) -> Outcome:
    """Medical aid for one settlement. The deductible is one of the year; so is the cap.

    Raises BadFacts for sums that do not fit each other, NoValue for a missing value of the law.
    """
    if min(bill.covered, bill.basic, bill.serious, bill.borne, bill.aided) < 0:
        raise BadFacts("医疗费用不能为负，请核对结算单。")
    if bill.basic + bill.serious > bill.covered:
        raise BadFacts("基本医保和大病保险支付之和超过政策范围内费用，请核对结算单。")
    base = known.on("medical.income", on, bill.area)
    deductible = known.on(f"medical.deductible.{bill.patient.value}", on, bill.area)
    share = known.on(f"medical.share.{bill.patient.value}", on, bill.area)
    cap = known.on("medical.cap", on, bill.area)
    article = known.on("article.medical", on, bill.area)
    own = bill.covered - bill.basic - bill.serious
    line = int(base.fen * deductible.ratio)
    countable = max(0, own - max(0, line - bill.borne))
    aid = int(countable * share.ratio)
    left = max(0, cap.fen - bill.aided)
    amount = min(aid, left)
    steps = (
        Step("政策范围内费用", yuan(bill.covered)),
        Step("基本医保支付", yuan(bill.basic)),
        Step("大病保险支付", yuan(bill.serious)),
        Step("个人自付", yuan(own), f"{yuan(bill.covered)}－{yuan(bill.basic)}－{yuan(bill.serious)}"),
        Step("年度起付标准", yuan(line), f"今年以前已自付{yuan(bill.borne)}"),
        Step("可救助费用", yuan(countable)),
        Step("医疗救助", yuan(aid), f"{yuan(countable)}×{percent(parts(share.ratio))}（{bill.patient.zh}）"),
        Step("年度限额余额", yuan(left), f"限额{yuan(cap.fen)}－今年已救助{yuan(bill.aided)}"),
        Step("本次救助", yuan(amount), "取两者中较低的"),
    )
    reason = _reason(countable, left, article.source)
    return Outcome(amount > 0, amount, (reason,), steps, (share, deductible, base, cap, article))


def _reason(countable: int, left: int, source: str) -> Reason:
    if countable == 0:
        return Reason("below_deductible", "个人自付没有超过年度起付标准", source)
    if left == 0:
        return Reason("cap_reached", "今年的医疗救助已达到年度限额", source)
    return Reason("medical", "在基本医保、大病保险之后给予医疗救助", source)
