"""A worker that is killed in the middle of an import loses nothing and doubles nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date

from django.db import connections, transaction

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import FIRST_DAY, make_founders, make_staff
from linli.kernel.imports import actions
from linli.kernel.imports.queries import run_in_area
from linli.kernel.jobs.samples import work_off
from linli.kernel.registry.actions import found_area
from linli.kernel.registry.models import Household, Membership, Person, Residence
from linli.kernel.registry.samples.population import Home, make_population
from linli.kernel.registry.samples.rosters import as_csv
from linli.kernel.registry.tests.test_roster import AREAS

DAY = date(2010, 12, 20)
HOMES = [Home("370404001001", "坛山街道", "和顺社区", True)]


def start_worker(database: str) -> subprocess.Popen:
    environment = {**os.environ, "LINLI_DATABASE": database, "LINLI_TESTING": "1"}
    return subprocess.Popen([sys.executable, "-m", "linli", "worker"], env=environment)


def wait_until(true, seconds: float = 60) -> None:
    for _ in range(int(seconds * 10)):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")


def progress_step() -> str:
    with connections["owner"].cursor() as cursor:
        cursor.execute("select step from imports_importprogress")
        return cursor.fetchone()[0]


def test_a_worker_killed_in_the_middle_is_followed_by_another(fresh_database, django_db_blocker):
    with django_db_blocker.unblock():
        founders = make_founders()
        for code, name, kind in AREAS:
            found_area(by=founders[0], on=FIRST_DAY, code=code, name=name, kind=kind)
        by = make_staff("district", "区民政", Role.DISTRICT_APPROVER, "370404000000", founders=founders)
        content = as_csv(make_population(600, HOMES, on=DAY))
        run, _ = actions.send(by=by, on=DAY, kind="registry.roster", name="花名册.csv", content=content)
        work_off()
        actions.confirm(by=by, on=DAY, run_id=run.pk)
        with transaction.atomic("owner"):
            with connections["owner"].cursor() as cursor:  # the import gets as far as this table and no further
                cursor.execute("lock table registry_residence in share mode")
            first = start_worker(fresh_database)
            wait_until(lambda: progress_step() == "写入居住")
            os.kill(first.pid, signal.SIGKILL)
            first.wait()
        with scoped(by):
            assert run_in_area(by=by, run_id=run.pk).state == "applying"
            assert not Person.objects.exists() and not Household.objects.exists()
        second = start_worker(fresh_database)

        def over() -> bool:
            with scoped(by):
                return run_in_area(by=by, run_id=run.pk).state != "applying"

        try:
            wait_until(over)
        finally:
            second.terminate()
            second.wait(20)
        with scoped(by):
            run = run_in_area(by=by, run_id=run.pk)
            assert (run.state, run.accepted, run.rejected) == ("applied", 600, 0)
            counts = {model.objects.count() for model in (Person, Membership, Residence)}
            assert counts == {600}
