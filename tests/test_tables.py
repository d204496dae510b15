"""The tables of a new database, made from the models, are those that the migrations make one after the other."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from linli.gateways import postgres
from linli.kernel.access.actions.secure import secure_database
from linli.site import database

OURS = "n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')"
SHAPES = {
    "columns": f"""
        select format('%s.%s %s %s %s %s', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                      a.attidentity, pg_get_expr(d.adbin, d.adrelid)) || coalesce(c.collname, '')
          from pg_attribute a join pg_class t on t.oid = a.attrelid join pg_namespace n on n.oid = t.relnamespace
          left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum left join pg_collation c on c.oid = a.attcollation
         where a.attnum > 0 and not a.attisdropped and t.relkind in ('r', 'p') and {OURS}""",
    "constraints": f"""
        select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(o.oid)) from pg_constraint o
          join pg_class t on t.oid = conrelid join pg_namespace n on n.oid = t.relnamespace where contype <> 'n' and {OURS}""",
    "indexes": f"""
        select pg_get_indexdef(indexrelid) from pg_index join pg_class t on t.oid = indrelid
          join pg_namespace n on n.oid = t.relnamespace where {OURS}""",
    "guards": f"""
        select format('%s %s %s', p.polrelid::regclass, polname, pg_get_expr(polqual, polrelid)) from pg_policy p
        union all
        select format('%s %s', tgrelid::regclass, pg_get_triggerdef(g.oid)) from pg_trigger g
          join pg_class t on t.oid = tgrelid join pg_namespace n on n.oid = t.relnamespace where not tgisinternal and {OURS}""",
    "rights": f"""
        select format('%s %s', t.oid::regclass, right_one) from pg_class t join pg_namespace n on n.oid = t.relnamespace,
               unnest(t.relacl::text[]) right_one where t.relkind in ('r', 'S') and {OURS}""",
}


GIVEN = re.compile(r"\b\w+?_([0-9a-f]{8}(_\w+)?|pkey|id_seq)\b|\w+_key(?= UNIQUE| ON)")
"""Names that Django and the server give by themselves: those of a renamed table stay as they were."""


def shapes() -> dict[str, set[str]]:
    with connections["owner"].cursor() as cursor:
        found = {}
        for what, asked in SHAPES.items():
            cursor.execute(asked)
            found[what] = {GIVEN.sub("-", line) for (line,) in cursor.fetchall()}
    return found


@pytest.fixture
def empty_database(django_db_setup, django_db_blocker):
    """A database without a table, dropped afterwards."""
    server, before = postgres.embedded(settings.CHECKOUT), settings.DATABASES["default"]["NAME"]
    name = f"{before}_tables"

    def make() -> None:
        database.drop_database(server, name)
        database.make_database(server, name)
        database.use_database(name)

    with django_db_blocker.unblock():
        yield make
        database.use_database(before)
        database.drop_database(server, name)


def test_a_new_database_is_up_to_date_and_may_be_set_up_again(empty_database):
    empty_database()
    database.migrate()
    owner = connections["owner"]
    executor = MigrationExecutor(owner)
    assert not executor.migration_plan(executor.loader.graph.leaf_nodes())
    assert settings.MIGRATION_MODULES == {}
    before = shapes()
    database.migrate()
    assert shapes() == before


def test_a_set_up_that_is_stopped_leaves_nothing(empty_database, monkeypatch):
    empty_database()

    def stop(*words: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(database.MigrationRecorder, "record_applied", stop)
        with pytest.raises(KeyboardInterrupt):
            database.migrate()
    assert connections["owner"].introspection.table_names() == []
    database.migrate()
    assert "registry_person" in connections["owner"].introspection.table_names()


@pytest.mark.nightly
def test_the_migrations_make_the_same_tables_one_after_the_other(empty_database):
    empty_database()
    database.migrate()
    at_once = shapes()
    empty_database()
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    secure_database("owner")
    for what, made in shapes().items():
        assert made == at_once[what], what
