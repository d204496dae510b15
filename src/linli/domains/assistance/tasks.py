"""What assistance does in the background: trying out a policy, forgetting what was sent over the network and is over."""

from __future__ import annotations

from datetime import date

from linli.domains.assistance import actions
from linli.kernel.access.actions import job
from linli.kernel.access.queries import business_day
from linli.kernel.access.rules import Actor
from linli.kernel.jobs.rules import every
from linli.kernel.registry.queries import machines


def _failed(*, by: Actor, on: date, why: str, trial_id: int) -> None:
    actions.fail_trial(by=by, on=on, trial_id=trial_id, why=why)


@job("assistance.trial", attempts=1, failed=_failed)
def trial(*, by: Actor, on: date, trial_id: int) -> None:
    """Compute a trial."""
    actions.compute_trial(by=by, on=on, trial_id=trial_id)


@every(3600.0, "assistance.forget")
def forget() -> None:
    """Each hour, in each district."""
    on = business_day()
    for by in machines("assistance.forget", on):
        actions.forget_wishes(by=by, on=on)
