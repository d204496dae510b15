"""What one register asks of another."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.domains.outreach.books import WORKERS
from linli.kernel.records.queries import standing
from linli.kernel.registry.queries import identities


def has_worker_file(person: Any, on: date) -> bool:
    """Whether the person has a file as a worker in difficulty that runs on this day."""
    return bool(standing(WORKERS, on).filter(person__in=identities(person)).exists())
