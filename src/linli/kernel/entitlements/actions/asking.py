"""What was paid too much is asked back at once (立账追缴), and is no longer kept back from later months."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.entitlements.actions.deciding import locked
from linli.kernel.entitlements.models import Entitlement, Issue, Run, RunItem
from linli.kernel.entitlements.queries.months import months_overpaid
from linli.kernel.entitlements.rules import LIVING_RUNS, ItemKind, RunState, month_of
from linli.kernel.ledgers.actions import recover_part
from linli.kernel.ledgers.models import PaymentOrder, Recovery
from linli.kernel.ledgers.queries import with_state
from linli.kernel.ledgers.rules import OrderState


@action("entitlements.ask_back")
def ask_back(*, by: Actor, on: date, entitlement: Entitlement, reason: str) -> Recovery:
    """Everything that was paid too much until this month is asked back as one debt, payment by payment, the newest first.

    The same fen is never kept back as well: what is asked counts as paid no more, so that no later run sees it; and a run that
    is under way must not have kept it back.

    :raises Refused: nothing was paid too much, a run under way keeps it back, or the payments have not reached the family.
    """
    if not reason.strip():
        raise Refused("请填写追缴原因。", field="reason")
    row = locked(entitlement)
    if (run := _keeps_back(row)) is not None:
        raise Refused(f"{run.month:%Y年%-m月}的发放正在办理，已计入抵扣。请在开单或作废以后再立账追缴。")
    over = months_overpaid(row, month_of(on))
    if not over:
        raise Refused("这份待遇没有多发的款项，或已经立账追缴。")
    issues = list(Issue.objects.filter(entitlement=row, amount__gt=0, order__isnull=False).order_by("-for_month", "-id"))
    orders = _payments({one.order_id for one in issues})
    first: Recovery | None = None
    for order in orders:
        parts = _parts(over, [one for one in issues if one.order_id == order.pk], _room(order))
        if parts:
            made = recover_part(
                by=by, on=on, order=order, amount=sum(fen for _, _, fen in parts), reason=reason, head=first
            )
            first = first or Recovery.objects.get(pk=made.head_id or made.pk)
            _note(row, order, parts, next(one for one in issues if one.order_id == order.pk))
    if first is None:
        raise Refused("多发的款项还没有发到家庭手中，请先取消付款单或等银行回盘。")
    about("entitlements.entitlement", row.pk, area=row.area, debt=first.pk)
    return first


def _keeps_back(row: Entitlement) -> Run | None:
    """The run under way that keeps something back from this entitlement, or is not computed yet and may."""
    run = Run.objects.filter(programme=row.programme, state__in=LIVING_RUNS).first()
    if run is None or run.state == RunState.WAITING:
        return run
    kept = RunItem.objects.filter(run=run, entitlement=row, kind=ItemKind.OFFSET.value)
    return run if kept.exists() else None


def _payments(ids: Iterable[int | None]) -> list[PaymentOrder]:
    """The payments that reached the family and are not taken back as a whole, the newest first."""
    found = with_state(PaymentOrder.objects.filter(pk__in=[key for key in ids if key])).select_related("recovery").order_by("-pk")
    standing = (OrderState.PAID.value, OrderState.RECOVERING.value)
    return [one for one in found if one.state in standing and _room(one) > 0]


def _room(order: PaymentOrder) -> int:
    """Fen of a payment that may still be asked back."""
    known: Recovery | None = getattr(order, "recovery", None)
    return order.amount - known.amount if known and known.partly else 0 if known else order.amount


def _parts(over: dict[tuple[str, date], int], issues: list[Issue], room: int) -> list[tuple[str, date, int]]:
    """What of the months' surplus this payment bears: its own months first, then others that were settled with earlier ones."""
    own = [(one.component, one.for_month) for one in issues]
    parts = []
    for key in [*dict.fromkeys(own), *sorted(over, key=lambda key: key[1], reverse=True)]:
        if fen := min(over.get(key, 0), room):
            parts.append((*key, fen))
            over[key] -= fen
            room -= fen
    return parts


def _note(row: Entitlement, order: PaymentOrder, parts: list[tuple[str, date, int]], like: Issue) -> None:
    """For which months money is asked back: below zero, beside what the payment said, so that the months count what stays."""
    Issue.objects.bulk_create(
        Issue(
            entitlement=row, component=component, for_month=month, number=_next(row, component, month), kind=ItemKind.ASKED.value,
            amount=-fen, programme=like.programme, month=like.month, run_id=like.run_id, order=order, grade=like.grade,
            persons=like.persons, issued_on=like.issued_on, area=like.area,
        )
        for component, month, fen in parts
    )  # fmt: skip


def _next(row: Entitlement, component: str, month: date) -> int:
    found = Issue.objects.filter(entitlement=row, component=component, for_month=month)
    last: int = found.aggregate(last=Max("number"))["last"] or 0
    return last + 1
