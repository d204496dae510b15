"""Reads of the duties: what is declared, what is due, done and missed on any day, who is on duty."""

from linli.kernel.duties.queries.declared import duties, duties_for, duty_on, line_of, subjects_of
from linli.kernel.duties.queries.due import (
    DayCell,
    Tally,
    counted,
    in_state,
    month_days,
    occurrence_in_area,
    occurrences,
    tallies,
)
from linli.kernel.duties.queries.rotas import DutyDay, may_serve, open_swaps, roster, rotas_for, shift_in_area, swap_in_area
from linli.kernel.duties.queries.workbench import waiting_tasks, watched

__all__ = [
    "DayCell", "DutyDay", "Tally", "counted", "duties", "duties_for", "duty_on", "in_state", "line_of", "may_serve",
    "month_days", "occurrence_in_area", "occurrences", "open_swaps", "roster", "rotas_for", "shift_in_area", "subjects_of",
    "swap_in_area", "tallies", "waiting_tasks", "watched",
]  # fmt: skip
