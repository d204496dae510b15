"""With what passing the present step would be refused: the step refuses with it, and the page says it before the press."""

from __future__ import annotations

from datetime import date

from linli.domains.assistance.models import Application
from linli.domains.assistance.queries.applications import kin_of, scheme_of
from linli.domains.assistance.queries.consents import unchecked_in
from linli.domains.assistance.queries.delegations import not_theirs
from linli.domains.assistance.queries.judging import Answered
from linli.domains.assistance.queries.needs import needs
from linli.kernel.access.rules import Actor
from linli.law import Judgement


def refusals(one: Application, on: date, by: Actor, found: Answered) -> list[str]:
    """Sentences for this person at this step, none where it may be passed. ``found``: the law's answer."""
    relative = relative_of(one, by)
    if sentences := [*([relative] if relative else []), *needs(one, on)]:
        return sentences
    if one.case.step == "survey" and not unchecked_in(one, on):
        return [] if found.judgement else [found.fault]
    if said := not_theirs(one, by, found.judgement):
        return [said]
    return _undecided(one, found) if one.case.step in scheme_of(one).decides else []


def relative_of(one: Application, by: Actor) -> str:
    """That a near relative of the family judges nothing of it (近亲属回避); empty for anybody else."""
    return relatives_of(one).get(by.staff_id or 0, "")


def relatives_of(one: Application) -> dict[int, str]:
    """The near relatives of the family among the staff, each with the sentence that keeps them out."""
    return {
        row.staff_id: f"{row.name}是申请家庭的近亲属（{row.tie}），应当回避，请由其他人员办理。"
        for row in kin_of(one) if row.staff_id is not None
    }  # fmt: skip


def _undecided(one: Application, found: Answered) -> list[str]:
    if found.judgement is None:
        return [found.fault]
    if not found.judgement.outcome.granted:
        grounds = "；".join(reason.zh for reason in found.judgement.outcome.reasons)
        return [f"按规则认定不符合条件：{grounds}。请驳回并选择理由。"]
    if _is_posted(one, found.judgement):
        return []
    return ["认定结果与公示的内容不一致（或尚未公示），须退回镇街，重新公示后再决定。"]


def _is_posted(one: Application, judgement: Judgement) -> bool:
    """What is granted is what was posted."""
    posts = scheme_of(one).posts
    now = {"result": judgement.result, "amount": judgement.outcome.amount, "people": judgement.people}
    return not posts or (one.posted.get("step") == posts[-1] and {key: one.posted.get(key) for key in now} == now)
