"""The test harness: a template database made by the owner, and tests that connect as the application's role.

A test that writes runs in a transaction that is rolled back. A test of races, of several connections or of the public
role asks for ``fresh_database``: a clone of the template of its own.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

os.environ["LINLI_TESTING"] = "1"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")

import pytest
from django.conf import settings

LINLI = Path(__file__).parents[1]
TEMPLATE = "linli_template"
_spare: dict[str, Any] = {}  # the clone of this process, as it was born, until something other than its rows is changed


def _fingerprint() -> str:
    """Changes whenever the tables, rights, views or SQL of any package change."""
    from linli.kernel.access.actions.secure import view_queries

    patterns = ["**/migrations/*.py", "**/sql/*.sql", "**/models.py", "**/models/*.py"]
    patterns += ["**/actions/secure.py", "**/rules/rights.py", "site/database.py"]
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in LINLI.glob(pattern)}):
        digest.update(path.read_bytes())
    digest.update(repr(list(view_queries())).encode())  # a view changes with what the manifests declare
    return digest.hexdigest()[:12]


def _make_template() -> None:
    from linli.gateways import postgres
    from linli.site import database
    from linli.site.database import use_database

    server = postgres.embedded(settings.CHECKOUT)
    postgres.ensure(server)
    database.make_roles(server)
    use_database(TEMPLATE)
    if _kept_fingerprint(server) == _fingerprint():
        return
    database.drop_database(server, TEMPLATE)
    database.make_database(server, TEMPLATE)
    database.migrate()
    _keep_fingerprint(server)


def _kept_fingerprint(server) -> str:
    import psycopg

    with psycopg.connect(**server.conninfo(), autocommit=True) as connection:
        row = connection.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = %s", [TEMPLATE]
        ).fetchone()
    return (row and row[0]) or ""


def _keep_fingerprint(server) -> None:
    import psycopg

    with psycopg.connect(**server.conninfo(), autocommit=True) as connection:
        connection.execute(f"comment on database {TEMPLATE} is '{_fingerprint()}'")


def _clone(name: str) -> None:
    from linli.gateways import postgres
    from linli.site import database

    server = postgres.embedded(settings.CHECKOUT)
    database.drop_database(server, name)
    database.make_database(server, name, template=TEMPLATE)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, request) -> Iterator[None]:
    import fcntl

    from linli.gateways import postgres
    from linli.site import database
    from linli.site.database import use_database

    name = f"linli_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with django_db_blocker.unblock():
        settings.HOME.mkdir(parents=True, exist_ok=True)
        with (settings.HOME / "template.lock").open("w") as lock:  # the processes of one run share server and template
            fcntl.flock(lock, fcntl.LOCK_EX)
            postgres.ensure(postgres.embedded(settings.CHECKOUT))
            _make_template()
            _clone(name)
        use_database(name)
    yield
    with django_db_blocker.unblock():
        use_database("postgres")
        for made in (name, f"{name}_fresh"):
            database.drop_database(postgres.embedded(settings.CHECKOUT), made)


@pytest.fixture
def fresh_database(django_db_setup, django_db_blocker) -> Iterator[str]:
    """A database of this test's own, with real commits, seen by every role and connection."""
    from linli.gateways import postgres
    from linli.site import spare
    from linli.site.database import use_database

    before = settings.DATABASES["default"]["NAME"]
    name, server = f"{before}_fresh", postgres.embedded(settings.CHECKOUT)
    with django_db_blocker.unblock():
        if name not in _spare or not spare.emptied(server, name, _spare[name]):
            _clone(name)
            _spare[name] = spare.born(server, name)
        use_database(name)
        try:
            yield name
        finally:
            use_database(before)


@pytest.fixture
def at_once() -> Callable[..., list[Any]]:
    """Runs acts at the same time, each in a thread and with connections of its own (see :func:`run_at_once`)."""
    return run_at_once


def run_at_once(*acts: Callable[..., Any], times: int = 0) -> list[Any]:
    """Run the acts at the same moment; what each answered, in their order: its value, or the refusal that it met.

    With ``times`` the one act runs so often and is told its number. Any other fault is raised here.
    """
    from django.db import connections

    from linli.kernel.access.rules import Refused

    if times:
        acts = tuple(partial(acts[0], number) for number in range(times))
    answers: list[Any] = [None] * len(acts)
    faults: list[BaseException] = []
    start = threading.Barrier(len(acts))

    def run(number: int) -> None:
        try:
            start.wait()
            answers[number] = acts[number]()
        except Refused as refusal:
            answers[number] = refusal
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return answers
