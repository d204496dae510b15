"""The rows that figures of the hotline count."""

from __future__ import annotations

from typing import Any

from linli.kernel.orders.queries import closed_between, received_between


def received_orders(**words: Any) -> Any:
    """Orders by the day on which they were received."""
    return lambda period: received_between(period.first, period.last).filter(**words)


def closed_orders(**words: Any) -> Any:
    """Orders by the day on which they were closed."""
    return lambda period: closed_between(period.first, period.last).filter(**words)
