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
from linli.kernel.figures.rules.template import (
    FigureTable,
    Head,
    Reference,
    ReportTemplate,
    Slot,
    Text,
    fill,
    references_in,
    show,
    stray_braces,
)

__all__ = [
    "Breakdown",
    "Check",
    "Figure",
    "FigureTable",
    "Head",
    "Kind",
    "Period",
    "Reference",
    "Relation",
    "ReportTemplate",
    "Slot",
    "Text",
    "Unit",
    "agrees",
    "fill",
    "month_period",
    "quarter_period",
    "read_period",
    "references_in",
    "round_step",
    "show",
    "stray_braces",
    "year_period",
]
