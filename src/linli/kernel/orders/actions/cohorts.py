"""Freezing the orders of a period, and leaving some of them out with two persons."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.orders.actions.common import need_words
from linli.kernel.orders.models import Cohort, CohortMember, Omission, Order
from linli.kernel.orders.queries.orders import day_begins
from linli.kernel.orders.rules import OmissionGround, Stage, late

KIND = "orders.cohort"


@action("orders.freeze")
def freeze(*, by: Actor, at: datetime, first: date, last: date) -> Cohort:
    """Keep the orders that desks settled and that were closed in these days, as they stand now; for ever, and once.

    What was answered at once or never sent out counts for no desk, and is no member.
    """
    if last < first:
        raise Refused("截止日期应不早于开始日期。", field="last")
    if day_begins(last + timedelta(days=1)) > at:
        raise Refused("这个时期还没有结束，请在结束以后冻结。", field="last")
    words = {"closed_at__gte": day_begins(first), "closed_at__lt": day_begins(last + timedelta(days=1))}
    found = list(Order.objects.filter(stage=Stage.CLOSED, desk__isnull=False, **words).order_by("pk"))
    if not found:
        raise Refused("这个时期没有办结的工单。", field="first")
    try:
        with transaction.atomic():
            made = Cohort.objects.create(
                first=first, last=last, frozen_at=at, frozen_by_id=by.own_hand, count=len(found), area=by.area, area_then=by.area
            )
    except IntegrityError as fault:
        raise Refused("这个时期已经冻结过。", field="first") from fault
    CohortMember.objects.bulk_create([_member(made, one, at) for one in found], batch_size=2000)
    about(KIND, made.pk, area=by.area, first=first.isoformat(), last=last.isoformat(), count=len(found))
    return made


def _member(cohort: Cohort, one: Order, at: datetime) -> CohortMember:
    assert one.desk_id is not None, "the query asked for orders with a desk"
    return CohortMember(
        cohort=cohort, order=one, number=one.number, category=one.category, place=one.place, desk_id=one.desk_id,
        answered=one.contacted_at is not None and not late(one.contact_due, one.contacted_at, at),
        in_time=one.handled_at is not None and not late(one.handle_due, one.handled_at, at),
        solved=one.solved, grade=one.grade, area=cohort.area,
    )  # fmt: skip


@action("orders.ask_omission")
def ask_omission(*, by: Actor, at: datetime, member: CohortMember, ground: OmissionGround, why: str) -> Omission:
    """Propose to leave an order out of its cohort."""
    said = need_words(why, "why", "剔除理由", 5)
    words = {"ground": ground.value, "text": said[:300], "asked_by_id": by.own_hand, "asked_at": at, "area": member.area}
    try:
        with transaction.atomic():
            made = Omission.objects.create(member=member, **words)
    except IntegrityError as fault:
        raise Refused("这件工单已提出剔除，或已经剔除。") from fault
    about(KIND, member.cohort_id, area=member.area, member=member.pk, ground=ground.value)
    return made


@action("orders.agree_omission")
def rule_omission(*, by: Actor, at: datetime, omission: Omission, agreed: bool) -> Omission:
    """Another person agrees, or not."""
    by.apart_from(omission.asked_by_id, said="不能审定自己提出的剔除，请由其他人办理。")
    words = {"agreed": agreed, "ruled_by_id": by.own_hand, "ruled_at": at}
    if not Omission.objects.filter(pk=omission.pk, agreed=None).update(**words):
        raise Stale
    omission.refresh_from_db()
    about(KIND, omission.member.cohort_id, area=omission.area, member=omission.member_id, agreed=agreed)
    return omission
