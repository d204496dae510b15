"""The month of a sheet, the day of the centre."""

from __future__ import annotations

from linli.kernel.ui.forms import DayField, Filter, YearMonth


class CentreDay(Filter):
    """Up to which day."""

    day = DayField(label="日期")


class SheetMonth(Filter):
    """Which month."""

    month = YearMonth(label="月份")
