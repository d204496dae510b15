"""Whether a family may be helped by a project, with how much, and why: pure functions of facts and dated values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from linli.base.dated import Parameters, Value
from linli.base.money import show_yuan
from linli.base.reasons import Outcome, Reason, Step
from linli.domains.charity.rules.projects import AIDS, ILLNESSES, Aid, Ask, Need, Project

SEVERE = frozenset("12")
"""Levels of GB/T 26341 that count as severe (重度)."""
PRINCIPLE = "慈善救助原则：量入为出、公平公正公开、不重复救助"


@dataclass(frozen=True)
class Facts:
    """What is known of the applicant's family on the day of the decision.

    ``statuses``: recognised statuses of all members, in force on the day. ``own_cost``: what the family itself paid for
    one treatment, in fen (after insurance and other aid). ``helped``: names of projects that already helped the
    household in this year. ``enrolled``: the student's admission was checked. ``grade``: the applicant's own disability
    (GB/T 26341: kind, then level); ``aid``: the aid that is asked for instead of money.
    """

    need: Need
    members: int
    statuses: frozenset[str] = frozenset()
    illness: str = ""
    own_cost: int = 0
    enrolled: bool = False
    diagnosed: bool = False
    alive: bool = True
    lives_here: bool = True
    helped: tuple[str, ...] = field(default=())
    grade: str = ""
    aid: str = ""


NO_STATUS = Reason(
    "no_recognised_hardship",
    "家庭成员中没有低保、特困、低保边缘、残疾、孤儿、重病、孤寡老人等已认定的困难身份",
    "贫中选贫、难中选难",
)
WRONG_NEED = Reason("need_outside_project", "申请事由不属于本项目的救助范围", "项目公告·救助对象")
LOW_COST = Reason("own_cost_below_line", "一次性自付医疗费用未达到救助线", "一次性医疗费用2万元以上")
NO_ILLNESS = Reason("illness_not_named", "没有注明所患的重大疾病或意外伤害", "项目公告·救助病种")
NOT_ENROLLED = Reason("admission_not_proved", "没有核实录取通知书", "项目公告·救助对象")
NOT_DISABLED = Reason("disability_not_recognised", "申请人本人没有已认定的残疾", "项目公告·救助对象")
WRONG_AID = Reason("aid_does_not_fit", "所选辅具不适用于申请人的残疾类别", "项目公告·辅具")
HELPED = Reason("already_helped", "该户本年度已享受同一项目或互斥项目的救助", "不重复救助")
DEAD = Reason("applicant_died", "申请人已去世", "项目公告·救助对象")
ELSEWHERE = Reason("lives_elsewhere", "申请人不在本辖区居住", "项目公告·救助对象")
GRANTED = Reason("conditions_met", "符合项目的全部条件", PRINCIPLE)


def decide(project: Project, facts: Facts, law: Parameters, *, on: date, area: str) -> Outcome:
    """Judge one family. Every fault is named at once, so that the family hears all of them in one notice."""
    faults = _common_faults(project, facts)
    values: list[Value] = []
    steps: list[Step] = [Step("申请事由", facts.need.zh), Step("家庭人口", f"{facts.members}人")]
    more, used, shown = _own_conditions(project, facts, law, on, area)
    faults += more
    values += used
    steps += shown
    if faults:
        return Outcome(False, 0, tuple(faults), tuple(steps), tuple(values))
    amount = law.on(f"charity.{project.key}.{_kind_of_amount(project, facts)}", on, area)
    steps.append(Step("救助金额", f"{show_yuan(amount.fen)}元", f"{amount.article}"))
    return Outcome(True, amount.fen, (GRANTED,), tuple(steps), (*values, amount))


def _common_faults(project: Project, facts: Facts) -> list[Reason]:
    faults = []
    if facts.need not in project.needs:
        faults.append(WRONG_NEED)
    if not facts.alive:
        faults.append(DEAD)
    if not facts.lives_here:
        faults.append(ELSEWHERE)
    if project.statuses and facts.need is not Need.ACCIDENT and not facts.statuses & project.statuses:
        faults.append(NO_STATUS)
    if facts.helped:
        faults.append(HELPED)
    return faults


def _own_conditions(
    project: Project, facts: Facts, law: Parameters, on: date, area: str
) -> tuple[list[Reason], list[Value], list[Step]]:
    if project.key == "da_bing":
        return _serious_illness(facts, law, on, area)
    if project.key == "yuan_meng":
        step = Step("录取核实", "已核实" if facts.enrolled else "未核实")
        return ([] if facts.enrolled else [NOT_ENROLLED]), [], [step]
    if project.key == "zhu_can":
        level = Step("残疾等级", f"{facts.grade[1:]}级" if facts.grade else "未认定")
        return _disability(facts), [], [level, Step("给付", _given(facts))]
    return [], [], []


def _kind_of_amount(project: Project, facts: Facts) -> str:
    """Which value tells the amount: of the aid, of the grade (一、二级 are severe), or of the project."""
    if project.key != "zhu_can":
        return "amount"
    if facts.aid:
        return f"aid.{facts.aid}"
    return "severe" if facts.grade[1:] in SEVERE else "other"


def _given(facts: Facts) -> str:
    return AIDS[facts.aid].zh if facts.aid in AIDS else "现金"


def _disability(facts: Facts) -> list[Reason]:
    if not facts.grade:
        return [NOT_DISABLED]
    aid = AIDS.get(facts.aid)
    if facts.aid and (aid is None or facts.grade[0] not in aid.kinds):
        return [WRONG_AID]
    return []


def _serious_illness(facts: Facts, law: Parameters, on: date, area: str) -> tuple[list[Reason], list[Value], list[Step]]:
    line = law.on("charity.da_bing.own_cost_min", on, area)
    faults = []
    if facts.illness not in ILLNESSES:
        faults.append(NO_ILLNESS)
    if facts.own_cost < line.fen:  # 以上 includes the number itself (民法典 §1259)
        faults.append(LOW_COST)
    steps = [
        Step("病种", ILLNESSES.get(facts.illness, "未注明")),
        Step("一次性自付医疗费用", f"{show_yuan(facts.own_cost)}元", f"救助线 {show_yuan(line.fen)}元（含）"),
    ]
    return faults, [line], steps


def against(project: Project, facts: Facts) -> list[Reason]:
    """What speaks against a family before anything is asked of it: the faults that no answer at the door can mend."""
    found = [_common_faults(project, replace(facts, need=need)) for need in project.needs]
    lasting = [reason for reason in found[0] if all(reason in others for others in found)]
    return lasting + ([NOT_DISABLED] if Ask.AID in project.asks and not facts.grade else [])


def fitting_aids(project: Project, grade: str) -> list[Aid]:
    """The aids that may be asked for instead of money, by the applicant's own disability."""
    return [aid for aid in AIDS.values() if grade and grade[0] in aid.kinds] if Ask.AID in project.asks else []
