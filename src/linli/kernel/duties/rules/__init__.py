"""Duties as data, and the days on which they fall due: plain functions of the calendar."""

from linli.kernel.duties.rules.duty import DoneState, Duty, Everywhere, From, Subject, SwapState, TaskState, state_on
from linli.kernel.duties.rules.rhythm import (
    EveryWorkingDays,
    OnDays,
    Per,
    Rhythm,
    Rota,
    Slot,
    slots,
)

__all__ = [
    "DoneState",
    "Duty",
    "EveryWorkingDays",
    "Everywhere",
    "From",
    "OnDays",
    "Per",
    "Rhythm",
    "Rota",
    "Slot",
    "Subject",
    "SwapState",
    "TaskState",
    "slots",
    "state_on",
]
