"""Debts: what is asked back, how much of it came, what was agreed, what is late."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from linli.kernel.access.rules import Forbidden
from linli.kernel.files.queries import files_of
from linli.kernel.ledgers.models import AgreedSum, Line, PaymentOrder, Plan, Recovery, WriteOff
from linli.kernel.ledgers.queries.orders import shares_of
from linli.kernel.ledgers.rules import AccountKind, Agreed, WriteOffState, filled

PLAN_FILE, WRITE_OFF_FILE = "ledgers.plan", "ledgers.writeoff"


def _summed(found: QuerySet[Any], field: str = "amount") -> Coalesce:
    total = found.order_by().annotate(one=Value(1)).values("one").annotate(total=Sum(field)).values("total")
    return Coalesce(Subquery(total, output_field=BigIntegerField()), Value(0))


def recoveries(*, open_only: bool = False) -> QuerySet[Recovery]:
    """Debts, newest first: each row the first of what was decided together, with ``asked`` and ``owed`` of all of it, in fen."""
    others = Recovery.objects.filter(head=OuterRef("pk"))
    found = Recovery.objects.filter(head=None).select_related("order").annotate(
        asked=F("amount") + _summed(others), owed=F("owing") + _summed(others, "owing"),
    )  # fmt: skip
    found = found.order_by("-id")
    return found.filter(owed__gt=0) if open_only else found


def recovery_of(recovery_id: int) -> Any:
    """The debt with this id. :raises Forbidden: it is not in the present scope."""
    found = recoveries().select_related("order__person", "decided_by").filter(pk=recovery_id).first()
    if found is None:
        raise Forbidden("没有这笔追缴，或它不在本辖区内。")
    return found


def debt_of_order(order: PaymentOrder) -> int | None:
    """The debt to which a payment belongs; None when it is not taken back."""
    found = Recovery.objects.filter(order=order).first()
    return (found.head_id or found.pk) if found else None


def orders_of_debt(recovery: Recovery) -> list[PaymentOrder]:
    """The payments of which a debt consists, oldest first."""
    key = recovery.head_id or recovery.pk
    return list(PaymentOrder.objects.filter(Q(recovery=key) | Q(recovery__head=key)).select_related("recovery").order_by("pk"))


def owed_of(recovery: Recovery) -> int:
    """What is still owed of a debt, in fen: known to those, too, who do not see the books."""
    key = recovery.head_id or recovery.pk
    total: int = Recovery.objects.filter(Q(pk=key) | Q(head=key)).aggregate(total=Sum("owing"))["total"] or 0
    return total


def owed_by_fund(recovery: Recovery) -> dict[tuple[int, int], int]:
    """What is still owed of a debt, by payment and fund."""
    return {
        (order.pk, fund): fen
        for order in orders_of_debt(recovery) for fund, fen in shares_of(order, AccountKind.RECEIVABLE).items()
    }  # fmt: skip


def course_of(recovery: Recovery) -> list[Line]:
    """What the books say of a debt: asked, received, written off; oldest first."""
    kind = {"account__kind": AccountKind.RECEIVABLE.value, "order__in": orders_of_debt(recovery)}
    return list(Line.objects.filter(**kind).select_related("posting", "fund").order_by("posting_id", "id"))


def plans_of(recovery: Recovery) -> list[Plan]:
    """The plans of a debt, newest first."""
    return list(Plan.objects.filter(recovery=recovery).select_related("made_by", "ended_by").order_by("-id"))


def living_plan(recovery: Recovery) -> Plan | None:
    """The plan that holds now."""
    return Plan.objects.filter(recovery=recovery, ended_on=None).first()


def plan_of(plan_id: int) -> Plan:
    """The plan with this id. :raises Forbidden: it is not in the present scope."""
    found = Plan.objects.filter(pk=plan_id).first()
    if found is None:
        raise Forbidden("没有这份分期约定，或它不在本辖区内。")
    return found


def sums_of(plan: Plan, owed: int) -> list[Agreed]:
    """The sums of a plan with what came of each: what is no longer owed since it was signed fills them in their order."""
    rows = AgreedSum.objects.filter(plan=plan).order_by("rank").values_list("rank", "due", "amount")
    return filled(list(rows), plan.amount - owed)


def late_plans(on: date) -> list[tuple[Any, Agreed]]:
    """Debts of which an agreed sum has not come by its day, or whose payee has died, with the first sum that has not come, the
    longest late first."""
    due = _summed(AgreedSum.objects.filter(plan=OuterRef("pk"), due__lt=on))
    concerned = Q(called__gt=0) | Q(recovery__order__person__died_on__isnull=False)
    plans = {plan.recovery_id: plan for plan in Plan.objects.filter(ended_on=None).annotate(called=due).filter(concerned)}
    found = []
    for row in recoveries(open_only=True).filter(pk__in=plans).select_related("order__person"):
        plan, owed, person = plans[row.pk], row.owed, row.order.person  # type: ignore[attr-defined]
        dead = person is not None and person.died_on is not None
        if dead or plan.called > plan.amount - owed:  # type: ignore[attr-defined]
            found.append((row, next(one for one in sums_of(plan, owed) if one.left)))
    return sorted(found, key=lambda pair: (pair[1].due, pair[0].pk))


def write_offs_of(recovery: Recovery) -> list[WriteOff]:
    """What was proposed to be written off of a debt, newest first."""
    return list(WriteOff.objects.filter(recovery=recovery).select_related("asked_by", "decided_by").order_by("-id"))


def write_off_of(write_off_id: int) -> WriteOff:
    """The proposal with this id. :raises Forbidden: it is not in the present scope."""
    found = WriteOff.objects.select_related("recovery__order", "asked_by").filter(pk=write_off_id).first()
    if found is None:
        raise Forbidden("没有这份核销申请，或它不在本辖区内。")
    return found


def write_offs_asked() -> QuerySet[WriteOff]:
    """What waits for a second person, oldest first."""
    return WriteOff.objects.filter(state=WriteOffState.ASKED.value).select_related("recovery__order").order_by("id")


def papers_of(kind: str, owner: int) -> list[Any]:
    """The signed plan, or the paper behind a proposal."""
    return list(files_of(kind, owner))
