"""What standards put on the desk: a proposal for the second person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from django.urls import reverse

from linli.kernel.access.queries.proposing import for_another
from linli.kernel.access.rules import Actor
from linli.kernel.standards.queries.proposals import proposals
from linli.kernel.standards.rules import State
from linli.kernel.ui.rules import Task

MOST = 50


def waiting_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> Sequence[Task]:
    """Proposals that somebody else made; or those that this person decided last."""
    if not actor.may("standards.agree"):
        return []
    rows = proposals(area=actor.area)
    if which == "waiting":
        rows = for_another(rows, actor)
    else:
        rows = rows.filter(decided_by=actor.staff_id, state__in=[State.AGREED.value, State.REFUSED.value])
    return [
        Task(
            f"{one.document}（{one.count}项标准，自{one.since}起）", "政策标准·待审定",
            reverse("standards:proposal", args=[one.pk]), area=one.area, since=one.proposed_on,
        )
        for one in rows[:MOST]
    ]  # fmt: skip
