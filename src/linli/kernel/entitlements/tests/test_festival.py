"""20,220 people are paid in one go before Spring Festival: from the dry run to the reconciled money, with what came back."""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connections

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.samples import FIRST_DAY
from linli.kernel.entitlements import actions, queries
from linli.kernel.entitlements.models import Amount, Covered, Decision, Entitlement, Issue, Spell
from linli.kernel.entitlements.queries.runs import totals_of_run
from linli.kernel.entitlements.rules import Basis, Component, Programme, Unit
from linli.kernel.entitlements.samples import MONTH, confirmed, make_funding, sample_programmes
from linli.kernel.entitlements.tests.conftest import make_office
from linli.kernel.jobs.samples import work_off
from linli.kernel.ledgers.actions import check_batch, lock_batch, make_batch, mend_order, reconcile_batch
from linli.kernel.ledgers.models import Batch, BatchLine, FundBalance, PaymentOrder
from linli.kernel.ledgers.queries import control_totals, with_state
from linli.kernel.ledgers.samples import account_number, bank_answers
from linli.kernel.registry.actions import add_bank_account
from linli.kernel.registry.models import BankAccount, Person
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import ACCOUNT
from linli.kernel.registry.samples import load_population

DAY = date(2010, 12, 5)
PEOPLE, EACH, REFUSED = 20_220, 200_00, 37
ELDER = Programme(
    "sample_elder", "示例高龄津贴", (Component("allowance", "高龄津贴"), Component("spring", "春节补助", occasional=True)),
    Unit.PERSON, "《示例办法》第十二条", purpose="sample.elder",
)  # fmt: skip


class Clock:
    """The seconds of each step, told at the end and kept with the report of the tests."""

    def __init__(self, record) -> None:
        self.record, self.whole = record, 0.0

    @contextmanager
    def step(self, name):
        began = time.perf_counter()
        yield
        took = time.perf_counter() - began
        self.whole += took
        self.record(name, round(took, 2))
        print(f"{name}: {took:.1f} s")


def everybody_is_entitled(office) -> None:
    """A made-up population with bank accounts, each entitled: written in bulk, for it is not what is tried here."""
    load_population(office.approver, FIRST_DAY, PEOPLE)
    with scoped(WHOLE):
        people = list(Person.objects.order_by("id"))
        BankAccount.objects.bulk_create([
            BankAccount(
                person=one, bank="枣庄银行峄城支行", holder=one.name,
                number_sealed=keyring().seal(account_number(one.pk), ACCOUNT),
                number_digest=keyring().keyed_hash(account_number(one.pk), ACCOUNT), since=FIRST_DAY, area=one.area,
            ) for one in people
        ])  # fmt: skip
        rows = Entitlement.objects.bulk_create([
            Entitlement(programme=ELDER.key, person=one, payee=one, persons=1, since=MONTH, paid_from=MONTH, area=one.area)
            for one in people
        ])  # fmt: skip
        made = Decision.objects.bulk_create([
            Decision(
                entitlement=row, deed="grant", since=MONTH, ground="approved", before=0, after=80_00, decided_on=DAY,
                area=row.area,
            ) for row in rows
        ])  # fmt: skip
        decided = list(zip(rows, made, strict=True))
        each = [{"entitlement": row, "since": MONTH, "decision": one, "area": row.area} for row, one in decided]
        Amount.objects.bulk_create([Amount(component="allowance", amount=80_00, **words) for words in each])
        Spell.objects.bulk_create([Spell(persons=1, **words) for words in each])
        Covered.objects.bulk_create([
            Covered(person_id=row.person_id, lane=ELDER.key, **words) for row, words in zip(rows, each, strict=True)
        ])  # fmt: skip


def pay(office, batch, failures=0) -> None:
    """Checked, locked, sent, answered; what stands in the books is what the bank says."""
    check_batch(by=office.checker, on=DAY, batch=batch, count=batch.count, amount=batch.amount)
    lock_batch(by=office.checker, on=DAY, batch=batch)
    bank_answers(office.maker, on=DAY, batch=batch, failures=failures)
    reconcile_batch(by=office.maker, on=DAY, batch=batch)


def mended(office) -> list[int]:
    """Everybody whom the bank refused has a new account, registered in the community."""
    with scoped(WHOLE):
        orders = [line.order for line in BatchLine.objects.filter(result="failed").select_related("order")]
    for order in orders:
        person, number = order.person_id, account_number(1_000_000 + order.person_id)
        account = add_bank_account(by=office.worker, on=DAY, person_id=person, bank="中国农业银行峄城支行", number=number)
        mend_order(by=office.maker, on=DAY, order=order, account=account.pk)
    return [order.pk for order in orders]


@pytest.mark.nightly
def test_twenty_thousand_people_are_paid_before_the_festival(fresh_database, django_db_blocker, record_property):
    clock = Clock(record_property)
    with django_db_blocker.unblock(), sample_programmes(ELDER):
        office = make_office()
        make_funding(office.maker, programme=ELDER.key, amount=5_000_000_00)
        everybody_is_entitled(office)
        with clock.step("试算"):
            run = actions.open_run(
                by=office.maker, on=DAY, programme=ELDER.key, month=MONTH, basis=Basis.OCCASION, component="spring", each=EACH,
                paper="峄民〔2010〕20号",
            )  # fmt: skip
            work_off()
        with scoped(WHOLE):
            run = queries.run_of(run.pk)
        assert (run.state, run.count, run.amount, run.held) == ("ready", PEOPLE, PEOPLE * EACH, 0)
        with clock.step("核定"):
            run = confirmed(office.approver, run, DAY)
        with clock.step("开单"):
            actions.order_run(by=office.maker, on=DAY, run=run, layout="bar_utf8")
            work_off()
        with clock.step("送银行、回盘、对账"):
            with scoped(WHOLE):
                batch = queries.run_of(run.pk).batch
            pay(office, batch, failures=REFUSED)
        with clock.step("更正账户、补发、对账"):
            again = make_batch(
                by=office.maker, on=DAY, number="BF201012-1", item="春节补助补发", orders=mended(office), layout="workbook"
            )
            pay(office, again)
        everything_agrees(run)
        connections.close_all()
    assert clock.whole < 15 * 60  # an afternoon's work, with time for tea


def everything_agrees(run) -> None:
    with scoped(WHOLE):
        totals = totals_of_run(queries.run_of(run.pk))
        assert totals.faults() == []
        sides = (totals.run, totals.issued, totals.batch.orders, totals.batch.batch, totals.batch.file, totals.batch.returned)
        assert {(side.count, side.amount) for side in sides} == {(PEOPLE, PEOPLE * EACH)}
        again = control_totals(Batch.objects.get(number="BF201012-1"))
        assert again.agree and (again.returned.count, again.returned.amount) == (REFUSED, REFUSED * EACH)
        assert Issue.objects.values("entitlement").distinct().count() == PEOPLE
        states = with_state(PaymentOrder.objects.all()).values_list("state", flat=True)
        assert set(states) == {"paid"}
        assert sum(balance.paid for balance in FundBalance.objects.all()) == PEOPLE * EACH
