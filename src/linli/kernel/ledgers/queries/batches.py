"""Batches, their lines and totals, and what goes into the bank's file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Concat, Left

from linli.base.masking import mask_account
from linli.gateways.bank import Payment
from linli.gateways.bank import layouts as bank_layouts
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.ledgers.models import Batch, BatchLine, PaymentOrder, ReturnFile
from linli.kernel.ledgers.queries.orders import PayerRow, paid_by
from linli.kernel.ledgers.rules import BatchState, Channel, ControlTotals, LineResult, Totals
from linli.kernel.registry.models import BankAccount
from linli.kernel.registry.queries import accounts_of, clear_account, clear_number, running


def batches(*, state: str = "", channel: str = "", words: str = "") -> QuerySet[Batch]:
    """The batches of the present scope, newest first, with numbers and sums of paid, failed and waiting lines."""
    found = Batch.objects.order_by("-id").annotate(
        paid_count=Count("lines", filter=Q(lines__result="paid")),
        failed_count=Count("lines", filter=Q(lines__result="failed")),
        waiting_count=Count("lines", filter=Q(lines__result="")),
        paid_amount=Coalesce(Sum("lines__amount", filter=Q(lines__result="paid")), 0),
        failed_amount=Coalesce(Sum("lines__amount", filter=Q(lines__result="failed")), 0),
    )
    exact = {"state": state, "channel": channel}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    return found.filter(Q(number__contains=words) | Q(item__contains=words)) if words else found


def batch_of(batch_id: int) -> Batch:
    """The batch with this id. :raises Forbidden: it is not in the present scope."""
    batch = batches().select_related("made_by", "checked_by", "sent_by").filter(pk=batch_id).first()
    if batch is None:
        raise Forbidden("没有这个批次，或它不在本辖区的账簿内。")
    return batch


def states_totals(actor: Actor, batch: Batch) -> bool:
    """Whether this reader is the second person, who states the batch's totals from the list and is therefore not told them."""
    return actor.may("ledgers.check_batch") and batch.made_by_id != actor.staff_id and batch.state == BatchState.MADE


def batch_lines(batch: Batch, *, result: str | None = None, area: str = "", words: str = "") -> QuerySet[BatchLine]:
    """The lines of a batch in the order of its file; ``result`` "" finds those that wait."""
    found = BatchLine.objects.filter(batch=batch).select_related("order", "account").order_by("sequence")
    if result is not None:
        found = found.filter(result=result)
    if area:
        found = found.filter(area=area)
    return found.filter(order__payee__contains=words) if words else found


def line_of(line_id: int) -> BatchLine:
    """The line with this id. :raises Forbidden: it is not in the present scope (its batch need not be, see ``mend_list``)."""
    line = BatchLine.objects.select_related("order", "account").filter(pk=line_id).first()
    if line is None:
        raise Forbidden("没有这笔发放明细，或它不在本辖区内。")
    return line


def returns_of(batch: Batch) -> QuerySet[ReturnFile]:
    """What the bank answered, oldest first."""
    return ReturnFile.objects.filter(batch=batch).select_related("read_by").order_by("id")


def reference_of(line_id: int) -> str:
    """The payment's number for the bank: of this line, so that an old answer never settles a re-issue."""
    return f"L{line_id}"


def payments_of(batch: Batch) -> Iterator[Payment]:
    """The lines as the bank is told them, account numbers in clear. Only for the file that goes to the bank."""
    lines = BatchLine.objects.filter(batch=batch).select_related("order__person", "account").order_by("sequence")
    for line in lines.iterator(chunk_size=5_000):
        assert line.account is not None
        person = line.order.person
        yield Payment(
            reference=reference_of(line.pk), name=line.account.holder, account=clear_account(line.account), amount=line.amount,
            identity=clear_number(person) if person else "", memo=line.order.memo or batch.item,
        )  # fmt: skip


def control_totals(batch: Batch) -> ControlTotals:
    """The four sides: orders, batch, file, answers. The last is known when no line waits."""
    lines = BatchLine.objects.filter(batch=batch)
    ordered = lines.aggregate(count=Count("pk"), amount=Coalesce(Sum("order__amount"), 0))
    answered = lines.filter(result__in=[LineResult.PAID.value, LineResult.FAILED.value])
    told = answered.aggregate(count=Count("pk"), amount=Coalesce(Sum("amount"), 0))
    complete = told["count"] == batch.count
    return ControlTotals(
        orders=Totals(ordered["count"], ordered["amount"]),
        batch=Totals(batch.count, batch.amount),
        file=Totals(batch.file_count or 0, batch.file_amount or 0) if batch.file_digest else None,
        returned=Totals(told["count"], told["amount"]) if complete else None,
    )


def masked_account(of: PaymentOrder | BatchLine) -> str:
    """The bank and the last digits of the account of an order or line; empty for cash."""
    return f"{of.account.bank} {mask_account(clear_account(of.account))}" if of.account else ""


def accounts_of_payee(order: PaymentOrder, on: date) -> list[tuple[BankAccount, str]]:
    """The accounts that the payee has now, the newest first, with their numbers in clear (to be masked)."""
    if order.person is None:
        return []
    held = accounts_of(order.person).filter(running(on))
    return [(account, clear_account(account)) for account in held]


def lines_of_order(order: PaymentOrder) -> QuerySet[BatchLine]:
    """Every attempt to pay an order, oldest first."""
    return BatchLine.objects.filter(order=order).select_related("batch", "account").order_by("id")


def payers_of(batch: Batch) -> list[PayerRow]:
    """By whom a batch is paid."""
    return paid_by(PaymentOrder.objects.filter(batch_lines__batch=batch))


def towns_of(batch: Batch) -> list[dict[str, Any]]:
    """Number and sum of the lines by town (the first nine digits), with what was paid."""
    town = Concat(Left("area", 9), Value("000"))
    rows = BatchLine.objects.filter(batch=batch).annotate(town=town).values("town").annotate(
        count=Count("pk"), total=Sum("amount"), paid=Coalesce(Sum("amount", filter=Q(result="paid")), 0)
    )  # fmt: skip
    return [dict(row) for row in rows.order_by("town")]


def layouts() -> list[tuple[str, str]]:
    """The bank file layouts that can be chosen."""
    return [(key, layout.title) for key, layout in sorted(bank_layouts().items())]


def _channel(orders: Sequence[PaymentOrder]) -> Channel:
    if not orders or any(order.account_id for order in orders):
        return Channel.BANK
    return Channel.TRANSFER if all(order.organisation_id for order in orders) else Channel.CASH


def batch_proposal(orders: Iterable[PaymentOrder], on: date) -> dict[str, str]:
    """What a form for a new batch can fill in itself: the next free number of the day, the purpose, the channel."""
    stem = f"P{on:%Y%m%d}-"
    taken = set(Batch.objects.filter(number__gte=stem, number__lt=stem + "\U0010ffff").values_list("number", flat=True))
    chosen = list(orders)
    items = {order.purpose.name for order in chosen}
    return {
        "number": next(number for n in count(1) if (number := f"{stem}{n:02d}") not in taken),
        "item": items.pop() if len(items) == 1 else "",
        "channel": _channel(chosen).value,
    }
