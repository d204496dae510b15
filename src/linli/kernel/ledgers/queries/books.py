"""Funds with their balances, accounts, statements, the trial balance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet, Sum, Value, Window
from django.db.models.functions import Coalesce
from django.urls import reverse

from linli.kernel.access.rules import Forbidden
from linli.kernel.ledgers.models import Account, Balance, Fund, FundBalance, Line, Purpose
from linli.kernel.ledgers.rules import FEN, AccountKind, Channel


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One account's total for a unit: a debit above zero or a credit below."""

    code: str
    name: str
    kind: AccountKind
    unit: str
    amount: int

    @property
    def credit(self) -> int:
        """The amount of a credit as people read it."""
        return -self.amount


def funds(*, kind: str = "", level: str = "", area: str = "", words: str = "", standing: str = "") -> QuerySet[Fund]:
    """The funds of the present scope with their balances, by code. ``standing``: "open" or "closed"."""
    found = Fund.objects.select_related("balance").order_by("code")
    exact = {"kind": kind, "level": level, "area": area}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if standing:
        found = found.filter(closed_on__isnull=standing == "open")
    return found.filter(Q(name__contains=words) | Q(code__contains=words) | Q(donor__contains=words)) if words else found


def funds_for(purpose: str) -> list[Fund]:
    """The open funds of the present scope that may be spent on this: those for the purpose, and those without restriction."""
    return list(funds(standing="open").filter(Q(restricted=False) | Q(purposes__purpose=purpose)))


def fund_of(fund_id: int) -> Fund:
    """The fund with this id. :raises Forbidden: it is not in the present scope."""
    fund = Fund.objects.select_related("balance", "account").filter(pk=fund_id).first()
    if fund is None:
        raise Forbidden("没有这项资金，或它不在本辖区的账簿内。")
    return fund


def fund_names(ids: Iterable[int]) -> dict[int, str]:
    """The names of those funds that lie in the present scope, by id: a town does not read the district's books."""
    return dict(Fund.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


def find_fund(code: str) -> Fund | None:
    """The fund with this code in the present scope, if there is one."""
    return Fund.objects.select_related("balance").filter(code=code).first()


def free_of(fund: Fund) -> int:
    """What may still be promised from the fund, in fen, as it stands now."""
    return FundBalance.objects.get(fund=fund).free


def account_of(book: str, code: str) -> Account:
    """The account of an organisation's books. :raises Forbidden: there is none in the present scope."""
    account = Account.objects.filter(book=book, code=code).first()
    if account is None:
        raise Forbidden(f"账簿中没有科目 {code}，请先设立资金或科目。")
    return account


def cash_of(fund: Fund, channel: Channel = Channel.BANK) -> Account:
    """Where a fund's money lies: the account it was opened with, else the main one; the till for cash."""
    if channel is not Channel.CASH and fund.account_id is not None:
        return Account.objects.get(pk=fund.account_id)
    return account_of(fund.book, channel.account)


def purposes() -> QuerySet[Purpose]:
    """Everything that money may be spent on."""
    return Purpose.objects.order_by("key")


def lines_of(*, source: str) -> QuerySet[Line]:
    """All lines of the postings of one piece of work (its ``source``), oldest first."""
    lines = Line.objects.filter(posting__source=source).select_related("posting", "account", "fund")
    return lines.order_by("posting_id", "id")


def statement(
    *, fund: Fund, account: Account, unit: str = FEN, since: date | None = None, until: date | None = None
) -> QuerySet[Line]:
    """One account's lines of a fund, oldest first, each with ``running``: the balance after it, earlier days included.

    Days are inclusive.
    """
    lines = Line.objects.filter(fund=fund, account=account, unit=unit).select_related("posting")
    opening = 0
    if since:
        opening = lines.filter(posting__day__lt=since).aggregate(total=Coalesce(Sum("amount"), 0))["total"]
        lines = lines.filter(posting__day__gte=since)
    if until:
        lines = lines.filter(posting__day__lte=until)
    order = [F("posting__day").asc(), F("id").asc()]
    return lines.annotate(running=Value(opening) + Window(Sum("amount"), order_by=order)).order_by("posting__day", "id")


def trial_balance(*, area: str = "") -> list[TrialRow]:
    """The total of every account, by code; for each unit the amounts sum to zero."""
    rows = Balance.objects.filter(area=area) if area else Balance.objects.all()
    sums = rows.values("account__code", "account__name", "account__kind", "unit").annotate(total=Sum("amount"))
    return [
        TrialRow(row["account__code"], row["account__name"], AccountKind(row["account__kind"]), row["unit"], row["total"])
        for row in sums.order_by("account__code", "unit")
    ]


def goods_balances(*, kind: AccountKind = AccountKind.STORE) -> QuerySet[Balance]:
    """Pieces by store (or handed out) and kind of goods."""
    return Balance.objects.filter(account__kind=kind.value).select_related("account", "fund").order_by("account__code", "unit")


def on_days(lines: QuerySet[Line], since: date | None, until: date | None) -> QuerySet[Line]:
    """The lines whose posting is of a day in the range, inclusive."""
    if since:
        lines = lines.filter(posting__day__gte=since)
    return lines.filter(posting__day__lte=until) if until else lines


def spend_lines(*, since: date | None = None, until: date | None = None, fund: Fund | None = None) -> QuerySet[Line]:
    """The lines of what was spent (promised or paid, less what was taken back), on days in the range, inclusive."""
    lines = on_days(Line.objects.filter(account__kind=AccountKind.SPEND.value), since, until)
    return lines.filter(fund=fund) if fund is not None else lines


FAMILIES = """
    select l.fund_id, count(distinct coalesce(o.household_id, -o.person_id))
      from (select l.fund_id, l.order_id from ledgers_line l join ledgers_account a on a.id = l.account_id and a.kind = 'spend'
             where l.fund_id = any(%s) and l.order_id is not null group by 1, 2 having sum(l.amount) > 0) l
      join ledgers_paymentorder o on o.id = l.order_id
     group by 1
"""


def families_of(funds: Iterable[int]) -> dict[int, int]:
    """For each fund (by id) how many families its payment orders help: a household once, a person without one once."""
    with connection.cursor() as cursor:
        cursor.execute(FAMILIES, [list(funds)])
        return dict(cursor.fetchall())


def goods_lines(*, kind: AccountKind, since: date | None = None, until: date | None = None) -> QuerySet[Line]:
    """The lines of pieces that were handed out (ISSUED), or are in store, on days in the range, inclusive."""
    return on_days(Line.objects.filter(account__kind=kind.value).select_related("posting", "fund"), since, until)


def money_lines(*kinds: AccountKind, since: date | None = None, until: date | None = None) -> QuerySet[Any]:
    """The lines of money on accounts of these kinds, on days in the range, inclusive.

    Each has ``what``: what happened (a :class:`PostingKind`); a reversal is of the kind that it reverses.
    """
    lines = Line.objects.filter(account__kind__in=[kind.value for kind in kinds], unit=FEN).select_related("posting", "fund")
    return on_days(lines, since, until).annotate(what=Coalesce("posting__reverses__kind", "posting__kind"))


def line_shown(line: Line) -> tuple[str, str]:
    """A line as the list of what a figure counts shows it: the day and words of its voucher, and the page."""
    return f"{line.posting.day} {line.posting.memo}", reverse("ledgers:posting", args=[line.posting_id])
