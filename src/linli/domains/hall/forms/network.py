"""The month of a sheet."""

from __future__ import annotations

from linli.kernel.ui.forms import Filter, YearMonth


class SheetMonth(Filter):
    """Which month."""

    month = YearMonth(label="月份")
