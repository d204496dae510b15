"""Large batches are done in the background: once, whole, followed by another worker, and never doubled."""

from __future__ import annotations

import os
import re
import signal
from datetime import date
from importlib import import_module

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction

from linli.base.areas import WHOLE
from linli.gateways import bank
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.files.queries import content_of, files_of
from linli.kernel.jobs.samples import work_off
from linli.kernel.ledgers import actions, queries
from linli.kernel.ledgers.models import Batch, BatchLine, BatchWork, Posting, ReturnFile
from linli.kernel.ledgers.rules import Channel
from linli.kernel.ledgers.samples import make_desk, make_fund, make_locked_batch, make_orders, make_payees
from linli.kernel.ledgers.tests.test_faults import faults
from linli.kernel.ledgers.tests.test_pages import make_batch, press, send, signed_in, text
from linli.kernel.ledgers.tests.test_payments import LAYOUT, answer
from linli.kernel.registry.tests.test_killed_import import start_worker, wait_until

DAY = date(2010, 12, 20)
MAKING = {"number": "P1", "item": "情暖万家", "channel": Channel.BANK, "layout": "bar_utf8"}


@pytest.fixture
def large(monkeypatch):
    """Two payments count as many."""
    for module in ("batches", "steps"):
        monkeypatch.setattr(import_module(f"linli.kernel.ledgers.views.{module}"), "LARGE", 2)


def state_of(desk, work):
    with scoped(desk.maker):
        found = queries.work_of(work.pk)
        return found.state, found.message


def test_two_people_take_a_large_batch_through_its_pages(desk, orders, large):
    maker, checker = signed_in("caijing"), signed_in("fuhe")
    chosen = "&".join(f"ids={order.pk}" for order in orders)
    words = {"number": "P1", "item": "情暖万家", "channel": "bank", "layout": "bar_utf8"}
    page = text(send(maker, f"/ledgers/orders/batch/?{chosen}", **words))
    assert "可以离开本页" in page
    work = re.search(r"/ledgers/works/\d+/", page)[0]
    assert "HX-Refresh" not in maker.get(f"{work}progress/")
    assert work_off() == 1
    assert maker.get(f"{work}progress/")["HX-Refresh"] == "true"
    made = int(re.search(r"/ledgers/batches/(\d+)/", text(maker.get(work)))[1])
    send(checker, f"/ledgers/batches/{made}/check/", count="3", amount="1,500")
    press(checker, made, "lock")
    assert "可以离开本页" in text(press(maker, made, "file"))
    assert work_off() == 1
    file = press(maker, made, "file")
    assert bank.read_batch(LAYOUT, file.content).count == 3
    content = answer(bank.BankFile("x", file.content), 2)
    sent = send(maker, f"/ledgers/batches/{made}/return/", file=SimpleUploadedFile("r.txt", content))
    assert "可以离开本页" in text(sent)
    assert work_off() == 1
    assert "本次入账 2 笔，退票 1 笔" in text(maker.get(sent.redirect_chain[-1][0]))
    with scoped(desk.maker):
        kept = files_of("ledgers.return", ReturnFile.objects.get().pk).get()
        assert content_of(kept) == content
        assert content_of(files_of("ledgers.batch", made).get()) == file.content


def test_a_small_batch_is_done_at_once(desk, orders):
    made = make_batch(signed_in("caijing"), orders)
    with scoped(desk.maker):
        assert Batch.objects.get().pk == made and not BatchWork.objects.exists()


def test_a_step_that_is_ordered_twice_waits_once(desk, orders):
    batch = make_locked_batch(desk, orders)
    actions.order_sending(by=desk.maker, on=DAY, batch=batch)
    with pytest.raises(Refused, match="正在后台办理"):
        actions.order_sending(by=desk.maker, on=DAY, batch=batch)


def test_a_step_that_cannot_be_done_says_why_and_changes_nothing(desk, orders):
    batch = make_locked_batch(desk, orders)
    file = actions.send_batch(by=desk.maker, on=DAY, batch=batch)
    content = answer(file, amounts={1: 1})
    work = actions.order_settling(by=desk.maker, on=DAY, batch=batch, name="r.txt", content=content)
    work_off()
    state, message = state_of(desk, work)
    assert state == "failed" and "没有入账" in message
    with scoped(desk.maker):
        assert not ReturnFile.objects.exists() and not Posting.objects.filter(kind="pay").exists()


def test_a_step_that_runs_again_does_nothing_again(desk, orders):
    work = actions.order_making(by=desk.maker, on=DAY, orders=[order.pk for order in orders], **MAKING)
    for _ in range(2):
        actions.do_work(by=desk.maker, on=DAY, work_id=work.pk)
    with scoped(desk.maker):
        assert (Batch.objects.count(), BatchLine.objects.count()) == (1, 3)


def test_a_town_does_not_see_the_districts_work(desk, orders):
    make_desk("370404100000")
    work = actions.order_making(by=desk.maker, on=DAY, orders=[order.pk for order in orders], **MAKING)
    client = signed_in("caijing100")
    for page in ("", "progress/"):
        assert client.get(f"/ledgers/works/{work.pk}/{page}").status_code in (403, 404)


def step_of(work):
    with connections["owner"].cursor() as cursor:
        cursor.execute("select step from ledgers_workprogress where work_id = %s", [work.pk])
        return cursor.fetchone()[0]


def killed_and_followed(database, work, table, step):
    """The step gets as far as this table, its worker is killed, and another one does it."""
    with transaction.atomic("owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"lock table {table} in share mode")
        first = start_worker(database)
        wait_until(lambda: step_of(work) == step)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    with scoped(WHOLE):
        assert queries.work_of(work.pk).state == "waiting"
    second = start_worker(database)
    try:
        wait_until(lambda: _over(work))
    finally:
        second.terminate()
        second.wait()
    with scoped(WHOLE):
        assert queries.work_of(work.pk).state == "done", queries.work_of(work.pk).message


def _over(work):
    with scoped(WHOLE):
        return queries.work_of(work.pk).state != "waiting"


@pytest.mark.nightly
def test_a_worker_killed_in_each_step_is_followed_and_nothing_is_doubled(fresh_database, django_db_blocker):
    with django_db_blocker.unblock():
        desk = make_desk()
        orders = make_orders(desk, make_fund(desk.maker, amount=10_000_00), make_payees(3))
        making = actions.order_making(by=desk.maker, on=DAY, orders=[order.pk for order in orders], **MAKING)
        killed_and_followed(fresh_database, making, "ledgers_batchline", "生成批次")
        with scoped(WHOLE):
            batch = Batch.objects.get()
            assert BatchLine.objects.count() == 3
        actions.check_batch(by=desk.checker, on=DAY, batch=batch, count=3, amount=1_500_00)
        actions.lock_batch(by=desk.checker, on=DAY, batch=batch)
        sending = actions.order_sending(by=desk.maker, on=DAY, batch=batch)
        killed_and_followed(fresh_database, sending, "files_storedfile", "生成银行文件")
        with scoped(desk.maker):
            batch.refresh_from_db()
        file = actions.send_batch(by=desk.maker, on=DAY, batch=batch)
        settling = actions.order_settling(by=desk.maker, on=DAY, batch=batch, name="r.txt", content=answer(file, 2))
        killed_and_followed(fresh_database, settling, "ledgers_line", "入账")
        with scoped(WHOLE):
            assert BatchLine.objects.filter(result="paid").count() == 2
            assert Posting.objects.filter(kind="pay").count() == 1 and ReturnFile.objects.count() == 1
        assert faults() == []
        connections.close_all()
