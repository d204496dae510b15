"""The rows that figures of the hotline count."""

from __future__ import annotations

from typing import Any

from django.db.models.functions import ExtractHour

from linli.base.days import SHANGHAI
from linli.kernel.orders.queries import closed_between, received_between

HOUR = ExtractHour("received_at", tzinfo=SHANGHAI)
"""The hour of the day in which somebody rang: the watch is laid out by it."""


def received_orders(**words: Any) -> Any:
    """Orders by the day on which they were received."""
    return lambda period: received_between(period.first, period.last).filter(**words).annotate(hour=HOUR)


def closed_orders(**words: Any) -> Any:
    """Orders by the day on which they were closed."""
    return lambda period: closed_between(period.first, period.last).filter(**words)
