"""Complaints on the workbench: letters to be opened, answers to be judged, remedies to be decided."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal

from django.urls import reverse

from linli.base.days import SHANGHAI
from linli.domains.complaints.models import Petition, Remedy
from linli.domains.complaints.queries.answers import answers, returned
from linli.domains.complaints.queries.complaints import complaints
from linli.domains.complaints.queries.letters import letters, may_open
from linli.domains.complaints.rules import AnswerState, RemedyKind
from linli.kernel.access.rules import Actor, Role
from linli.kernel.orders.queries import serves
from linli.kernel.ui.rules import DaysLeft, Task

MOST = 50


def desk_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """What waits beside the orders themselves, which are tasks of their desks already."""
    if which == "done":
        return []
    return [*_late(actor, on), *_letters(actor), *_answers(actor), *_returned(actor), *_remedies(actor, on), *_reports(actor, on)]


def _late(actor: Actor, on: date) -> list[Task]:
    """What is late stands on the leader's desk, and is not only found by who looks for it."""
    if actor.role is not Role.LEADER:
        return []
    found = complaints(at=datetime.combine(on, time(), SHANGHAI), late="yes", stage="open")
    oldest = found.order_by("handle_due").first()
    if oldest is None:
        return []
    due = oldest.handle_due.astimezone(SHANGHAI).date()
    href = f"{reverse('complaints:complaints')}?late=yes&stage=open"
    return [Task(f"{found.count()}件投诉信访超期没有办结", "投诉超期", href, area=actor.area, due=due)]


def _letters(actor: Actor) -> list[Task]:
    if not actor.may("complaints.collect"):
        return []
    return [
        Task(
            f"拆阅网上来信 {one.receipt}：{one.get_kind_display()}", "投诉来信", reverse("complaints:letter", args=[one.receipt]),
            since=one.received_on,
        )
        for one in letters(state="waiting")[:MOST] if may_open(actor, one)
    ]  # fmt: skip


def _answers(actor: Actor) -> list[Task]:
    if not actor.may("complaints.judge"):
        return []
    waiting = answers(state=AnswerState.DRAFT).exclude(written_by=actor.staff_id)[:MOST]
    return [
        Task(
            f"审核公开反馈：{one.title}", "投诉反馈", reverse("complaints:answer", args=[one.pk]), area=one.area,
            since=one.written_on,
        )
        for one in waiting
    ]  # fmt: skip


def _returned(actor: Actor) -> list[Task]:
    """What was given back waits for who wrote it, or whoever else sits at the desk that answered."""
    if not actor.may("complaints.write"):
        return []
    return [
        Task(
            f"修改退回的公开反馈：{one.title}", "投诉反馈", reverse("complaints:write", args=[one.order_id]), area=one.area,
            since=one.judged_on,
        )
        for one in returned()[:MOST] if one.written_by_id == actor.staff_id or serves(actor, one.order.desk)
    ]  # fmt: skip


def _reports(actor: Actor, on: date) -> list[Task]:
    """Petitions that were assigned: to their desk until it has reported, to the centre once the day is over."""
    rows = Petition.objects.filter(report_due__isnull=False, reported_on=None).select_related("order__desk")
    if actor.may("complaints.review"):
        rows = rows.filter(report_due__lt=on)
    elif not actor.may("complaints.answer"):
        return []
    return [
        Task(
            f"{one.order.number}{'逾期没有报告结果' if due < on else '报告办理结果'}", "交办信访",
            reverse("complaints:complaint", args=[one.order_id]), area=one.area, due=due,
            days_left=DaysLeft((due - on).days, unit="日"),
        )
        for one in rows.order_by("report_due", "id")[:MOST]
        if (due := one.report_due) and (actor.may("complaints.review") or serves(actor, one.order.desk))
    ]  # fmt: skip


def _remedies(actor: Actor, on: date) -> list[Task]:
    if not actor.may("complaints.review"):
        return []
    rows = Remedy.objects.filter(decided_on=None).exclude(petition__replied_by=actor.staff_id)
    return [
        Task(
            f"{RemedyKind(one.kind).zh} {one.petition.order.number}", "复查复核",
            reverse("complaints:complaint", args=[one.petition.order_id]), area=one.area, due=one.due, since=one.asked_on,
            days_left=DaysLeft((one.due - on).days, unit="日"),
        )
        for one in rows.select_related("petition__order").order_by("due", "id")[:MOST]
    ]  # fmt: skip
