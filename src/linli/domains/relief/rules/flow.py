"""Two ways: help at once with the papers afterwards (先行救助), and the ordinary way.

At once: the town decides within three days, the papers follow. The ordinary way: the village surveys, the town posts where
the law asks for a notice, then the town decides within its delegated limit, else the district.
"""

from __future__ import annotations

from datetime import date
from typing import Any

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
    Starts,
    Stays,
    Subject,
    passes,
    refuses,
    returns,
    withdraws,
)
from linli.law.words import FORMER_REMEDIES, REMEDY

FAST, AID = "relief.fast", "relief.aid"
UNCLEAR = Reason("unclear", "情况不清楚，须补充调查")
INCOMPLETE = Reason("incomplete", "材料或事实不齐")
NOT_QUALIFIED = Reason("not_qualified", "经核定不符合条件")
UNTRUE = Reason("untrue", "虚报、隐瞒情况")
OBJECTION_HELD = Reason("objection_upheld", "公示异议成立")
NO_PAPERS = Reason("no_papers", "逾期未补办手续")
REFUSALS = (NOT_QUALIFIED, UNTRUE)
LETTER = "relief/letter.html"

_PAPERS = (
    PaperNeed("form", "临时救助申请书"), PaperNeed("identity", "身份证明（没有的写明情况）"),
    PaperNeed("event", "困难情形的证明材料", required=False),
)  # fmt: skip
_OUTCOMES = (
    Ending("granted", "给予救助", granted=True),
    Ending("refused", "不予救助"),
    Ending("withdrawn", "申请人撤回"),
    Ending("lapsed", "申请人去世或离开，终止办理", direct=True),
)
_INTERIM, _OF_2014 = "社会救助暂行办法（国务院令第649号）", "国务院关于全面建立临时救助制度的通知（国发〔2014〕47号）"
_BASIS = "社会救助法和本地临时救助规定"
_FORMER = (
    (date(2014, 5, 1), "本地临时救助规定"), (date(2014, 10, 3), f"{_INTERIM}和本地临时救助规定"),
    (date(2018, 1, 23), f"{_INTERIM}、{_OF_2014}和本地临时救助规定"),
    (date(2026, 7, 1), f"{_INTERIM}、{_OF_2014}、民发〔2018〕23号和本地临时救助规定"),
)  # fmt: skip
_WORDS: dict[str, Any] = {
    "basis": _BASIS, "former": _FORMER, "remedy": REMEDY, "former_remedies": FORMER_REMEDIES,
    "subjects": frozenset({Subject.PERSON}), "bureau": "民政局", "stays_with": Stays.OFFICE,
}  # fmt: skip


def _decides(key: str, zh: str, permission: str, level: Level) -> FlowStep:
    return FlowStep(
        key, zh, permission, level,
        (
            passes("", "同意救助。", outcome="granted"), returns("survey", UNCLEAR, INCOMPLETE),
            refuses("refused", *REFUSALS), withdraws("withdrawn"),
        ),
        term=Term("working", 5), decides=True, second_person_to=(OPENING, "survey"), letter=LETTER,
    )  # fmt: skip


HELP_FIRST = Flow(
    key=FAST, zh="急难先行救助", version=1, anywhere=True, number="峄急救〔{year}〕{serial:06d}", permission="relief.apply",
    **_WORDS, outcomes=(
        *_OUTCOMES, Ending("revoked", "未补办手续，撤销救助"),
    ),
    term=Term("working", 15), answer_within=Term("calendar", 10), stops=frozenset({Ground.PAPERS}),
    steps=(
        FlowStep(
            "help", "镇街先行救助", "relief.decide_town", Level.TOWN,
            (passes("papers", "情况紧急，先行救助。"), refuses("refused", *REFUSALS), withdraws("withdrawn")),
            term=Term("calendar", 3), starts=Starts.CASE, decides=True, second_person_to=(OPENING,), letter=LETTER,
        ),
        FlowStep(
            "papers", "补办手续", "relief.decide_town", Level.TOWN,
            (passes("", "手续已补齐，情况属实。", outcome="granted"), refuses("revoked", NO_PAPERS, UNTRUE)),
            term=Term("working", 10), papers=_PAPERS,
        ),
    ),
)  # fmt: skip
ORDINARY = Flow(
    key=AID, zh="临时救助", version=1, anywhere=True, number="峄临救〔{year}〕{serial:06d}", permission="relief.apply",
    **_WORDS, outcomes=_OUTCOMES,
    term=Term("working", 20), answer_within=Term("calendar", 15),
    stops=frozenset({Ground.PAPERS, Ground.NOTICE}),
    steps=(
        FlowStep(
            "survey", "村居入户核实", "relief.survey", Level.COMMUNITY,
            (
                passes("notice", "情况属实，符合条件，提请公示。"), passes("town", "情况属实，报镇街决定。"),
                passes("approval", "情况属实，报区民政局决定。"), withdraws("withdrawn"),
            ),
            term=Term("working", 5), papers=_PAPERS,
        ),
        FlowStep(
            "notice", "镇街公示", "relief.post", Level.TOWN,
            (
                passes("town", "公示期满无异议，由镇街决定。"), passes("approval", "公示期满无异议，报区民政局决定。"),
                returns("survey", UNCLEAR, OBJECTION_HELD), withdraws("withdrawn"),
            ),
            publishes="relief.notice",
        ),
        _decides("town", "镇街决定", "relief.decide_town", Level.TOWN),
        _decides("approval", "区级决定", "relief.approve", Level.DISTRICT),
    ),
)  # fmt: skip
FLOWS = (HELP_FIRST, ORDINARY)
