"""The database itself keeps areas apart: judged on the live database, table by table."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.db.utils import ProgrammingError

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.actions.secure import guarded_models, library_rights
from linli.kernel.access.models import Guarded

POLICIES = {"reading", "appending", "changing", "erasing"}


def rows(sql: str, *params: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def test_every_table_is_ours_or_on_the_list_of_libraries(db):
    ours = {model._meta.db_table for model in guarded_models()}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        assert issubclass(model, Guarded) or library_rights(table) is not None, f"{table} is neither ours nor listed"
        assert not (table in ours and library_rights(table)), table


def test_the_migrations_say_all_that_the_models_say(db):
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_table_with_an_area_is_under_forced_row_security_with_all_policies(db):
    secured = {
        f"{schema}.{table}" for schema, table in rows(
            "select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace "
            "where c.relrowsecurity and c.relforcerowsecurity"
        )
    }  # fmt: skip
    policies: dict[str, set[str]] = {}
    for schema, table, name in rows("select schemaname, tablename, policyname from pg_policies"):
        policies.setdefault(f"{schema}.{table}", set()).add(name)
    with_area = rows(
        "select table_schema, table_name from information_schema.columns c join information_schema.tables t "
        "using (table_schema, table_name) where column_name = 'area' and table_type = 'BASE TABLE' "
        "and table_schema not in ('pg_catalog', 'information_schema')"
    )
    assert with_area
    for schema, table in with_area:
        assert f"{schema}.{table}" in secured, f"{table} holds an area but is not under row security"
        assert policies[f"{schema}.{table}"] >= POLICIES, table


def test_the_application_has_exactly_the_rights_that_each_model_declares(db):
    kinds = {"SELECT": 1, "INSERT": 2, "UPDATE": 4, "DELETE": 8}
    for model in guarded_models():
        table = f'"{model._meta.db_table}"'
        for kind, bit in kinds.items():
            granted = rows("select has_table_privilege('linli_app', %s, %s)", table, kind)[0][0]
            assert granted == bool(model.rights.value & bit), f"{table} {kind}"
        assert rows("select has_table_privilege('linli_app', %s, 'TRUNCATE')", table) == [(False,)]


def test_the_public_role_sees_only_what_is_declared_public(db):
    for schema, table in rows(
        "select schemaname, tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"
    ):
        model = next((m for m in guarded_models() if m._meta.db_table in {table, f'{schema}"."{table}'}), None)
        may = rows("select has_table_privilege('linli_public', %s, 'SELECT')", f'"{schema}"."{table}"')[0][0]
        declared = bool(model and "SELECT" in model.public_rights.sql)
        assert may == declared, f"{schema}.{table}"


def test_the_application_owns_nothing_and_cannot_step_past_row_security(db):
    assert rows("select count(*) from pg_class where relowner = 'linli_app'::regrole") == [(0,)]
    assert rows("select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = 'linli_app'") == [
        (False, False, False)
    ]


def test_the_application_cannot_become_another_role(db):
    for role in ("linli_owner", "linli_guard", "postgres"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows(f"set role {role}")


def test_functions_of_the_guard_hold_their_search_path_still(db):
    loose = rows(
        "select proname from pg_proc p join pg_roles r on r.oid = p.proowner "
        "where prosecdef and not exists (select 1 from unnest(coalesce(proconfig, '{}')) c where c like 'search_path=%%')"
    )
    assert not loose


def test_every_foreign_key_out_of_a_package_hides_its_reverse_side():
    for model in guarded_models():
        for field in model._meta.local_fields:
            target = getattr(field, "related_model", None)
            if target is None or target._meta.app_label == model._meta.app_label:
                continue
            if target._meta.app_label == "access" and model._meta.app_label == "access":
                continue
            assert field.remote_field.related_name == "+", f"{model.__name__}.{field.name}: related_name='+'"


def test_a_clone_for_races_is_secured_like_the_template(fresh_database, django_db_blocker):
    with django_db_blocker.unblock(), scoped(WHOLE):
        assert rows("select count(*) from pg_policies")[0][0] >= 4
    assert connections["default"].settings_dict["NAME"] == fresh_database
