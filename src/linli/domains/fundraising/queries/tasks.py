"""Work of fundraising that waits for somebody, for the workbench."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from django.urls import reverse

from linli.base.money import show_yuan
from linli.domains.fundraising.queries.campaigns import to_publish
from linli.domains.fundraising.queries.contracts import instalments
from linli.domains.fundraising.queries.spending import plans
from linli.kernel.access.rules import Actor
from linli.kernel.ui.rules import DaysLeft, Task

AHEAD = timedelta(days=30)


def waiting(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """Instalments to collect, results to publish, plans to sign: what this post may do about them."""
    if which == "done":
        return []
    found = []
    if actor.may("fundraising.contract"):
        found += _instalments(on)
    if actor.may("fundraising.publish"):
        found += _disclosures(actor, on)
    if actor.may("fundraising.sign"):
        found += _plans(actor)
    return found


def _instalments(on: date) -> list[Task]:
    due = instalments(until=on + AHEAD).filter(left__gt=0)
    return [
        Task(
            f"{one.contract.donor.name}第{one.number}期，尚欠{show_yuan(one.left)}元", "合同捐赠",
            reverse("fundraising:contract", args=[one.contract_id]), area=one.area, due=one.day,
            days_left=DaysLeft((one.day - on).days),
        )
        for one in due
    ]  # fmt: skip


def _disclosures(actor: Actor, on: date) -> list[Task]:
    return [
        Task(
            f"公布“{one.campaign.title}”募捐情况", "募捐公布", reverse("fundraising:campaign", args=[one.campaign.pk]),
            area=one.campaign.area, due=one.by, days_left=DaysLeft((one.by - on).days),
        )
        for one in to_publish()
        if one.by <= on + AHEAD and actor.covers(one.campaign.area)
    ]  # fmt: skip


def _plans(actor: Actor) -> list[Task]:
    return [
        Task(
            f"签批{one.year}年度支出计划", "支出计划", reverse("fundraising:plan", args=[one.pk]), one.made_by.name,
            one.area, since=one.made_on,
        )
        for one in plans().filter(signed_by=None)
        if one.made_by_id != actor.staff_id
    ]  # fmt: skip
