"""Whether a patient is taken into a round, and why: pure functions of facts and dated values.

The words of reasons and steps name no illness: a decision is read by people who do not serve the patient.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.base.dated import Parameters, Value
from linli.base.money import show_yuan
from linli.base.reasons import Outcome, Reason, Step
from linli.domains.treatment.rules.projects import Project

BASIS = "医疗康复救助办法（示范）"


@dataclass(frozen=True)
class Facts:
    """What is known on the day. ``age`` in full years; ``statuses``: of all members of the family, in force on the day;
    ``fits``: the diagnosis belongs to the project; ``helped``: medical help was given in the year already."""

    age: int
    statuses: frozenset[str] = frozenset()
    diagnosed: bool = False
    fits: bool = True
    alive: bool = True
    helped: bool = False


TOO_OLD = Reason("above_age", "患者年龄超过本项目的资助范围", "资助对象")
NOT_POOR = Reason("no_recognised_hardship", "家庭成员中没有低保、特困、低保边缘等已认定的困难身份", "资助对象")
NOT_DIAGNOSED = Reason("diagnosis_missing", "没有定点医院的诊断", "资助对象")
OTHER_ILLNESS = Reason("diagnosis_outside", "医院诊断不属于本项目的资助范围", "资助对象")
DEAD = Reason("patient_died", "患者已去世", "资助对象")
HELPED = Reason("already_helped", "本年度已享受医疗康复救助", "不重复救助")
TAKEN = Reason("conditions_met", "符合本项目的全部条件", BASIS)


def decide(project: Project, facts: Facts, law: Parameters, *, on: date, area: str) -> Outcome:
    """Judge one patient; every fault is named at once. The amount is the most that the fund pays (0: the bill decides)."""
    faults: list[Reason] = []
    values: list[Value] = []
    steps = [Step("年龄", f"{facts.age}周岁"), Step("医院诊断", "有" if facts.diagnosed else "无")]
    if project.child:
        line = law.on(f"treatment.{project.key}.age_below", on, area)
        values.append(line)
        steps.append(Step("年龄范围", f"不满{line.count}周岁", line.article))
        if facts.age >= line.count:  # 不满 leaves the number itself out
            faults.append(TOO_OLD)
    if project.statuses and not facts.statuses & project.statuses:
        faults.append(NOT_POOR)
    if not facts.diagnosed:
        faults.append(NOT_DIAGNOSED)
    elif not facts.fits:
        faults.append(OTHER_ILLNESS)
    faults += [reason for reason, holds in ((DEAD, not facts.alive), (HELPED, facts.helped)) if holds]
    if faults:
        return Outcome(False, 0, tuple(faults), tuple(steps), tuple(values))
    most = 0
    if project.capped:
        cap = law.on(f"treatment.{project.key}.most", on, area)
        values.append(cap)
        most = cap.fen
        steps.append(Step("资助标准", f"{show_yuan(most)}元", cap.article))
    return Outcome(True, most, (TAKEN,), tuple(steps), tuple(values))
