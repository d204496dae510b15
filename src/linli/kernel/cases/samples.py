"""A small flow for tests, and cases made through the real actions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.apps import apps

from linli.base.areas import Level
from linli.base.days import Term
from linli.base.reasons import Outcome, Reason, Step
from linli.kernel.access.rules import Actor
from linli.kernel.cases.actions import open_case
from linli.kernel.cases.models import Case
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

INCOMPLETE = Reason("incomplete", "材料不齐或不清")
UNFIT = Reason("unfit", "不符合条件", "《示例办法》第五条")

SAMPLE_FLOW = Flow(
    key="sample.request",
    zh="示例申请",
    version=1,
    number="示〔{year}〕{serial:06d}",
    permission="cases.work",
    term=Term("working", 20),
    stops=frozenset({Ground.PAPERS, Ground.NOTICE, Ground.HEARING}),
    extension=Term("working", 10),
    extension_permission="cases.reopen",
    answer_within=Term("calendar", 15),
    subjects=frozenset({Subject.PERSON}),
    reopens_at=("decision",),
    basis="《示例办法》",
    outcomes=(
        Ending("granted", "同意", granted=True),
        Ending("refused", "不同意"),
        Ending("withdrawn", "申请人撤回"),
        Ending("lapsed", "终止办理", direct=True),
    ),
    steps=(
        FlowStep(
            "check", "初核", "cases.work", Level.COMMUNITY,
            (passes("review", "情况属实，同意上报。"), withdraws("withdrawn")),
            term=Term("working", 5),
            papers=(
                PaperNeed("form", "申请表"), PaperNeed("proof", "证明材料", original=True),
                PaperNeed("more", "其他材料", required=False),
            ),
        ),
        FlowStep(
            "review", "审核", "cases.work", Level.TOWN,
            (
                passes("decision", "经审核，符合条件，同意上报。"), returns("check", INCOMPLETE),
                refuses("refused", UNFIT), withdraws("withdrawn"),
            ),
            term=Term("working", 10), second_person_to=(OPENING, "check"), publishes="list",
        ),
        FlowStep(
            "decision", "审批", "cases.work", Level.DISTRICT,
            (
                passes("", "同意。", outcome="granted"), returns("review", INCOMPLETE), returns("check", INCOMPLETE),
                refuses("refused", UNFIT), withdraws("withdrawn"),
            ),
            term=Term("working", 5), second_person_to=(OPENING, "check", "review"), decides=True,
        ),
    ),
)  # fmt: skip


@contextmanager
def sample_flows(*flows: Flow, **plugs: tuple[Any, ...]) -> Iterator[None]:
    """Declare these flows (and ``case_listeners``, ``case_panels``) in the kernel's own manifest for a while."""
    from linli.kernel.cases.queries.flows import flows as declared
    from linli.kernel.cases.queries.flows import listeners, panel_of

    config = apps.get_app_config("cases")
    words: dict[str, Any] = {"flows": flows or (SAMPLE_FLOW,), **plugs}
    former = {name: getattr(config, name, ()) for name in words}
    _declare(config, words, declared, listeners, panel_of)
    try:
        yield
    finally:
        _declare(config, former, declared, listeners, panel_of)


def _declare(config: Any, words: dict[str, Any], *cached: Any) -> None:
    for name, value in words.items():
        setattr(config, name, value)
    for function in cached:
        function.cache_clear()


def make_outcome(granted: bool = True, amount: int = 50_000) -> Outcome:
    """A decision's outcome with one reason and one step."""
    reason = Reason("fit", "符合条件", "《示例办法》第四条") if granted else UNFIT
    return Outcome(granted, amount if granted else 0, (reason,), (Step("核定金额", f"{amount / 100:.2f}元"),))


def make_case(*, by: Actor, person_id: int, on: date = date(2010, 12, 1), flow: str = "sample.request", **words: Any) -> Case:
    """An open case about this person, in the actor's own area."""
    words.setdefault("title", "张桂英的示例申请")
    words.setdefault("area", by.area)
    return open_case(by=by, on=on, flow=flow, person_id=person_id, **words)


__all__ = ["INCOMPLETE", "SAMPLE_FLOW", "UNFIT", "make_case", "make_outcome", "sample_flows"]
