"""One proposes, another decides: what is the same for every kind of proposal, for the actions of whoever has one."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from linli.kernel.access.actions.door import about
from linli.kernel.access.models import Proposed
from linli.kernel.access.rules import Actor, Forbidden, ProposalState, Refused, Stale

One = TypeVar("One", bound=Proposed)


def waiting(by: Actor, proposal: One) -> One:
    """It, held for this second person. :raises Refused: it is who proposed it. :raises Stale: it is decided or withdrawn."""
    row = _held(proposal)
    zh = row._meta.verbose_name
    if row.state != ProposalState.PROPOSED:
        raise Stale(f"这份{zh}现在是“{ProposalState(row.state).zh}”，请刷新后再看。")
    by.apart_from(row.proposed_by_id, said=f"{zh}须由另一人审定，不能审定本人拟定的，请由另一人办理。")
    return row


def decide(by: Actor, on: date, row: One, state: ProposalState, **words: Any) -> One:
    """What became of it, in the trail, too. ``words``: what else of the row is set with it."""
    for name, value in {"state": state.value, "decided_by_id": by.own_hand, "decided_on": on, **words}.items():
        setattr(row, name, value)
    row.save()
    about(row._meta.label_lower, row.pk, area=row.area, state=state.value)
    return row


def refuse(by: Actor, on: date, proposal: One, why: str) -> One:
    """It is not agreed to; nothing changes. :raises Refused: no reason is given, or as :func:`waiting`."""
    row = waiting(by, proposal)
    if not why.strip():
        raise Refused("请写明不同意的理由，便于拟定人修改。", field="why")
    return decide(by, on, row, ProposalState.REFUSED, why=why.strip()[:300])


def withdraw(by: Actor, on: date, proposal: One) -> One:
    """Who proposed it takes it back. :raises Refused: somebody else did. :raises Stale: it is decided."""
    row = _held(proposal)
    if row.proposed_by_id != by.own_hand:
        raise Refused("只有拟定人可以撤回，请拟定人办理，或由另一人“不同意”。")
    if row.state != ProposalState.PROPOSED:
        raise Stale(f"这份{row._meta.verbose_name}现在是“{ProposalState(row.state).zh}”，不能撤回。")
    return decide(by, on, row, ProposalState.WITHDRAWN)


def _held(proposal: One) -> One:
    row = type(proposal)._default_manager.select_for_update().filter(pk=proposal.pk).first()
    if row is None:
        raise Forbidden(f"没有这份{proposal._meta.verbose_name}，或它不属于本区。")
    return row
