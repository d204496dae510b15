"""Monthly runs: the list, a new one, its difference list with checks and totals, and its steps."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.base.money import in_words
from linli.kernel.access.actions import press, record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.entitlements import actions, forms, queries
from linli.kernel.entitlements.rules import Basis, Difference, Fault, Ground, ItemKind, RunState, month_of
from linli.kernel.entitlements.views.common import carry_out, run_badge
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Step, Tone, without_totals

TONES = {
    Difference.NEW: Tone.GOOD, Difference.BACK: Tone.NOW, Difference.UP: Tone.NOW, Difference.DOWN: Tone.WARN,
    Difference.STOP: Tone.BAD,
}  # fmt: skip
COLUMNS = (
    Column("programme", "项目", value=lambda row: queries.programme_zh(row.programme),
           link=lambda row: reverse("entitlements:run", args=[row.pk])),
    Column("month", "月份", value=lambda row: f"{row.month:%Y-%m}", sort="month"),
    Column("what", "内容", minor=True,
           value=lambda row: queries.component_zh(row.programme, row.component) if row.component else "按月发放"),
    Column("state", "状态", kind="state", value=run_badge),
    Column("count", "份数", kind="count"),
    Column("amount", "金额", kind="money", sort=True, total="amount"),
    Column("held", "暂缓", kind="count", minor=True),
    Column("made_on", "试算日期", kind="day", sort=True, minor=True),
)  # fmt: skip
LINES = (
    Column("payee", "领款人", kind="person", value="payee.name",
           link=lambda row: reverse("entitlements:entitlement", args=[row.entitlement_id])),
    Column("holder", "持证人", kind="person", value="entitlement.person.name", minor=True),
    Column("difference", "增减", kind="state", value=lambda row: difference_badge(row.difference), sort="difference"),
    Column("ground", "原因", value=lambda row: Ground(row.ground).zh if row.ground else "—"),
    Column("before", "上次", kind="money", total="before", sort=True),
    Column("monthly", "本月", kind="money", total="monthly", sort=True),
    Column("amount", "应发", kind="money", total="amount", sort=True),
    Column("faults", "核对", value=lambda row: "；".join(Fault(one).zh for one in row.faults) or "—"),
    Column("persons", "人数", kind="count", minor=True),
    Column("area", "所在地", kind="area", sort="area", minor=True),
)  # fmt: skip
UNSUMMED = tuple(replace(column, total="") for column in LINES)
ORDER = (RunState.READY, RunState.CONFIRMED, RunState.ORDERED)
WITH_TOTALS = (RunState.ORDERING, RunState.ORDERED)
STEP_NAMES = {RunState.READY: "试算", RunState.CONFIRMED: "核定", RunState.ORDERED: "开单生成批次"}


def difference_badge(value: str) -> Badge:
    one = Difference(value)
    return Badge(one.zh, TONES.get(one, Tone.QUIET))


@page("entitlements.runs")
@require_http_methods(["GET", "HEAD", "POST"])
def runs(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="月度发放", rows=lambda words: queries.runs(**words), columns=_columns(request.actor),
        filters=forms.RunSearch, noun="次",
        empty="还没有月度发放。", name_of=str,
    )  # fmt: skip
    return listing.response("entitlements/runs.html")


def _columns(actor: Any) -> tuple[Column, ...]:
    """The list for this reader."""
    return without_totals(COLUMNS, partial(queries.states_totals, actor)) if actor.may("entitlements.confirm") else COLUMNS


@page("entitlements.draft")
@require_http_methods(["GET", "POST"])
def new_run(request: HttpRequest) -> HttpResponse:
    form = forms.NewRun(
        request.POST or None, occasions=queries.occasion_choices(),
        initial={"month": month_of(request.today), "programme": request.GET.get("programme", "")},
    )  # fmt: skip

    def act() -> str:
        run = actions.open_run(by=request.actor, on=request.today, **form.said)
        return reverse("entitlements:run", args=[run.pk])

    note = "试算不付款：先得出与上次发放的增减名单和需要处理的问题，由另一人核定后才开单。"
    return carry_out(
        request, form, act, title="新建发放", back=reverse("entitlements:runs"), submit="试算", said="已提交试算。", note=note
    )


@page("entitlements.runs")
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    shown = queries.run_of(run_id)
    listing = Listing(
        request, title=f"{queries.run_zh(shown)}{shown.month:%Y-%m}增减名单", noun="份",
        columns=UNSUMMED if queries.states_totals(request.actor, shown) else LINES,
        rows=lambda words: queries.run_lines(shown, on=request.today, **words), name_of=lambda row: row.payee.name,
        filters=forms.within(forms.LineSearch, request.actor.scope), empty="没有这样的明细。",
        export=recording(by=request.actor, verb="entitlements.export", kind="entitlements.run", subject=shown.pk),
    )  # fmt: skip
    return listing.response("entitlements/run.html", _words(request, shown))


def _words(request: HttpRequest, shown: Any) -> dict[str, Any]:
    state, whole = RunState(shown.state), request.actor.covers(shown.area)
    return {
        "run": shown, "badge": run_badge(shown), "steps": _steps(state), "facts": _facts(shown), "progress": shown.progress,
        "title": f"{queries.run_zh(shown)} {shown.month:%Y-%m} 发放",
        "running": state is RunState.WAITING or (state is RunState.ORDERING and shown.progress.total > 0 and not shown.message),
        "differences": [(one, difference_badge(one.difference.value)) for one in queries.differences_of(shown)],
        "faults": queries.faults_of_run(shown), "towns": queries.towns_of_run(shown), "parts": _parts(shown),
        "whole": whole, "totals": queries.totals_of_run(shown) if whole and state in WITH_TOTALS else None,
        "blind": queries.states_totals(request.actor, shown),
        "in_words": in_words(shown.amount), "can": _can(request.actor, shown, state),
        "newer": queries.decided_since(shown) if state is RunState.READY else 0,
    }  # fmt: skip


def _steps(state: RunState) -> list[Step]:
    if state in (RunState.DISCARDED, RunState.FAILED):
        return [Step("试算", "done"), Step(state.zh, "back")]
    at = {RunState.WAITING: -1, RunState.READY: 0, RunState.CONFIRMED: 1, RunState.ORDERING: 1, RunState.ORDERED: 2}[state]
    return [
        Step(STEP_NAMES[step], "done" if place <= at else "now" if place == at + 1 else "todo")
        for place, step in enumerate(ORDER)
    ]


def _facts(shown: Any) -> list[Fact]:
    def who(staff: Any, day: Any) -> str:
        return f"{staff.name if staff else '系统任务'}（{day}）" if day else ""

    facts = [
        Fact("项目", queries.run_zh(shown)), Fact("发放月份", f"{shown.month:%Y-%m}"),
        Fact("金额依据", Basis(shown.basis).zh), Fact("试算", who(shown.made_by, shown.made_on)),
        Fact("核定", who(shown.confirmed_by, shown.confirmed_on)), Fact("开单日期", shown.ordered_on, kind="day"),
    ]  # fmt: skip
    if not shown.component:
        facts.insert(2, Fact("应于此日前到账", queries.pay_by(shown.programme, shown.month, shown.area), kind="day"))
    if shown.first < shown.month:
        facts.insert(2, Fact("含以前月份", f"自 {shown.first:%Y-%m} 起"))
    if shown.words.get("paper"):
        facts.insert(3, Fact("依据文件", shown.words["paper"]))
    return facts


def _parts(shown: Any) -> list[tuple[str, str, int, int]]:
    return [
        (queries.component_zh(shown.programme, row["component"]), ItemKind(row["kind"]).zh, row["count"], row["total"])
        for row in queries.parts_of_run(shown)
    ]


def _can(actor: Any, shown: Any, state: RunState) -> dict[str, bool]:
    """Which buttons the page shows, none to a town; the actions judge again."""
    maker = actor.may("entitlements.draft")
    if not actor.covers(shown.area):
        return {}
    return {
        "confirm": queries.states_totals(actor, shown),
        "redraft": maker and state is RunState.READY,
        "discard": maker and state in (RunState.READY, RunState.FAILED),
        "order": actor.may("entitlements.order") and state in (RunState.CONFIRMED, RunState.ORDERING)
        and shown.confirmed_by_id != actor.staff_id,
    }  # fmt: skip


@page("entitlements.runs")
@require_GET
def progress(request: HttpRequest, run_id: int) -> HttpResponse:
    """The part of the page that changes; when the step is over the page is loaded anew."""
    shown = queries.run_of(run_id)
    state = RunState(shown.state)
    answer = render(request, "entitlements/progress.html", {"run": shown, "progress": shown.progress})
    if state not in (RunState.WAITING, RunState.ORDERING) or shown.message:
        answer["HX-Refresh"] = "true"
    return answer


@page("entitlements.confirm")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, run_id: int) -> HttpResponse:
    shown, form = queries.run_of(run_id), forms.ConfirmRun(request.POST or None)
    back = reverse("entitlements:run", args=[shown.pk])

    def act() -> str:
        actions.confirm_run(by=request.actor, on=request.today, run=shown, **form.cleaned_data)
        return back

    note = "请对照增减名单和核对结果，填写从名单上得到的份数和金额；与试算相符才能核定。"
    return carry_out(
        request, form, act, title="核定月度发放", back=back, submit="核定无误", said="已核定，可以开单。",
        facts=_facts(shown)[:4], note=note,
    )  # fmt: skip


@page("entitlements.order")
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, run_id: int) -> HttpResponse:
    shown, form = queries.run_of(run_id), forms.OrderRun(request.POST or None)
    back = reverse("entitlements:run", args=[shown.pk])

    def act() -> str:
        actions.order_run(by=request.actor, on=request.today, run=shown, layout=form.cleaned_data["layout"])
        return back

    facts = [*_facts(shown)[:2], Fact("份数", shown.count, kind="count"), Fact("金额", shown.amount, kind="money")]
    note = "开单后生成一个发放批次，由复核人复核、锁定后送银行。中断后再次办理会从中断处继续，不会重复开单。"
    return carry_out(
        request, form, act, title="开单发放", back=back, submit="开单", said="已提交开单。", facts=facts, note=note
    )


@page("entitlements.draft")
@require_POST
def redraft(request: HttpRequest, run_id: int) -> HttpResponse:
    back = reverse("entitlements:run", args=[run_id])

    def act() -> str:
        actions.redraft(by=request.actor, on=request.today, run=queries.run_of(run_id))
        return back

    return press(request, act, back=back, said="已按最新的决定和账户重新试算。")


@page("entitlements.draft")
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, run_id: int) -> HttpResponse:
    shown, form = queries.run_of(run_id), forms.Reason(request.POST or None)
    back = reverse("entitlements:run", args=[shown.pk])

    def act() -> str:
        actions.discard_run(by=request.actor, on=request.today, run=shown, reason=form.cleaned_data["reason"])
        return back

    return carry_out(
        request, form, act, title="作废试算", back=back, submit="作废", said="已作废。", facts=_facts(shown)[:3], grave=True
    )


@page("entitlements.runs")
@require_GET
def sheet(request: HttpRequest, run_id: int) -> HttpResponse:
    """The summary that is printed, signed and filed."""
    shown = queries.run_of(run_id)
    record_seen(by=request.actor, verb="entitlements.sheet", kind="entitlements.run", subject=shown.pk, area=shown.area)
    return render(request, "entitlements/sheet.html", _words(request, shown))
