"""What the office promises of every family at every moment, asked of the tables themselves."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, Sum

from linli.base.areas import WHOLE
from linli.domains.assistance.actions.decisions import OWNED
from linli.domains.assistance.models import Application, Member
from linli.domains.assistance.models.applications import BOUND
from linli.kernel.access.actions import scoped
from linli.kernel.cases.models import Case, Task
from linli.kernel.cases.models import Decision as CaseDecision
from linli.kernel.cases.queries import clock_of, flow_of
from linli.kernel.entitlements.models import Amount, Covered, Decision, Entitlement, Issue
from linli.kernel.entitlements.queries import counting_issues
from linli.kernel.entitlements.rules import later, month_of
from linli.kernel.ledgers.models import PaymentOrder
from linli.kernel.ledgers.queries import check_books
from linli.kernel.registry.models import Status


def hold(day: date) -> None:
    """Every promise, or an assertion that says which is broken."""
    with scoped(WHOLE):
        _tasks(day)
        _decisions()
        _nobody_twice(day)
        _money()
        _statuses(day)


def books_agree() -> None:
    """Every proof of the books holds."""
    with scoped(WHOLE):
        assert not [proof for proof in check_books() if proof.faults]


def running(head: Any, day: date) -> list[Entitlement]:
    """The entitlements that this head holds and that are not over."""
    month = month_of(day)
    with scoped(WHOLE):
        return list(Entitlement.objects.filter(Q(until=None) | Q(until__gt=month), person=head))


def raised(run: Any) -> bool:
    """Whether a run decided something itself."""
    with scoped(WHOLE):
        return bool(run.pk and run.lines.filter(ground="standard").exists())


def _tasks(day: date) -> None:
    """An open case has exactly the task of its step, a closed one none; no clock counts backwards."""
    tasks: dict[int, list[Task]] = {}
    for task in Task.objects.filter(state="open"):
        tasks.setdefault(task.case_id, []).append(task)
    for case in Case.objects.all():
        mine = tasks.get(case.pk, [])
        if case.state == "closed":
            assert not mine, f"{case.number} is closed and has a task"
            continue
        step = flow_of(case).step(case.step)
        assert [(task.step, task.level, task.permission) for task in mine] == [(case.step, step.level.value, step.permission)]
        clock = clock_of(case, on=day)
        for count in (clock.case, clock.step):
            assert count is None or (count.spent >= 0 and (count.due is None or count.due.day >= count.since)), clock.explanation
        assert mine[0].due_on is None or mine[0].due_on >= mine[0].opened_on or clock.stopped or clock.case is not None


def _decisions() -> None:
    """Whatever was decided has its reasons, and each its article; the same of the money that a rule gave."""
    for made in CaseDecision.objects.all():
        assert made.outcome["reasons"] and all(reason["article"] for reason in made.outcome["reasons"]), made.outcome["reasons"]
    for one in Decision.objects.filter(deed__in=["grant", "change", "raise"]):
        assert one.articles and one.reasons, f"{one.deed} {one.since} has no article"
        standing = Amount.objects.filter(decision=one, since=one.since).aggregate(total=Sum("amount"))["total"]
        assert standing is None or standing == one.after, "what was decided is the sum of its lines"


def _nobody_twice(day: date) -> None:
    """One person, one entitlement of a programme; one application in which the person counts, and none paid outside of it."""
    for month in (month_of(day), later(month_of(day), 1)):
        rows = Covered.objects.filter(Q(until=None) | Q(until__gt=month), since__lte=month, void=False)
        found = Counter(rows.values_list("person", "lane"))
        assert not [key for key, count in found.items() if count > 1]
    live = Counter(Member.objects.filter(**BOUND).values_list("person", flat=True))
    assert not [person for person, count in live.items() if count > 1]
    paid = Covered.objects.filter(Q(until=None) | Q(until__gt=later(month_of(day), 1)), void=False).values("person")
    standing = Member.objects.filter(replaced_on=None, live=True, person__in=paid)
    assert {row.person_id for row in standing} <= set(live), "somebody is paid for and counts in no family"


def _money() -> None:
    """No payment without a decision before it; none above what was ever decided for the month; orders are their lines."""
    granted = dict(Decision.objects.filter(deed="grant").values_list("entitlement", "decided_on"))
    for issue in Issue.objects.all():
        assert granted[issue.entitlement_id] <= issue.issued_on
    paid = counting_issues().values("entitlement", "component", "for_month").annotate(total=Sum("amount")).order_by()
    for row in paid:
        ever = Amount.objects.filter(entitlement=row["entitlement"], component=row["component"], since__lte=row["for_month"])
        assert row["total"] <= max(ever.values_list("amount", flat=True), default=0)
    lines = dict(Issue.objects.exclude(order=None).values("order").annotate(n=Sum("amount")).order_by().values_list("order", "n"))
    orders = dict(PaymentOrder.objects.filter(pk__in=lines).values_list("pk", "amount"))
    assert orders == lines


def _statuses(day: date) -> None:
    """Who is helped is recognised, but for those whom the family's count leaves out; who is helped no more is so no longer."""
    held = Status.objects.filter(Q(until=None) | Q(until__gt=day + timedelta(days=1)), kind__in=OWNED, since__lte=day)
    people = set(held.values_list("person", flat=True))
    helped = set(Member.objects.filter(live=True, replaced_on=None, application__state__in=["granted", "open"]).values_list(
        "person", flat=True
    ))  # fmt: skip
    assert people <= helped, "recognised and in no application"
    for one in Application.objects.filter(state="granted"):
        helped_here = Q(counted=True) | Q(asks=True)
        members = Member.objects.filter(helped_here, application=one, replaced_on=None, live=True, person__died_on=None)
        alive = set(members.values_list("person", flat=True))
        assert not alive or alive & people, f"{one.result} is granted and nobody is recognised"
        assert one.area == one.person.area, "the family has moved, and what was decided for it stayed behind"
