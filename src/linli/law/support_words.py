"""A person's support decided by the law of the day and told in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linli.base.dated import Former, Parameters, Value, said_on
from linli.base.reasons import Outcome, Step
from linli.law.coded import Coded, code
from linli.law.facts import BadFacts, Household
from linli.law.means import first_month
from linli.law.minimum_law import Law, minimum_law
from linli.law.support import (
    CARE_ITEMS,
    FIELDS,
    Bearer,
    Care,
    Support,
    Supported,
    SupportLaw,
    care_level,
    judge_support,
)
from linli.law.values import LawOn, law_on
from linli.law.words import Words, month_zh, reasons_in, sheet, yuan

WORDS: dict[Support, Words] = {
    Support.ENTITLED: Words("tekun", "无劳动能力、无生活来源，没有法定义务人或者法定义务人没有履行能力", "article.tekun"),
    Support.NO_SCHEME: Words("no_scheme", "当时没有面向这类居民的供养制度", "article.tekun"),
    Support.HAS_LABOUR: Words("has_labour", "年龄和残疾情况不属于无劳动能力", "article.tekun.labour"),
    Support.HAS_INCOME: Words("has_income", "收入不低于最低生活保障标准，不属于无生活来源", "article.tekun.income"),
    Support.HAS_PROPERTY: Words("has_property", "财产超过规定，不属于无生活来源", "article.tekun.income"),
    Support.HAS_BEARER: Words("has_bearer", "有具备履行能力的法定义务人", "article.tekun.bearer"),
    Support.CHILD_SCHEME: Words("child_scheme", "已选择孤儿或事实无人抚养儿童保障，不重复认定特困", "article.tekun.child"),
    Support.STUDIES_ON: Words("studies_on", "未成年特困人员至18周岁，或年满18周岁仍在校就读，继续供养", "article.tekun.child"),
    Support.CARE_ABLE: Words("care_able", "六项均能自主完成，具备生活自理能力", "article.tekun.care"),
    Support.CARE_PARTLY: Words("care_partly", "有一至三项不能自主完成，部分丧失生活自理能力", "article.tekun.care"),
    Support.CARE_UNABLE: Words("care_unable", "有四项以上不能自主完成，完全丧失生活自理能力", "article.tekun.care"),
}

FIVE_BEFORE = date(2014, 5, 1)
"""Until 社会救助暂行办法 came into force, support was that of the countryside's 五保."""
_FORMER_CALLED: Former = ((FIVE_BEFORE, "农村五保供养对象"),)


@dataclass(frozen=True)
class SupportDecided:
    """The decision on a person, the numbers, and the outcome in words."""

    supported: Supported
    outcome: Outcome
    called: str = "特困人员"

    @property
    def result(self) -> str:
        """特困人员，每月1,500.00元（基本生活…，照料护理…）."""
        found = self.supported
        if not found.entitled:
            return f"不符合{self.called}条件"
        return f"{self.called}，每月{yuan(found.amount)}（基本生活{yuan(found.basic)}，照料护理{yuan(found.care)}）"

    def sheet(self) -> list[str]:
        return sheet(f"{self.called}认定说明", self.result, self.outcome)


def decide_support(
    home: Household,
    bearers: Sequence[Bearer],
    failed: frozenset[str],
    known: Parameters,
    *,
    on: date,
    institution: bool = False,
) -> SupportDecided:
    """Judge the one person of the household; ``failed``: the items of CARE_ITEMS that the person cannot do alone.

    Raises BadFacts for facts that contradict each other, NoValue for a missing value of the law.
    """
    if len(home.members) != 1:
        raise BadFacts("特困人员按人认定，请只填一人；同住的特困人员各自认定。")
    if unknown := failed - set(CARE_ITEMS):
        raise BadFacts(f"自理能力没有“{'、'.join(sorted(unknown))}”这一项，应为{'、'.join(CARE_ITEMS)}。")
    coded = code(home)
    law = minimum_law(known, on=on, area=home.area, zone=home.zone)
    own = support_law(known, home, on=on, institution=institution)
    found = judge_support(law.law, own.law, coded.home, coded.people[0], coded.lines, bearers, len(failed))
    reasons, articles = reasons_in(WORDS, found.reasons, known, on=on, area=home.area)
    outcome = Outcome(
        granted=bool(found.entitled),
        amount=found.amount,
        reasons=reasons,
        steps=tuple(_steps(home, coded, law, own, found, bearers, failed)),
        values=(*_cited(law, own, found), *articles),
    )
    return SupportDecided(found, outcome, said_on(on, _FORMER_CALLED, SupportDecided.called))


def support_law(known: Parameters, home: Household, *, on: date, institution: bool) -> LawOn[SupportLaw]:
    """The numbers for support; in an institution its own standard holds."""
    mode = "institution" if institution else "home"
    return law_on(SupportLaw, FIELDS, known, on=on, area=home.area, zone=home.zone.key, mode=mode)


def _steps(
    home: Household,
    coded: Coded,
    law: LawOn[Law],
    own: LawOn[SupportLaw],
    found: Supported,
    bearers: Sequence[Bearer],
    failed: frozenset[str],
) -> list[Step]:
    person, months = coded.people[0], law.law.window_months
    first = first_month(law.law, coded.home)
    steps = [
        Step("本人", home.members[0].name, f"{person.age}周岁"),
        Step("收入", yuan(found.income), f"{month_zh(first)}至{month_zh(first + months - 1)}，共{months}个月"),
        Step("最低生活保障标准", yuan(law.law.standard), "每月" if law.law.standard_months == 1 else "每年"),
        Step("法定义务人", f"{len(bearers)}人"),
    ]
    if not found.entitled:
        return steps
    period = "每月" if own.law.basic_months == 1 else f"每年，÷{own.law.basic_months}个月"
    steps.append(Step("基本生活标准", yuan(own.law.basic), period))
    if own.law.care_known:
        level = Care(care_level(own.law, len(failed)))
        which = "、".join(item for item in CARE_ITEMS if item in failed) or "无"
        steps.append(Step("照料护理标准", yuan(found.care), f"{level.zh}，不能自主完成的：{which}"))
    return [*steps, Step("每月发给", yuan(found.amount), f"{yuan(found.basic)}＋{yuan(found.care)}")]


def _cited(law: LawOn[Law], own: LawOn[SupportLaw], found: Supported) -> tuple[Value, ...]:
    names = ["elder_age", "child_age"]
    if found.entitled:
        names += ["basic", "basic_months"]
        if own.law.care_known:
            names += ["care_partly_most", *(f"care.{one.key}" for one in Care if found.reasons & (Support.CARE_ABLE << one))]
    return (*law.cited(["standard"]), *own.cited(names))
