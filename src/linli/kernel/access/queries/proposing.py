"""What pages and the desk show of a proposal: how far it is, who had a hand in it, and who may do what to it now."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from linli.kernel.access.rules import Actor, ProposalState
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

TONES = {ProposalState.PROPOSED: Tone.WARN, ProposalState.AGREED: Tone.GOOD, ProposalState.REFUSED: Tone.BAD}


def badge(one: Any) -> Badge:
    state = ProposalState(one.state)
    return Badge(state.zh, TONES.get(state, Tone.QUIET))


STATE = Column("state", "状态", kind="state", value=badge)
PROPOSED_BY = Column("proposed_by", "拟定人", value="proposed_by.name", minor=True)
DECIDED_BY = Column("decided_by", "审定人", value="decided_by.name", minor=True)


def for_another(rows: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
    """Those of them that wait for a second person, who this one can be."""
    return rows.filter(state=ProposalState.PROPOSED.value).exclude(proposed_by=actor.staff_id)


def standing(one: Any, actor: Actor, *, propose: str, agree: str) -> dict[str, Any]:
    """What the page of a proposal needs (``access/proposal_note.html``); ``propose``, ``agree``: the rights."""
    waiting, own = one.state == ProposalState.PROPOSED, one.proposed_by_id == actor.staff_id
    return {
        "waiting": waiting, "own": own, "badge": badge(one), "may_agree": waiting and not own and actor.may(agree),
        "may_withdraw": waiting and own and actor.may(propose),
    }  # fmt: skip


def signed(one: Any) -> list[Fact]:
    """Who proposed it and who decided it, with the reason of a refusal."""
    facts = [Fact("拟定", f"{one.proposed_by.name}（{one.proposed_on}）")]
    if one.decided_on:
        facts.append(Fact(ProposalState(one.state).zh, f"{one.decided_by.name}（{one.decided_on}）", note=one.why))
    return facts
