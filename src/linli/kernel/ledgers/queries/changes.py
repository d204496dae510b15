"""A fund's card: its lines by what they are, its history, what waits to be decided, what it still holds."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from linli.base.money import show_yuan
from linli.kernel.access.rules import Forbidden
from linli.kernel.ledgers.models import Account, Balance, Fund, FundChange, Line
from linli.kernel.ledgers.queries.books import on_days
from linli.kernel.ledgers.rules import BANK, CASH, STORE, AccountKind, ChangeState

PARTS = {
    "income": (AccountKind.SOURCE, "收入"), "committed": (AccountKind.PAYABLE, "预留与付出"),
    "spent": (AccountKind.SPEND, "支出"), "cash": (AccountKind.CASH, "货币资金"),
}  # fmt: skip


def fund_lines(
    *, fund: Fund, part: str = "", since: date | None = None, until: date | None = None, words: str = ""
) -> QuerySet[Line]:
    """The lines of a fund on days in the range, inclusive, newest first; ``part``: one of :data:`PARTS`."""
    found = Line.objects.filter(fund=fund).select_related("posting", "account", "order").order_by("-posting__day", "-id")
    if part:
        found = found.filter(account__kind=PARTS[part][0].value)
    found = on_days(found, since, until)
    return found.filter(posting__memo__contains=words) if words else found


def changes_of(fund: Fund) -> QuerySet[FundChange]:
    """What was changed about a fund, or waits to be, newest first."""
    return FundChange.objects.filter(fund=fund).select_related("purpose", "asked_by", "decided_by").order_by("-id")


def waiting_changes() -> QuerySet[FundChange]:
    """The changes of the present scope that wait for a second person, oldest first."""
    return FundChange.objects.filter(state=ChangeState.ASKED.value).select_related("fund").order_by("id")


def change_of(change_id: int) -> FundChange:
    """The change with this id. :raises Forbidden: it is not in the present scope."""
    found = FundChange.objects.select_related("fund__balance", "purpose", "asked_by").filter(pk=change_id).first()
    if found is None:
        raise Forbidden("没有这项变更，或它不在本辖区的账簿内。")
    return found


def held_by(fund: Fund) -> list[str]:
    """What keeps a fund from being closed, in words; empty at zero."""
    balance = fund.balance
    sums = {"货币资金": balance.cash, "已预留": balance.payable, "应追回": balance.receivable}
    held = [f"{name} {show_yuan(amount)} 元" for name, amount in sums.items() if amount]
    stores = Balance.objects.filter(fund=fund, account__kind=AccountKind.STORE.value).exclude(amount=0)
    return held + [f"库存{row.unit.replace('/', ' ')} {row.amount}" for row in stores.order_by("unit")]


def accounts(*, kind: str = "", area: str = "", words: str = "") -> QuerySet[Account]:
    """The accounts of the present scope by book and code."""
    found = Account.objects.order_by("book", "code")
    exact = {"kind": kind, "area": area}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    return found.filter(name__contains=words) if words else found


def cash_accounts(book: str) -> list[tuple[str, str]]:
    """The accounts in which a fund's money can lie: code and name, the main one first."""
    found = Account.objects.filter(book=book, kind=AccountKind.CASH.value).exclude(code=CASH).order_by("code")
    return [(account.code, f"{account.code} {account.name}") for account in found]


def next_code(book: str, kind: AccountKind) -> str:
    """The next free code for a further bank account (1002-01) or store (9201-01)."""
    stem = {AccountKind.CASH: BANK, AccountKind.STORE: STORE}[kind]
    taken = set(Account.objects.filter(book=book, code__gte=f"{stem}-", code__lt=f"{stem}.").values_list("code", flat=True))
    return next(code for number in range(1, len(taken) + 2) if (code := f"{stem}-{number:02d}") not in taken)


def fund_proposal(area: str, on: date) -> str:
    """A free code for a new fund of the year."""
    stem = f"ZJ{on.year}-{area[:9].rstrip('0')}-"
    taken = set(Fund.objects.filter(code__gte=stem, code__lt=stem + "\U0010ffff").values_list("code", flat=True))
    return next(code for number in range(1, len(taken) + 2) if (code := f"{stem}{number:02d}") not in taken)
