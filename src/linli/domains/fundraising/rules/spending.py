"""The yearly spending plan, and the ratios that the law asks of a charity's year (慈善法 §61)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from linli.base.dated import NoValue, Parameters
from linli.base.money import show_yuan
from linli.base.reasons import Outcome, Reason, Step
from linli.base.shares import percent


def completion(planned: int, spent: int) -> Fraction | None:
    """How much of the plan was spent; None without a plan."""
    return Fraction(spent, planned) if planned else None


@dataclass(frozen=True)
class YearSums:
    """One year of the organisation in fen: spent in all, spent on management; income of the years before, last first."""

    year: int
    spent: int
    management: int
    incomes: tuple[int, ...]


SPENT = Reason("spent_enough", "年度支出达到规定比例")
TOO_LITTLE = Reason("spent_too_little", "年度支出低于上一年总收入和前三年平均收入的规定比例")
TOO_MUCH_MANAGEMENT = Reason("management_too_high", "管理费用超过当年总支出的规定比例")
NO_RULE = Reason("no_rule", "当年没有规定比例")


def judge_year(sums: YearSums, law: Parameters, area: str) -> Outcome:
    """Whether the year keeps the ratios, and how that was reckoned; ``granted`` means that both are kept.

    70 % of last year's income *or* of the mean of the three years before is enough.
    """
    on = date(sums.year, 12, 31)
    try:
        least, most = law.on("fundraising.spend.min", on, area), law.on("fundraising.manage.max", on, area)
    except NoValue:
        return Outcome(False, reasons=(NO_RULE,))
    last = sums.incomes[0] if sums.incomes else 0
    three = sums.incomes[:3] if len(sums.incomes) >= 3 else ()
    bars = [Fraction(last) * least.ratio]
    if three:
        bars.append(Fraction(sum(three), 3) * least.ratio)
    steps = [
        Step("当年总支出", f"{show_yuan(sums.spent)}元"),
        Step("上一年总收入", f"{show_yuan(last)}元", f"{percent(least.ratio, 2)} 为 {_yuan(bars[0])}元"),
    ]
    if three:
        mean = _yuan(Fraction(sum(three), 3))
        steps.append(Step("前三年平均收入", f"{mean}元", f"{percent(least.ratio, 2)} 为 {_yuan(bars[1])}元"))
    faults = [] if sums.spent >= min(bars) else [_citing(TOO_LITTLE, least.source)]
    limit = Fraction(sums.spent) * most.ratio
    bar = f"总支出的 {percent(most.ratio, 2)} 为 {_yuan(limit)}元"
    steps.append(Step("当年管理费用", f"{show_yuan(sums.management)}元", bar))
    if sums.management > limit:
        faults.append(_citing(TOO_MUCH_MANAGEMENT, most.source))
    return Outcome(not faults, sums.spent, tuple(faults) or (_citing(SPENT, least.source),), tuple(steps), (least, most))


def _citing(reason: Reason, source: str) -> Reason:
    return Reason(reason.code, reason.zh, source)


def _yuan(fen: Fraction) -> str:
    return show_yuan(int(fen + Fraction(1, 2)))
