"""The database's own guards, computed from the models: grants, row security, area triggers, and each package's SQL.

Runs after every migration, as the owner, and can run again at any time: what a table may be used for stands in its
model and nowhere else. (docs/decisions/0002)
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import OperationalError, connections, transaction
from django.db.models import ForeignKey
from django.utils.module_loading import import_string
from psycopg.errors import DeadlockDetected

from linli.kernel.access.models import Guarded
from linli.kernel.access.rules.rights import LIBRARY_TABLES, Rights

APP, PUBLIC, GUARD = "linli_app", "linli_public", "linli_guard"
IN_RANGE = (
    "(area >= (select nullif(current_setting('linli.lo', true), '')) "
    "and area < (select nullif(current_setting('linli.hi', true), '')))"
)
# After the trigger that takes the area from a parent: triggers of one kind run in the order of their names.
WHERE_THEN = """
    create or replace function access_where_then() returns trigger language plpgsql as $$
    begin
        if tg_op = 'INSERT' then
            new.area_then := coalesce(nullif(new.area_then, ''), new.area);
        elsif new.area_then is distinct from old.area_then then
            raise exception 'where % was entered is not rewritten', tg_table_name using errcode = 'LA000';
        end if;
        return new;
    end $$"""
TURNS = 8
"""How often the guards are set before a deadlock with people at work is a fault."""
ANY_SCOPE = "((select nullif(current_setting('linli.lo', true), '')) is not null)"


def guarded_models() -> list[type[Guarded]]:
    """All tables of ours, in a stable order; views are none of them."""
    known = apps.get_models(include_auto_created=True)
    found = [model for model in known if issubclass(model, Guarded) and model._meta.managed]
    return sorted(found, key=lambda model: model._meta.db_table)


def secure_database(using: str = "owner") -> int:
    """Bring grants, policies, triggers and package SQL to what the models say; how many statements ran.

    It needs every table for a moment. Where people work meanwhile, as after a crash of the server, the database may end it
    because two wait for each other; then it begins anew.
    """
    statements = list(_statements(using))
    for turn in range(TURNS):
        try:
            with transaction.atomic(using=using), connections[using].cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        except OperationalError as fault:
            if turn == TURNS - 1 or not isinstance(fault.__cause__, DeadlockDetected):
                raise
            time.sleep(0.2 * (turn + 1))
        else:
            break
    return len(statements)


def _statements(using: str) -> Iterator[str]:
    schemas = sorted({"public", *(_schema(model) for model in guarded_models())})
    for schema in schemas:
        yield f'revoke all on schema "{schema}" from public, {PUBLIC}'  # the public's role may not even call functions there
        yield f'grant usage on schema "{schema}" to {APP}, {GUARD}'
        yield f'grant create on schema "{schema}" to {GUARD}'  # whoever owns a function must be able to make it
        yield f'revoke all on all tables in schema "{schema}" from public, {APP}, {PUBLIC}, {GUARD}'
        yield f'grant usage on all sequences in schema "{schema}" to {APP}'
        yield f'grant select, insert, update on all tables in schema "{schema}" to {GUARD}'
    yield WHERE_THEN
    for table in connections[using].introspection.table_names():
        if (rights := library_rights(table)) and rights.sql:
            yield f'grant {rights.sql} on "{table}" to {APP}'
    for model in guarded_models():
        yield from _table(model)
    for file in package_sql():
        yield file.read_text()
    yield from _views(using)


def views() -> dict[str, str]:
    """The views of the manifests: the name, and the dotted path of ``f() -> (columns, queryset)``."""
    return {name: path for config in apps.get_app_configs() for name, path in getattr(config, "views", {}).items()}


def _views(using: str) -> Iterator[str]:
    """Each view reads with the rights of whoever asks: the row security of its tables holds for it, too."""
    for name, columns, asked, values in view_queries(using):
        query = connections[using].ops.compose_sql(asked, values)  # type: ignore[attr-defined]
        named = ", ".join(f'"{column}"' for column in columns)
        yield f'drop view if exists "{name}"'
        yield f'create view "{name}" ({named}) with (security_invoker = true) as {query}'
        yield f'grant select on "{name}" to {APP}'


def view_queries(using: str = "owner") -> Iterator[tuple[str, tuple[str, ...], str, Any]]:
    """Of each view its name, its columns, and the query with its values."""
    for name, path in views().items():
        columns, found = import_string(path)()
        yield (name, columns, *found.query.get_compiler(using).as_sql())


def drop_views(using: str = "owner") -> None:
    """Take the views away before tables change under them; :func:`secure_database` makes them again."""
    with connections[using].cursor() as cursor:
        for name in views():
            cursor.execute(f'drop view if exists "{name}"')


def library_rights(table: str) -> Rights | None:
    """The rights on a library's table; None for tables that no library of the list owns."""
    return next((rights for prefix, rights in LIBRARY_TABLES.items() if table.startswith(prefix)), None)


def package_sql() -> list[Path]:
    """The ``sql/*.sql`` files of all packages: functions and triggers that may be run again at any time."""
    folders = [Path(config.path) / "sql" for config in apps.get_app_configs()]
    return [file for folder in folders if folder.is_dir() for file in sorted(folder.glob("*.sql"))]


def _schema(model: type[Guarded]) -> str:
    name = model._meta.db_table
    return name.split('"."')[0] if '"."' in name else "public"


def _quoted(model: type[Guarded]) -> str:
    return f'"{model._meta.db_table}"'


def _table(model: type[Guarded]) -> Iterator[str]:
    table = _quoted(model)
    if model.rights.sql:
        yield f"grant {model.rights.sql} on {table} to {APP}"
    if model.public_rights.sql:
        yield f"grant {model.public_rights.sql} on {table} to {PUBLIC}"
        yield f'grant usage on schema "{_schema(model)}" to {PUBLIC}'
    if any(field.name == "area" for field in model._meta.local_fields):
        yield from _row_security(model, table)
    if model.area_from:
        yield from _area_trigger(model, table)
    for followed in model.goes_with:
        parent, key, column = _link(model, followed)
        name = f"{followed}_of_{model._meta.db_table}_goes".replace('"."', "_")
        lay_there = f"t.area = old.area and ({model.goes_while or 'true'})"
        yield from _following_trigger(table, name, parent, key, column, lay_there)
    if any(field.name == "area_then" for field in model._meta.local_fields):
        yield f"drop trigger if exists where_then on {table}"
        yield f"create trigger where_then before insert or update on {table} for each row execute function access_where_then()"


def _row_security(model: type[Guarded], table: str) -> Iterator[str]:
    reading = ANY_SCOPE if model.wide_reading else IN_RANGE
    yield f"alter table {table} enable row level security"
    yield f"alter table {table} force row level security"
    for name in ("reading", "appending", "changing", "erasing"):
        yield f"drop policy if exists {name} on {table}"
    yield f"create policy reading on {table} for select to {APP} using {reading}"
    yield f"create policy appending on {table} for insert to {APP} with check {IN_RANGE}"
    yield f"create policy changing on {table} for update to {APP} using {IN_RANGE} with check {IN_RANGE}"
    yield f"create policy erasing on {table} for delete to {APP} using {IN_RANGE}"


def _area_trigger(model: type[Guarded], table: str) -> Iterator[str]:
    """A child row takes its area from its parent, whatever the writer said.

    A session plans the look-up once, perhaps while the parent's table was still small; the index is right at every size.
    """
    parent, key, column = _link(model, model.area_from)
    name = f"area_of_{model._meta.db_table}".replace('"."', "_")
    yield f"""
        create or replace function "{name}"() returns trigger language plpgsql set enable_seqscan = off as $$
        begin
            select area into new.area from "{parent}" where "{key}" = new."{column}";
            if not found then
                raise exception 'the parent of this row lies outside the present area' using errcode = 'insufficient_privilege';
            end if;
            return new;
        end $$"""
    yield f'drop trigger if exists "{name}" on {table}'
    yield f'create trigger "{name}" before insert on {table} for each row execute function "{name}"()'
    yield from _following_trigger(table, f"{name}_follows", parent, key, column)


def _link(model: type[Guarded], name: str) -> tuple[str, str, str]:
    """To which table and column this foreign key points, and from which column."""
    field = model._meta.get_field(name)
    if not isinstance(field, ForeignKey):
        raise TypeError(f"{model.__name__}: {name} must be a foreign key")
    parent = field.related_model._meta  # type: ignore[union-attr]
    return parent.db_table, str(parent.pk.column), str(field.column)


def _following_trigger(
    table: str, name: str, parent: str, key: str, column: str, which: str = "t.area <> new.area"
) -> Iterator[str]:
    """Where the parent goes, its children go: also those that the application may not change."""
    yield f"""
        create or replace function "{name}"() returns trigger language plpgsql security definer
        set search_path = public, pg_temp as $$
        begin
            update {table} t set area = new.area where t."{column}" = new."{key}" and {which};
            return null;
        end $$"""
    yield f'alter function "{name}"() owner to {GUARD}'
    yield f'drop trigger if exists "{name}" on "{parent}"'
    yield (
        f'create trigger "{name}" after update of area on "{parent}" for each row '
        f'when (old.area is distinct from new.area) execute function "{name}"()'
    )

