"""Ordering a step of a large batch, and doing it in the background."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from linli.kernel.access.actions import Tell, about, action, defer, telling
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.files.actions import store_file
from linli.kernel.files.queries import content_of, files_of
from linli.kernel.files.rules import BANK_FILES
from linli.kernel.ledgers.actions.batches import LARGEST_FILE, make_batch, send_batch
from linli.kernel.ledgers.actions.posting import refusing
from linli.kernel.ledgers.actions.settling import settle_return
from linli.kernel.ledgers.models import Batch, BatchWork, WorkProgress
from linli.kernel.ledgers.rules import Channel, WorkKind, WorkState

OWNER = "ledgers.work"
PROGRESS = "update ledgers_workprogress set step = %s, done = %s, total = %s where work_id = %s"


@action("ledgers.batch")
def order_making(
    *, by: Actor, on: date, number: str, item: str, orders: Sequence[int], channel: Channel, layout: str
) -> BatchWork:
    """A batch of these orders, made in the background."""
    if not orders:
        raise Refused("没有选中付款单，请返回清单勾选。")
    words = {"number": number, "item": item, "channel": channel.value, "layout": layout}
    return _order(by, on, WorkKind.MAKE, None, orders=list(orders), words=words)


@action("ledgers.batch")
def order_sending(*, by: Actor, on: date, batch: Batch) -> BatchWork:
    """The bank's file of this batch, made and kept in the background.

    :raises Refused: the same step is under way.
    """
    return _order(by, on, WorkKind.SEND, batch)


@action("ledgers.settle")
def order_settling(*, by: Actor, on: date, batch: Batch, name: str, content: bytes) -> BatchWork:
    """A return file, kept at once and booked in the background.

    :raises Refused: the same step is under way, or it is no file of the bank.
    """
    work = _order(by, on, WorkKind.SETTLE, batch, words={"name": name[:120]})
    stored = f"{work.pk}.{batch.file_name.rpartition('.')[2]}"
    store_file(
        by=by, on=on, name=stored, content=content, need="ledgers.settle", owner_kind=OWNER, owner_id=work.pk,
        area=batch.area, allowed=BANK_FILES, limit=LARGEST_FILE,
    )  # fmt: skip
    return work


def _order(by: Actor, on: date, kind: WorkKind, batch: Batch | None, **words: Any) -> BatchWork:
    with refusing():
        work = BatchWork.objects.create(kind=kind.value, batch=batch, by_id=by.staff_id, on=on, area=by.area, **words)
    WorkProgress.objects.create(work=work, area=by.area)
    defer("ledgers.work", by=by, on=on, lock=f"batch work {work.pk}", work_id=work.pk)
    about("ledgers.work", work.pk, area=work.area, step=kind.value)
    return work


@action("ledgers.work")
def do_work(*, by: Actor, on: date, work_id: int) -> BatchWork:
    """Do the step, with its end, in one transaction: a worker that dies leaves nothing, and the next one begins again."""
    work = BatchWork.objects.select_for_update().get(pk=work_id)
    if work.state != WorkState.WAITING:
        return work
    with telling(PROGRESS, work.pk, work.area) as tell:
        work.batch, work.message = _step(by, on, work, tell)
    work.state = WorkState.DONE
    work.save(update_fields=["state", "batch", "message"])
    about("ledgers.work", work.pk, area=work.area, batch=work.batch_id)
    return work


def _step(by: Actor, on: date, work: BatchWork, tell: Tell) -> tuple[Batch, str]:
    kind = WorkKind(work.kind)
    tell(kind.zh, 0, work.batch.count if work.batch else len(work.orders))
    if kind is WorkKind.MAKE:
        words = work.words | {"channel": Channel(work.words["channel"])}
        made = make_batch(by=by, on=on, orders=work.orders, **words)
        return made, f"已生成批次，共 {made.count} 笔，请另一人复核。"
    assert work.batch is not None
    if kind is WorkKind.SEND:
        file = send_batch(by=by, on=on, batch=work.batch, tell=tell)
        return work.batch, f"银行文件 {file.name} 已生成并留存，可在批次页下载。"
    content = content_of(files_of(OWNER, work.pk).get())
    settled = settle_return(by=by, on=on, batch=work.batch, name=work.words["name"], content=content, tell=tell)
    if not settled.paid and not settled.failed:
        return work.batch, "这个文件的内容以前已经入账，本次没有改变任何记录。"
    return work.batch, f"本次入账 {settled.paid} 笔，退票 {settled.failed} 笔。"


@action("ledgers.work")
def fail_work(*, by: Actor, on: date, work_id: int, why: str) -> None:
    """The step did not succeed, and changed nothing: keep the reason for the user."""
    waiting = BatchWork.objects.filter(pk=work_id, state=WorkState.WAITING)
    waiting.update(state=WorkState.FAILED, message=why[:400])
    about("ledgers.work", work_id)
