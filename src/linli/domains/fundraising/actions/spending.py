"""The yearly spending plan: drafted by one person, signed by another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from linli.domains.fundraising.models import PlanLine, SpendingPlan
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.ledgers import queries as ledgers

Line = tuple[str, int, int | None]
"""(purpose key, fen, planned person-times or None)"""


@action("fundraising.plan")
def draft_plan(*, by: Actor, on: date, year: int, lines: Sequence[Line]) -> SpendingPlan:
    """The plan of the actor's organisation for a year; a draft that stands is written anew.

    :raises Refused: no lines, a purpose twice or unknown, an amount not above zero, or the plan is signed.
    """
    _check(lines)
    if not 1990 <= year <= on.year + 1:
        raise Refused("年度应在1990年至明年之间，请修改。", field="year")
    plan, _ = SpendingPlan.objects.get_or_create(
        area_then=by.area, year=year, defaults={"area": by.area, "made_by_id": by.own_hand, "made_on": on}
    )
    if not SpendingPlan.objects.filter(pk=plan.pk, signed_by=None).update(made_by_id=by.own_hand, made_on=on):
        raise Refused(f"{year}年度支出计划已经签批，不能再改。")
    PlanLine.objects.filter(plan=plan).delete()
    PlanLine.objects.bulk_create(
        [PlanLine(plan=plan, purpose_id=purpose, amount=amount, times=times, area=by.area) for purpose, amount, times in lines]
    )
    plan.refresh_from_db()
    about("fundraising.plan", plan.pk, area=plan.area, lines=len(lines))
    return plan


def _check(lines: Sequence[Line]) -> None:
    if not lines:
        raise Refused("计划至少要有一个项目，请填写金额。", field="lines")
    keys = [purpose for purpose, _, _ in lines]
    if len(set(keys)) != len(keys):
        raise Refused("同一个项目写了两次，请合并。", field="lines")
    known = set(ledgers.purposes().filter(pk__in=keys).values_list("key", flat=True))
    if set(keys) - known:
        raise Refused("计划中有尚未设立的用途，请先设立。", field="lines")
    if any(amount <= 0 for _, amount, _ in lines):
        raise Refused("计划金额应大于0，请修改。", field="lines")


@action("fundraising.sign")
def sign_plan(*, by: Actor, on: date, plan: SpendingPlan) -> SpendingPlan:
    """Put the plan into force. Whoever drafted it cannot sign it.

    :raises Refused: the same person. :raises Stale: it is signed already.
    """
    by.apart_from(plan.made_by_id, said="支出计划须由另一人签批，不能签批本人拟订的计划。")
    if not SpendingPlan.objects.filter(pk=plan.pk, signed_by=None).update(signed_by_id=by.own_hand, signed_on=on):
        raise Stale
    plan.refresh_from_db()
    about("fundraising.plan", plan.pk, area=plan.area)
    return plan
