"""What the workbench asks of relief: requests to be posted, money to be ordered."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.urls import reverse

from linli.domains.relief.queries.postings import waiting
from linli.domains.relief.queries.requests import waiting_for_money
from linli.kernel.access.rules import Actor
from linli.kernel.ui.rules import Task


def desk_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """One line for each kind of work, with how many wait and since when."""
    found: list[Task] = []
    if which == "done":
        return found
    if actor.may("relief.post") and (rows := waiting()):
        since = min(one.applied_on for one in rows)
        href = reverse("relief:postings")
        found.append(Task(title=f"{len(rows)}户临时救助等待公示", kind="临时救助公示", href=href, since=since))
    if actor.may("relief.pay"):
        count = waiting_for_money().count()
        first = waiting_for_money().first()
        if first is not None:
            title, href = f"{count}件临时救助等待开付款单", reverse("relief:payments")
            found.append(Task(title=title, kind="临时救助发放", href=href, since=first.decided_on))
    return found
