"""Hands for the random lives: the cash desk, the platform of the check, objections."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from linli.base.areas import WHOLE
from linli.domains.assistance.models import Application, Member
from linli.gateways.checking import FakeCheck, Finding
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_staff
from linli.kernel.cases.models import Case
from linli.kernel.entitlements.actions import discard_run, open_run, order_run
from linli.kernel.entitlements.queries import counting_issues, overpaid_rows
from linli.kernel.entitlements.rules import Basis, later, month_of
from linli.kernel.entitlements.samples import confirmed, make_funding, make_payee
from linli.kernel.ledgers.actions import check_batch, lock_batch, recover
from linli.kernel.ledgers.samples import bank_answers
from linli.kernel.publicity.actions import accept_objection, receive_objection
from linli.kernel.publicity.actions import answer_objection as answered
from linli.kernel.publicity.models import Notice
from linli.kernel.registry.queries import clear_number

Refusal = (Refused, Forbidden)


def latest(head: Any) -> Application | None:
    """The newest application in which this person counts, or which verifies one in which the person did."""
    with scoped(WHOLE):
        rows = Member.objects.filter(person=head, counted=True, replaced_on=None).values("application")
        found = Application.objects.filter(Q(pk__in=rows) | Q(former__in=rows)).select_related("case", "former")
        return found.order_by("-pk").distinct().first()


def open_case_of(one: Application | None) -> Case | None:
    """The case of an application, as long as it is open."""
    if one is None:
        return None
    with scoped(WHOLE):
        return Case.objects.filter(pk=one.case_id).exclude(state="closed").first()


def platform(one: Application, found: str, on: date, months: dict[str, date]) -> FakeCheck:
    """A platform that finds nothing, other income, or a car."""
    with scoped(WHOLE):
        number = clear_number(one.person)
    finding = {
        "business": Finding("", "tax", "business", on, 1_500_000, 0, **months),
        "vehicle": Finding("", "vehicle", "vehicle", on, number=1),
    }.get(found)
    return FakeCheck({number: [finding] if finding else []}, on=on, until=on + timedelta(days=180))


def window(one: Application) -> dict[str, date]:
    """The twelve months before the month of the application."""
    last = later(month_of(one.applied_on), -1)
    return {"first": later(last, -11), "last": last}


def object_to(one: Application, by: Any, on: date) -> Any:
    """A neighbour objects to the family that is on show."""
    with scoped(WHOLE):
        notice = Notice.objects.get(pk=one.posted["notice"])
        number = notice.items.get(case__endswith=f":{one.case_id}").number
    made = receive_objection(by=by, on=on, notice=notice, text="请再核实一次。", item_number=number)
    return accept_objection(by=by, on=on, objection=made)


def answer_objection(objection: Any, by: Any, on: date, upheld: bool) -> None:
    """The office looked again."""
    answered(by=by, on=on, objection=objection, outcome="已重新核实。", upheld=upheld)


class Cash:
    """Who pays and who checks, and the funds of three levels."""

    def __init__(self, founders: Any) -> None:
        staff = {"on": FIRST_DAY, "founders": founders}
        self.maker = make_staff("qian", "钱会计", Role.FINANCE_MAKER, DISTRICT, **staff)
        self.checker = make_staff("sun", "孙复核", Role.FINANCE_CHECKER, DISTRICT, **staff)
        make_funding(self.maker, programme="dibao", amount=1_000_000_000_00)

    def account(self, office: Any, head: Any) -> None:
        """The household's head has an account."""
        make_payee(office.worker, head.pk)

    def pay(self, day: date, basis: Basis, failing: int, ahead: int = 0) -> Any:
        """A month's 低保 from the draft to the bank's answer; a run without a line is given up. ``ahead``: 1 for the next."""
        run = open_run(by=self.maker, on=day, programme="dibao", month=later(month_of(day), ahead), basis=basis)
        if not run.count:
            return discard_run(by=self.maker, on=day, run=run, reason="没有可发的")
        run = order_run(by=self.maker, on=day, run=confirmed(self.checker, run, day))
        check_batch(by=self.checker, on=day, batch=run.batch, count=run.batch.count, amount=run.batch.amount)
        lock_batch(by=self.checker, on=day, batch=run.batch)
        bank_answers(self.maker, on=day, batch=run.batch, failures=failing)
        return run

    def recover(self, by: Any, day: date) -> int:
        """Each payment of a month after an end is asked back; how many were."""
        with scoped(WHOLE):
            ends = {row.entitlement_id: row.entitlement.until for row in overpaid_rows(month_of(day))}
            paid = counting_issues().filter(entitlement__in=ends, order__isnull=False).select_related("order")
            orders = {one.order_id: one.order for one in paid if one.for_month >= ends[one.entitlement_id]}
        done = 0
        for order in orders.values():
            try:
                recover(by=by, on=day, order=order, reason="终止后多发")
            except Refused:
                continue  # it has not been paid out, or holds other months too
            done += 1
        return done
