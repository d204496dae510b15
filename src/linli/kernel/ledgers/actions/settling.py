"""What came of the payments: the bank's return file, the signature for cash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection

from linli.base.money import show_yuan
from linli.gateways import bank
from linli.kernel.access.actions import Tell, about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.files.actions import store_file
from linli.kernel.files.rules import BANK_FILES
from linli.kernel.ledgers.actions.batches import LARGEST_FILE
from linli.kernel.ledgers.actions.posting import refusing
from linli.kernel.ledgers.models import Batch, BatchLine, Posting, ReturnFile
from linli.kernel.ledgers.queries.batches import reference_of
from linli.kernel.ledgers.queries.books import account_of
from linli.kernel.ledgers.rules import PAYABLE, BatchState, Channel, LineResult, PostingKind

MARK = """
    update ledgers_batchline l
       set result = r.result, code = r.code, reason = r.reason, settled_on = %s, returned_id = %s, proof = r.proof
      from unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[]) as r(line, result, code, reason, proof)
     where l.id = r.line and l.result = ''
"""
BOOKS = """
    select f.book, f.area, count(distinct l.order_id)
      from ledgers_line l join ledgers_account a on a.id = l.account_id and a.kind = 'payable'
      join ledgers_fund f on f.id = l.fund_id
     where l.order_id = any (%s) group by f.book, f.area order by f.book
"""
PAY = """
    with owed as (
        select l.order_id, l.fund_id, l.account_id, f.book, f.area, -sum(l.amount) as amount,
               case when %s then f.account_id end as held
          from ledgers_line l join ledgers_account a on a.id = l.account_id and a.kind = 'payable'
          join ledgers_fund f on f.id = l.fund_id
         where l.order_id = any (%s)
         group by l.order_id, l.fund_id, l.account_id, f.book, f.area, f.account_id having sum(l.amount) < 0)
    insert into ledgers_line (posting_id, account_id, fund_id, unit, amount, purpose, order_id, party, area)
    select p.posting, o.account_id, o.fund_id, 'fen', o.amount, '', o.order_id, '', o.area
      from owed o join unnest(%s::text[], %s::bigint[], %s::bigint[]) as p(book, posting, cash) on p.book = o.book
    union all
    select p.posting, coalesce(o.held, p.cash), o.fund_id, 'fen', -sum(o.amount), '', null, '', o.area
      from owed o join unnest(%s::text[], %s::bigint[], %s::bigint[]) as p(book, posting, cash) on p.book = o.book
     group by p.posting, coalesce(o.held, p.cash), o.fund_id, o.area
"""
FEW = 5
RETURN_FILE = "ledgers.return"
NO_BANK_FILE = (b"\x89PNG", b"\xff\xd8\xff", b"%PDF-")
FIELDS = ("pk", "order_id", "sequence", "amount", "result")


class Waiting(NamedTuple):
    """What is needed of a line to settle it; batches are long."""

    pk: int
    order_id: int
    sequence: int
    amount: int
    result: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What a return file did: lines paid and failed by it now, and lines that it repeats."""

    file: ReturnFile
    paid: int
    failed: int
    repeated: int


@action("ledgers.settle")
def settle_return(
    *, by: Actor, on: date, batch: Batch, name: str, content: bytes, tell: Tell | None = None
) -> Settled:
    """Book the bank's answers, all lines of the file or none. The same file again changes nothing.

    A file may answer a part of the batch; the others go on waiting.

    :raises Refused: the file is faulty or cut, is of another batch or day, names unknown lines, other amounts or accounts, or
        contradicts an answer that was booked.
    """
    digest = hashlib.sha256(content).hexdigest()
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    before = ReturnFile.objects.filter(batch=batch, digest=digest).first()
    if before is not None:
        about("ledgers.batch", batch.pk, area=batch.area, again=digest[:16])
        return Settled(before, 0, 0, before.count)
    if batch.channel != Channel.BANK.value or batch.state not in (BatchState.SENT.value, BatchState.RECONCILED.value):
        raise Refused("这个批次没有送银行，不能读入回盘文件。请核对批次。")
    try:
        returned = bank.read_return(bank.layouts()[batch.layout], content)
    except bank.BadFile as fault:
        raise Refused(f"回盘文件有误，没有入账：{_other_layout(batch, content) or fault}", field="file") from fault
    if tell:
        tell("核对明细", 0, len(returned.results))
    lines = _matched(on, batch, returned)
    fresh = [(line, result) for line, result in lines if line.result == LineResult.OPEN.value]
    paid = [line for line, result in fresh if result.paid]
    file = ReturnFile.objects.create(
        batch=batch, name=name[:120], digest=digest, count=len(lines), amount=returned.total, paid_count=len(returned.paid),
        paid_amount=returned.paid_total, settled=len(fresh), read_on=on, read_by_id=by.staff_id or None, area=batch.area,
    )  # fmt: skip
    store_file(
        by=by, on=on, name=f"{batch.number}-回盘{file.pk}.{batch.file_name.rpartition('.')[2]}", content=content,
        need="ledgers.see", owner_kind=RETURN_FILE, owner_id=file.pk, area=batch.area, allowed=BANK_FILES, limit=LARGEST_FILE,
    )  # fmt: skip
    if tell:
        tell("入账", 0, len(fresh))
    _mark(on, file, {line.pk: (_result(result), result.code, result.reason, "") for line, result in fresh})
    _pay(by, on, batch, paid, f"return:{batch.pk}:{digest[:32]}", f"{batch.item} 代发 {len(paid)} 笔（{batch.number}）")
    about("ledgers.batch", batch.pk, area=batch.area, file=digest[:16], paid=len(paid), failed=len(fresh) - len(paid))
    return Settled(file, len(paid), len(fresh) - len(paid), len(lines) - len(fresh))


@action("ledgers.settle")
def settle_by_hand(*, by: Actor, on: date, batch: Batch, proofs: Mapping[int, str]) -> int:
    """Cash was handed over, or money transferred to units: ``proofs`` is line id → where the signature is (签领表第 3 页)
    or the number of the transfer voucher. How many were settled now.

    :raises Refused: the batch is not a locked batch done by hand, a line is not its own, or a signature is missing.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    channel = Channel(batch.channel)
    if not channel.by_hand or batch.state != BatchState.LOCKED.value:
        raise Refused("只有已锁定的现金发放或对公转账批次可以登记签领。")
    rows = BatchLine.objects.filter(batch=batch, pk__in=list(proofs)).values_list(*FIELDS)
    lines = {line.pk: line for line in (Waiting(*row) for row in rows)}
    if len(lines) != len(proofs):
        raise Refused("有的明细不在这个批次中，请刷新后重试。")
    if any(not proof.strip() for proof in proofs.values()):
        raise Refused(f"{channel.zh}须有{'转账' if channel is Channel.TRANSFER else '领款人签收'}凭据，请填写。", field="proof")
    fresh = [line for line in lines.values() if line.result == LineResult.OPEN.value]
    _mark(on, None, {line.pk: (LineResult.PAID.value, "", "", proofs[line.pk][:120]) for line in fresh})
    key = min((line.pk for line in fresh), default=0)
    _pay(by, on, batch, fresh, f"cash:{batch.pk}:{key}", f"{batch.item} {channel.zh} {len(fresh)} 笔（{batch.number}）")
    about("ledgers.batch", batch.pk, area=batch.area, paid=len(fresh))
    return len(fresh)


def _other_layout(batch: Batch, content: bytes) -> str:
    """That the file is a good one of another bank or batch, the one that went out, or none of a bank: said instead of the first
    place where it does not fit."""
    own = bank.layouts()[batch.layout]
    if content.startswith(NO_BANK_FILE):
        return "这是图片或PDF，不是银行的数据文件。请选择银行返回的那个文件。"
    with suppress(bank.BadFile):
        sent = bank.read_batch(own, content)
        return f"这是送给银行的付款文件（批次“{sent.number}”），不是银行返回的结果。请选择银行返回的那个文件。"
    for layout in bank.layouts().values():
        with suppress(bank.BadFile):
            if layout.key != own.key:
                told = bank.read_return(layout, content)
                whose = f"批次“{told.batch}”的" if told.batch else ""
                return f"这是{whose}“{layout.title}”格式的文件，本批次“{batch.number}”用的是“{own.title}”。"
    return ""


def _matched(on: date, batch: Batch, returned: bank.Return) -> list[tuple[Waiting, bank.Result]]:
    """Each answer with its line of the batch.

    :raises Refused: the file is of another batch or day; or naming every answer that fits no line.
    """
    if returned.batch is not None and returned.batch != batch.number:
        raise Refused(f"回盘文件是批次“{returned.batch}”的，不是“{batch.number}”的，没有入账。请核对文件。", field="file")
    if returned.day is not None and not batch.made_on <= returned.day <= on:
        said = f"回盘文件的日期是 {returned.day}，这个批次 {batch.made_on} 才生成，今天是 {on}"
        raise Refused(f"{said}，没有入账。请核对是不是另一次的回盘文件，或向银行核实。", field="file")
    lines = [Waiting(*row) for row in BatchLine.objects.filter(batch=batch).values_list(*FIELDS)]
    by_reference = {reference_of(line.pk): line for line in lines}
    by_sequence = {line.sequence: line for line in lines}
    matched, faults = [], []
    for result in returned.results:
        line = by_reference.get(result.reference) if result.reference else by_sequence.get(result.sequence or 0)
        if fault := _fault(line, result):
            faults.append(f"第 {result.line} 行{fault}")
        elif line is not None:
            matched.append((line, result))
    if faults:
        more = f"等 {len(faults)} 处" if len(faults) > FEW else ""
        raise Refused(f"回盘文件与批次不符，没有入账：{'；'.join(faults[:FEW])}{more}。请向银行核实。", field="file")
    return matched


def _fault(line: Waiting | None, result: bank.Result) -> str:
    if line is None:
        return f"的付款编号“{result.reference or result.sequence}”不在这个批次中"
    if result.sequence is not None and result.sequence != line.sequence:
        return f"的序号是 {result.sequence}，批次中是 {line.sequence}"
    if result.amount != line.amount:
        return f"的金额是 {show_yuan(result.amount)} 元，批次中是 {show_yuan(line.amount)} 元"
    if line.result != LineResult.OPEN.value and line.result != _result(result):
        return f"与已入账的结果“{LineResult(line.result).zh}”相反"
    return ""


def _result(result: bank.Result) -> str:
    return LineResult.PAID.value if result.paid else LineResult.FAILED.value


def _mark(on: date, file: ReturnFile | None, results: Mapping[int, tuple[str, str, str, str]]) -> None:
    columns = [list(results), *(list(column) for column in zip(*results.values(), strict=True))] if results else []
    if not columns:
        return
    with connection.cursor() as cursor:
        cursor.execute(MARK, [on, file.pk if file else None, *columns])
        if cursor.rowcount != len(results):
            raise Refused("有的明细刚才已由其他人入账，请刷新后重试。")


def _pay(by: Actor, on: date, batch: Batch, paid: Sequence[Waiting], reference: str, memo: str) -> None:
    """应付 against 银行存款 (or 现金), in the books of every organisation that shares in the payments."""
    if not paid:
        return
    ids = [line.order_id for line in paid]
    with refusing(), connection.cursor() as cursor:
        cursor.execute(BOOKS, [ids])
        names, postings, cash = [], [], []
        for book, area, _ in cursor.fetchall():
            posting = Posting.objects.create(
                reference=f"{reference}:{book}", book=book, area=area, kind=PostingKind.PAY.value, day=on, memo=memo[:200],
                source=f"ledgers.batch:{batch.pk}", staff_id=by.staff_id or None,
            )  # fmt: skip
            names.append(book)
            postings.append(posting.pk)
            cash.append(account_of(book, Channel(batch.channel).account).pk)
        cursor.execute(PAY, [batch.channel != Channel.CASH.value, ids, names, postings, cash, names, postings, cash])
        cursor.execute(PAID, [postings])
        booked = cursor.fetchone()[0]
    if booked != sum(line.amount for line in paid):
        raise Refused("这些付款有其他单位承担的部分不在本辖区的账簿内，请由区级办理。")


PAID = (
    """
    select coalesce(sum(l.amount), 0) from ledgers_line l join ledgers_account a on a.id = l.account_id
     where l.posting_id = any (%s) and a.code = '"""
    + PAYABLE
    + "'"
)
