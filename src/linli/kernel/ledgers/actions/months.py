"""Closing a month, and reopening it by two people on a ground."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from linli.base.areas import scope_of
from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale
from linli.kernel.ledgers.actions.posting import refusing
from linli.kernel.ledgers.models import MonthEnd
from linli.kernel.ledgers.queries.months import close_checks, is_a_book, latest_closed, months_to_close
from linli.kernel.ledgers.rules import month_of

AT_ONCE = 60
"""Months that one press closes: each is gone through line by line, and whoever presses waits for it."""


@action("ledgers.close")
def close_month(*, by: Actor, on: date, book: str, month: date) -> MonthEnd:
    """Close a month of a book, all earlier ones with it: no posting lands on their days any more, whoever tries.

    The book is held still while the check list is gone through, so that nothing lands between the last look and the lock.

    :raises Refused: a line of the check list has not passed, or the month is closed already.
    """
    if not scope_of(by.area).contains(book) or not is_a_book(book):
        raise Forbidden("没有这个账簿，或它不在本辖区内。")
    with connection.cursor() as cursor:
        cursor.execute("select ledgers_hold_book(%s)", [book])
    month, last = month_of(month), latest_closed(book)
    if last is not None and month <= last.month:
        raise Refused(f"{month.year} 年 {month.month} 月已经结账，无需再次办理。")
    failed = [check for check in close_checks(book, month, on) if not check.passed]
    if failed:
        raise Refused(f"还不能结账：{'；'.join(f'{check.name}（{check.obstacles[0].text}）' for check in failed)}。请逐项处理。")
    with refusing():
        end = MonthEnd.objects.create(book=book, month=month, closed_on=on, closed_by_id=by.own_hand, area=book)
    end.refresh_from_db()
    about("ledgers.month", end.pk, area=book, month=f"{month:%Y-%m}", postings=end.postings, digest=end.digest[:16])
    return end


@dataclass(frozen=True, slots=True)
class Closed:
    """What one press closed, month after month; the first that could not be, and why; how many were not tried."""

    ends: tuple[MonthEnd, ...]
    stopped: tuple[str, date] | None = None
    why: str = ""
    left: int = 0


@action("ledgers.close")
def close_months(*, by: Actor, on: date, until: date | None = None, most: int = AT_ONCE) -> Closed:
    """Close every month of the actor's scope that is over (before ``until``), the oldest first, each with its own check list.

    The first that does not stand ends it: what was closed before stays closed, and what comes after waits for it.

    :raises Refused: nothing is to be closed.
    """
    waiting = [row for row in months_to_close(until or on) if scope_of(by.area).contains(row.book)]
    if not waiting:
        raise Refused("没有等待结账的月份。")
    ends: list[MonthEnd] = []
    for row in waiting[:most]:
        try:
            with transaction.atomic():
                ends.append(close_month(by=by, on=on, book=row.book, month=row.month))
        except Refused as fault:
            return Closed(tuple(ends), (row.book, row.month), fault.message, len(waiting) - len(ends))
    return Closed(tuple(ends), left=len(waiting) - len(ends))


@action("ledgers.close")
def ask_reopening(*, by: Actor, on: date, end: MonthEnd, ground: str) -> MonthEnd:
    """Ask to have the last closing of a book reopened, with the reason.

    :raises Refused: no reason, or a later month is closed.
    """
    if not tidy(ground):
        raise Refused("请填写重开原因。", field="ground")
    last = latest_closed(end.book)
    if last is None or last.pk != end.pk:
        raise Refused("只能重开最近一次结账；以后月份已结账的，请先重开以后的月份。")
    standing = MonthEnd.objects.filter(pk=end.pk, reopened_on=None)
    if not standing.update(asked_on=on, asked_by_id=by.own_hand, ground=tidy(ground)[:200]):
        raise Stale()
    return _told(end)


@action("ledgers.reopen")
def reopen_month(*, by: Actor, on: date, end: MonthEnd) -> MonthEnd:
    """A second person reopens the month that somebody asked to have reopened.

    :raises Refused: nobody asked, the same person asked, or a later month is closed.
    """
    end.refresh_from_db()
    if end.asked_by_id is None:
        raise Refused("还没有人申请重开这个月。")
    by.apart_from(end.asked_by_id, said="重开须由另一人批准，不能批准本人的申请。")
    with refusing():
        changed = MonthEnd.objects.filter(pk=end.pk, reopened_on=None).update(reopened_on=on, reopened_by_id=by.own_hand)
    if not changed:
        raise Stale()
    return _told(end)


def _told(end: MonthEnd) -> MonthEnd:
    end.refresh_from_db()
    about("ledgers.month", end.pk, area=end.area, month=f"{end.month:%Y-%m}", reopened=end.reopened_on is not None)
    return end
