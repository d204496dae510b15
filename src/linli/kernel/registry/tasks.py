"""What the registry does in the background: searching for rows that may be one person, on order and every night."""

from __future__ import annotations

from datetime import date

from linli.kernel.access.actions import job
from linli.kernel.access.queries import business_day
from linli.kernel.access.rules import Actor
from linli.kernel.jobs.rules import every
from linli.kernel.registry import actions
from linli.kernel.registry.queries import machines


def _failed(*, by: Actor, on: date, why: str, pass_id: int) -> None:
    actions.end_search(by=by, on=on, pass_id=pass_id, why=why)


@job("registry.search_duplicates", attempts=1, failed=_failed)
def search_duplicates(*, by: Actor, on: date, pass_id: int) -> None:
    actions.search_duplicates(by=by, on=on, pass_id=pass_id)


@every(24 * 3600.0, "registry.propose_duplicates")
def propose_duplicates() -> None:
    """Every district once a day; what was decided is not proposed again."""
    on = business_day()
    for by in machines("registry.propose_duplicates", on):
        actions.propose_duplicates(by=by, on=on)
