"""Bring a database into being: server, roles, database, tables, guards. Every step may run again."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from linli.gateways import postgres
from linli.kernel.access.actions.secure import drop_views, secure_database

ROLE_WORDS = {
    # the owner makes tables and lends tables' functions to the guard; data moves of migrations must see every row
    "linli_owner": "login createdb bypassrls",
    "linli_app": "login nobypassrls",
    "linli_public": "login nobypassrls",
    "linli_guard": "nologin bypassrls",
}
EXTENSIONS = ("btree_gist", "pg_trgm")


def prepare(say: Callable[[str], None] = lambda words: None) -> None:
    """Server, roles, database, migrations and guards of the configured database."""
    if owns_server():
        say("启动数据库服务")
        server = postgres.embedded(settings.CHECKOUT)
        postgres.ensure(server)
        make_roles(server)
        make_database(server, settings.DATABASES["default"]["NAME"])
    say("建立数据表")
    migrate()


def migrate() -> None:
    """Tables and migrations as the owner, then the guards."""
    if MigrationRecorder.Migration._meta.db_table not in connections["owner"].introspection.table_names():
        make_tables()
    drop_views("owner")
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    secure_database("owner")
    connections["owner"].close()


def make_tables() -> None:
    """All tables of an empty database as the models have them; our migrations count as applied.

    One migration after the other renders every model again some hundred times: half a minute for what takes two seconds. A
    nightly test holds both ways against each other.
    """
    owner, ours = connections["owner"], [one for one in apps.get_app_configs() if one.name.startswith("linli.")]
    models = [model for config in ours for model in config.get_models() if model._meta.managed]
    labels = {config.label for config in ours}
    with transaction.atomic("owner"), owner.schema_editor() as editor:  # a set-up that is stopped leaves nothing
        for schema in sorted({model._meta.db_table.partition('"."')[0] for model in models if '"."' in model._meta.db_table}):
            editor.execute(sql.SQL("create schema if not exists {}").format(sql.Identifier(schema)).as_string(None))
        for model in models:
            editor.create_model(model)
        recorder = MigrationRecorder(owner)
        for label, name in MigrationLoader(None).disk_migrations:
            if label in labels:
                recorder.record_applied(label, name)


def analyze() -> None:
    """Let the planner look again at the tables that have grown; the application's role may not, and autovacuum comes later."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select oid::regclass::text from pg_class where relkind = 'r'"
            " and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)"
            " and pg_relation_size(oid) > 1.2 * relpages * current_setting('block_size')::int"
        )
        if grown := [name for (name,) in cursor.fetchall()]:
            cursor.execute("analyze " + ", ".join(grown))
    connections["owner"].close()


def owns_server() -> bool:
    """Whether the server is Linli's own (no ``DATABASE_URL``)."""
    return str(settings.DATABASES["owner"]["HOST"]).startswith("/tmp/linli-")


def make_roles(server: postgres.Server) -> None:
    """The four roles with their passwords; the passwords are set again each time, so files and server agree."""
    with psycopg.connect(**server.conninfo(), autocommit=True) as connection:
        known = {row[0] for row in connection.execute("select rolname from pg_roles").fetchall()}
        for role, words in ROLE_WORDS.items():
            verb = "alter" if role in known else "create"
            connection.execute(sql.SQL(f"{verb} role {{}} {words}").format(sql.Identifier(role)))
        for alias in ("owner", "app", "public"):
            database = settings.DATABASES["default" if alias == "app" else alias]
            connection.execute(
                sql.SQL("alter role {} password {}").format(
                    sql.Identifier(database["USER"]), sql.Literal(database["PASSWORD"])
                )
            )
        connection.execute("grant linli_guard to linli_owner")


def make_database(server: postgres.Server, name: str, template: str = "") -> None:
    """The database ``name`` with its extensions, owned by the owner; nothing happens when it is there."""
    with psycopg.connect(**server.conninfo(), autocommit=True) as connection:
        known = connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone()
        if known:
            return
        copy = sql.SQL(" template {}").format(sql.Identifier(template)) if template else sql.SQL("")
        connection.execute(
            sql.SQL("create database {} owner linli_owner{}").format(sql.Identifier(name), copy)
        )
    with psycopg.connect(**server.conninfo(name), autocommit=True) as connection:
        for extension in EXTENSIONS:
            connection.execute(sql.SQL("create extension if not exists {}").format(sql.Identifier(extension)))
        connection.execute("alter schema public owner to linli_owner")
        connection.execute("revoke create on schema public from public")


def drop_database(server: postgres.Server, name: str) -> None:
    """Drop the database ``name`` and whoever is connected to it. For test databases only."""
    with psycopg.connect(**server.conninfo(), autocommit=True) as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def roles_sql() -> str:
    """What the administrator of a managed server runs once: the four roles, to be given passwords there."""
    lines = [f"create role {role} {words};" for role, words in ROLE_WORDS.items()]
    lines += ["grant linli_guard to linli_owner;", "create database linli owner linli_owner;", "\\connect linli"]
    lines += [f"create extension if not exists {extension};" for extension in EXTENSIONS]
    lines += ["alter schema public owner to linli_owner;", "revoke create on schema public from public;"]
    return "\n".join(lines) + "\n"


def use_database(name: str) -> None:
    """Point every connection of this process at the database ``name`` (tests, replays)."""
    for alias in settings.DATABASES:
        connection = connections[alias]
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
        connection.settings_dict["NAME"] = name
        settings.DATABASES[alias]["NAME"] = name


def make_fresh(name: str) -> None:
    """An empty database of this name with tables and guards; whatever had the name before is dropped. Embedded server only."""
    server = postgres.embedded(settings.CHECKOUT)
    postgres.ensure(server)
    make_roles(server)
    drop_database(server, name)
    make_database(server, name)
    use_database(name)
    migrate()
