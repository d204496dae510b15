"""Acts on several connections at once that all see one state of the database: long work on more than one core."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections, transaction

from linli.kernel.access.actions.beside import BETWEEN_NEWS

LOST = "40001"
"""What the database answers to who would change a row that somebody else changed since the common state."""

ROOM = "set temp_buffers = '64MB'"
"""What an act sets aside stays in memory: in 8 MB, as else, its tables went to files and back for each statement."""

Act = Callable[[], Any]


def together(acts: Iterable[Act], *, width: int, news: Callable[[int], None]) -> None:
    """Do the acts on ``width`` connections, each act in a transaction of its own, all on the state of this moment.

    ``news`` is told how many are over. After a fault no further act begins, and the fault is raised here. An act that comes too
    late, because somebody else changed its rows meanwhile, leaves nothing and is no fault: the caller looks what is left.
    """
    waiting, over = deque(acts), list[Act]()
    with _held_state() as state, ThreadPoolExecutor(width, thread_name_prefix="together") as cores:
        work = [cores.submit(_work, waiting, over, state) for _ in range(min(width, len(waiting)))]
        try:
            while wait(work, timeout=BETWEEN_NEWS).not_done:
                news(len(over))
        finally:
            waiting.clear()
    for one in work:
        one.result()


@contextmanager
def _held_state() -> Iterator[str]:
    """The state of the database at this moment, which other connections can take over while the block lasts.

    It is held beside the present transaction, which may be within another one, and then cannot be taken over.
    """
    beside = _own_connection()
    beside.ensure_connection()
    try:
        with beside.connection.transaction(), beside.cursor() as cursor:
            cursor.execute("set local idle_in_transaction_session_timeout = 0")
            cursor.execute("select pg_export_snapshot()")
            yield cursor.fetchone()[0]
    finally:
        beside.close()


def _own_connection() -> Any:
    """Those of the pool are for the pages."""
    own = connections[DEFAULT_DB_ALIAS].copy()
    own.settings_dict["OPTIONS"].pop("pool", None)
    return own


def _work(waiting: deque[Act], over: list[Act], state: str) -> None:
    """Act after act on a connection of this thread's own."""
    own = _own_connection()
    connections[DEFAULT_DB_ALIAS] = own
    try:
        with own.cursor() as cursor:
            cursor.execute(ROOM)
        while waiting:
            try:
                act = waiting.popleft()
            except IndexError:
                return
            _do(act, state)
            over.append(act)
    except BaseException:
        waiting.clear()
        raise
    finally:
        own.close()


def _do(act: Act, state: str) -> None:
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read")
                cursor.execute("set transaction snapshot %s", [state])
            act()
    except OperationalError as fault:
        if getattr(fault.__cause__, "sqlstate", "") != LOST:
            raise
