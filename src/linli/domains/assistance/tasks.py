"""What assistance does in the background: trying out a policy."""

from __future__ import annotations

from datetime import date

from linli.domains.assistance import actions
from linli.kernel.access.actions import job
from linli.kernel.access.rules import Actor


def _failed(*, by: Actor, on: date, why: str, trial_id: int) -> None:
    actions.fail_trial(by=by, on=on, trial_id=trial_id, why=why)


@job("assistance.trial", attempts=1, failed=_failed)
def trial(*, by: Actor, on: date, trial_id: int) -> None:
    """Compute a trial."""
    actions.compute_trial(by=by, on=on, trial_id=trial_id)
