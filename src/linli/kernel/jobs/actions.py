"""Ordering work, and doing it. Nothing else knows which queue stands behind this module (procrastinate)."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

from django.db import connection, connections
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import DeleteJobCondition, Job

from linli.kernel.jobs.rules import Beat, beats, tasks

log = logging.getLogger(__name__)
HEARTBEAT = 2.0
DEAD_AFTER = 8.0
"""Seconds without a sign of life after which a worker is taken for dead and its jobs go to another one."""


def defer(name: str, *, lock: str = "", **words: Any) -> int | None:
    """Order the task, in the present transaction: the order stands if and only if the transaction does.

    ``words`` are plain data. With a ``lock`` jobs of that lock run one after the other, and an order that already waits
    is not given twice (the answer is None then). Raises LookupError for a task that nobody declared.
    """
    if name not in tasks():
        raise LookupError(f"no package declares the task {name}")
    order = app.configure_task(name, lock=lock or None, queueing_lock=f"{name} {lock}" if lock else None)
    from django.db import transaction

    try:
        with transaction.atomic():
            return order.defer(**words)
    except AlreadyEnqueued:
        return None


class _Again(BaseRetryStrategy):
    """Once more after 1, 4, 9 … seconds, until the tries are used up; not for what the office refuses."""

    def __init__(self, attempts: int) -> None:
        self.attempts = attempts

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        done = job.attempts + 1
        if done >= self.attempts or getattr(exception, "final", False):
            return None
        return RetryDecision(retry_in={"seconds": done * done})


def register() -> None:
    """Hand the declared tasks to the queue (once, when all packages are loaded)."""
    for task in tasks().values():
        if task.name not in app.tasks:
            app.task(name=task.name, retry=_Again(task.attempts))(task.run)


def run_worker(*, concurrency: int = 2, wait: bool = True) -> None:
    """Work until stopped, or with ``wait=False`` until nothing waits. Keeps the beats and takes over dead workers' jobs."""
    asyncio.run(_work(concurrency, wait))


async def _work(concurrency: int, wait: bool) -> None:
    worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker.open_async():
        keepers = [asyncio.create_task(_keep(beat)) for beat in beats().values()] if wait else []
        keepers.append(asyncio.create_task(_take_over(worker)))
        try:
            await worker.run_worker_async(
                concurrency=concurrency, wait=wait, update_heartbeat_interval=HEARTBEAT, listen_notify=wait,
                stalled_worker_timeout=DEAD_AFTER, delete_jobs=DeleteJobCondition.SUCCESSFUL,
            )  # fmt: skip
        finally:
            for keeper in keepers:
                keeper.cancel()
            await asyncio.gather(*keepers, return_exceptions=True)


async def _take_over(worker: Any) -> None:
    """Give the jobs of workers that died back to the queue."""
    while True:
        try:
            for job in await worker.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER):
                log.warning("job %s of a dead worker goes back to the queue", job.id)
                await worker.job_manager.retry_job(job)
        except Exception:
            log.exception("looking for dead workers failed")
        await asyncio.sleep(HEARTBEAT)


async def _keep(beat: Beat) -> None:
    while True:
        began = time.monotonic()
        try:
            await asyncio.to_thread(run_beat, beat)
        except Exception:
            log.exception("the beat %s failed", beat.name)
        await asyncio.sleep(max(0.05, beat.seconds - (time.monotonic() - began)))


def run_beat(beat: Beat) -> bool:
    """Run the beat unless another worker is at it; whether it ran here."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_lock(hashtextextended(%s, 1))", [beat.name])
            if not cursor.fetchone()[0]:
                return False
            try:
                beat.run()
            finally:
                cursor.execute("select pg_advisory_unlock(hashtextextended(%s, 1))", [beat.name])
        return True
    finally:
        if not connection.in_atomic_block:
            connections.close_all()
