"""What waits, runs or failed in the background."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min
from procrastinate.contrib.django.models import ProcrastinateJob


@dataclass(frozen=True)
class QueueState:
    """The queue by task: how many jobs wait, run and failed, and since when the oldest waits."""

    task: str
    waiting: int
    running: int
    failed: int
    oldest: datetime | None


def queue_states() -> list[QueueState]:
    """One line for each task that has jobs; finished jobs are not kept."""
    found: dict[str, dict[str, int]] = {}
    for row in ProcrastinateJob.objects.values("task_name", "status").annotate(n=Count("id"), last=Max("id")):
        found.setdefault(row["task_name"], {})[row["status"]] = row["n"]
    waits = ProcrastinateJob.objects.filter(status="todo", procrastinateevent__type="deferred")
    oldest = dict(waits.values_list("task_name").annotate(Min("procrastinateevent__at")))
    return [
        QueueState(name, counts.get("todo", 0), counts.get("doing", 0), counts.get("failed", 0), oldest.get(name))
        for name, counts in sorted(found.items())
    ]
