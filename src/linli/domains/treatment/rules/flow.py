"""The chain of a recommendation: community, town, district. No public notice: health and children are sensitive."""

from __future__ import annotations

from linli.base.areas import Level
from linli.base.days import Term
from linli.base.reasons import Reason
from linli.domains.treatment.rules.eligibility import BASIS
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

AID = "treatment.aid"
UNCLEAR = Reason("unclear", "情况不清楚，须补充调查", BASIS)
INCOMPLETE = Reason("incomplete", "材料不齐", BASIS)
NOT_QUALIFIED = Reason("not_qualified", "不符合资助条件", BASIS)
NO_PLACE = Reason("no_place", "本批次名额已满", "量入为出")
REFUSALS = (NOT_QUALIFIED, NO_PLACE)

FLOW = Flow(
    key=AID,
    zh="医疗康复救助",
    version=1,
    number="峄医助〔{year}〕{serial:06d}",
    permission="treatment.submit",
    basis=BASIS,
    bureau="慈善总会",
    subjects=frozenset({Subject.PERSON}),
    term=Term("working", 20),
    stops=frozenset({Ground.PAPERS}),
    answer_within=Term("calendar", 15),
    reopens_at=("review", "approval"),
    outcomes=(
        Ending("granted", "同意资助", granted=True),
        Ending("refused", "不予资助"),
        Ending("withdrawn", "本人或监护人撤回"),
        Ending("lapsed", "患者去世或迁出，终止办理", direct=True),
    ),
    steps=(
        FlowStep(
            "check", "村居核实", "treatment.check", Level.COMMUNITY,
            (passes("review", "家庭情况属实，同意推荐。"), refuses("refused", *REFUSALS), withdraws("withdrawn")),
            term=Term("working", 3), papers=(PaperNeed("form", "资助申请表"), PaperNeed("diagnosis", "医院诊断")),
        ),
        FlowStep(
            "review", "镇街审核", "treatment.review", Level.TOWN,
            (
                passes("approval", "经审核，符合条件，同意上报。"), returns("check", UNCLEAR, INCOMPLETE),
                refuses("refused", *REFUSALS), withdraws("withdrawn"),
            ),
            term=Term("working", 5), second_person_to=(OPENING, "check"),
        ),
        FlowStep(
            "approval", "区级核定", "treatment.approve", Level.DISTRICT,
            (
                passes("", "同意资助。", outcome="granted"), returns("review", UNCLEAR), returns("check", UNCLEAR, INCOMPLETE),
                refuses("refused", *REFUSALS), withdraws("withdrawn"),
            ),
            term=Term("working", 5), second_person_to=(OPENING, "check", "review"), decides=True,
        ),
    ),
)  # fmt: skip
