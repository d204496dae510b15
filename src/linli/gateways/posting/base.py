"""A database connection that waits for the server only when somebody wants an answer.

The beginning of a transaction, its range of areas, savepoints and the lines of the trail have no answer that matters. They are
*posted*: kept until the next statement, and sent before it in the same message (the simple protocol takes several); what is left
goes with the commit. The server sees the same statements in the same order. A savepoint that nothing followed is never sent, nor
is a transaction in which nothing happened. What is rolled back before it was sent is dropped.

Whoever walks through rows at the server, copies, or sends one statement many times first sends what was posted. Only a statement
that cannot be parsed at all is different: then nothing of its message is carried out, so the whole transaction is lost, not only
what came after the last savepoint.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import cache
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.utils import debug_transaction
from psycopg import InterfaceError, OperationalError, adapters
from psycopg.adapt import AdaptersMap, Transformer
from psycopg.pq import ConnStatus, Format

OF_THE_DRIVER: Any = adapters.get_loader(adapters.types["timestamptz"].oid, Format.TEXT)


@dataclass(frozen=True, slots=True)
class Posted:
    """A statement that waits for the next message. ``savepoint``: the name of the one that it sets."""

    text: str
    values: Sequence[Any] | None
    effect: bool
    savepoint: str = ""


class Cursor(base.Cursor):
    """Sends what was posted before its own statement, and answers with its own."""

    sender: DatabaseWrapper | None = None
    own = ""

    def execute(self, query: Any, params: Any = None, **words: Any) -> Cursor:
        self.own = ""
        if self.sender is None or words or not self._conn.autocommit:
            return super().execute(query, params, **words)
        if not self.sender.posted:
            return self._exchange(query, params)
        if self.sender.queries_logged:
            self.own = self.mogrify(query, params)
        if not isinstance(query, str) or isinstance(params, Mapping):
            query, params = self.mogrify(query, params), None
        before = self.sender.posted[:]
        self.sender.posted.clear()
        try:
            return self._exchange(*_joined([*before, Posted(query, params, True)]))
        except Exception as fault:
            if getattr(fault, "sqlstate", None) is None:  # not the server's: nothing was sent
                self.sender.posted[:] = before
            raise

    def _exchange(self, query: Any, params: Any) -> Cursor:
        """One message and its answer by the library's own call, which gives the last of several results.

        The driver would go through its generators, which serve many ways of waiting, for half the cost of a small statement.
        """
        with self._conn.lock:
            if self.closed:
                raise InterfaceError("the cursor is closed")
            self._reset()
            self._tx = Transformer(self)  # type: ignore[arg-type]
            self._query = self._convert_query(query, params)
            answers = [self._asked(self._query.query)]
            if self._pgconn.status == ConnStatus.BAD:
                raise OperationalError(f"the connection is lost: {self._pgconn.get_error_message()}")
            self._check_results(answers)
            self._set_results(answers)
            self._last_query = query
        return self

    def _asked(self, message: bytes) -> Any:
        return self._pgconn.exec_(message)

    def executemany(self, *given: Any, **words: Any) -> None:
        self.send_posted()
        super().executemany(*given, **words)

    def copy(self, *given: Any, **words: Any) -> Any:
        self.send_posted()
        return super().copy(*given, **words)

    def stream(self, *given: Any, **words: Any) -> Any:
        self.send_posted()
        return super().stream(*given, **words)

    def send_posted(self) -> None:
        """Send now what was posted."""
        if self.sender is not None and self.sender.posted:
            before = self.sender.posted[:]
            self.sender.posted.clear()
            self._exchange(*_joined(before))


def _joined(statements: list[Posted]) -> tuple[str, list[Any] | None]:
    """One message of several statements, with all their values. The driver keeps the parts of a text that it has seen."""
    if all(one.values is None for one in statements):
        return ";".join(one.text for one in statements), None
    texts = [one.text.replace("%", "%%") if one.values is None else one.text for one in statements]
    return ";".join(texts), [value for one in statements for value in one.values or ()]


@cache
def quick_moments(context: AdaptersMap, zone: tzinfo | None) -> AdaptersMap:
    """The adapters of a connection whose zone is UTC: moments are read by the driver's own reader.

    Django puts each into its zone by a call of Python, which takes forty times as long, and an order has a dozen moments.
    """
    if zone is not UTC:
        return context
    quick = AdaptersMap(context)
    quick.register_loader("timestamptz", OF_THE_DRIVER)
    return quick


class WalkingCursor(base.ServerSideCursor):
    """Walks through rows at the server; what was posted meanwhile (another range of areas) comes before the next rows."""

    sender: DatabaseWrapper

    def execute(self, *given: Any, **words: Any) -> WalkingCursor:
        self.sender.send_posted()
        return super().execute(*given, **words)

    def fetchone(self) -> Any:
        self.sender.send_posted()
        return super().fetchone()

    def fetchmany(self, size: int = 0) -> Any:
        self.sender.send_posted()
        return super().fetchmany(size)

    def fetchall(self) -> Any:
        self.sender.send_posted()
        return super().fetchall()

    def __iter__(self) -> Iterator[Any]:
        while rows := self.fetchmany(self.itersize):
            yield from rows


class Operations(base.DatabaseOperations):
    """Selects are written by our compiler; the log of statements shows each once."""

    compiler_module = "linli.gateways.posting.compiler"

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str | None:
        return getattr(cursor, "own", "") or super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection to PostgreSQL, which posts. The driver itself stays in autocommit; ``begin`` is a statement."""

    ops_class = Operations

    def __init__(self, *given: Any, **words: Any) -> None:
        super().__init__(*given, **words)
        self.posted: list[Posted] = []

    def post(self, statement: str, values: Sequence[Any] | None = None, *, effect: bool = True) -> None:
        """Keep a statement for the next message. Outside of a transaction it is sent at once."""
        self.validate_no_broken_transaction()
        if self.autocommit:
            with self.cursor() as cursor:
                cursor.execute(statement, values)
            return
        self._keep(statement, values, effect=effect)

    def _keep(self, text: str, values: Sequence[Any] | None = None, *, effect: bool = False, savepoint: str = "") -> None:
        self.posted.append(Posted(text, values, effect, savepoint))
        if self.queries_logged:  # a statement, if no message
            self.queries_log.append({"sql": text, "time": "0.000"})

    def send_posted(self) -> None:
        """Send now what was posted."""
        if self.posted:
            with self.wrap_database_errors, self.create_cursor() as cursor:
                cursor.send_posted()

    def get_connection_params(self) -> dict[str, Any]:
        given = super().get_connection_params()
        return given | {"cursor_factory": Cursor, "context": quick_moments(given["context"], self.timezone)}

    def create_cursor(self, name: str | None = None) -> Any:
        if name is None:
            # Django's own asks each time whether the zone of the connection is still that of its reader of moments
            cursor = self.connection.cursor() if self.timezone is UTC else super().create_cursor()
            cursor.sender = self
            return cursor
        walking = WalkingCursor(self.connection, name=name, scrollable=False, withhold=self.autocommit)
        walking.sender = self
        return walking

    def _start_transaction_under_autocommit(self) -> None:
        self.posted.clear()
        self._keep("begin")

    def _set_autocommit(self, autocommit: bool) -> None:
        if self.connection.autocommit is not autocommit:
            super()._set_autocommit(autocommit)

    def _savepoint(self, sid: str) -> None:
        self.validate_no_broken_transaction()
        self._keep(self.ops.savepoint_create_sql(sid), savepoint=sid)

    def _savepoint_commit(self, sid: str) -> None:
        self.validate_no_broken_transaction()
        if self.posted and self.posted[-1].savepoint == sid:
            entry = {"sql": self.posted.pop().text, "time": "0.000"}  # nothing came between
            if entry in self.queries_log:
                self.queries_log.remove(entry)
            return
        self._keep(self.ops.savepoint_commit_sql(sid))

    def _savepoint_rollback(self, sid: str) -> None:
        waiting = next((place for place, one in enumerate(self.posted) if one.savepoint == sid), None)
        if waiting is None:  # it was sent, and everything posted since then is younger
            self.posted.clear()
            super()._savepoint_rollback(sid)
        else:
            del self.posted[waiting + 1 :]

    def _commit(self) -> None:
        if not any(one.effect for one in self.posted):
            self.posted.clear()
            super()._commit()
            return
        with debug_transaction(self, "COMMIT"), self.wrap_database_errors, self.create_cursor() as cursor:
            cursor.execute("commit")

    def _rollback(self) -> None:
        self.posted.clear()
        super()._rollback()

    def _close(self) -> None:
        self.posted.clear()
        super()._close()
