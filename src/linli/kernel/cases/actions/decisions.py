"""Decisions, stored with everything that is needed to explain them at any later time."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.base.reasons import Outcome
from linli.kernel.access.actions import action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.cases.actions.record import Entry, check_actor, check_fresh, record, tell
from linli.kernel.cases.models import Case, Decision
from linli.kernel.cases.queries.reading import digest_of
from linli.kernel.cases.rules import Happening, Kind


@action("cases.work")
def decide(
    *, by: Actor, on: date, case: Case, outcome: Outcome, rule: str, facts: dict[str, Any], opinion: str = "",
    seen: int | None = None,
) -> Decision:  # fmt: skip
    """Store a decision at the present step: the facts it rests on, the rule's name, and the outcome with steps and values.

    It moves nothing; :func:`pass_step` or :func:`refuse` follows. ``facts`` are plain data without identity numbers.
    """
    check_fresh(case, seen)
    check_actor(case, by)
    if not outcome.reasons:
        raise Refused("决定须写明理由。")
    number = Decision.objects.filter(case=case).count() + 1
    decided = Entry(
        Happening(Kind.DECIDED, on, case.step, staff=by.staff_id),
        opinion,
        outcome.reasons[0].code,
        {"decision": number, "granted": outcome.granted, "amount": outcome.amount},
    )
    events = record(case, by=by, on=on, entries=[decided])
    stored = outcome.to_json()
    decision = Decision.objects.create(
        case=case, number=number, step=case.step, rule=rule, facts=facts, outcome=stored, granted=outcome.granted,
        amount=outcome.amount, digest=digest_of(facts, rule, stored), by_id=by.staff_id, post_id=by.post_id or None, on=on,
        area=case.area, area_then=case.area,
    )  # fmt: skip
    tell(case, by=by, on=on, events=events)
    return decision
