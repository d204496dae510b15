"""Sixteen clients at once, a worker killed in the middle, and books that somebody has tampered with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections

from linli.base.areas import WHOLE
from linli.gateways import postgres
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.ledgers import actions, queries
from linli.kernel.ledgers.models import Batch, PaymentOrder
from linli.kernel.ledgers.rules import Channel
from linli.kernel.ledgers.samples import make_desk, make_fund, make_locked_batch, make_orders, make_payees, order_row

DAY = date(2010, 12, 20)


def faults():
    with scoped(WHOLE):
        return [fault for proof in queries.check_books() for fault in proof.faults]


def test_sixteen_clients_order_from_two_funds_and_promise_no_fen_too_much(fresh_database, django_db_blocker, at_once):
    with django_db_blocker.unblock():
        desk, payees = make_desk(), make_payees(4)
        funds = [make_fund(desk.maker, amount=300_00), make_fund(desk.maker, code="B", amount=200_00)]

        def order_until_refused(client):
            """Both funds in every order, named in either order."""
            made = 0
            for number in range(20):
                shares = [(funds[0], 3_00), (funds[1], 2_00)]
                row = order_row(payees[client % 4], f"r:{client}:{number}", *(shares[:: 1 if client % 2 else -1]))
                try:
                    made += actions.order_payments(by=desk.approver, on=DAY, rows=[row]).made
                except Refused:
                    break
            return made

        assert sum(at_once(order_until_refused, times=16)) == 100
        with scoped(WHOLE):
            assert {fund.balance.free for fund in queries.funds()} == {0}
            assert PaymentOrder.objects.count() == 100
        assert faults() == []
        connections.close_all()


def test_of_sixteen_batches_at_once_each_order_stands_in_one(fresh_database, django_db_blocker, at_once):
    with django_db_blocker.unblock():
        desk = make_desk()
        orders = make_orders(desk, make_fund(desk.maker, amount=10_000_00), make_payees(8))
        ids = [order.pk for order in orders]

        def batch(client):
            return actions.make_batch(by=desk.maker, on=DAY, number=f"P{client}", item="情暖万家", orders=ids).count

        answers = at_once(batch, times=16)
        assert sum(answer for answer in answers if isinstance(answer, int)) == 8
        assert faults() == []
        connections.close_all()


def test_two_checkers_at_once_check_a_batch_once(fresh_database, django_db_blocker, at_once):
    with django_db_blocker.unblock():
        desk = make_desk()
        orders = make_orders(desk, make_fund(desk.maker, amount=10_000_00), make_payees(2))
        batch = actions.make_batch(by=desk.maker, on=DAY, number="P1", item="x", orders=[order.pk for order in orders])
        answers = at_once(
            lambda client: actions.check_batch(by=desk.checker, on=DAY, batch=batch, count=2, amount=1_000_00).state, times=4
        )
        assert answers.count("checked") == 1
        connections.close_all()


def environment(database):
    return os.environ | {"DJANGO_SETTINGS_MODULE": "linli.site.settings", "LINLI_DATABASE": database}


WORKER = """
import sys
import django
django.setup()
from datetime import date
from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import Staff
from linli.kernel.access.queries import actor_for
from linli.kernel.ledgers.actions import order_in_chunks
from linli.kernel.ledgers.rules import OrderRow
day = date(2010, 12, 20)
by = actor_for(Staff.objects.get(username="shenpi"), on=day)
person, account, fund, count = map(int, sys.argv[1:5])
rows = (
    OrderRow(f"w:{number}", 100, "aid.warmth", ((fund, 100),), "王一", "370404100201", person=person, account=account)
    for number in range(count)
)
print("begun", flush=True)
for ordered in order_in_chunks(by=by, on=day, rows=rows, size=200):
    print(ordered.made, ordered.known, flush=True)
"""


def wait_for_the_server():
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


def test_a_worker_killed_in_the_middle_is_resumed_with_the_missing_rows_only(fresh_database, django_db_blocker):
    count = 6_000
    with django_db_blocker.unblock():
        desk, (payee,) = make_desk(), make_payees(1)
        fund = make_fund(desk.maker, amount=count * 100)
        words = [sys.executable, "-W", "ignore", "-c", WORKER, payee.person, payee.account, fund.pk, count]
        env = environment(fresh_database)
        worker = subprocess.Popen([str(word) for word in words], stdout=subprocess.PIPE, text=True, env=env)
        for _ in range(6):
            worker.stdout.readline()
        time.sleep(0.03)  # somewhere inside of a chunk
        os.kill(worker.pid, signal.SIGKILL)
        worker.communicate()
        wait_for_the_server()
        with scoped(WHOLE):
            before = PaymentOrder.objects.count()
            reserved = queries.fund_of(fund.pk).balance.payable
        assert 0 < before < count
        assert reserved == before * 100
        assert faults() == []
        again = subprocess.run([str(word) for word in words], capture_output=True, text=True, env=env, check=True)
        chunks = [tuple(map(int, line.split())) for line in again.stdout.splitlines()[1:]]
        assert (sum(made for made, _ in chunks), sum(known for _, known in chunks)) == (count - before, before)
        with scoped(WHOLE):
            assert queries.fund_of(fund.pk).balance.free == 0
            assert PaymentOrder.objects.count() == count
        assert faults() == []
        connections.close_all()


TAMPERING = [
    ("update ledgers_line set amount = amount + 1 where amount > 0", "借贷"),
    ("update ledgers_fundbalance set cash = cash + 1, received = received + 1", "资金余额"),
    ("update ledgers_balance set amount = amount - 1 where amount > 0", "科目余额"),
    ("update ledgers_paymentorder set cancelled_on = made_on", "付款单与账"),
    ("update ledgers_batch set file_count = 99", "笔数和金额"),
    ("delete from ledgers_line where order_id is not null", "付款单与账"),
    ("delete from ledgers_posting where kind = 'reserve'", "凭证、科目和资金"),
]


def tamper(database, statement):
    """As a superuser to whom no trigger applies."""
    with psycopg.connect(**postgres.embedded(settings.CHECKOUT).conninfo(database), autocommit=True) as superuser:
        superuser.execute("set session_replication_role = replica")
        superuser.execute(statement)


def make_sent_batch():
    desk = make_desk()
    orders = make_orders(desk, make_fund(desk.maker, amount=10_000_00), make_payees(2))
    actions.send_batch(by=desk.maker, on=DAY, batch=make_locked_batch(desk, orders))


@pytest.mark.parametrize(("statement", "check"), TAMPERING)
def test_whatever_a_superuser_changes_the_check_of_the_books_finds(fresh_database, django_db_blocker, statement, check):
    with django_db_blocker.unblock():
        make_sent_batch()
        assert faults() == []
        tamper(fresh_database, statement)
        with scoped(WHOLE):
            assert any(check in proof.name for proof in queries.check_books() if proof.faults)
        connections.close_all()


def test_the_command_prints_the_differences_and_exits_with_1(fresh_database, django_db_blocker):
    command = [sys.executable, "-m", "linli", "check-books"]
    words = {"capture_output": True, "text": True, "env": environment(fresh_database), "check": False}
    with django_db_blocker.unblock():
        make_sent_batch()
        well = subprocess.run(command, **words)
        assert (well.returncode, well.stderr) == (0, "")
        assert well.stdout.count("✓") == len(queries.checks.CHECKS)
        tamper(fresh_database, TAMPERING[0][0])
        found = subprocess.run(command, **words)
        assert found.returncode == 1
        assert "每张凭证借贷相等：凭证" in found.stderr
        connections.close_all()


def cash_batch(desk):
    """A locked batch of two that are paid in cash, and its first line."""
    fund, words = make_fund(desk.maker, amount=1_000_00), {"by": desk.maker, "on": DAY}
    orders = make_orders(desk, fund, make_payees(2, banked=False))
    actions.move_money(fund=fund, amount=1_000_00, account="1002", to="1001", reference="m:1", memo="提现", **words)
    batch = actions.make_batch(number="X1", item="现金", orders=[order.pk for order in orders], channel=Channel.CASH, **words)
    actions.check_batch(by=desk.checker, on=DAY, batch=batch, count=2, amount=1_000_00)
    batch = actions.lock_batch(by=desk.checker, on=DAY, batch=batch)
    with scoped(desk.maker):
        return batch, queries.batch_lines(batch)[0]


def test_a_batch_is_not_given_up_while_somebody_signs_in_it(fresh_database, django_db_blocker, at_once):
    """The one who gives it up waits for the one who signs at that moment, and is told."""
    with django_db_blocker.unblock():
        desk = make_desk()
        batch, line = cash_batch(desk)
        signed, done = threading.Event(), threading.Event()

        def sign():
            with scoped(desk.maker):
                actions.settle_by_hand(by=desk.maker, on=DAY, batch=batch, proofs={line.pk: "签领表第1页"})
                signed.set()
                done.wait(2)

        def give_up():
            signed.wait(10)
            try:
                return actions.discard_batch(by=desk.maker, on=DAY, batch=batch, reason="重做")
            finally:
                done.set()

        _, answer = at_once(sign, give_up)
        assert isinstance(answer, Refused) and "已有发放结果" in answer.message
        with scoped(desk.maker):
            assert Batch.objects.get(pk=batch.pk).state == "locked" and faults() == []
        connections.close_all()
