"""What the workbench asks of relief: requests to be posted, papers to be brought, money to be ordered or taken back."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.db.models import QuerySet
from django.urls import reverse

from linli.domains.relief.models import Request
from linli.domains.relief.queries.postings import waiting
from linli.domains.relief.queries.requests import to_claim_back, waiting_for_money, without_papers
from linli.kernel.access.rules import Actor
from linli.kernel.cases.queries import open_task
from linli.kernel.ui.rules import Task


def desk_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """One line for each kind of work, with how many wait and since when."""
    if which == "done":
        return []
    found: list[Task] = []
    if actor.may("relief.post") and (rows := waiting()):
        since = min(one.applied_on for one in rows)
        href = reverse("relief:postings")
        found.append(Task(title=f"{len(rows)}户临时救助等待公示", kind="临时救助公示", href=href, since=since))
    if actor.may("relief.survey"):
        found += _papers(without_papers())
    if actor.may("relief.pay"):
        found += _money("件临时救助等待开付款单", waiting_for_money(), "relief:payments")
    if actor.may("relief.claim_back"):
        found += _money("件已撤销的临时救助等待收回款项", to_claim_back(), "relief:requests", "?again=back")
    return found


def _papers(rows: QuerySet[Request]) -> list[Task]:
    """The worker brings the papers, on the page of the case; the term is that of the town's step."""
    first, count = rows.first(), rows.count()
    if first is None:
        return []
    listed = f"{reverse('relief:requests')}?step=papers"
    task, href = open_task(first.case), reverse("cases:case", args=[first.case_id]) if count == 1 else listed
    title, due = f"{count}户先行救助等待补办手续", task.due_on if task else None
    return [Task(title=title, kind="先行救助", href=href, due=due, since=first.decided_on)]


def _money(words: str, rows: QuerySet[Request], route: str, query: str = "") -> list[Task]:
    first, count = rows.first(), rows.count()
    href = reverse(route) + query
    return [Task(title=f"{count}{words}", kind="临时救助发放", href=href, since=first.decided_on)] if first else []
