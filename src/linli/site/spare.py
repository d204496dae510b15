"""Databases for tests that really commit: cloned once by each process, and emptied of what a test wrote for the next one.

To clone copies some two thousand files and takes seconds, to empty takes a tenth of one. Only rows are taken back: where a test
changed a table, a right, a function, a setting or what the template holds, the next test gets a new clone.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import psycopg
from psycopg import sql

from linli.gateways import postgres

SHAPES = (
    "pg_class", "pg_attribute", "pg_attrdef", "pg_constraint", "pg_index", "pg_trigger", "pg_proc", "pg_policy", "pg_rewrite",
    "pg_type", "pg_default_acl", "pg_extension", "pg_event_trigger",
    "(select xmin from pg_namespace where nspname !~ '^pg_') schemas",
)  # fmt: skip
"""Where the database keeps its tables, rights, functions and guards."""
FILLED = """
    select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)' and pg_relation_size(c.oid) > 0 order by 1
"""
COUNTED = """
    select setval(format('%%I.%%I', schemaname, sequencename)::regclass, start_value, false)
      from pg_sequences where last_value is not null and format('%%I.%%I', schemaname, sequencename) <> all (%s)
"""
BEGUN = "select format('%I.%I', schemaname, sequencename) from pg_sequences where last_value is not null"
OTHERS = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
SETTINGS = """
    select count(*) from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase where d.datname = current_database()
"""
PATIENCE = 500  # hundredths of a second


@dataclass(frozen=True)
class Born:
    """A clone as it was made: the number of its last transaction, how many rows its filled tables have, its begun sequences."""

    last: int
    rows: dict[str, int]
    begun: tuple[str, ...]
    settings: int


def born(server: postgres.Server, name: str) -> Born:
    """What a clone is, before a test has written into it."""
    with psycopg.connect(**server.conninfo(name)) as connection:
        rows = {table: _count(connection, table) for (table,) in connection.execute(FILLED).fetchall()}
        begun = tuple(row[0] for row in connection.execute(BEGUN).fetchall())
        return Born(_transaction(connection), rows, begun, _number(connection, SETTINGS))


def emptied(server: postgres.Server, name: str, before: Born) -> bool:
    """Take back every row that was written since; False: more than that was changed, and the clone is of no use."""
    with psycopg.connect(**server.conninfo(name)) as connection:
        if not _alone(connection) or not _as_born(connection, before):
            return False
        filled = [table for (table,) in connection.execute(FILLED).fetchall() if table not in before.rows]
        connection.execute("set session_replication_role = replica")  # also what may never be removed
        connection.execute("; ".join(f"delete from {table}" for table in filled).encode())
        connection.execute(COUNTED, [list(before.begun)])
    return True


def _alone(connection: psycopg.Connection) -> bool:
    """Whether everybody else has gone, after they were asked to."""
    for _ in range(PATIENCE):
        if not connection.execute(OTHERS).fetchall():
            return True
        connection.commit()  # the list of who is there holds for a transaction
        time.sleep(0.01)
    return False


def _as_born(connection: psycopg.Connection, before: Born) -> bool:
    since = _transaction(connection) - before.last
    kept = [*SHAPES, *before.rows]
    asked = " union all ".join(f"select from {table} where age(xmin) < {since}" for table in kept)
    return (
        not connection.execute(f"select exists ({asked})".encode()).fetchone()[0]  # type: ignore[index]
        and all(_count(connection, table) == count for table, count in before.rows.items())
        and _number(connection, SETTINGS) == before.settings
    )


def _transaction(connection: psycopg.Connection) -> int:
    return _number(connection, "select pg_current_xact_id()::text::bigint")


def _count(connection: psycopg.Connection, table: str) -> int:
    return _number(connection, sql.SQL("select count(*) from {}").format(sql.SQL(table)))  # type: ignore[arg-type]


def _number(connection: psycopg.Connection, asked: str | sql.Composed) -> int:
    row = connection.execute(asked).fetchone()  # type: ignore[arg-type]
    assert row is not None
    return int(row[0])
