"""Months of the books: which are closed, and what stands in the way of closing one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncMonth

from linli.base.money import show_yuan
from linli.kernel.access.rules import Forbidden
from linli.kernel.ledgers.models import Account, Batch, BatchLine, MonthEnd, Posting
from linli.kernel.ledgers.queries.batches import control_totals
from linli.kernel.ledgers.rules import BatchState, CloseCheck, LineResult, MonthState, Obstacle, last_day, month_after

SHOWN = 50
SETTLED = [BatchState.RECONCILED.value, BatchState.ARCHIVED.value, BatchState.DISCARDED.value]


@dataclass(frozen=True, slots=True)
class BookMonth:
    """A month of the books of one organisation, with its vouchers and its closing, if it stands."""

    book: str
    month: date
    postings: int
    end: MonthEnd | None

    @property
    def key(self) -> str:
        """What names the row."""
        return f"{self.book} {self.month:%Y-%m}"

    @property
    def area(self) -> str:
        """The organisation whose books they are."""
        return self.book

    @property
    def state(self) -> str:
        """Whether it is open, closed, or asked to be opened again."""
        if self.end is None:
            return MonthState.OPEN.value
        return MonthState.ASKED.value if self.end.asked_by_id else MonthState.CLOSED.value


def latest_closed(book: str) -> MonthEnd | None:
    """The last closing of a book that stands."""
    return MonthEnd.objects.filter(book=book, reopened_on=None).order_by("-month").first()


def is_closed(book: str, day: date) -> bool:
    """Whether nothing can be posted on this day any more."""
    end = latest_closed(book)
    return end is not None and day < month_after(end.month)


def known_books() -> list[str]:
    """The organisations of the present scope that keep books."""
    return list(Account.objects.order_by("book").values_list("book", flat=True).distinct())


def book_months(
    *, book: str = "", state: str = "", since: date | None = None, until: date | None = None
) -> list[BookMonth]:
    """The months of the present scope with vouchers, the newest first; ``since`` and ``until``: first days of months."""
    found = Posting.objects.filter(book=book) if book else Posting.objects.all()
    found = found.filter(day__gte=since) if since else found
    found = found.filter(day__lt=month_after(until)) if until else found
    counted = found.order_by().annotate(month=TruncMonth("day")).values("book", "month").annotate(n=Count("pk"))
    standing = {end.book: end for end in MonthEnd.objects.filter(reopened_on=None).order_by("month")}  # the last one wins
    own = {(end.book, end.month): end for end in MonthEnd.objects.filter(reopened_on=None)}
    rows = []
    for row in counted:
        key = row["book"], row["month"]
        last = standing.get(row["book"])
        covered = last if last is not None and row["month"] <= last.month else None
        rows.append(BookMonth(*key, row["n"], own.get(key) or covered))
    rows = [row for row in rows if state in ("", row.state)]
    return sorted(rows, key=lambda row: (row.month, row.book), reverse=True)


def months_to_close(on: date) -> list[BookMonth]:
    """Months that are over and stand open, oldest first."""
    open_ones = [row for row in book_months() if row.end is None and month_after(row.month) <= on]
    return open_ones[::-1]


def ends_of(book: str, month: date) -> QuerySet[MonthEnd]:
    """Every closing of the month, the newest first, reopened ones included."""
    found = MonthEnd.objects.filter(book=book, month=month)
    return found.select_related("closed_by", "asked_by", "reopened_by").order_by("-id")


def end_of(end_id: int) -> MonthEnd:
    """The closing with this id. :raises Forbidden: it is not in the present scope."""
    end = MonthEnd.objects.filter(pk=end_id).first()
    if end is None:
        raise Forbidden("没有这次结账，或它不在本辖区的账簿内。")
    return end


def reopenings_asked() -> QuerySet[MonthEnd]:
    """Closings of the present scope that somebody asks to have reopened."""
    return MonthEnd.objects.filter(asked_by__isnull=False, reopened_on=None).order_by("id")


def month_vouchers(*, book: str, month: date, words: str = "", kind: str = "") -> QuerySet[Posting]:
    """The vouchers of a month in their order."""
    found = Posting.objects.filter(book=book, day__gte=month, day__lt=month_after(month)).select_related("staff").order_by("id")
    if kind:
        found = found.filter(kind=kind)
    return found.filter(memo__contains=words) if words else found


def is_a_book(book: str) -> bool:
    """Whether these are books of the present scope."""
    return Account.objects.filter(book=book).exists()


def close_checks(book: str, month: date, on: date) -> list[CloseCheck]:
    """The check list of a month's end; it can be closed when every line has passed."""
    until = last_day(month)
    end = latest_closed(book)
    since = month_after(end.month) if end else None
    over = () if on > until else (Obstacle(f"{until} 还没有过完，最早 {until + timedelta(days=1)} 可以结账"),)
    return [
        CloseCheck("本月已经过完", over),
        CloseCheck("每张凭证借贷相等", tuple(_unbalanced(book, until))),
        CloseCheck("资金和科目余额等于分录之和", tuple(_wrong_balances(book))),
        CloseCheck("发放批次都已对账", tuple(_open_batches(book, until))),
        CloseCheck("回盘结果都已处理", tuple(_open_returns(book, until))),
        CloseCheck("付款单、批次、银行文件、回盘的控制总数一致", tuple(_unequal_totals(book, since, until))),
    ]


UNBALANCED = """
    select distinct p.id from ledgers_posting p join ledgers_line l on l.posting_id = p.id
     where p.book = %s and p.day <= %s group by p.id, l.fund_id, l.unit having sum(l.amount) <> 0 order by 1 limit %s
"""
WRONG_BALANCES = """
    select distinct fund_id from (
        select b.fund_id, b.account_id, b.unit, b.amount from ledgers_balance b
          join ledgers_account a on a.id = b.account_id where a.book = %s) b
      full join (
        select l.fund_id, l.account_id, l.unit, sum(l.amount) as amount from ledgers_line l
          join ledgers_posting p on p.id = l.posting_id where p.book = %s group by 1, 2, 3) l
     using (fund_id, account_id, unit)
     where coalesce(b.amount, 0) <> coalesce(l.amount, 0) order by 1 limit %s
"""


def _unbalanced(book: str, until: date) -> Iterator[Obstacle]:
    with connection.cursor() as cursor:
        cursor.execute(UNBALANCED, [book, until, SHOWN])
        for (posting,) in cursor.fetchall():
            yield Obstacle(f"凭证 {posting} 借贷不相等", "posting", posting)


def _wrong_balances(book: str) -> Iterator[Obstacle]:
    with connection.cursor() as cursor:
        cursor.execute(WRONG_BALANCES, [book, book, SHOWN])
        for (fund,) in cursor.fetchall():
            yield Obstacle(f"资金 {fund} 的余额与分录之和不一致", "fund", fund)


def _open_batches(book: str, until: date) -> Iterator[Obstacle]:
    for batch in Batch.objects.filter(area=book, made_on__lte=until).exclude(state__in=SETTLED).order_by("id")[:SHOWN]:
        what = f"{batch.item} {batch.count} 笔 {show_yuan(batch.amount)} 元"
        yield Obstacle(f"批次 {batch.number} {what}，{BatchState(batch.state).zh}", "batch", batch.pk)


def _open_returns(book: str, until: date) -> Iterator[Obstacle]:
    failed = BatchLine.objects.filter(batch__area=book, result=LineResult.FAILED.value, mended_on=None, order__cancelled_on=None)
    for line in failed.filter(settled_on__lte=until).select_related("order", "batch").order_by("id")[:SHOWN]:
        words = f"批次 {line.batch.number} 第 {line.sequence} 笔 {line.order.payee} {show_yuan(line.amount)} 元被退回"
        yield Obstacle(f"{words}：{line.reason}", "mend", line.pk)


def _unequal_totals(book: str, since: date | None, until: date) -> Iterator[Obstacle]:
    found = Batch.objects.filter(area=book, made_on__lte=until).exclude(state=BatchState.DISCARDED.value)
    if since is not None:  # what was settled before the last closing was judged then
        found = found.annotate(last=Max("lines__settled_on")).exclude(last__lt=since)
    for batch in found.order_by("id"):
        for fault in control_totals(batch).faults():
            yield Obstacle(f"批次 {batch.number}：{fault}", "batch", batch.pk)
