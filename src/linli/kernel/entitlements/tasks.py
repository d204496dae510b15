"""The steps of large monthly runs that run in the background."""

from __future__ import annotations

from datetime import date

from linli.kernel.access.actions import job
from linli.kernel.access.rules import Actor
from linli.kernel.entitlements import actions


def _failed(*, by: Actor, on: date, why: str, run_id: int, step: str) -> None:
    actions.fail_run(by=by, on=on, run_id=run_id, step=step, why=why)


@job("entitlements.work", attempts=1, failed=_failed)
def work(*, by: Actor, on: date, run_id: int, step: str) -> None:
    """Compute a run, or order it; what was done of it is not done again."""
    if step == "draft":
        actions.draft_run(by=by, on=on, run_id=run_id)
    else:
        actions.order_all(by=by, on=on, run_id=run_id)
