"""What follows from an event of a case that came from a counter: the applicant is to be told, the agent gets a task."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.domains.hall.actions.agency import overtake, send_agent
from linli.domains.hall.models import Handling, Telling
from linli.domains.hall.queries.handlings import handling_of, mandate_of
from linli.domains.hall.rules import Act
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.cases.queries import events_of, flow_of, missing_papers, timeline
from linli.kernel.cases.rules import Kind


def before_pass(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """No counter lets a case go on while a required paper is missing, wherever it was taken."""
    if missing := [paper.name for paper in missing_papers(case)]:
        raise Refused(f"还缺必需的材料：{'、'.join(missing)}。请先收齐，或一次性告知补正。", field="papers")


def on_event(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """Both the person and the agent hear of every step."""
    one = handling_of(case)
    if one is None or (case.state == "closed" and event.kind != Kind.CLOSED):
        return  # the move that ends a case is told with its end
    words, wanted, act, task = _said(one, case, event)
    Telling.objects.create(handling=one, words=words[:300], wanted=wanted, since=on, area=one.area)
    if (mandate := mandate_of(one)) is not None:
        overtake(mandate, on)
        send_agent(mandate, act, task, on)


def _why(case: Any, closed: Any) -> str:
    """Ground and opinion with which a case ended: of its end, else of the move that ended it."""
    moves = [event for event in events_of(case) if event.number <= closed.number][-2:]
    for line in reversed(timeline(case, moves)):
        words = "，".join(filter(None, (line.reason, line.event.opinion.strip().rstrip("。"))))
        if words:
            return words
    return "见办理意见"


def _said(one: Handling, case: Any, event: Any) -> tuple[str, bool, Act, str]:
    """Words for the applicant, whether they have to act, and the agent's task with the right that it needs."""
    kind = Kind(event.kind)
    if kind is Kind.PAPERS_ASKED:
        missing = "、".join(paper.name for paper in missing_papers(case))
        return f"一次性告知：还需补交{missing}。", True, Act.SUBMIT, f"请委托人备齐并送交：{missing}"
    if kind is Kind.CLOSED:
        ending = flow_of(case).ending(case.outcome)
        more = "请凭收件单领取结果。" if ending.granted else f"原因：{_why(case, event)}。"
        said = f"{one.zh}{ending.zh}。{more}"
        task = "领取结果，取回原件，送达委托人" if ending.granted else "取回原件，向委托人说明原因"
        return said, True, Act.RESULT, task
    step = flow_of(case).step(case.step).zh
    if kind is Kind.RETURNED:
        return f"已退回{step}：{event.opinion or '需要再核实'}", False, Act.FOLLOW, f"到{step}了解退回的原因，协助补正"
    return f"已转{step}。", False, Act.FOLLOW, f"到{step}跟进办理，按时反馈"
