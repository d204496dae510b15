"""A batch from its making to the archive: made by one, checked by another, locked, sent once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from linli.base.areas import scope_of
from linli.gateways import bank
from linli.kernel.access.actions import Tell, about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.files.actions import store_file
from linli.kernel.files.queries import content_of, files_of
from linli.kernel.files.rules import BANK_FILES
from linli.kernel.ledgers.actions.posting import refusing
from linli.kernel.ledgers.models import Batch, BatchLine, PaymentOrder
from linli.kernel.ledgers.queries.batches import control_totals, payments_of
from linli.kernel.ledgers.queries.orders import with_state
from linli.kernel.ledgers.rules import BatchState, Channel, LineResult, OrderState, wrong_totals

LINES = """
    insert into ledgers_batchline (batch_id, order_id, sequence, amount, account_id, area, result, code, reason, proof)
    select %s, o.id, row_number() over (order by o.area, o.id), o.amount, o.account_id, o.area, '', '', '', ''
      from ledgers_paymentorder o where o.id = any (%s)
"""
BATCH_FILE, LARGEST_FILE = "ledgers.batch", 64 * 1024 * 1024
"""Whose the kept bank files are, and the bytes that one may have: about 400,000 lines."""
SPEECH = {BatchState.MADE: "复核", BatchState.CHECKED: "锁定", BatchState.LOCKED: "送银行", BatchState.SENT: "对账"}


@action("ledgers.batch")
def make_batch(
    *, by: Actor, on: date, number: str, item: str, orders: QuerySet[PaymentOrder] | Iterable[int],
    channel: Channel = Channel.BANK, layout: str = "bar_utf8",
) -> Batch:  # fmt: skip
    """A batch of all those of the ``orders`` that are ready to be paid by this channel (补发 is the same act).

    :raises Refused: the number is taken, the layout unknown, or nothing is ready.
    """
    if Batch.objects.filter(number=number).exists():
        raise Refused(f"批次号“{number}”已被使用，请换一个。", field="number")
    if channel is Channel.BANK and layout not in bank.layouts():
        raise Refused("没有这种银行文件格式，请重新选择。", field="layout")
    chosen = _ready(orders, channel)
    if not chosen:
        raise Refused("没有可以发放的付款单：或已在其他批次，或账户尚待更正，或发放方式不符。")
    with refusing():
        batch = Batch.objects.create(
        number=number, item=item, channel=channel.value, layout=layout if channel is Channel.BANK else "",
        count=len(chosen), amount=sum(amount for _, amount in chosen), made_on=on, made_by_id=by.staff_id or None,
        area=by.area,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(LINES, [batch.pk, [pk for pk, _ in chosen]])
        if cursor.rowcount != batch.count:
            raise Stale()
    about("ledgers.batch", batch.pk, area=batch.area, count=batch.count, amount=batch.amount)
    return batch


def _ready(orders: QuerySet[PaymentOrder] | Iterable[int], channel: Channel) -> list[tuple[int, int]]:
    """Id and amount of the orders that can be paid, locked, so that nobody cancels or batches them meanwhile."""
    wanted: Any = orders.order_by().values("pk") if isinstance(orders, QuerySet) else list(orders)
    fits = {
        Channel.BANK: Q(account__isnull=False), Channel.CASH: Q(account=None, organisation=None),
        Channel.TRANSFER: Q(organisation__isnull=False),
    }  # fmt: skip
    by_channel = PaymentOrder.objects.filter(fits[channel], pk__in=wanted)
    ids = list(by_channel.order_by("pk").select_for_update().values_list("pk", flat=True))
    ready = with_state(PaymentOrder.objects.filter(pk__in=ids)).filter(state=OrderState.READY.value)
    return list(ready.values_list("pk", "amount"))


@action("ledgers.check_batch")
def check_batch(*, by: Actor, on: date, batch: Batch, count: int, amount: int) -> Batch:
    """A second person has checked the batch against the approved list and states its totals.

    :raises Refused: it is the maker, an approver of its orders, or the totals stated are not the batch's.
    """
    by.apart_from(batch.made_by_id, said="批次须由另一人复核，不能复核本人生成的批次。")
    if BatchLine.objects.filter(batch=batch, order__made_by=by.staff_id).exists():
        raise Refused("批次中有本人审批的付款，须由其他人复核。")
    if (count, amount) != (batch.count, batch.amount):
        said, field = wrong_totals(f"批次 {batch.number} 的名单", "笔数", (count, amount), (batch.count, batch.amount))
        raise Refused(said, field=field)
    _demand_agreement(batch)
    return _step(by, batch, BatchState.MADE, BatchState.CHECKED, checked_on=on, checked_by_id=by.staff_id or None)


@action("ledgers.check_batch")
def lock_batch(*, by: Actor, on: date, batch: Batch) -> Batch:
    """The checked batch is closed: from here it is sent, or discarded as a whole."""
    return _step(by, batch, BatchState.CHECKED, BatchState.LOCKED, locked_on=on)


@action("ledgers.batch")
def discard_batch(*, by: Actor, on: date, batch: Batch, reason: str) -> Batch:
    """A batch that was not sent is given up; its orders are ready again.

    :raises Refused: it was sent, or (by hand) somebody has signed already.
    """
    if not reason.strip():
        raise Refused("请填写作废原因。", field="reason")
    Batch.objects.select_for_update().get(pk=batch.pk)  # who signs at this moment is waited for, and then seen
    if BatchLine.objects.filter(batch=batch).exclude(result=LineResult.OPEN.value).exists():
        raise Refused("批次中已有发放结果，不能作废。")
    early = [BatchState.MADE.value, BatchState.CHECKED.value, BatchState.LOCKED.value]
    changed = Batch.objects.filter(pk=batch.pk, state__in=early).update(state=BatchState.DISCARDED.value, note=reason[:200])
    if not changed:
        raise Stale("这个批次已经送银行或已作废，不能作废。")
    BatchLine.objects.filter(batch=batch, result=LineResult.OPEN.value).update(result=LineResult.DISCARDED.value)
    about("ledgers.batch", batch.pk, area=batch.area, state=BatchState.DISCARDED.value)
    batch.refresh_from_db()
    return batch


@action("ledgers.batch")
def send_batch(*, by: Actor, on: date, batch: Batch, tell: Tell | None = None) -> bank.BankFile:
    """The file for the bank. The first call marks the batch as sent and keeps the file; a further one gives that file again.

    :raises Refused: the batch is not locked, the checker asks, or the layout cannot hold it.
    """
    if batch.checked_by_id is not None and batch.checked_by_id == by.staff_id:
        raise Refused("送银行须由复核人以外的人办理。")
    if batch.channel != Channel.BANK.value:
        raise Refused("现金发放的批次不送银行，请打印签领表。")
    if batch.state not in (BatchState.LOCKED.value, BatchState.SENT.value):
        raise Refused(f"批次{BatchState(batch.state).zh}，锁定后才能送银行。")
    if (kept := files_of(BATCH_FILE, batch.pk).last()) is not None:
        about("ledgers.batch", batch.pk, area=batch.area, purpose="送银行代发", file=batch.file_digest[:16], rows=batch.count)
        return bank.BankFile(batch.file_name, content_of(kept))
    layout = bank.layouts()[batch.layout]
    full = bank.Batch(batch.number, batch.locked_on or on, batch.item, tuple(_told(payments_of(batch), batch.count, tell)))
    try:
        content = bank.write_batch(layout, full)
        written = bank.read_batch(layout, content)
    except bank.BadFile as fault:
        raise Refused(str(fault)) from fault
    file = bank.BankFile(f"{batch.number}.{layout.extension}", content)
    digest = hashlib.sha256(content).hexdigest() if layout.kind != "xlsx" else _digest_of(written)
    if (written.count, written.total) != (batch.count, batch.amount):
        raise Refused("银行文件的笔数或金额与批次不一致，未送出。请联系系统管理员核对。")
    if batch.file_digest and batch.file_digest != digest:
        raise Refused("收款账户在送出后有变动，不能再次生成同一文件。请使用已送出的文件。")
    if not batch.file_digest:
        _step(
            by, batch, BatchState.LOCKED, BatchState.SENT, sent_on=on, sent_by_id=by.staff_id or None,
            file_name=file.name, file_digest=digest, file_count=written.count, file_amount=written.total,
        )  # fmt: skip
        store_file(
            by=by, on=on, name=file.name, content=content, need="ledgers.batch", owner_kind=BATCH_FILE, owner_id=batch.pk,
            area=batch.area, allowed=BANK_FILES, limit=LARGEST_FILE,
        )  # fmt: skip
    about("ledgers.batch", batch.pk, area=batch.area, purpose="送银行代发", file=digest[:16], rows=batch.count)
    return file


@action("ledgers.batch")
def reconcile_batch(*, by: Actor, on: date, batch: Batch) -> Batch:
    """Every line is answered and the four totals agree: the batch is settled (对账).

    :raises Refused: lines wait for their answer, or totals differ.
    """
    waiting = BatchLine.objects.filter(batch=batch, result=LineResult.OPEN.value).count()
    if waiting:
        raise Refused(f"还有 {waiting} 笔没有回盘，不能对账。")
    _demand_agreement(batch)
    before = BatchState.SENT if batch.channel == Channel.BANK.value else BatchState.LOCKED
    return _step(by, batch, before, BatchState.RECONCILED, reconciled_on=on)


@action("ledgers.batch")
def archive_batch(*, by: Actor, on: date, batch: Batch) -> Batch:
    """The reconciled batch goes to the archive."""
    return _step(by, batch, BatchState.RECONCILED, BatchState.ARCHIVED, archived_on=on)


def _told(payments: Iterable[bank.Payment], total: int, tell: Tell | None) -> Iterator[bank.Payment]:
    for number, payment in enumerate(payments, 1):
        if tell and number % 500 == 0:
            tell("写银行文件", number, total)
        yield payment


def _step(by: Actor, batch: Batch, before: BatchState, after: BatchState, **values: Any) -> Batch:
    if not scope_of(by.area).contains(batch.area):
        raise Refused("没有这个批次，或它不在本辖区的账簿内。")
    changed = Batch.objects.filter(pk=batch.pk, state=before.value).update(state=after.value, **values)
    batch.refresh_from_db()
    if not changed:
        raise Stale(f"批次现在是“{BatchState(batch.state).zh}”，不能{SPEECH.get(before, '归档')}。请刷新后再看。")
    about("ledgers.batch", batch.pk, area=batch.area, state=after.value)
    return batch


def _demand_agreement(batch: Batch) -> None:
    if faults := control_totals(batch).faults():
        raise Refused(f"批次的控制总数不一致：{'；'.join(faults)}。请联系系统管理员核对。")


def _digest_of(written: bank.Batch) -> str:
    """Of what stands in a workbook; its bytes carry the time of writing."""
    return hashlib.sha256(repr(written).encode()).hexdigest()
