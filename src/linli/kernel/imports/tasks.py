"""The steps of an import that run in the background."""

from __future__ import annotations

from datetime import date

from linli.kernel.access.actions import job
from linli.kernel.access.rules import Actor
from linli.kernel.imports import actions


def _failed(*, by: Actor, on: date, why: str, run_id: int) -> None:
    actions.fail(by=by, on=on, run_id=run_id, why=why)


@job("imports.check", attempts=1, failed=_failed)
def check(*, by: Actor, on: date, run_id: int) -> None:
    actions.check(by=by, on=on, run_id=run_id)


@job("imports.apply", attempts=1, failed=_failed)
def apply(*, by: Actor, on: date, run_id: int) -> None:
    actions.apply(by=by, on=on, run_id=run_id)
