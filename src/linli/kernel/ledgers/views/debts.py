"""Debts: the list, the page of one, and the steps by which it comes to its end."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from linli.base.money import show_yuan
from linli.kernel.access.actions import record_seen
from linli.kernel.access.rules import page
from linli.kernel.ledgers import actions, forms, queries
from linli.kernel.ledgers.rules import Agreed, Channel, PlanEnd, PostingKind, WriteOffState, proposed_sums, said
from linli.kernel.ledgers.views.common import carry_out
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Event, Fact, Tone

MONTHS = 6
TONES = {WriteOffState.ASKED: Tone.WARN, WriteOffState.DONE: Tone.GOOD, WriteOffState.REFUSED: Tone.BAD}


def debt_badge(row: Any) -> Badge:
    return Badge("追回中", Tone.WARN) if row.owed else Badge("已结清", Tone.GOOD)


COLUMNS = (
    Column("payee", "收款人", value="order.payee", link=lambda row: reverse("ledgers:recovery", args=[row.pk])),
    Column("asked", "应追回", kind="money", total="asked"),
    Column("owed", "尚欠", kind="money", total="owed"),
    Column("state", "状态", kind="state", value=debt_badge),
    Column("reason", "原因"),
    Column("area", "所在地", kind="area", minor=True),
    Column("decided_on", "决定日期", kind="day", minor=True),
)


@page("ledgers.debts")
@require_http_methods(["GET", "HEAD", "POST"])
def recoveries(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="追回", rows=queries.recoveries(), columns=COLUMNS, noun="笔", name_of=lambda row: row.order.payee,
        empty="没有需要追回的款项。",
    )  # fmt: skip
    return listing.response("ledgers/recoveries.html")


@page("ledgers.debts")
@require_GET
def recovery(request: HttpRequest, recovery_id: int) -> HttpResponse:
    """One debt: what is asked and why, what came, which sums were agreed, what was proposed to be asked no more."""
    row, actor = queries.recovery_of(recovery_id), request.actor
    record_seen(by=actor, verb="ledgers.open_debt", kind="ledgers.recovery", subject=row.pk, area=row.area)
    plans, offs = queries.plans_of(row), queries.write_offs_of(row)
    living = next((plan for plan in plans if plan.ended_on is None), None)
    asked = next((one for one in offs if one.state == WriteOffState.ASKED.value), None)
    words = {
        "row": row, "badge": debt_badge(row), "facts": _facts(actor, row), "plan": living, "asked": asked,
        "sums": [(one, _sum_badge(one, request.today)) for one in queries.sums_of(living, row.owed)] if living else [],
        "papers": queries.papers_of(queries.PLAN_FILE, living.pk) if living else [],
        "course": [(line, PostingKind(line.posting.kind).zh) for line in queries.course_of(row)],
        "orders": queries.orders_of_debt(row) if actor.may("ledgers.see") else [], "events": _events(plans, offs),
        "died": living is not None and _died(row) is not None, "can": _can(actor, row, living, asked),
    }  # fmt: skip
    return render(request, "ledgers/recovery.html", words)


@page("ledgers.receive")
def pay_back(request: HttpRequest, recovery_id: int) -> HttpResponse:
    shown = queries.recovery_of(recovery_id)
    form, back = forms.PayBack(request.POST or None), reverse("ledgers:recovery", args=[shown.pk])

    def act() -> str:
        data = form.cleaned_data
        actions.receive_recovered(
            by=request.actor, on=request.today, recovery=shown, amount=data["amount"],
            reference=f"bank:{data['reference']}", channel=Channel(data["channel"]),
        )  # fmt: skip
        return back

    note = "" if shown.owed else "已全部结清。"
    facts = _facts(request.actor, shown)
    return carry_out(
        request, form, act, title="追回款到账", back=back, submit="登记到账", said="已登记到账。", facts=facts, note=note
    )


@page("ledgers.plan")
def plan(request: HttpRequest, recovery_id: int) -> HttpResponse:
    """Agree on sums; a former plan ends with it."""
    row = queries.recovery_of(recovery_id)
    proposal = {"sums": said(proposed_sums(row.owed, request.today, MONTHS)) if row.owed else ""}
    form = forms.PlanOf(request.POST or None, request.FILES or None, initial=proposal)
    back = reverse("ledgers:recovery", args=[row.pk])

    def act() -> str:
        actions.agree_plan(by=request.actor, on=request.today, recovery=row, **form.cleaned_data)
        return back

    holds = "现有的分期约定在新的约定签订后停止。" if queries.living_plan(row) else ""
    note = f"与当事人商定后填写，签字的约定随案保存；到期没有退还的，列入社区工作人员的待办。{holds}"
    return carry_out(
        request, form, act, title=f"{row.order.payee}：约定分期退还", back=back, submit="保存约定", said="已保存分期约定。",
        facts=_facts(request.actor, row), note=note,
    )  # fmt: skip


@page("ledgers.plan")
def stop_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    shown = queries.plan_of(plan_id)
    row, form = queries.recovery_of(shown.recovery_id), forms.StopPlan(request.POST or None)
    back = reverse("ledgers:recovery", args=[row.pk])

    def act() -> str:
        actions.stop_plan(by=request.actor, on=request.today, plan=shown, **form.cleaned_data)
        return back

    note = "停止后不再按期催还；尚欠的金额不变，可以再约定分期、一次退还或申请核销。"
    return carry_out(
        request, form, act, title=f"{row.order.payee}：停止分期退还", back=back, submit="停止分期", said="已停止分期。",
        facts=_facts(request.actor, row), note=note, grave=True,
    )  # fmt: skip


@page("ledgers.ask_write_off")
def write_off(request: HttpRequest, recovery_id: int) -> HttpResponse:
    row = queries.recovery_of(recovery_id)
    form = forms.AskWriteOff(request.POST or None, request.FILES or None, initial={"amount": row.owed})
    back = reverse("ledgers:recovery", args=[row.pk])

    def act() -> str:
        actions.ask_write_off(by=request.actor, on=request.today, recovery=row, **form.cleaned_data)
        return back

    note = "核销须由另一人审批；同意后记入账簿，这部分不再追缴，原来的支出照旧计入。"
    return carry_out(
        request, form, act, title=f"{row.order.payee}：申请核销", back=back, submit="提出核销申请",
        said="已提出，等待另一人审批。", facts=_facts(request.actor, row), note=note, grave=True,
    )  # fmt: skip


@page("ledgers.write_off")
def decide_write_off(request: HttpRequest, writeoff_id: int) -> HttpResponse:
    shown = queries.write_off_of(writeoff_id)
    row, form = queries.recovery_of(shown.recovery_id), forms.DecideWriteOff(request.POST or None)
    back = reverse("ledgers:recovery", args=[row.pk])

    def act() -> str:
        actions.decide_write_off(by=request.actor, on=request.today, write_off=shown, **form.cleaned_data)
        return back

    facts = [
        *_facts(request.actor, row), Fact("申请核销", shown.amount, kind="money"), Fact("核销原因", shown.get_ground_display()),
        Fact("情况", shown.words), Fact("提出", f"{shown.asked_on} {shown.asked_by.name if shown.asked_by else ''}"),
        *(
            Fact("证明材料", paper.name, href=reverse("files:download", args=[paper.pk]))
            for paper in queries.papers_of(queries.WRITE_OFF_FILE, shown.pk)
        ),
    ]  # fmt: skip
    return carry_out(
        request, form, act, title=f"{row.order.payee}：审批核销", back=back, submit="提交审批意见", facts=facts, grave=True,
        note="同意后立即记账，不能撤回。",
    )  # fmt: skip


def _died(row: Any) -> Any:
    return row.order.person.died_on if row.order.person else None


def _facts(by: Any, row: Any) -> list[Fact]:
    payee = reverse("registry:person", args=[row.order.person_id]) if row.order.person_id and by.may("registry.read") else ""
    died = _died(row)
    return [
        Fact("收款人", row.order.payee, href=payee, note=f"{died} 登记死亡" if died else ""),
        Fact("应追回", row.asked, kind="money"), Fact("尚欠", row.owed, kind="money"), Fact("原因", row.reason),
        Fact("决定日期", row.decided_on, kind="day"), Fact("所在地", row.area, kind="area"),
    ]  # fmt: skip


def _sum_badge(one: Agreed, on: Any) -> Badge:
    if not one.left:
        return Badge("已退还", Tone.GOOD)
    if late := one.late_on(on):
        return Badge(f"逾期 {late} 天", Tone.BAD)
    return Badge("未到期", Tone.QUIET)


def _events(plans: list[Any], offs: list[Any]) -> list[Event]:
    """What was agreed, stopped, proposed and decided, the newest first."""
    found = []
    for plan in plans:
        who = plan.made_by.name if plan.made_by else ""
        title = f"约定分期退还 {show_yuan(plan.amount)} 元"
        found.append(Event(plan.agreed_on, title, who, f"签约人：{plan.signed_by}", Tone.NOW))
        if plan.ended_on is not None:
            who = plan.ended_by.name if plan.ended_by else ""
            found.append(Event(plan.ended_on, f"停止分期（{PlanEnd(plan.ending).zh}）", who, plan.words, Tone.WARN))
    for one in offs:
        state = WriteOffState(one.state)
        who = "、".join(staff.name for staff in (one.asked_by, one.decided_by) if staff)
        text = one.words + (f"（审批意见：{one.note}）" if one.note else "")
        title = f"核销 {show_yuan(one.amount)} 元：{one.get_ground_display()}（{state.zh}）"
        found.append(Event(one.decided_on or one.asked_on, title, who, text, TONES[state]))
    return sorted(found, key=lambda event: event.at, reverse=True)


def _can(actor: Any, row: Any, living: Any, asked: Any) -> dict[str, bool]:
    """Which buttons the page shows; the actions judge again."""
    return {
        "receive": row.owed > 0 and actor.may("ledgers.receive"), "plan": row.owed > 0 and actor.may("ledgers.plan"),
        "stop": living is not None and row.owed > 0 and actor.may("ledgers.plan"),
        "write_off": row.owed > 0 and asked is None and actor.may("ledgers.ask_write_off"),
        "decide": asked is not None and actor.may("ledgers.write_off") and asked.asked_by_id != actor.staff_id,
    }  # fmt: skip
