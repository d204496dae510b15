"""The pairs and what is owed to each; families without one; visiting and giving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from linli.domains.pairing import actions, forms, queries
from linli.domains.pairing.books import HELPS, PAIRS, VISITING, VISITS
from linli.domains.pairing.rules import Cause, Help, Way
from linli.kernel.access.actions import attempt, record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.duties.queries import duties_for, occurrences
from linli.kernel.duties.rules import DoneState, TaskState, state_on
from linli.kernel.ledgers.queries import funds
from linli.kernel.records.queries import subject_name
from linli.kernel.records.rules import EntryState
from linli.kernel.registry.queries import area_choices, area_name, household_by_id, memberships_of, rows_of
from linli.kernel.registry.rules import STATUS_KINDS
from linli.kernel.ui.forms.declared import offered
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

TONES = {DoneState.DUE: Tone.NOW, DoneState.MISSED: Tone.BAD, DoneState.DONE: Tone.GOOD, DoneState.LATE: Tone.WARN}
COLUMNS = (
    Column("family", "家庭", kind="home", sort=True, link=lambda row: reverse("pairing:pair", args=[row.id])),
    Column("area", "所在地", kind="area", sort=True, minor=True),
    Column("helper", "帮扶单位", kind="area", sort=True),
    Column("cadre", "责任人", minor=True),
    Column("cause", "困难原因", value=lambda row: Cause(row.cause).zh if row.cause else None, minor=True),
    Column("visits", "走访", kind="count", unit="次", sort=True),
    Column("last_visit", "最近走访", kind="day", sort=True),
    Column("given", "投入", kind="money", sort=True, total="given"),
    Column("due", "应走访至", kind="day", sort=True, minor=True),
    Column("state", "情况", kind="state", value=lambda row: owing_badge(row.state)),
)


def _statuses(person: Any) -> str:
    return "、".join(dict.fromkeys(STATUS_KINDS[one.kind].zh for one in person.present_statuses))


POOR_COLUMNS = (
    Column("name", "家庭成员", kind="person", sort="sort_key",
           link=lambda row: f"{reverse('records:new', args=[PAIRS.key])}?person={row.pk}"),
    Column("area", "所在地", kind="area", sort="area,sort_key"),
    Column("statuses", "身份类别", value=_statuses),
    Column("address", "住址", minor=True),
)  # fmt: skip


def owing_badge(state: DoneState | None) -> Badge:
    """Whether a visit is owed: due, missed, or none just now."""
    return Badge(state.zh, TONES.get(state, Tone.QUIET)) if state else Badge("本期已走访", Tone.GOOD)


@page("pairing.see")
def pairs(request: HttpRequest) -> HttpResponse:
    """Every running pair, those whose visit is owed longest first."""
    record = recording(by=request.actor, verb="pairing.export", kind="records.book", subject=PAIRS.key)
    helpers = area_choices(offered(PAIRS.field("helper"), request.actor.scope), None, request.today)
    listing = Listing(
        request, title="结对帮扶", noun="户", columns=COLUMNS, export=record, ident="id", name_of=str,
        rows=lambda words: queries.pair_lines(request.today, **words),
        filters=lambda *args, **words: forms.PairSearch(*args, helpers=helpers, scope=request.actor.scope, **words),  # type: ignore[arg-type]
        empty="还没有结对的家庭。可从“未结对家庭”登记。",
    )  # fmt: skip
    context = {"book": PAIRS, "can_pair": request.actor.may(PAIRS.write), "can_see_poor": request.actor.may("registry.read")}
    return listing.response("pairing/pairs.html", context)


@page("pairing.pair")
def unpaired(request: HttpRequest) -> HttpResponse:
    """Families in difficulty that no office is paired with; from here they are paired."""
    record = recording(by=request.actor, verb="pairing.export", kind="registry.person")
    listing = Listing(
        request, title="未结对家庭", noun="户", columns=POOR_COLUMNS, export=record, name_of=lambda row: row.name,
        rows=lambda words: queries.unpaired(request.today, **words),
        filters=lambda *args, **words: forms.AreaSearch(*args, scope=request.actor.scope, **words),  # type: ignore[arg-type]
        empty="困难家庭都已结对。",
    )  # fmt: skip
    return listing.response("pairing/unpaired.html")


@page("pairing.see")
@require_GET
def pair(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One pair: the family, the office, the visits owed and made, the help given."""
    row = queries.pair_here(by=request.actor, entry_id=entry_id)
    record_seen(by=request.actor, verb="pairing.open", kind="records.entry", subject=row.pk, area=row.area)
    running = row.state == EntryState.STANDING and (row.until is None or row.until > request.today)
    household = household_by_id(row.household_id)
    members = [one.person for one in memberships_of(household, request.today)] if household else []
    context = {
        "pair": row, "family": subject_name(row), "running": running, "facts": _facts(row),
        "known": rows_of(members, request.today), "visits": [_visit(one) for one in queries.visits_of(row.pk)],
        "helps": [_help(one) for one in queries.helps_of(row.pk)], "owed": _owed(row, request),
        "may_see_duty": VISITING.key in duties_for(request.actor),
        "can_visit": running and request.actor.may(VISITS.write), "can_give": running and request.actor.may(HELPS.write),
        "withdraw": request.actor.may(HELPS.write),
    }  # fmt: skip
    return render(request, "pairing/pair.html", context)


def _facts(row: Any) -> list[Fact]:
    values = row.values
    return [
        Fact("家庭", subject_name(row), href=reverse("registry:household", args=[row.household_id])),
        Fact("所在地", row.area, "area"), Fact("帮扶单位", values.get("helper"), "area"), Fact("责任人", values.get("cadre")),
        Fact("结对日期", row.day, "day"), Fact("困难原因", Cause(values["cause"]).zh if values.get("cause") else None),
        Fact("帮扶措施", values.get("plan")),
        *([Fact("结束", row.until, "day")] if row.until else []),
    ]  # fmt: skip


def _owed(row: Any, request: HttpRequest) -> list[tuple[Any, Badge]]:
    """The visits that fell due until today and the present one, newest first."""
    owed = occurrences([VISITING.key], on=request.today).filter(subject=str(row.pk), first__lte=request.today)
    found = []
    for one in owed.order_by("-first", "-number")[:8]:
        state = state_on(TaskState(one.state), one.first, one.late_after, one.done_on, request.today)
        found.append((one, Badge(state.zh, TONES.get(state, Tone.QUIET))))
    return found


def _visit(one: Any) -> dict[str, Any]:
    return {"row": one, "way": Way(one.values["way"]).zh, "who": one.created_by.name if one.created_by else "系统"}


def _help(one: Any) -> dict[str, Any]:
    return {"row": one, "kind": Help(one.values["kind"]).zh, "money": one.values["kind"] != Help.GOODS}


@page("pairing.visit")
@require_http_methods(["GET", "POST"])
def visit(request: HttpRequest, entry_id: int) -> HttpResponse:
    row = queries.pair_here(by=request.actor, entry_id=entry_id)
    form = forms.Visit(request.POST or None, request.FILES or None, initial={"day": request.today})

    def act() -> str:
        actions.record_visit(by=request.actor, on=request.today, pair_id=row.pk, **form.cleaned_data)
        return reverse("pairing:pair", args=[row.pk])

    return _carry_out(request, row, form, act, title="登记走访", submit="登记走访", said="走访已登记。")


@page("pairing.give")
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, entry_id: int) -> HttpResponse:
    row = queries.pair_here(by=request.actor, entry_id=entry_id)
    known = [(str(fund.pk), fund.name) for fund in funds(kind="donation")]
    form = forms.Give(request.POST or None, funds=known, initial={"day": request.today})

    def act() -> str:
        data = dict(form.cleaned_data)
        words = {"pair_id": row.pk, "fund_id": data["fund"], "heads": data["heads"], "day": data["day"]}
        if data["kind"] == Help.GOODS:
            words |= {name: data[name] for name in ("name", "measure", "pieces", "proof")} | {"value": data["amount"]}
            actions.give_goods(by=request.actor, on=request.today, **words)
        else:
            words |= {"kind": Help(data["kind"]), "amount": data["amount"], "memo": data["memo"]}
            actions.give_money(by=request.actor, on=request.today, **words)
        return reverse("pairing:pair", args=[row.pk])

    return _carry_out(request, row, form, act, title="登记投入", submit="登记投入", said="投入已入账。")


@page("pairing.give")
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Money that was not paid yet is not given after all."""
    row = queries.help_here(by=request.actor, entry_id=entry_id)
    form = forms.Withdraw(request.POST or None, initial={"version": row.version})
    pair_id = int(row.source.partition(":")[2])

    def act() -> str:
        actions.withdraw_help(by=request.actor, on=request.today, entry_id=row.pk, **form.cleaned_data)
        return reverse("pairing:pair", args=[pair_id])

    there = queries.pair_here(by=request.actor, entry_id=pair_id)
    return _carry_out(request, there, form, act, title="撤回投入", submit="撤回投入", said="已撤回，付款单已取消。")


def _carry_out(request: HttpRequest, row: Any, form: Any, act: Callable[[], str], **words: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and (answer := attempt(by=request.actor, form=form, act=act)):
        messages.success(request, words["said"])
        return redirect(answer)
    helper = area_name(str(row.values.get("helper")), request.today)
    context = {"form": form, "pair": row, "family": subject_name(row), "helper": helper, **words}
    return render(request, "pairing/act.html", context, status=422 if form.is_bound else 200)
