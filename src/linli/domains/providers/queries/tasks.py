"""Providers and service orders on the workbench."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from django.urls import reverse

from linli.domains.providers.queries.members import left_lying, proposals, providers, trials_over
from linli.domains.providers.queries.services import contests, owed, replies, statements, stuck, wishes
from linli.kernel.access.rules import Actor
from linli.kernel.ui.rules import Task

SERVICE, MEMBERS, MONEY = "居家服务", "服务商", "居家服务结算"


def desk_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """What waits for the centre, for the second person, for finance."""
    if which == "done":
        return []
    return [*_centre(actor), *_members(actor, on), *_money(actor, on)]


def _centre(actor: Actor) -> list[Task]:
    found = []
    if actor.may("providers.enter_reply"):
        open_ = wishes(state="open")
        if count := open_.count():
            first = open_.order_by("id")[0]
            href = reverse("providers:wishes") + "?state=open"
            found.append(Task(f"{count}条网上预约等待联系", SERVICE, href, since=first.since))
        if told := replies().count():
            found.append(Task(f"{told}条居民网上确认等待登记", SERVICE, reverse("providers:replies")))
    if actor.may("providers.resend"):
        for one in stuck()[:50]:
            words = f"{one.order.number} 的服务商已暂停派单，请改派"
            found.append(Task(words, SERVICE, reverse("providers:service", args=[one.pk]), area=one.place, since=one.day))
        for paused in providers(standing="suspended"):
            if (lying := left_lying(paused)) and (count := lying.count()):
                words = f"{paused.name}已暂停派单，还有{count}件工单没有办，请改派"
                href = reverse("providers:provider", args=[paused.pk])
                found.append(Task(words, SERVICE, href, since=lying[0].received_at.date()))
    return found


def _members(actor: Actor, on: date) -> list[Task]:
    found = []
    if actor.may("providers.judge"):
        for one in providers(standing="applied").exclude(entered_by=actor.staff_id)[:50]:
            href = reverse("providers:provider", args=[one.pk])
            found.append(Task(f"{one.name}申请加盟，等待同意试用", MEMBERS, href, since=one.applied_on))
        for event in proposals():
            if event.by_id != actor.staff_id:
                href = reverse("providers:provider", args=[event.provider_id])
                found.append(Task(f"{event.provider.name}已提请加盟，等待批准", MEMBERS, href, since=event.on))
    if actor.may("providers.keep"):
        proposed = {event.provider_id for event in proposals()}
        for one in trials_over(on).exclude(pk__in=proposed)[:50]:
            href = reverse("providers:provider", args=[one.pk])
            found.append(Task(f"{one.name}试用期满，请评议", MEMBERS, href, since=one.trial_until))
    return found


def _money(actor: Actor, on: date) -> list[Task]:
    found = []
    href = reverse("providers:settlement")
    if actor.may("providers.pay") and (first := statements(standing="open").order_by("id").first()):
        count = statements(standing="open").count()
        found.append(Task(f"{count}张服务结算单等待开付款单", MONEY, href, since=first.made_on))
    if actor.may("providers.rule"):
        for one in contests().exclude(raised_by=actor.staff_id)[:50]:
            words = f"{one.service.order.number} 的结算争议等待裁定"
            found.append(Task(words, MONEY, reverse("providers:contest", args=[one.pk]), area=one.service.place, since=one.since))
    last = on.replace(day=1) - timedelta(days=1)
    if actor.may("providers.state") and (late := owed(last)):
        found.append(Task(f"{len(late)}家服务商上月的补贴等待核定", MONEY, href, since=last))
    return found

