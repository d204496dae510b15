"""Setting the guards of the database while people are at work."""

from __future__ import annotations

from django.db import OperationalError, connections
from psycopg.errors import DeadlockDetected

from linli.kernel.access.actions import secure


def test_guards_are_set_anew_when_people_at_work_stand_in_the_way(monkeypatch, fresh_database, django_db_blocker):
    """After a crash of the server people are at work before the guards are set: a deadlock is no fault of theirs."""
    failing = [2]
    real = secure._statements

    def statements(using):
        yield from real(using)
        yield "select 1"

    monkeypatch.setattr(secure, "_statements", statements)

    def deadlocked(execute, sql, params, many, context):
        if sql == "select 1" and failing[0]:
            failing[0] -= 1
            raise OperationalError("deadlock detected") from DeadlockDetected()
        return execute(sql, params, many, context)

    with django_db_blocker.unblock(), connections["owner"].execute_wrapper(deadlocked):
        assert secure.secure_database() > 100 and failing == [0]
