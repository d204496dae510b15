"""Working off the queue in the present transaction, for tests and the demo."""

from __future__ import annotations

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.kernel.jobs.rules import tasks


def work_off(limit: int = 1000) -> int:
    """Run every waiting job here and now, oldest first; how many ran. A fault of a job is raised."""
    for count in range(limit):
        job = ProcrastinateJob.objects.filter(status="todo").order_by("id").first()
        if job is None:
            return count
        with connection.cursor() as cursor:
            cursor.execute("delete from procrastinate_jobs where id = %s", [job.pk])
        tasks()[job.task_name].run(**job.args)
    raise RuntimeError(f"more than {limit} jobs: do they order each other?")
