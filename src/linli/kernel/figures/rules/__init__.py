"""Figures, periods, relations: plain definitions and arithmetic."""

from linli.kernel.figures.rules.figure import (
    Breakdown,
    Figure,
    Kind,
    Period,
    Unit,
    month_period,
    quarter_period,
    read_period,
    year_period,
)
from linli.kernel.figures.rules.relations import Check, Relation, agrees, round_step

__all__ = [
    "Breakdown",
    "Check",
    "Figure",
    "Kind",
    "Period",
    "Relation",
    "Unit",
    "agrees",
    "month_period",
    "quarter_period",
    "read_period",
    "round_step",
    "year_period",
]
