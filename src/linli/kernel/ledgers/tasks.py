"""The steps of large batches that run in the background."""

from __future__ import annotations

from datetime import date

from linli.kernel.access.actions import job
from linli.kernel.access.rules import Actor
from linli.kernel.ledgers import actions


def _failed(*, by: Actor, on: date, why: str, work_id: int) -> None:
    actions.fail_work(by=by, on=on, work_id=work_id, why=why)


@job("ledgers.work", attempts=1, failed=_failed)
def work(*, by: Actor, on: date, work_id: int) -> None:
    actions.do_work(by=by, on=on, work_id=work_id)
