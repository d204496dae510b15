"""Statements that nobody waits for: fewer messages, the same rows as with a driver that waits for each."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.gateways.posting import post
from linli.gateways.posting.base import Cursor


@pytest.fixture
def table(fresh_database, django_db_blocker):
    """A table of this session; what is in it."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("create temp table if not exists kept (one int unique)")

        def rows() -> list[int]:
            with connection.cursor() as cursor:
                cursor.execute("select one from kept order by one")
                return [row[0] for row in cursor.fetchall()]

        yield rows
        connection.close()


@pytest.fixture
def messages(monkeypatch):
    """What goes over the wire as one message each."""
    sent: list[str] = []
    own = Cursor._asked

    def ask(self, message):
        sent.append(message.decode())
        return own(self, message)

    monkeypatch.setattr(Cursor, "_asked", ask)
    return sent


def insert(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("insert into kept values (%s)", [number])


def ask(words: str = "select count(*) from kept") -> int:
    with connection.cursor() as cursor:
        cursor.execute(words)
        return cursor.fetchone()[0]


def test_beginning_savepoints_and_posts_travel_with_the_next_statement(table, messages):
    with transaction.atomic():
        post("insert into kept values (%s)", [1])
        with transaction.atomic():
            post("insert into kept values (%s)", [2])
            assert ask() == 2, "what was posted is there for the next statement, which gets its own answer"
        post("insert into kept values (%s)", [3])
    assert len(messages) == 2, messages
    assert messages[0].startswith("begin;") and messages[1].endswith(";commit")
    assert table() == [1, 2, 3]


def test_where_nothing_happens_nothing_is_sent(table, messages):
    with transaction.atomic(), transaction.atomic():
        post("select set_config('linli.lo', '', true)", effect=False)
    assert messages == []


def test_a_percent_sign_in_a_posted_value_is_a_percent_sign(table):
    with transaction.atomic(), connection.cursor() as cursor:
        post("select set_config('linli.lo', %s, true)", ["5%s%%"])
        cursor.execute("select current_setting('linli.lo'), %s", ["%d"])
        assert cursor.fetchone() == ("5%s%%", "%d")
        post("select set_config('linli.lo', '100%', true)")
        cursor.execute("select current_setting('linli.lo'), %s", ["%d"])
        assert cursor.fetchone() == ("100%", "%d")
        post("select set_config('linli.lo', '100%', true)")
        cursor.execute("select current_setting('linli.lo'), '%'")
        assert cursor.fetchone() == ("100%", "%")


def test_what_is_posted_and_wrong_is_told_at_the_commit_and_nothing_stays(table):
    with pytest.raises(DatabaseError), transaction.atomic():
        insert(1)
        post("insert into kept values (%s)", [1])
    assert table() == []
    insert(7)  # the connection is well
    assert table() == [7]


def test_a_statement_that_fails_is_undone_to_a_savepoint_that_came_with_it(table):
    with transaction.atomic():
        insert(1)
        with pytest.raises(DatabaseError), transaction.atomic():
            post("insert into kept values (%s)", [2])
            insert(1)
        insert(3)
    assert table() == [1, 3]


def test_a_value_that_cannot_be_sent_takes_nothing_away(table):
    with transaction.atomic():
        post("insert into kept values (%s)", [1])
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("select %s", ["\x00"])
    assert table() == [1]


def test_a_connection_that_was_lost_is_said_to_be_lost_and_the_next_one_works(table):
    """The page says that the service is away; it never takes it for a fault of the statement."""
    with pytest.raises(OperationalError), transaction.atomic():
        insert(1)
        ask("select pg_terminate_backend(pg_backend_pid())")
    connection.close()
    assert ask("select 1") == 1


def test_walking_copying_and_many_at_once_come_after_what_was_posted(table):
    with transaction.atomic():
        post("insert into kept select generate_series(1, 5)")
        with connection.chunked_cursor() as walking:
            walking.execute("select one, current_setting('linli.lo', true) from kept order by one")
            assert [row[0] for row in walking.fetchmany(2)] == [1, 2]
            post("select set_config('linli.lo', 'x', true)")
            assert walking.fetchmany(1)[0][1] == "x", "another range holds from the next rows on"
        post("delete from kept where one > 1")
        with connection.cursor() as cursor:
            with cursor.copy("copy kept to stdout") as out:
                assert b"".join(out) == b"1\n"
            post("delete from kept")
            cursor.executemany("insert into kept values (%s)", [(1,), (2,)])
    assert table() == [1, 2]


def test_a_cursor_walks_through_all_rows_within_its_transaction_only(table):
    with transaction.atomic():
        insert(1)
        with connection.chunked_cursor() as walking:
            walking.execute("select one from kept")
            assert list(walking) == [(1,)]
        assert ask("select count(*) from pg_cursors where is_holdable") == 0


STEPS = st.recursive(
    st.tuples(st.sampled_from(["insert", "post"]), st.integers(0, 4)) | st.tuples(st.just("ask"), st.none()),
    lambda inner: st.tuples(st.sampled_from(["keep", "refuse"]), st.lists(inner, max_size=4)),
    max_leaves=10,
)


class Refusal(Exception):
    """Somebody says no after some work."""


def carry_out(steps, *, posting: bool) -> list[object]:
    """Do the steps, each inner list in a block that is kept or refused; what was answered on the way."""
    seen: list[object] = []
    for what, more in steps:
        if what == "ask":
            seen.append(ask())
        elif what in ("insert", "post"):
            # what is posted must not fail, since its fault would be told later; it takes numbers of its own
            number = more if what == "insert" else 100 + len(seen) * 10 + more
            words = "insert into kept values (%s) on conflict do nothing" if what == "post" else "insert into kept values (%s)"
            if posting and what == "post":
                post(words, [number])
            else:
                with connection.cursor() as cursor:
                    cursor.execute(words, [number])
            seen.append(what)
        else:
            try:
                with transaction.atomic():
                    seen.append(carry_out(more, posting=posting))
                    if what == "refuse":
                        raise Refusal
            except (Refusal, DatabaseError) as fault:
                seen.append(type(fault).__name__)
    return seen


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=6))
def test_any_nesting_leaves_the_same_rows_and_answers_whether_it_posts_or_waits(table, steps):
    left = []
    for posting in (True, False):
        with connection.cursor() as cursor:
            cursor.execute("delete from kept")
        try:
            with transaction.atomic():
                seen: object = carry_out(steps, posting=posting)
        except DatabaseError as fault:
            seen = type(fault).__name__
        left.append((seen, table()))
    assert left[0] == left[1]
