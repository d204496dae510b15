"""A decision on a family told in words: each step with its numbers put in, each reason with its article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from linli.base.dated import Parameters
from linli.base.reasons import Outcome, Reason, Step
from linli.law.coded import Coded, code
from linli.law.codes import (
    FIRST_PROPERTY,
    FIRST_SPENDING,
    FIRST_THING,
    Category,
    Item,
    Mode,
    Recognised,
    Rounding,
    SingleIncome,
)
from linli.law.facts import Household
from linli.law.family import Why, how_many, why
from linli.law.grounds import WORDS, Ground
from linli.law.means import first_month, within
from linli.law.minimum import Judged, best_share, judge
from linli.law.minimum_law import Law, minimum_law
from linli.law.values import PARTS, LawOn
from linli.law.words import about, month_zh, percent, reasons_in, sheet, yuan


@dataclass(frozen=True)
class Decided:
    """The decision on a family: as what it is recognised, the numbers, and the outcome in words."""

    recognised: Recognised
    judged: Judged
    outcome: Outcome

    @property
    def result(self) -> str:
        """最低生活保障家庭，每月2,935.00元."""
        if self.recognised is Recognised.DIBAO:
            return f"{self.recognised.zh}，每月{yuan(self.judged.amount)}"
        return self.recognised.zh

    def sheet(self) -> list[str]:
        """The lines of the printed explanation."""
        return sheet("社会救助家庭经济状况认定说明", self.result, self.outcome)


def decide(home: Household, known: Parameters, *, on: date) -> Decided:
    """Judge a family by the law of the day `on`, as of the day of its application.

    Raises BadFacts for facts that contradict each other, NoValue for a value of the law that is missing.
    """
    law = minimum_law(known, on=on, area=home.area, zone=home.zone)
    coded = code(home)
    judged = judge(law.law, *coded)
    granted = judged.recognised != Recognised.NOTHING
    reasons, articles = reasons_in(WORDS, judged.reasons, known, on=on, area=home.area)
    told = [_with_months(one, law.law, coded) for one in reasons]
    how = (known.on("article.amount", on, home.area),) if judged.recognised == Recognised.DIBAO else ()
    outcome = Outcome(
        granted=granted,
        amount=judged.amount,
        reasons=tuple(sorted(told, key=lambda one: granted and one.code not in _GRANTS)),
        steps=tuple(_steps(home, coded, law, judged)),
        values=(*law.cited(_cited(coded, law.law, judged)), *articles, *how),
    )
    return Decided(Recognised(judged.recognised), judged, outcome)


_GRANTS = {WORDS[one].code for one in (Ground.BELOW_LINE, Ground.ALONE, Ground.TAPER, Ground.AS_EDGE, Ground.AS_RIGID)}
"""What a recognition rests on: the first that a family reads of it, before why it is not recognised as something else."""


def _with_months(reason: Reason, law: Law, coded: Coded) -> Reason:
    """A grant for some months says from when and for how many."""
    if reason.code != WORDS[Ground.TAPER].code:
        return reason
    months = f"自{month_zh(coded.home.job_month)}起至多{law.taper_months}个月"
    return replace(reason, zh=f"{reason.zh}，{months}")


def _steps(home: Household, coded: Coded, law: LawOn[Law], judged: Judged) -> Iterator[Step]:
    yield from _family_steps(home, coded, law.law, judged)
    if not judged.inside:
        return
    yield from _income_steps(home, coded, law.law, judged)
    yield from _property_steps(home, coded, law.law, judged)
    if judged.recognised == Recognised.DIBAO:
        yield from _amount_steps(home, coded, law.law, judged)
    else:
        yield from _other_lines(law.law, judged)


def _family_steps(home: Household, coded: Coded, law: Law, judged: Judged) -> Iterator[Step]:
    if judged.reasons & Ground.ALONE:
        yield Step("单人户", "1人", f"只计申请人{home.members[judged.inside.bit_length() - 1].name}")
        return
    counts = {i: Why(why(law, person)) for i, person in enumerate(coded.people)}
    inside = [f"{home.members[i].name}（{one.zh}）" for i, one in counts.items() if one < Why.OTHER_SCHEME]
    outside = [f"{home.members[i].name}（{one.zh}）" for i, one in counts.items() if one >= Why.OTHER_SCHEME]
    yield Step("共同生活的家庭成员", f"{len(inside)}人", "、".join(inside))
    if outside:
        yield Step("不计入的人员", f"{len(outside)}人", "、".join(outside))


def _income_steps(home: Household, coded: Coded, law: Law, judged: Judged) -> Iterator[Step]:
    first, months = first_month(law, coded.home), law.window_months
    yield Step("收入计算期间", f"{months}个月", f"{month_zh(first)}至{month_zh(first + months - 1)}")
    if judged.reasons & Ground.ALONE and law.alone_income == SingleIncome.NOTHING:
        yield Step("单人户收入", "不计", "按规定全额发给")
        return
    for line in coded.lines:
        overlap = within(line, first, months)
        if FIRST_PROPERTY <= line.kind < FIRST_SPENDING or not (judged.inside >> line.member) & 1 or not overlap:
            continue
        whose = f"{home.members[line.member].name}{Item(line.kind).zh}"
        part = line.amount * overlap // (line.last - line.first + 1)
        if line.kind >= FIRST_SPENDING:
            if law.deduct_share[line.kind]:
                cut = part * law.deduct_share[line.kind] // PARTS
                yield Step(f"扣减：{whose}", yuan(cut), _share_note(part, law.deduct_share[line.kind]))
            continue
        yield Step(whose, yuan(part * law.income_share[line.kind] // PARTS), _share_note(part, law.income_share[line.kind]))
        cut = min(part * law.work_share // PARTS, law.work_cap * overlap)
        if line.kind in (Item.WAGE, Item.CASUAL_WORK) and cut:
            note = f"收入的{percent(law.work_share)}，每月不超过{yuan(law.work_cap)}"
            yield Step(f"扣减：{home.members[line.member].name}必要的就业成本", yuan(cut), note)
    members = how_many(judged.inside)
    means = judged.means
    sums = f"{yuan(means.gross)}－{yuan(means.deducted)}" if means.deducted else yuan(means.gross)
    note = f"（{sums}）÷{months}个月÷{members}人" if means.deducted else f"{sums}÷{months}个月÷{members}人"
    yield Step("人均月收入", about(means.net, months * members), note)
    yield Step("最低生活保障标准", _standard(law))


def _share_note(part: int, share: int) -> str:
    return "全部计入" if share == PARTS else f"期间内{yuan(part)}，{'不计入' if share == 0 else f'计{percent(share)}'}"


def _standard(law: Law) -> str:
    if law.standard_months == 1:
        return f"每人每月{yuan(law.standard)}"
    return f"每人每年{yuan(law.standard)}，合每月{about(law.standard, law.standard_months)}"


def _property_steps(home: Household, coded: Coded, law: Law, judged: Judged) -> Iterator[Step]:
    if not law.property_tested:
        return
    held = judged.means.money
    if held or judged.reasons & (Ground.MONEY_OVER | Ground.MONEY_OVER_EDGE | Ground.MONEY_OVER_RIGID):
        members = how_many(judged.inside)
        limit = about(law.money_dibao * law.standard * members, law.standard_months)
        yield Step("存款等金融资产", yuan(held), f"最低生活保障限额{limit}，即{members}人各{law.money_dibao}个月的标准")
    for line in coded.lines:
        if FIRST_THING <= line.kind < FIRST_SPENDING and (judged.inside >> line.member) & 1:
            whose = f"{home.members[line.member].name}{Item(line.kind).zh}"
            yield Step(whose, f"{line.number}", f"全家最多{law.most[line.kind]}")


def _amount_steps(home: Household, coded: Coded, law: Law, judged: Judged) -> Iterator[Step]:
    if judged.reasons & Ground.TAPER:
        note = f"上月{yuan(coded.home.received)}×{percent(law.taper_share)}，至多{law.taper_months}个月"
        yield Step("渐退期低保金", yuan(judged.base), note)
        return
    members, paid = how_many(judged.inside), how_many(judged.paid)
    per_head = about(judged.means.net, law.window_months * members)
    monthly = about(law.standard, law.standard_months)
    if law.mode == Mode.TIERS:
        yield Step("按档次发给", yuan(judged.base), f"人均月收入{per_head}所在档次×{paid}人")
    else:
        more = f"，另每人增发{yuan(law.supplement)}" if law.supplement else ""
        yield Step("按差额发给", yuan(judged.base), f"（{monthly}－{per_head}）×{paid}人{more}，{_rounding(law)}")
    if judged.category:
        shares = [
            f"{home.members[i].name}{percent(best_share(law, coded.home, person))}"
            for i, person in enumerate(coded.people)
            if (judged.paid >> i) & 1 and best_share(law, coded.home, person)
        ]
        yield Step("分类救助金", yuan(judged.category), f"{monthly}×（{'＋'.join(shares)}），{_rounding(law)}")
    yield Step("每月发给", yuan(judged.amount))


def _rounding(law: Law) -> str:
    ways = {Rounding.UP: "不足的进到", Rounding.NEAREST: "四舍五入到", Rounding.DOWN: "舍去不足"}
    unit = {1: "分", 10: "角", 100: "元", 1000: "十元"}.get(law.round_step, yuan(law.round_step))
    return f"{ways[Rounding(law.round_mode)]}{unit}"


def _other_lines(law: Law, judged: Judged) -> Iterator[Step]:
    if law.edge_ratio > PARTS:
        line = about(law.standard * law.edge_ratio, law.standard_months * PARTS)
        yield Step("低保边缘线", f"每人每月{line}", f"标准的{percent(law.edge_ratio)}")
    if law.rigid and judged.recognised != Recognised.EDGE:
        yield Step("上年度人均可支配收入", yuan(law.rigid_income))
        spent, gross = judged.means.spent, judged.means.gross
        share = percent(spent * PARTS // gross) if gross else "没有收入"
        note = f"必需支出{yuan(spent)}÷收入{yuan(gross)}，应超过{percent(law.rigid_ratio)}"
        yield Step("必需支出占收入", share, note)


def _cited(coded: Coded, law: Law, judged: Judged) -> Iterator[str]:
    """The fields of the law that this decision rests on."""
    yield from ("standard", "standard_months", "window", "window_months")
    kinds = dict.fromkeys(Item(line.kind) for line in coded.lines if (judged.inside >> line.member) & 1)
    for item in kinds:
        if item < FIRST_PROPERTY:
            yield f"income_share.{item.key}"
        elif item >= FIRST_SPENDING and law.deduct_share[item]:
            yield f"deduct_share.{item.key}"
        elif FIRST_THING <= item < FIRST_SPENDING:
            yield f"most.{item.key}"
    if law.work_share and {Item.WAGE, Item.CASUAL_WORK} & kinds.keys():
        yield from ("work_share", "work_cap")
    if law.property_tested and judged.means.money:
        yield "money_dibao"
    yield from _cited_for(law, judged)


def _cited_for(law: Law, judged: Judged) -> Iterator[str]:
    bits = judged.reasons
    if judged.recognised == Recognised.DIBAO:
        yield from ("mode", "round_step", "round_mode")
        if law.supplement:
            yield "supplement"
        if bits & Ground.CATEGORY:
            yield from (f"category.{one.key}" for one in Category if law.category[one])
    elif law.edge_ratio > PARTS:
        yield "edge_ratio"
        if bits & (Ground.AS_RIGID | Ground.ABOVE_AVERAGE | Ground.SPENDING_SMALL | Ground.MONEY_OVER_RIGID):
            yield from ("rigid_income", "rigid_ratio")
    if bits & (Ground.ALONE | Ground.ALONE_NOT_FIT | Ground.ALONE_NOT_EDGE | Ground.ALONE_INCOME):
        yield from ("alone", "alone_edge", "alone_ill", "alone_income", "severe_level", "severe_mental")
    if bits & Ground.TAPER:
        yield from ("taper_months", "taper_share")
    if bits & Ground.REFUSED_WORK:
        yield "refusals"
