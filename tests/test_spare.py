"""The next test finds nothing of the one before: rows are taken back, and whatever else was changed makes a new clone."""

from __future__ import annotations

import psycopg
import pytest
from django.conf import settings

from linli.gateways import postgres
from linli.site import spare
from linli.site.database import use_database

AREA = "insert into registry_area (code, name, kind, level, parent, since) values ('990000000000', '区', '', 3, '', '2000-01-01')"
DEEDS = {
    "create table public.left_behind (a int)": False,
    "alter table access_staff add column left_behind int": False,
    "create or replace function public.left_behind() returns int language sql as 'select 1'": False,
    "grant delete on access_auditline to linli_app": False,
    "grant usage on schema public to linli_public": False,
    "update django_content_type set model = model || 'x' where id = 1": False,
    "delete from auth_permission where id = 1": False,
    AREA: True,
    "create temporary table left_behind (a int)": True,
    "select nextval('access_staff_id_seq')": True,
}
"""What a test might leave, and whether emptying is enough."""


@pytest.fixture
def clone(fresh_database):
    server = postgres.embedded(settings.CHECKOUT)
    use_database("postgres")  # nobody of ours is connected to it
    yield server, fresh_database, spare.born(server, fresh_database)
    use_database(fresh_database)


@pytest.mark.parametrize("deed", DEEDS)
def test_what_a_test_did_is_taken_back_or_the_clone_is_given_up(clone, deed):
    server, name, before = clone
    with psycopg.connect(**server.conninfo(name)) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(deed)
    assert spare.emptied(server, name, before) is DEEDS[deed]
    if DEEDS[deed]:
        with psycopg.connect(**server.conninfo(name)) as connection:
            assert connection.execute("select count(*) from registry_area").fetchone() == (0,)
            assert connection.execute("select nextval('access_staff_id_seq')").fetchone() == (1,)


def test_whoever_is_still_connected_is_sent_away(clone):
    server, name, before = clone
    left = psycopg.connect(**server.conninfo(name))
    left.execute("lock table access_staff")
    assert spare.emptied(server, name, before)
    with pytest.raises(psycopg.OperationalError):
        left.execute("select 1")
