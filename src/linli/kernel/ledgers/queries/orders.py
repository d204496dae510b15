"""Payment orders and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from linli.kernel.access.rules import Forbidden
from linli.kernel.ledgers.models import Batch, BatchLine, Card, Line, PaymentOrder, Recovery
from linli.kernel.ledgers.rules import AccountKind, LineResult, OrderState, PostingKind


@dataclass(frozen=True, slots=True)
class PayerRow:
    """What one fund pays of some orders."""

    fund: int
    name: str
    book: str
    count: int
    amount: int


def orders(
    *, words: str = "", state: str = "", purpose: str = "", source: str = "", person: int | None = None, area: str = "",
    sent_back: str = "",
) -> QuerySet[Any]:  # fmt: skip
    """The orders of the present scope, newest first, each with ``state`` (see OrderState). ``sent_back``: whether the bank sent
    one back before ("yes", "no").
    """
    found = with_state(PaymentOrder.objects.select_related("purpose").order_by("-id"))
    exact = {"state": state, "purpose_id": purpose, "source": source, "person_id": person, "area": area}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if sent_back:
        failed = Exists(BatchLine.objects.filter(order=OuterRef("pk"), result=LineResult.FAILED.value))
        found = found.filter(failed if sent_back == "yes" else ~failed)
    return found.filter(Q(payee=words) | Q(source=words)) if words else found


def with_state(found: QuerySet[Any]) -> QuerySet[Any]:
    """The orders with ``state`` and ``owed``: the database's twin of rules.order_state."""
    last = BatchLine.objects.filter(order=OuterRef("pk")).exclude(result="discarded").order_by("-id")
    owed = (
        Line.objects.filter(order=OuterRef("pk"), account__kind=AccountKind.RECEIVABLE.value)
        .order_by().values("order").annotate(total=Sum("amount")).values("total")
    )  # fmt: skip
    found = found.annotate(
        last_result=Subquery(last.values("result")[:1]),
        last_mended=Subquery(last.values("mended_on")[:1]),
        last_batch=Subquery(last.values("batch__state")[:1]),
        owed=Case(
            When(Exists(Recovery.objects.filter(order=OuterRef("pk"))), then=Coalesce(Subquery(owed), Value(0))),
            default=None, output_field=BigIntegerField(null=True),
        ),
    )  # fmt: skip
    whole = Exists(Recovery.objects.filter(order=OuterRef("pk"), partly=False))
    written = Exists(Line.objects.filter(order=OuterRef("pk"), posting__kind=PostingKind.WRITE_OFF.value))
    state = Case(
        When(owed__gt=0, then=Value(OrderState.RECOVERING.value)),
        When(Q(whole, written, owed=0), then=Value(OrderState.WRITTEN_OFF.value)),
        When(Q(whole, owed=0), then=Value(OrderState.RECOVERED.value)),
        When(cancelled_on__isnull=False, then=Value(OrderState.CANCELLED.value)),
        When(Exists(Card.objects.filter(order=OuterRef("pk"))), then=Value(OrderState.CARD.value)),
        When(last_result="paid", then=Value(OrderState.PAID.value)),
        When(Q(last_result="failed", last_mended=None), then=Value(OrderState.FAILED.value)),
        When(Q(last_result="", last_batch="sent"), then=Value(OrderState.SENT.value)),
        When(last_result="", then=Value(OrderState.BATCHED.value)),
        default=Value(OrderState.READY.value), output_field=CharField(),
    )  # fmt: skip
    stated: QuerySet[Any] = found.annotate(state=state)
    return stated


def orders_to_people() -> QuerySet[PaymentOrder]:
    """Payment orders of aid to people that stand: neither cancelled nor taken back as a whole."""
    found = PaymentOrder.objects.filter(person__isnull=False, cancelled_on=None)
    return found.exclude(Exists(Recovery.objects.filter(order=OuterRef("pk"), partly=False)))


def order_by_source(source: str) -> PaymentOrder | None:
    """The order of a piece of work, with its state; None when there is none in the present scope."""
    order: PaymentOrder | None = with_state(PaymentOrder.objects.filter(source=source)).first()
    return order


def order_of(order_id: int) -> PaymentOrder:
    """The order with this id, with its state. :raises Forbidden: it is not in the present scope."""
    order: PaymentOrder | None = with_state(PaymentOrder.objects.select_related("purpose", "account")).filter(pk=order_id).first()
    if order is None:
        raise Forbidden("没有这张付款单，或它不在本辖区内。")
    return order


def shares_of(order: PaymentOrder, kind: AccountKind) -> dict[int, int]:
    """What stands in the books for this order, by fund: still promised (PAYABLE) or to be taken back (RECEIVABLE)."""
    lines = Line.objects.filter(order=order, account__kind=kind.value).values_list("fund").annotate(total=Sum("amount"))
    return {fund: total * kind.side for fund, total in lines.order_by("fund") if total}


def paid_by(found: QuerySet[Any]) -> list[PayerRow]:
    """By whom these orders are paid (区 30 万 + 镇 20 万): what each fund promised, cancelled orders left out."""
    lines = Line.objects.filter(
        order__in=found.filter(cancelled_on=None).order_by().values("pk"), account__kind=AccountKind.SPEND.value
    )
    rows = lines.values("fund", name=F("fund__name"), book=F("fund__book")).annotate(total=Sum("amount"))
    counted = {row["fund"]: row for row in rows}
    return [
        PayerRow(fund, row["name"], row["book"], lines.filter(fund=fund).values("order").distinct().count(), row["total"])
        for fund, row in sorted(counted.items(), key=lambda item: (item[1]["book"], item[0]))
        if row["total"]
    ]


def mend_list() -> QuerySet[BatchLine]:
    """Failed lines whose account waits to be put right, oldest first, each with ``batch_number``.

    The community nearest to the payee mends them, too. It does not see the district's batch: joined, its lines would be gone.
    """
    found = BatchLine.objects.filter(result="failed", mended_on=None, order__cancelled_on=None)
    number = Batch.objects.filter(pk=OuterRef("batch")).values("number")
    return found.select_related("order", "account").annotate(batch_number=Subquery(number)).order_by("id")


def mended_orders() -> QuerySet[PaymentOrder]:
    """Orders that the bank sent back, whose account was put right, and that stand in no batch since."""
    lines = BatchLine.objects.filter(order=OuterRef("pk"))
    mended = BatchLine.objects.filter(result=LineResult.FAILED.value, mended_on__isnull=False).values("order")
    living = lines.filter(result__in=[LineResult.OPEN.value, LineResult.PAID.value])
    waiting = lines.filter(result=LineResult.FAILED.value, mended_on=None)
    return PaymentOrder.objects.filter(~Exists(living), ~Exists(waiting), pk__in=mended, cancelled_on=None)


def sent_back_orders() -> QuerySet[PaymentOrder]:
    """Orders that the bank sent back and that are not paid since, wherever the mend or the new batch stands."""
    lines = BatchLine.objects.filter(order=OuterRef("pk"))
    failed, paid = lines.filter(result=LineResult.FAILED.value), lines.filter(result=LineResult.PAID.value)
    return PaymentOrder.objects.filter(Exists(failed), ~Exists(paid), cancelled_on=None)


def unpaid_orders() -> QuerySet[PaymentOrder]:
    """Orders of which nothing is paid: in no batch, in one that nobody has answered, or sent back."""
    paid = BatchLine.objects.filter(order=OuterRef("pk"), result=LineResult.PAID.value)
    return PaymentOrder.objects.filter(~Exists(paid), ~Exists(Card.objects.filter(order=OuterRef("pk"))), cancelled_on=None)


def unbatched_orders() -> QuerySet[PaymentOrder]:
    """Orders that nobody has put into a batch yet: nothing of them is paid, and the bank sent none of them back."""
    lines = BatchLine.objects.filter(order=OuterRef("pk")).exclude(result=LineResult.DISCARDED.value)
    carded = Card.objects.filter(order=OuterRef("pk"))
    return PaymentOrder.objects.filter(~Exists(lines), ~Exists(carded), cancelled_on=None)

