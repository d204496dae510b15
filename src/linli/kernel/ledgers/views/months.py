"""Months: which are closed, the check list of one, closing and reopening it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.access.actions import press
from linli.kernel.access.rules import page
from linli.kernel.ledgers import actions, forms, queries
from linli.kernel.ledgers.rules import MonthState, Obstacle, PostingKind
from linli.kernel.ledgers.views.common import carry_out
from linli.kernel.ui.forms import Confirm
from linli.kernel.ui.queries import Listing, area_name
from linli.kernel.ui.rules import Badge, Column, Event, Fact, Tone

TONES = {MonthState.OPEN: Tone.NOW, MonthState.CLOSED: Tone.GOOD, MonthState.ASKED: Tone.WARN}
PAGES = {"batch": "ledgers:batch", "posting": "ledgers:posting", "fund": "ledgers:fund", "mend": "ledgers:mend"}


def words_of(month: date) -> str:
    return f"{month.year} 年 {month.month} 月"


def address_of(book: str, month: date) -> str:
    return reverse("ledgers:month", args=[book, month.year, month.month])


def month_badge(row: Any) -> Badge:
    return Badge(MonthState(row.state).zh, TONES[row.state])


COLUMNS = (
    Column("month", "月份", value=lambda row: words_of(row.month), link=lambda row: address_of(row.book, row.month)),
    Column("area", "账簿", kind="area"),
    Column("state", "状态", kind="state", value=month_badge),
    Column("postings", "凭证", kind="count", unit="张"),
    Column("closed_on", "结账日期", kind="day", value=lambda row: row.end.closed_on if row.end else None),
)
VOUCHERS = (
    Column("id", "凭证", kind="code", sort=True, link=lambda row: reverse("ledgers:posting", args=[row.pk])),
    Column("day", "日期", kind="day"),
    Column("kind", "事项", value=lambda row: PostingKind(row.kind).zh),
    Column("memo", "摘要"),
    Column("staff", "制单", value=lambda row: row.staff.name if row.staff else "系统任务", minor=True),
)


@page("ledgers.see")
@require_http_methods(["GET", "HEAD", "POST"])
def months(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="月份", rows=lambda words: queries.book_months(**words), columns=COLUMNS, filters=forms.MonthSearch,
        noun="个月", ident="key", empty="没有这样的月份。",
    )  # fmt: skip
    waiting = queries.months_to_close(request.today) if request.actor.may("ledgers.close") else []
    return listing.response("ledgers/months.html", {"waiting": len(waiting)})


@page("ledgers.close")
@require_POST
def close_months(request: HttpRequest) -> HttpResponse:
    """Every month that is over, one after the other, until one does not stand: then on to its check list."""
    home = reverse("ledgers:months")

    def act() -> str:
        done = actions.close_months(by=request.actor, on=request.today)
        if done.ends:
            first, last = (f"{area_name(end.book)}{words_of(end.month)}" for end in (done.ends[0], done.ends[-1]))
            messages.success(request, f"已结账 {len(done.ends)} 个月，从{first}到{last}，逐月核对六项都通过。")
        if done.stopped is not None:
            messages.error(request, f"停在{area_name(done.stopped[0])}{words_of(done.stopped[1])}：{done.why}")
            return address_of(*done.stopped)
        if done.left:
            messages.info(request, f"还有 {done.left} 个月，请再按一次继续。")
        return home

    return press(request, act, back=home)


@page("ledgers.see")
@require_http_methods(["GET", "HEAD", "POST"])
def month(request: HttpRequest, book: str, year: int, month: int) -> HttpResponse:
    """The month with its check list: what has passed, and what stands in the way."""
    shown = _month(book, year, month)
    closed = queries.is_closed(book, shown)
    ends = list(queries.ends_of(book, shown))
    standing = next((end for end in ends if end.reopened_on is None), None)
    checks = [] if closed else queries.close_checks(book, shown, request.today)
    ready = bool(checks) and all(check.passed for check in checks)
    listing = Listing(
        request, title=f"{words_of(shown)}凭证", columns=VOUCHERS, filters=forms.VoucherSearch, order="id", noun="张",
        rows=lambda words: queries.month_vouchers(book=book, month=shown, **words), empty="没有这样的凭证。",
    )  # fmt: skip
    may_reopen = request.actor.may("ledgers.reopen") and standing is not None and standing.asked_by_id is not None
    words = {
        "book": book, "month": shown, "title": f"{area_name(book)} {words_of(shown)}", "closed": closed, "standing": standing,
        "checks": [(check, [(fault, _page_of(fault)) for fault in check.obstacles]) for check in checks], "ready": ready,
        "passed": sum(check.passed for check in checks), "facts": _facts(standing) if standing else [],
        "history": [event for end in ends for event in _events(end)], "confirm": Confirm(),
        "may_close": ready and request.actor.may("ledgers.close"),
        "may_ask": request.actor.may("ledgers.close") and _is_last(standing) and standing.asked_by_id is None,
        "may_reopen": may_reopen and standing.asked_by_id != request.actor.staff_id,
    }  # fmt: skip
    return listing.response("ledgers/month.html", words)


@page("ledgers.close")
@require_POST
def close_month(request: HttpRequest, book: str, year: int, month: int) -> HttpResponse:
    shown = _month(book, year, month)

    def act() -> str:
        actions.close_month(by=request.actor, on=request.today, book=book, month=shown)
        return address_of(book, shown)

    return press(request, act, back=address_of(book, shown), said="已结账，这个月和以前的月份不能再记账。")


@page("ledgers.close")
def ask_reopening(request: HttpRequest, end_id: int) -> HttpResponse:
    end, form = queries.end_of(end_id), forms.Ground(request.POST or None)
    back = address_of(end.book, end.month)

    def act() -> str:
        actions.ask_reopening(by=request.actor, on=request.today, end=end, **form.cleaned_data)
        return back

    note = "一般差错请在未结账的月份用冲正或补记更正，不必重开。重开须由另一人批准，并留下审计记录。"
    return carry_out(
        request, form, act, title=f"申请重开{words_of(end.month)}", back=back, submit="提交申请", said="已申请，请另一人批准。",
        note=note, grave=True, facts=_facts(end),
    )  # fmt: skip


@page("ledgers.reopen")
@require_POST
def reopen(request: HttpRequest, end_id: int) -> HttpResponse:
    end = queries.end_of(end_id)
    home = address_of(end.book, end.month)

    def act() -> str:
        actions.reopen_month(by=request.actor, on=request.today, end=end)
        return home

    return press(request, act, back=home, said="已重开，可以记账。更正后请重新结账。")


def _month(book: str, year: int, month: int) -> date:
    if not 1 <= month <= 12 or not 1900 <= year <= 2999 or not queries.is_a_book(book):
        raise Http404
    return date(year, month, 1)


def _is_last(end: Any) -> bool:
    last = queries.latest_closed(end.book) if end else None
    return last is not None and last.pk == end.pk


def _page_of(fault: Obstacle) -> str:
    return reverse(PAGES[fault.kind], args=[fault.key]) if fault.kind else ""


def _facts(end: Any) -> list[Fact]:
    return [
        Fact("月份", words_of(end.month)), Fact("结账日期", end.closed_on, kind="day"),
        Fact("结账人", end.closed_by.name if end.closed_by else ""), Fact("凭证", end.postings, kind="count"),
        Fact("借方合计", end.amount, kind="money"), Fact("摘要值", end.digest[:16], kind="code", note="核对账簿时据此发现改动"),
    ]  # fmt: skip


def _events(end: Any) -> list[Event]:
    events = []
    if end.reopened_on:
        events.append(Event(end.reopened_on, "批准重开", end.reopened_by.name, "", Tone.WARN))
    if end.asked_on:
        events.append(Event(end.asked_on, "申请重开", end.asked_by.name, end.ground, Tone.NOW))
    told = f"凭证 {end.postings} 张，摘要值 {end.digest[:16]}"
    events.append(Event(end.closed_on, "结账", end.closed_by.name if end.closed_by else "", told, Tone.GOOD))
    return events
