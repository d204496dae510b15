"""What was paid too much in the demo: a family that pays back in agreed sums, one of which is late; one whose debt was written
off; and one from whose next month it is kept back."""

from __future__ import annotations

from datetime import date, timedelta

from linli.domains.assistance import actions
from linli.domains.assistance.models import Application
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import DemoPlan
from linli.kernel.access.samples import demo_actor
from linli.kernel.entitlements.actions import Why, ask_back, resume, suspend
from linli.kernel.entitlements.models import Entitlement
from linli.kernel.entitlements.queries import counting_issues
from linli.kernel.entitlements.rules import Ground
from linli.kernel.files.forms import Upload
from linli.kernel.files.rules import FileKind
from linli.kernel.files.samples import PNG
from linli.kernel.ledgers.actions import agree_plan, ask_write_off, decide_write_off, receive_recovered
from linli.kernel.ledgers.models import Recovery
from linli.kernel.ledgers.rules import WriteOffGround, proposed_sums

PAPER = Upload("签字的约定.png", PNG, FileKind.PNG)


def demo_debts(plan: DemoPlan, paid: date, spared: set[int]) -> None:
    """``paid``: the month that was paid, before what is told here was known. ``spared``: applications that others show."""
    with scoped(demo_actor("district", plan.on)):
        issues = counting_issues().filter(programme="dibao", for_month=paid, order__isnull=False)
        held = Entitlement.objects.filter(pk__in=issues.values("entitlement")).order_by("-id")
        homes = {one.case_id: one for one in Application.objects.filter(case__in=held.values("case"), state="granted")}
        rows = [(row, homes[row.case_id]) for row in held if row.case_id in homes and homes[row.case_id].pk not in spared]
    for act, (row, home) in zip((_agreed, _given_up, _kept_back), rows, strict=False):
        act(plan, paid, row, home)


def _ended(plan: DemoPlan, paid: date, row: Entitlement, home: Application, why: str) -> Recovery:
    """The family had left before the month was paid, which came to be known after it."""
    district = demo_actor("district", plan.on)
    actions.end(by=district, on=paid - timedelta(days=3), application=home, how="moved", why=why)
    with scoped(district):
        row.refresh_from_db()
    return ask_back(by=district, on=plan.on - timedelta(days=26), entitlement=row, reason=why)


def _agreed(plan: DemoPlan, paid: date, row: Entitlement, home: Application) -> None:
    debt = _ended(plan, paid, row, home, "全家迁出本区后仍发放")
    on = plan.on - timedelta(days=25)
    sums = proposed_sums(debt.amount, on + timedelta(days=14), 3)
    agree_plan(by=demo_actor("district", on), on=on, recovery=debt, signed_by=f"{row.payee.name}（本人）", sums=sums, paper=PAPER)
    words = {"amount": sums[0][1] // 2, "reference": f"demo:debt:{debt.pk}"}
    receive_recovered(by=demo_actor("maker", on), on=plan.on - timedelta(days=10), recovery=debt, **words)


def _given_up(plan: DemoPlan, paid: date, row: Entitlement, home: Application) -> None:
    debt = _ended(plan, paid, row, home, "迁往外省后仍发放")
    maker, checker = demo_actor("maker", plan.on), demo_actor("checker", plan.on)
    words = {"ground": WriteOffGround.SMALL, "words": "三次电话催缴未果，赴外省追缴的费用超过应追回的金额。", "paper": PAPER}
    asked = ask_write_off(by=maker, on=plan.on - timedelta(days=12), recovery=debt, amount=debt.amount, **words)
    decide_write_off(by=checker, on=plan.on - timedelta(days=10), write_off=asked, agree=True, note="同意核销")


def _kept_back(plan: DemoPlan, paid: date, row: Entitlement, home: Application) -> None:
    district = demo_actor("district", plan.on)
    why = Why(Ground.UNREACHABLE, "两次上门、三次电话都联系不上")
    suspend(by=district, on=paid + timedelta(days=19), entitlement=row, since=paid, why=why)
    with scoped(district):
        row.refresh_from_db()
    december = (paid + timedelta(days=31)).replace(day=1)
    words = {"since": december, "pay_back": False, "why": Why(Ground.CLEARED, "外出探亲已返回，外出期间不补发")}
    resume(by=district, on=december, entitlement=row, **words)
