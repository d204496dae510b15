"""What standards do in the background: months that were paid by the former ones are computed anew."""

from __future__ import annotations

from datetime import date

from linli.kernel.access.actions import job
from linli.kernel.access.rules import Actor
from linli.kernel.standards import actions


def _failed(*, by: Actor, on: date, why: str, proposal_id: int) -> None:
    actions.fail_make_up(by=by, on=on, proposal_id=proposal_id, why=why)


@job("standards.make_up", attempts=1, failed=_failed)
def make_up(*, by: Actor, on: date, proposal_id: int) -> None:
    """Compute the paid months anew; done again it finds nothing."""
    actions.make_up(by=by, on=on, proposal_id=proposal_id)
