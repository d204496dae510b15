"""The moment of a request as the office counts it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from linli.base.days import SHANGHAI


def moment(request: Any) -> datetime:
    """The time of day on the business day."""
    return datetime.combine(request.today, request.now.astimezone(SHANGHAI).time(), SHANGHAI)
