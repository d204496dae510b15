"""Funds: where the money comes from, what is left, every line of it with what stands behind it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.base.money import show_yuan
from linli.kernel.access.actions import recording
from linli.kernel.access.rules import page
from linli.kernel.ledgers import actions, forms, queries
from linli.kernel.ledgers.rules import AccountKind, ChangeState, FundLevel, Origin, PostingKind
from linli.kernel.ledgers.views.common import carry_out
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Event, Fact, NumberCard, Tone


def fund_badge(fund: Any) -> Badge:
    return Badge("已关闭", Tone.QUIET) if fund.closed_on else Badge("使用中", Tone.GOOD)


COLUMNS = (
    Column("code", "编号", kind="code", sort=True, link=lambda row: reverse("ledgers:fund", args=[row.pk])),
    Column("name", "资金", sort=True),
    Column("kind", "来源", value=lambda row: row.get_kind_display(), minor=True),
    Column("level", "层级", value=lambda row: row.get_level_display(), minor=True),
    Column("received", "收入", kind="money", value="balance.received", sort="balance__received", total="balance__received"),
    Column("payable", "已预留", kind="money", value="balance.payable", total="balance__payable"),
    Column("paid", "已支付", kind="money", value="balance.paid"),
    Column("free", "可用", kind="money", value="balance.free"),
    Column("state", "状态", kind="state", value=fund_badge),
    Column("area", "账簿", kind="area", minor=True),
)
ACCOUNTS = (
    Column("code", "科目", kind="code", sort="book,code"),
    Column("name", "名称"),
    Column("kind", "性质", value=lambda row: row.get_kind_display()),
    Column("area", "账簿", kind="area"),
)


@page("ledgers.see")
def funds(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="资金", rows=lambda words: queries.funds(**words), columns=COLUMNS, filters=forms.FundSearch, order="code",
        noun="项", empty="没有这样的资金。", export=recording(by=request.actor, verb="ledgers.export", kind="ledgers.fund"),
    )  # fmt: skip
    words = {"may_open": request.actor.may("ledgers.open"), "waiting": list(queries.waiting_changes())}
    return listing.response("ledgers/funds.html", words)


@page("ledgers.see")
def fund(request: HttpRequest, fund_id: int) -> HttpResponse:
    """The card: what came, is promised, was paid, is free; every line opens to its voucher and to the work behind it."""
    shown = queries.fund_of(fund_id)
    origins: dict[int, Origin] = {}
    listing = Listing(
        request, title=f"{shown.name}明细账", columns=_line_columns(origins), filters=forms.FundLines, noun="笔",
        empty="没有这样的记录。", rows=lambda words: queries.fund_lines(fund=shown, **words),
        export=recording(by=request.actor, verb="ledgers.export", kind="ledgers.fund", subject=shown.pk),
    )  # fmt: skip
    if "export" not in request.GET:
        origins |= queries.origins_of(request.actor, listing.page.object_list)
    changes = list(queries.changes_of(shown))
    words = {
        "fund": shown, "badge": fund_badge(shown), "cards": _cards(shown), "facts": _facts(shown),
        "allowed": queries.purposes_of(shown), "history": [_event(change) for change in changes],
        "waiting": [change for change in changes if change.state == ChangeState.ASKED.value],
        "can": _what_can_be_done(request.actor, shown),
    }  # fmt: skip
    return listing.response("ledgers/fund.html", words)


@page("ledgers.open")
def new_fund(request: HttpRequest) -> HttpResponse:
    initial = {
        "area": request.actor.area, "code": queries.fund_proposal(request.actor.area, request.today), "kind": "donation",
        "level": FundLevel.TOWN.value if request.actor.area[6:9] != "000" else FundLevel.DISTRICT.value,
    }  # fmt: skip
    form = forms.NewFund(request.POST or None, actor=request.actor, initial=initial)

    def act() -> str:
        made = actions.open_fund(by=request.actor, on=request.today, **form.said)
        return reverse("ledgers:fund", args=[made.pk])

    note = "设立后余额为零，到账时登记收款。用途、年度和限额设立后只能由经办提出、复核同意后变更；资金不能删除，结清后可以关闭。"
    back = reverse("ledgers:funds")
    return carry_out(request, form, act, title="设立资金", back=back, submit="设立资金", said="已设立资金。", note=note)


@page("ledgers.receive")
def receive(request: HttpRequest, fund_id: int) -> HttpResponse:
    shown, form = queries.fund_of(fund_id), forms.Receipt(request.POST or None)
    back = reverse("ledgers:fund", args=[shown.pk])

    def act() -> str:
        data = form.cleaned_data | {"reference": f"bank:{form.cleaned_data['reference']}"}
        actions.receive(by=request.actor, on=request.today, fund=shown, **data)
        return back

    return carry_out(request, form, act, title=f"登记收款：{shown.name}", back=back, submit="登记收款", said="已登记收款。")


@page("ledgers.see")
@require_http_methods(["GET", "HEAD", "POST"])
def accounts(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="科目与账户", rows=lambda words: queries.accounts(**words), columns=ACCOUNTS, filters=forms.AccountSearch,
        order="code", noun="个", empty="没有这样的科目。科目随第一项资金一起设立。",
    )  # fmt: skip
    return listing.response("ledgers/accounts.html", {"may_open": request.actor.may("ledgers.open")})


@page("ledgers.open")
def new_account(request: HttpRequest) -> HttpResponse:
    form = forms.NewAccount(request.POST or None, actor=request.actor, initial={"area": request.actor.area})

    def act() -> str:
        data, kind = form.cleaned_data, AccountKind(form.cleaned_data["kind"])
        code = queries.next_code(data["area"], kind)
        actions.open_account(by=request.actor, on=request.today, area=data["area"], code=code, name=data["name"], kind=kind)
        return reverse("ledgers:accounts")

    note = "科目编号自动排列。账户设立后不能改名或删除。请勿填写完整账号，写尾号即可。"
    back = reverse("ledgers:accounts")
    return carry_out(request, form, act, title="设立账户", back=back, submit="设立账户", said="已设立账户。", note=note)


def _line_columns(origins: dict[int, Origin]) -> tuple[Column, ...]:
    return (
        Column("day", "日期", kind="day", value="posting.day", sort="posting__day,id"),
        Column(
            "posting", "凭证", kind="code", value="posting_id", link=lambda row: reverse("ledgers:posting", args=[row.posting_id])
        ),
        Column("kind", "事项", value=lambda row: PostingKind(row.posting.kind).zh),
        Column("account", "科目", value="account.name", minor=True),
        Column("memo", "摘要", value="posting.memo"),
        Column(
            "origin", "来源业务", value=lambda row: origins[row.pk].words if row.pk in origins else "",
            link=lambda row: origins[row.pk].href if row.pk in origins else "",
        ),
        Column("debit", "借方", kind="money", value=lambda row: row.amount if row.amount > 0 and row.unit == "fen" else None),
        Column("credit", "贷方", kind="money", value=lambda row: -row.amount if row.amount < 0 and row.unit == "fen" else None),
        Column("pieces", "物资", value=_pieces, minor=True),
    )  # fmt: skip


def _pieces(line: Any) -> str:
    return "" if line.unit == "fen" else f"{line.amount} {line.unit.replace('/', ' ')}"


def _cards(fund: Any) -> list[NumberCard]:
    balance = fund.balance
    home = reverse("ledgers:fund", args=[fund.pk])
    return [
        NumberCard("收入", show_yuan(balance.received), "元", href=f"{home}?part=income#lines", definition="已到账的全部金额"),
        NumberCard(
            "已预留", show_yuan(balance.payable), "元", href=f"{home}?part=committed#lines", definition="已开付款单、尚未付出"
        ),
        NumberCard(
            "已支付", show_yuan(balance.paid), "元", href=f"{home}?part=cash#lines", definition="已付出、没有退回或追回到账"
        ),
        NumberCard(
            "可用", show_yuan(balance.free), "元", href=f"{home}#lines", definition="收入 - 已支付 - 已预留",
            tone=Tone.GOOD if balance.free else Tone.QUIET,
        ),
    ]  # fmt: skip


def _facts(fund: Any) -> list[Fact]:
    balance = fund.balance
    spent = f"{show_yuan(fund.ceiling)} 元（已支出和预留 {show_yuan(balance.spent)} 元）" if fund.ceiling is not None else "不限"
    return [
        Fact("资金编号", fund.code, kind="code"),
        Fact("账簿", fund.area, kind="area"),
        Fact("来源", f"{fund.get_kind_display()}（{fund.get_level_display()}）"),
        Fact("捐赠人或拨款单位", fund.donor),
        Fact("限用年度", f"{fund.year} 年" if fund.year else "不限"),
        Fact("支出限额", spent),
        Fact("要求", fund.limits or ("限定用途" if fund.restricted else "未限定用途")),
        Fact("存放账户", fund.account.name if fund.account else "银行存款（基本账户）"),
        Fact("设立日期", fund.opened_on, kind="day"),
        *([Fact("关闭日期", fund.closed_on, kind="day")] if fund.closed_on else []),
        *([Fact("应追回", balance.receivable, kind="money")] if balance.receivable else []),
    ]


def _event(change: Any) -> Event:
    what = {"rename": f"由“{change.before}”更名为“{change.name}”", "close": "关闭资金"}.get(change.kind)
    if change.kind == "purpose":
        what = f"增加用途“{change.purpose.name}”"
    if change.kind == "limit":
        now = "不限" if change.ceiling is None else f"{show_yuan(change.ceiling)} 元"
        what = f"支出限额由{change.before or '不限'}改为{now}"
    state = ChangeState(change.state)
    who = "、".join(staff.name for staff in (change.asked_by, change.decided_by) if staff)
    text = change.basis + (f"。复核意见：{change.note}" if change.note else "")
    tone = {ChangeState.ASKED: Tone.NOW, ChangeState.DONE: Tone.GOOD, ChangeState.REFUSED: Tone.BAD}[state]
    return Event(change.decided_on or change.asked_on, f"{what}（{state.zh}）", who, text, tone)


def _what_can_be_done(actor: Any, fund: Any) -> dict[str, bool]:
    opened = fund.closed_on is None
    change = opened and actor.may("ledgers.open")
    return {
        "receive": opened and actor.may("ledgers.receive"), "change": change, "purpose": change and fund.restricted,
        "close": change and not queries.held_by(fund), "decide": actor.may("ledgers.change"),
    }  # fmt: skip
