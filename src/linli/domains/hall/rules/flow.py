"""The flow of an item, made from its definition: taken at a counter, up through the levels, and its result down again.

A case begins at the counter of any level that takes the item. What can be ended while the person waits ends at the counter
of the level that decides it or of a higher one, also by who reviews or decides there: a town without a clerk must not leave
lying what its villages passed up. All else is reviewed by the town and decided by the district, or decided by the town.
"""

from __future__ import annotations

from linli.base.areas import Level
from linli.base.days import Term
from linli.base.reasons import Reason
from linli.domains.hall.rules.catalogue import Catalogue, Item
from linli.domains.hall.rules.desk import PASS_UP
from linli.kernel.cases.rules import (
    Ending,
    Flow,
    FlowStep,
    Ground,
    Move,
    PaperNeed,
    Starts,
    Stays,
    passes,
    refuses,
    returns,
    withdraws,
)

COUNTERS = {Level.COMMUNITY: "counter_community", Level.TOWN: "counter_town", Level.DISTRICT: "counter_district"}
REVIEW, DECISION = "review", "decision"
INCOMPLETE = Reason("incomplete", "材料不齐或不清楚")
UNCLEAR = Reason("unclear", "情况需要再核实")
UNFIT = Reason("unfit", "不符合办理条件")
ELSEWHERE = Reason("elsewhere", "不属于本单位职责")
PAPERS_TIME = Term("working", 15)
_OUTCOMES = (
    Ending("done", "已办结", granted=True), Ending("refused", "不予办理"), Ending("withdrawn", "申请人撤回"),
    Ending("lapsed", "终止办理", direct=True),
)  # fmt: skip
_REMEDY = "对办理结果有意见的，可以拨打公示的投诉电话，也可以依法申请行政复议或者提起行政诉讼。"


def flows_of(catalogue: Catalogue) -> tuple[Flow, ...]:
    """One flow for each version of each item."""
    return tuple(flow_of(item) for item in catalogue.items)


def flow_of(item: Item) -> Flow:
    """How cases of this item run."""
    steps = tuple(_counter(item, level) for level in sorted({*item.taken, *_passed_up(item)}, reverse=True))
    return Flow(
        key=item.flow, zh=item.zh, version=1, number=f"峄{item.code}-{item.version}〔{{year}}〕{{serial:05d}}",
        permission="hall.take", steps=(*steps, *_upper(item)), outcomes=_OUTCOMES,
        begins_at=tuple(COUNTERS[level] for level in sorted(item.taken, reverse=True)), term=item.legal,
        stops=frozenset({Ground.PAPERS}), answer_within=PAPERS_TIME, remedy=_REMEDY, stays_with=Stays.OFFICE,
        basis="；".join(one.zh for one in item.basis),
    )  # fmt: skip


def _passed_up(item: Item) -> set[Level]:
    """The counter that ends what lower counters took, though nobody hands it in there."""
    return {item.decided} if item.spot and max(item.taken) > item.decided else set()


def _counter(item: Item, level: Level) -> FlowStep:
    own = item.spot and level <= item.decided
    on: tuple[Move, ...] = (passes("", "材料齐全，当场办结。", outcome="done"), refuses("refused", UNFIT, ELSEWHERE))
    if not own:
        on = (passes(_next(item, level), "材料齐全，予以受理。"), refuses("refused", UNFIT, ELSEWHERE))
    needs = tuple(PaperNeed(one.key, one.zh, one.required, one.kept.value != "copy") for one in item.asked)
    return FlowStep(
        COUNTERS[level], f"{level.zh}窗口受理", "hall.end" if own else "hall.take", level, (*on, withdraws("withdrawn")),
        term=Term("working", max(1, item.promised.n)) if own else PASS_UP, papers=needs, signs=False,
    )


def _next(item: Item, level: Level) -> str:
    if item.spot:
        return COUNTERS[item.decided]
    return REVIEW if item.decided is Level.DISTRICT and level >= Level.TOWN else DECISION


def _upper(item: Item) -> tuple[FlowStep, ...]:
    """Review and decision of what cannot be ended at a counter."""
    if item.spot:
        return ()
    counters = tuple(COUNTERS[level] for level in sorted(item.taken, reverse=True))
    back = tuple(returns(counter, INCOMPLETE, UNCLEAR) for counter in counters)
    reviewed = item.decided is Level.DISTRICT and max(item.taken) >= Level.TOWN
    promised = Term("working", max(1, item.promised.n))
    review = FlowStep(
        REVIEW, "镇街审核", "hall.review", Level.TOWN,
        (passes(DECISION, "情况属实，同意上报。"), *back, refuses("refused", UNFIT), withdraws("withdrawn")),
        term=Term("working", max(1, item.promised.n // 2)), starts=Starts.CASE, second_person_to=counters,
    )  # fmt: skip
    level = item.decided
    permission = "hall.decide" if level is Level.DISTRICT else "hall.review"
    decision = FlowStep(
        DECISION, f"{level.zh}决定", permission, level,
        (
            passes("", "符合规定，予以办理。", outcome="done"), *((returns(REVIEW, UNCLEAR),) if reviewed else ()), *back,
            refuses("refused", UNFIT), withdraws("withdrawn"),
        ),
        term=promised, starts=Starts.CASE, second_person_to=(*counters, REVIEW) if reviewed else counters,
    )  # fmt: skip
    return (review, decision) if reviewed else (decision,)
