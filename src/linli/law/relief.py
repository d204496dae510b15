"""临时救助: emergency and spending relief, small and fast help first (小额快救), and who may decide.

社会救助法 §37, §50; 民发〔2018〕23号; 民政部、财政部 2026 opinion on temporary relief; provinces' own caps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.base.dated import Parameters, Value
from linli.base.days import Term
from linli.base.named import Named
from linli.base.reasons import Outcome, Reason, Step
from linli.law.codes import Recognised, Zone
from linli.law.facts import BadFacts
from linli.law.values import parts
from linli.law.words import about, percent, sheet, yuan


class Cause(Named):
    """Why a family asks for temporary relief."""

    EMERGENCY = "emergency", "急难型"
    SPENDING = "spending", "支出型"


class Degree(Named):
    """How hard the hardship is."""

    LIGHT = "light", "一般困难"
    MEDIUM = "medium", "较重困难"
    HEAVY = "heavy", "特别困难"


class Decider(Named):
    """Who decides: the town by delegation, or the district."""

    TOWN = "town", "乡镇（街道）"
    DISTRICT = "district", "区民政局"


@dataclass(frozen=True)
class Need:
    """The facts of a request. ``months``: how long the hardship lasts; ``recognised``: as what the family is recognised.

    ``asked_before``: relief was given for the same cause, and nothing new is shown. ``fast``: small help at once is asked for.
    ``given``: fen given at once for this same hardship, which the ordinary relief now supplements. ``times``: how often one of
    the people got relief in the year, this hardship not counted. ``burden``: fen of necessary spending that the family bears
    itself after insurance and other aid (None: not asked, an emergency). ``too_rich``: the check of means, where the law asks for
    it, found income or property above what the place allows.
    """

    area: str
    zone: Zone
    cause: Cause
    degree: Degree
    people: int
    months: int
    recognised: Recognised = Recognised.NOTHING
    asked_before: bool = False
    fast: bool = False
    given: int = 0
    times: int = 0
    burden: int | None = None
    too_rich: bool = False


@dataclass(frozen=True)
class Relief:
    """The answer: the outcome, who decides, by when, whether means are checked and the family's name is published.

    ``times_most``: how often in a year a person may get relief.
    """

    outcome: Outcome
    decider: Decider
    limit: Term | None
    means_checked: bool
    published: bool
    times_most: int

    def sheet(self) -> list[str]:
        result = f"给予临时救助{yuan(self.outcome.amount)}" if self.outcome.granted else "不予临时救助"
        return sheet("临时救助决定说明", result, self.outcome)


def decide_relief(need: Need, known: Parameters, *, on: date) -> Relief:
    """Judge a request by the law of its day at the place of the need (no residence condition).

    Raises BadFacts, and NoValue for a missing value of the law.
    """
    if need.people < 1 or need.months < 1:
        raise BadFacts("救助人数和困难持续的月数应不少于1，请核对。")
    if need.fast and need.cause is not Cause.EMERGENCY:
        raise BadFacts("小额快救只适用于急难型救助，支出型请按一般程序办理。")
    law = _Law(known, on, need)
    if refused := _barred(need, law):
        return _answer(need, law, Outcome(False, 0, (refused,), (), tuple(law.used)))
    standard, period = law.of(f"dibao.standard.{need.zone.key}"), law.of(f"dibao.standard_months.{need.zone.key}")
    share = law.of(f"relief.share.{need.degree.value}")
    months = min(need.months, law.of("relief.months_most").count)
    cap = law.of("relief.cap_months")
    whole = standard.fen * need.people
    amount = int(whole * months * share.ratio / period.count)
    most = whole * cap.count // period.count
    sums = f"每月标准{about(standard.fen, period.count)}×{need.people}人×{months}个月×{percent(parts(share.ratio))}"
    steps = [
        Step("最低生活保障标准", yuan(standard.fen), "每人每月" if period.count == 1 else "每人每年"),
        Step("困难程度", need.degree.zh, f"按标准的{percent(parts(share.ratio))}"),
        Step("计算", yuan(amount), sums),
    ]
    if amount > most:
        amount = most
        steps.append(Step("最高限额", yuan(most), f"每人不超过{cap.count}个月的标准"))
    if need.burden is not None and amount > need.burden:
        amount = need.burden
        steps.append(Step("家庭自负支出", yuan(amount), "扣除医疗保险报销和其他救助、赔偿后，救助不超过实际负担"))
    if need.fast:
        amount = _small(law, amount, standard.fen // period.count, steps)
    if need.given:
        amount = max(0, amount - need.given)
        steps.append(Step("扣除先行救助", yuan(need.given), "同一困难已先行救助的，只补足差额"))
    steps.append(Step("救助金额", yuan(amount)))
    if not amount:
        article = law.of(f"article.relief.{need.cause.value}")
        reason = Reason("nothing_left", "同一困难的支出已由先行救助或其他救助解决", article.source)
        return _answer(need, law, Outcome(False, 0, (reason,), tuple(steps), tuple(law.used)))
    article = law.of(f"article.relief.{need.cause.value}")
    reason = Reason(need.cause.value, f"{need.cause.zh}救助：{article.text}", article.source)
    return _answer(need, law, Outcome(True, amount, (reason,), tuple(steps), tuple(law.used)))


def _barred(need: Need, law: _Law) -> Reason | None:
    """Why relief is not given whatever the amount: the same cause without anything new, as often in the year as is allowed, or
    means above what the place allows, where they are checked."""
    if need.asked_before:
        article = law.of("article.relief.same_cause")
        return Reason("asked_before", "以同一事由重复申请，没有新的困难情形，不再受理", article.source)
    most = law.of("relief.year_times")
    if need.times >= most.count:
        return Reason("year_times", f"本年度已救助{need.times}次，同一人每年不超过{most.count}次", most.source)
    if need.too_rich and _means_checked(need):
        article = law.of("article.relief.means")
        return Reason("means", f"经核对，家庭收入或财产超过本地规定：{article.text}", article.source)
    return None


def _means_checked(need: Need) -> bool:
    """Only spending relief of a family that is not recognised already asks for a check of means."""
    return not need.fast and need.cause is Cause.SPENDING and need.recognised is Recognised.NOTHING


def _small(law: _Law, amount: int, standard: int, steps: list[Step]) -> int:
    times = law.of("relief.fast.standards")
    most = int(standard * times.ratio)
    if amount <= most:
        return amount
    steps.append(Step("小额快救限额", yuan(most), f"每户不超过{times.ratio}个月的低保标准，仍有困难的按一般程序续办"))
    return most


def _answer(need: Need, law: _Law, outcome: Outcome) -> Relief:
    town = law.of("relief.town.standards")
    standard, period = law.of(f"dibao.standard.{need.zone.key}"), law.of(f"dibao.standard_months.{need.zone.key}")
    small = town.ratio > 0 and outcome.amount * period.count <= standard.fen * town.ratio  # 以下 includes the number itself
    emergency = need.cause is Cause.EMERGENCY
    return Relief(
        outcome=outcome,
        decider=Decider.TOWN if small else Decider.DISTRICT,
        limit=law.of("relief.fast.days").term if need.fast else None,
        means_checked=_means_checked(need),
        published=not need.fast and not emergency,
        times_most=law.of("relief.year_times").count,
    )


class _Law:
    """The values of the day, noted as they are used."""

    def __init__(self, known: Parameters, on: date, need: Need) -> None:
        self._known, self._on, self._area = known, on, need.area
        self.used: list[Value] = []

    def of(self, key: str) -> Value:
        value = self._known.on(key, self._on, self._area)
        if value not in self.used:
            self.used.append(value)
        return value
