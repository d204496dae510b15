"""The chain of an application: the town checks, the district decides. Nothing is posted: disability is sensitive (个保法 §28)."""

from __future__ import annotations

from linli.base.areas import Level
from linli.base.days import Term
from linli.base.reasons import Reason
from linli.kernel.cases.rules import (
    OPENING,
    Ending,
    Flow,
    FlowStep,
    Ground,
    PaperNeed,
    Subject,
    passes,
    refuses,
    returns,
    withdraws,
)
from linli.law.words import REMEDY

AID = "disability.aid"
BASIS = "国务院关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见（国发〔2015〕52号）"
UNCLEAR = Reason("unclear", "情况不清楚，须补充核实", BASIS)
INCOMPLETE = Reason("incomplete", "材料不齐", BASIS)
NOT_QUALIFIED = Reason("not_qualified", "不符合补贴条件", BASIS)
UNTRUE = Reason("untrue", "残疾人证或家庭身份经核实不属实", BASIS)

FLOW = Flow(
    key=AID,
    zh="残疾人两项补贴申请",
    version=1,
    number="峄残补〔{year}〕{serial:06d}",
    permission="disability.apply",
    basis=BASIS,
    remedy=REMEDY,
    money="每月",
    bureau="民政局",
    subjects=frozenset({Subject.PERSON}),
    term=Term("working", 10),
    stops=frozenset({Ground.PAPERS}),
    answer_within=Term("calendar", 15),
    reopens_at=("review", "approval"),
    outcomes=(
        Ending("granted", "批准补贴", granted=True),
        Ending("refused", "不予补贴"),
        Ending("withdrawn", "本人撤回"),
        Ending("lapsed", "本人去世或迁出，终止办理", direct=True),
    ),
    steps=(
        FlowStep(
            "review", "镇街初审", "disability.review", Level.TOWN,
            (passes("approval", "残疾人证与家庭身份核对无误，报区民政局审定。"), withdraws("withdrawn")),
            term=Term("working", 5),
            papers=(PaperNeed("form", "残疾人两项补贴申请审批表"), PaperNeed("proxy", "委托书和受托人身份证明", required=False)),
        ),
        FlowStep(
            "approval", "区级审定", "disability.approve", Level.DISTRICT,
            (
                passes("", "同意补贴。", outcome="granted"), returns("review", UNCLEAR, INCOMPLETE),
                refuses("refused", NOT_QUALIFIED, UNTRUE), withdraws("withdrawn"),
            ),
            term=Term("working", 5), second_person_to=(OPENING, "review"), decides=True,
        ),
    ),
)  # fmt: skip
