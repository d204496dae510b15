"""A worker that is killed, two people at once, a month before the first, an answer for another month."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection, connections
from django.db.models import Sum

from linli.base.areas import WHOLE
from linli.gateways import bank
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.entitlements import actions, queries
from linli.kernel.entitlements.models import Issue, Run, RunLine
from linli.kernel.entitlements.queries.runs import totals_of_run
from linli.kernel.entitlements.samples import MONTH, confirmed, make_entitlement, make_funding, make_month, make_payee
from linli.kernel.entitlements.tests.conftest import make_office
from linli.kernel.ledgers.actions import check_batch, lock_batch, send_batch, settle_return
from linli.kernel.ledgers.models import PaymentOrder
from linli.kernel.registry.samples import make_household

DAY = date(2010, 12, 5)
JANUARY = date(2011, 1, 1)
FAMILIES = 120
WORKER = """
import sys
import django
django.setup()
from datetime import date
from linli.kernel.access.models import Staff
from linli.kernel.access.queries import actor_for
from linli.kernel.entitlements.actions import order_part
from linli.kernel.entitlements.samples import sample_programmes
by = actor_for(Staff.objects.get(username="qian"), on=date(2010, 12, 5))
with sample_programmes():
    while made := order_part(by=by, on=date(2010, 12, 5), run_id=int(sys.argv[1]), size=5):
        print(made, flush=True)
"""


def families(office, count: int) -> None:
    for number in range(count):
        home = make_household(office.worker, names=(f"张{'一二三四五六七八九十'[number % 10]}",))
        make_payee(office.worker, home.head_id)
        make_entitlement(by=office.approver, household=home)


def ready(office) -> Run:
    return actions.open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH)


def wait_for_the_server() -> None:
    """A statement that the killed worker had sent still runs to its end, and a commit counts."""
    asked = """select count(*) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'"""
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(asked)
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("the server still works")


def test_a_worker_killed_while_it_orders_is_followed_by_one_that_goes_on(fresh_database, django_db_blocker):
    with django_db_blocker.unblock():
        office = make_office()
        make_funding(office.maker)
        families(office, FAMILIES)
        run = confirmed(office.approver, ready(office), DAY)
        with scoped(office.maker):
            Run.objects.filter(pk=run.pk).update(state="ordering")
        env = os.environ | {"DJANGO_SETTINGS_MODULE": "linli.site.settings", "LINLI_DATABASE": fresh_database}
        words = [sys.executable, "-W", "ignore", "-c", WORKER, str(run.pk)]
        worker = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=env)
        for _ in range(3):
            worker.stdout.readline()
        time.sleep(0.02)  # somewhere inside of a part
        os.kill(worker.pid, signal.SIGKILL)
        worker.communicate()
        wait_for_the_server()
        with scoped(WHOLE):
            made = PaymentOrder.objects.count()
            assert 15 <= made < FAMILIES and made == Issue.objects.count() == RunLine.objects.filter(ordered=True).count()
        done = actions.order_run(by=office.maker, on=DAY, run=run)
        with scoped(WHOLE):
            assert (done.state, done.batch.count) == ("ordered", FAMILIES) and PaymentOrder.objects.count() == FAMILIES
            assert Issue.objects.aggregate(total=Sum("amount"))["total"] == run.amount
            assert totals_of_run(done).faults() == []
        connections.close_all()


def test_of_two_people_who_confirm_at_once_one_does(fresh_database, django_db_blocker, at_once):
    with django_db_blocker.unblock():
        office = make_office()
        make_funding(office.maker)
        families(office, 2)
        run = ready(office)
        answers = at_once(*(lambda by=by: confirmed(by, run, DAY).confirmed_by_id for by in (office.approver, office.checker)))
        (refused,) = [answer for answer in answers if isinstance(answer, Refused)]
        assert "不能核定。请刷新后再看" in str(refused)
        with scoped(WHOLE):
            assert Run.objects.get().confirmed_by_id in {office.approver.staff_id, office.checker.staff_id}
        connections.close_all()


def test_a_draft_and_a_confirmation_at_once_never_confirm_what_is_being_computed(fresh_database, django_db_blocker, at_once):
    with django_db_blocker.unblock():
        office = make_office()
        make_funding(office.maker)
        families(office, 2)
        run = ready(office)
        at_once(lambda: actions.redraft(by=office.maker, on=DAY, run=run), lambda: confirmed(office.approver, run, DAY))
        with scoped(WHOLE):
            row = Run.objects.get()
            sums = RunLine.objects.aggregate(total=Sum("amount"))["total"]
            assert (row.state, row.amount, row.count) == ("confirmed", sums, 2)
        connections.close_all()


def test_before_the_first_month_there_is_nothing_to_pay(office):
    make_funding(office.maker)
    families(office, 2)
    with pytest.raises(Refused, match="最早自2010年12月起发放"):
        actions.open_run(by=office.maker, on=DAY, programme="sample_living", month=date(2010, 3, 1))
    with scoped(WHOLE):
        assert not Run.objects.exists()


@pytest.mark.parametrize("layout", ["bar_utf8", "fixed_gbk", "workbook"])
def test_the_answer_of_another_month_changes_nothing(office, layout):
    make_funding(office.maker)
    families(office, 2)
    batches = []
    for month in (MONTH, JANUARY):
        run = actions.open_run(by=office.maker, on=month, programme="sample_living", month=month)
        run = actions.order_run(by=office.maker, on=month, run=confirmed(office.approver, run, month), layout=layout)
        check_batch(by=office.checker, on=month, batch=run.batch, count=2, amount=624_00)
        lock_batch(by=office.checker, on=month, batch=run.batch)
        batches.append((run, send_batch(by=office.maker, on=month, batch=run.batch)))
    (december, sent), (january, _) = batches
    with TemporaryDirectory() as folder:
        desk = bank.FakeBank(Path(folder), bank.layouts()[layout])
        desk.submit(sent)
        (answer,) = desk.collect()
    with pytest.raises(Refused, match="没有入账"):
        settle_return(by=office.maker, on=JANUARY, batch=january.batch, name=answer.name, content=answer.content)
    with scoped(office.approver):
        assert [totals_of_run(queries.run_of(run.pk)).batch.returned for run in (december, january)] == [None, None]


def test_a_run_that_is_repeated_pays_nobody_again(office):
    make_funding(office.maker)
    families(office, 2)
    first = make_month(office.maker, office.approver)
    again = ready(office)
    assert (again.count, again.amount, again.serial) == (0, 0, first.serial + 1)
