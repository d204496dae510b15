"""The orders on the workbench."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.urls import reverse

from linli.base.days import SHANGHAI, official_calendar
from linli.base.masking import mask_phone
from linli.domains.hotline.queries.jobs import own_introductions
from linli.domains.hotline.queries.surveys import mends_to_decide, to_ask
from linli.kernel.access.rules import Actor
from linli.kernel.calls.queries import due_calls, number_of
from linli.kernel.orders.queries import centre_orders, done_by, omissions, own_asks, own_helps, own_orders
from linli.kernel.orders.rules import AskKind, Lane, Move, Stage, category
from linli.kernel.ui.rules import DaysLeft, Task

MOST = 100
RUSH = {Lane.URGENT: 1, Lane.EMERGENCY: 2}
SHOWN = ("number", "category", "lane", "stage", "place", "received_at", "dispatch_due", "sign_due",
         "contact_due", "contacted_at", "handle_due")  # fmt: skip
"""What a line of the workbench says of an order; the other fifty columns are left where they are."""


def desk_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """What a desk must sign, handle and help with; what the centre must send out, rule on and call back about."""
    if not actor.may("orders.read"):
        return []
    if which == "done":
        return [_task(row.order, Move(row.move).zh, on, done=True) for row in done_by(actor)]
    return [*_own(actor, on), *_centre(actor, on), *_missed(actor), *_surveys(actor), *_results(actor), *_omissions(actor)]


def _own(actor: Actor, on: date) -> list[Task]:
    tasks = [_task(one, _own_step(one), on) for one in _short(own_orders(actor))]
    for one in own_helps(actor)[:MOST]:
        href = reverse("hotline:help", args=[one.pk])
        tasks.append(Task(f"协办 {one.number}：{_zh(one.category)}", "协办", href, area=one.area, since=_day(one.asked_at)))
    return tasks


def _short(found: Any) -> Any:
    return found.select_related(None).only(*SHOWN)[:MOST]


def _centre(actor: Actor, on: date) -> list[Task]:
    tasks = [_task(one, "派单" if one.stage == Stage.NEW else "回访", on) for one in _short(centre_orders(actor))]
    for ask in own_asks(actor)[:MOST]:
        words = f"裁定{AskKind(ask.kind).zh} {ask.order.number}：{ask.desk.name}"
        href = reverse("hotline:order", args=[ask.order_id])
        tasks.append(Task(words, "裁定", href, area=ask.order.place, since=_day(ask.asked_at)))
    return tasks


def _omissions(actor: Actor) -> list[Task]:
    """What another person asks to leave out of the rates."""
    if not actor.may("orders.agree_omission"):
        return []
    return [
        Task(f"审定剔除：{one.member.number}", "剔除审定", reverse("hotline:omission", args=[one.pk]), since=_day(one.asked_at))
        for one in omissions(waiting=True).exclude(asked_by=actor.staff_id)[:MOST]
    ]


def _missed(actor: Actor) -> list[Task]:
    """Missed callers whom nobody has called back, the oldest first."""
    if not actor.may("calls.answer"):
        return []
    return [
        Task(f"{mask_phone(number_of(one))}来电未接", "回电", reverse("hotline:call", args=[one.pk]), area=one.area,
             since=_day(one.began_at))
        for one in due_calls()[:MOST]
    ]  # fmt: skip


def _results(actor: Actor) -> list[Task]:
    """Residents who were told of a vacancy by this person, and of whom nobody has said what became of it."""
    return [
        Task(f"介绍{one.person.name}到{one.unit}（{one.post}）", "填写介绍结果", reverse("hotline:placing", args=[one.pk]),
             area=one.area, since=one.introduced_on)
        for one in own_introductions(actor)[:MOST]
    ]  # fmt: skip


def _surveys(actor: Actor) -> list[Task]:
    """Surveys in which people of the own area are still to be asked, and mends that wait for another person."""
    return [
        Task(f"{one.title}：还有{left}人没有问到", "知晓率调查", reverse("hotline:survey", args=[one.pk]), area=one.place,
             since=one.drawn_on)
        for one, left in to_ask(actor)
    ] + [
        Task(f"审定更正：{one.sampled.survey.title}第{one.sampled.rank}号", "知晓率调查", reverse("hotline:mend", args=[one.pk]),
             area=one.area, since=one.asked_on)
        for one in mends_to_decide(actor)[:MOST]
    ]  # fmt: skip


def _task(one: Any, kind: str, on: date, done: bool = False) -> Task:
    due = {Stage.NEW: one.dispatch_due, Stage.SENT: one.sign_due, Stage.HANDLED: None}.get(Stage(one.stage), _next_due(one))
    day = _day(due) if due else None
    left = DaysLeft(official_calendar().working_days_between(on, day), unit="个工作日") if day and not done else None
    href, since = reverse("hotline:order", args=[one.pk]), _day(one.received_at)
    rush = RUSH.get(Lane(one.lane), 0) if due is not None and not done else 0
    title = f"{one.number}：{_zh(one.category)}{f'（{Lane(one.lane).zh}）' if rush else ''}"
    return Task(title, kind, href, area=one.place, due=day, days_left=left, since=since, rush=rush,
                due_at=due if rush else None)  # fmt: skip


def _own_step(one: Any) -> str:
    if one.stage == Stage.SENT:
        return "签收工单"
    return "办理工单" if one.contacted_at else "联系来电人"


def _next_due(one: Any) -> Any:
    """Until the caller has been spoken to, the clock of the first call runs before that of the answer."""
    return one.contact_due if one.contact_due and not one.contacted_at else one.handle_due


def _zh(code: str) -> str:
    found = category(code)
    return found.zh if found else code


def _day(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()
