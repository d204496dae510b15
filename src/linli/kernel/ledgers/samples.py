"""Made-up funds and money for tests and the demo, through the real actions."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from linli.gateways import bank
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, DemoPlan, Refused, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, demo_actor, make_founders, make_staff
from linli.kernel.ledgers.actions import (
    Settled,
    check_batch,
    close_months,
    lock_batch,
    make_batch,
    move_money,
    open_fund,
    open_purpose,
    order_payments,
    receive,
    reconcile_batch,
    send_batch,
    settle_by_hand,
    settle_return,
)
from linli.kernel.ledgers.models import Batch, Fund, PaymentOrder
from linli.kernel.ledgers.queries.orders import shares_of, unbatched_orders
from linli.kernel.ledgers.rules import BANK, CASH, AccountKind, BatchState, Channel, FundKind, FundLevel, OrderRow, month_of
from linli.kernel.registry.actions import add_bank_account
from linli.kernel.registry.models import Area
from linli.kernel.registry.samples import make_areas, make_person

PURPOSES = {"aid.warmth": "情暖万家", "aid.illness": "大病救助", "office.cost": "管理费用"}


@dataclass(frozen=True)
class Desk:
    """The people who handle money in one organisation."""

    maker: Actor
    checker: Actor
    approver: Actor


def make_desk(area: str = DISTRICT, on: date = FIRST_DAY) -> Desk:
    """A finance maker, a finance checker and (in the district) an approver, with their posts."""
    founders = make_founders()
    mark = "" if area == DISTRICT else area[6:9]
    people = {
        "maker": (f"caijing{mark}", "财经办", Role.FINANCE_MAKER, area),
        "checker": (f"fuhe{mark}", "财复核", Role.FINANCE_CHECKER, area),
        "approver": (f"shenpi{mark}", "区审批", Role.DISTRICT_APPROVER, DISTRICT),
    }
    made = {key: make_staff(username, name, role, at, on, founders) for key, (username, name, role, at) in people.items()}
    return Desk(**made)


def make_purposes(by: Actor, on: date = FIRST_DAY) -> None:
    """The purposes that the samples spend on."""
    for key, name in PURPOSES.items():
        open_purpose(by=by, on=on, key=key, name=name)


def make_fund(
    by: Actor, *, amount: int = 0, code: str = "JZ-2010-01", name: str = "慈心一日捐", area: str = DISTRICT, on: date = FIRST_DAY,
    kind: FundKind = FundKind.DONATION, level: FundLevel = FundLevel.DISTRICT, purposes: tuple[str, ...] | None = None,
    samples: bool = True,
) -> Fund:  # fmt: skip
    """A fund with ``amount`` fen received; restricted when purposes are given. ``samples``: with the purposes that tests spend
    on, which a demo has of its own under the same names.
    """
    if samples:
        make_purposes(by, on)
    limits = None if purposes is None else {key: "捐赠协议第 1 号" for key in purposes}
    fund = open_fund(by=by, on=on, code=code, name=name, kind=kind, level=level, area=area, purposes=limits)
    if amount:
        receive(by=by, on=on, fund=fund, amount=amount, reference=f"receive:{code}", memo=f"{name}到账")
    return fund


@dataclass(frozen=True)
class Payee:
    """Somebody who can be paid, with the id of the bank account (None: by hand) and its number."""

    person: int
    name: str
    area: str
    account: int | None
    number: str = ""


def account_number(seq: int) -> str:
    """A made-up card number that passes the Luhn check (ISO/IEC 7812)."""
    body = f"62220299{seq:010d}"
    odd = sum(sum(divmod(2 * int(digit), 10)) for digit in reversed(body[-1::-2]))
    even = sum(int(digit) for digit in body[-2::-2])
    return f"{body}{-(odd + even) % 10}"


def make_payees(count: int = 3, *, area: str = "370404100201", on: date = FIRST_DAY, banked: bool = True) -> list[Payee]:
    """People of one village, each with a bank account of an own. Opens the demo district's areas where they are missing."""
    system, security = make_founders()
    if not Area.objects.exists():
        make_areas(system, on)
    worker = make_staff(f"worker{area[-6:]}{int(banked)}", "古社工", Role.COMMUNITY_WORKER, area, on, (system, security))
    made = []
    for seq in range(1, count + 1):
        person = make_person(worker, on, f"王{'一二三四五六七八九十'[seq % 10]}", area, date(1960, 5, 1) + timedelta(seq // 400))
        number = account_number(person.pk)
        account = None
        if banked:
            account = add_bank_account(by=worker, on=on, person_id=person.pk, bank="枣庄银行峄城支行", number=number).pk
        made.append(Payee(person.pk, person.name, area, account, number if banked else ""))
    return made


def order_row(payee: Payee, source: str, *shares: tuple[Fund, int], purpose: str = "aid.warmth") -> OrderRow:
    """A payment to this payee, paid by these funds."""
    parts = tuple((fund.pk, part) for fund, part in shares)
    amount = sum(part for _, part in parts)
    return OrderRow(source, amount, purpose, parts, payee.name, payee.area, person=payee.person, account=payee.account)


def make_orders(desk: Desk, fund: Fund, payees: list[Payee], *, amount: int = 500_00, on: date = FIRST_DAY) -> list[PaymentOrder]:
    """One order of ``amount`` fen for each payee."""
    rows = [order_row(payee, f"sample:{payee.person}", (fund, amount)) for payee in payees]
    order_payments(by=desk.approver, on=on, rows=rows)
    with scoped(desk.approver):
        return list(PaymentOrder.objects.filter(source__in=[row.source for row in rows]).order_by("id"))


def make_locked_batch(desk: Desk, orders: list[PaymentOrder], *, number: str = "P2010-001", on: date = FIRST_DAY) -> Batch:
    """A batch that the maker made and the checker checked and locked."""
    batch = make_batch(by=desk.maker, on=on, number=number, item="情暖万家", orders=[order.pk for order in orders])
    check_batch(by=desk.checker, on=on, batch=batch, count=batch.count, amount=batch.amount)
    return lock_batch(by=desk.checker, on=on, batch=batch)


def bank_answers(maker: Actor, *, on: date, batch: Batch, failures: int = 0) -> Settled:
    """Send a locked batch to a bank that answers at once and fails the first lines; book what it answers."""
    file = send_batch(by=maker, on=on, batch=batch)
    layout = bank.layouts()[batch.layout]
    with TemporaryDirectory() as folder:
        refused = [payment.account for payment in bank.read_batch(layout, file.content).payments[:failures]]
        desk = bank.FakeBank(Path(folder), layout, dict.fromkeys(refused, next(iter(layout.reasons))))
        desk.submit(file)
        (answer,) = desk.collect()
        return settle_return(by=maker, on=on, batch=batch, name=answer.name, content=answer.content)


WEEK = timedelta(days=7)


def demo_single_payments(plan: DemoPlan) -> None:
    """What was ordered one by one until a week ago is paid by bank, in cash or by transfer; what is newer waits for the maker."""
    maker, checker = demo_actor("maker", plan.on), demo_actor("checker", plan.on)
    ordered, checked, paid = (plan.on - timedelta(days=days) for days in (5, 4, 3))
    for place, channel in enumerate(Channel, 1):
        fits = {Channel.BANK: {"account__isnull": False}, Channel.CASH: {"account": None, "organisation": None}}
        wanted = fits.get(channel, {"organisation__isnull": False})
        with scoped(maker):
            old = unbatched_orders().filter(made_on__lte=plan.on - WEEK, **wanted).exclude(made_by=checker.staff_id)
            orders = list(old.order_by("pk"))
        if not orders:
            continue
        if channel is Channel.CASH:
            _fetch_cash(maker, ordered, orders)
        ids = [order.pk for order in orders]
        words = {"number": f"LX{plan.on:%Y%m}-{place:03d}", "item": "零星救助款", "orders": ids, "channel": channel}
        batch = make_batch(by=maker, on=ordered, **words)
        check_batch(by=checker, on=checked, batch=batch, count=batch.count, amount=batch.amount)
        batch = lock_batch(by=checker, on=checked, batch=batch)
        if channel is Channel.BANK:
            bank_answers(maker, on=paid, batch=batch)
        else:
            with scoped(maker):
                proofs = {line.pk: f"{channel.zh}第{line.sequence}号" for line in batch.lines.all()}
            settle_by_hand(by=maker, on=paid, batch=batch, proofs=proofs)


def demo_months(plan: DemoPlan) -> None:
    """Every month but the last is closed, as far as the check lists stand; the last waits for the maker."""
    maker, last = demo_actor("maker", plan.on), month_of(month_of(plan.on) - timedelta(days=1))
    with scoped(maker):
        answered = list(Batch.objects.filter(state=BatchState.SENT.value, made_on__lt=month_of(plan.on)).order_by("pk"))
    for batch in answered:
        with suppress(Refused):  # some lines still wait for the bank
            reconcile_batch(by=maker, on=plan.on, batch=batch)
    done = 0
    while True:
        try:
            closed = close_months(by=maker, on=plan.on, until=last)
        except Refused:  # nothing is left, or the next one does not stand
            return
        done += len(closed.ends)
        plan.tell("逐月结账", done, done + closed.left)
        if closed.stopped or not closed.left:
            return


def _fetch_cash(maker: Actor, on: date, orders: list[PaymentOrder]) -> None:
    """What is handed over in cash is fetched from the bank first, for each fund."""
    sums: Counter[int] = Counter()
    with scoped(maker):
        for order in orders:
            sums.update(shares_of(order, AccountKind.PAYABLE))
        funds = Fund.objects.in_bulk(sums)
    for pk, amount in sorted(sums.items()):
        words = {"reference": f"cash:{on:%Y%m%d}:{pk}", "memo": "提取现金发放救助款"}
        move_money(by=maker, on=on, fund=funds[pk], amount=amount, account=BANK, to=CASH, **words)
