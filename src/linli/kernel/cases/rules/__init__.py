"""Flows as data and their checks, the events of a case, and the clock over them."""

from linli.kernel.cases.rules.checks import CHECKS, faults, transitions
from linli.kernel.cases.rules.clock import Clock, Count, Stop, clock, stops_of
from linli.kernel.cases.rules.events import JUDGING, Happening, Kind, asked_before, barred, decided_here, entered
from linli.kernel.cases.rules.flow import (
    OPENING,
    Ending,
    Flow,
    FlowStep,
    Ground,
    Move,
    PaperNeed,
    Starts,
    Subject,
    Verb,
    passes,
    refuses,
    returns,
    withdraws,
)
from linli.kernel.cases.rules.plugs import BatchLine, Listener, Panel, Received

__all__ = [
    "CHECKS",
    "JUDGING",
    "OPENING",
    "BatchLine",
    "Clock",
    "Count",
    "Ending",
    "Flow",
    "FlowStep",
    "Ground",
    "Happening",
    "Kind",
    "Listener",
    "Move",
    "Panel",
    "PaperNeed",
    "Received",
    "Starts",
    "Stop",
    "Subject",
    "Verb",
    "asked_before",
    "barred",
    "clock",
    "decided_here",
    "entered",
    "faults",
    "passes",
    "refuses",
    "returns",
    "stops_of",
    "transitions",
    "withdraws",
]
