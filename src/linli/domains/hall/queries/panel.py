"""The hall's part of the case page: the receipt, what lies with us, the agent, what the applicant was told."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.domains.hall.queries.handlings import handling_of, held, item_of, mandate_of, promise_of, tellings_of
from linli.kernel.access.rules import Actor


def panel(*, case: Any, by: Actor, on: date) -> dict[str, Any]:
    """The handling of the case, for those who may read handlings."""
    one = handling_of(case) if by.may("hall.see") else None
    if one is None:
        return {}
    return {
        "handling": one, "promise": promise_of(one), "item": item_of(one), "held": held(one), "mandate": mandate_of(one),
        "tellings": tellings_of(one),
    }  # fmt: skip
