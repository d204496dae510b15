"""Lists: what waits, what was done, all cases of the area; passing several at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from linli.kernel.access.actions import attempt, recording
from linli.kernel.access.rules import page
from linli.kernel.cases import actions, forms, queries
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Batch, Column, Tone


def _task_columns(request: HttpRequest, *, done: bool) -> tuple[Column, ...]:
    query = request.GET.copy()
    kept = {name: query[name] for name in ("flow", "step") if query.get(name)}

    def link(task: Any) -> str:
        address = reverse("cases:case", args=[task.case_id])
        return f"{address}?{urlencode(kept)}" if kept and not done else address

    def line(task: Any) -> queries.TaskLine:
        return queries.task_lines([task], on=request.today)[0]

    last = (
        Column("done_on", "办理日", kind="day", sort=True)
        if done
        else Column("left", "剩余", kind="days_left", value=lambda task: line(task).days_left, sort="due_on")
    )
    return (
        Column("case.number", "编号", kind="code", link=link),
        Column("case.title", "标题", link=link),
        Column("flow", "事项", value=lambda task: line(task).flow, minor=True),
        Column("step", "环节", value=lambda task: line(task).step),
        Column("area", "管辖区划", kind="area", minor=True),
        Column("opened_on", "到达日", kind="day", sort=True, minor=True),
        last,
    )


def _waiting(request: HttpRequest) -> Listing:
    def rows(words: dict[str, Any]) -> Any:
        late = words.pop("late", False)
        return queries.my_tasks(request.actor, overdue_on=request.today if late else None, **words)

    return Listing(
        request, title="待办", rows=rows, columns=_task_columns(request, done=False), filters=forms.TaskFilter, noun="件",
        batch=(Batch("批量通过", reverse("cases:batch")),), empty="现在没有待办事项。", name_of=lambda task: task.case.number,
    )  # fmt: skip


@page("cases.work")
@require_http_methods(["GET", "HEAD", "POST"])
def tasks(request: HttpRequest) -> HttpResponse:
    return _waiting(request).response("cases/tasks.html")


@page("cases.work")
@require_http_methods(["GET", "HEAD", "POST"])
def done(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="已办", rows=queries.done_by(request.actor), columns=_task_columns(request, done=True), noun="件",
        empty="本人还没有办过案件。",
    )  # fmt: skip
    return listing.response("cases/done.html")


@page("cases.work")
def batch(request: HttpRequest) -> HttpResponse:
    """The check page of a batch: what will be passed, what stands in the way, one opinion for all."""
    listing = _waiting(request)
    chosen = [task.case for task in listing.chosen]
    warnings = queries.warnings_of(chosen, by=request.actor, on=request.today)
    form = forms.BatchPass(request.POST or None)
    back = reverse("cases:tasks")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            lines = actions.batch_pass(by=request.actor, on=request.today, cases=chosen, opinion=form.cleaned_data["opinion"])
            passed = [line for line in lines if line.done]
            if passed:
                messages.success(request, f"已通过 {len(passed)} 件。")
            for line in lines:
                if not line.done:
                    messages.warning(request, f"{line.number} 未通过：{line.message}")
            return back

        if answer := attempt(by=request.actor, form=form, act=act):
            return redirect(answer)
    held = [(one, warnings[one.pk]) for one in chosen if one.pk in warnings]
    words = {"listing": listing, "form": form, "submit": "全部通过", "back": back, "held": held, "good": len(chosen) - len(held)}
    return render(request, "cases/batch.html", words, status=422 if form.is_bound else 200)


@page("cases.delegate")
def delegate(request: HttpRequest) -> HttpResponse:
    """Ask for a deputy while on leave."""
    form = forms.Delegate(request.POST or None, by=request.actor, initial={"since": request.today})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.delegate(by=request.actor, on=request.today, **form.cleaned_data)
            messages.success(request, "已提交委托，待安全管理员授权后生效。")
            return reverse("cases:tasks")

        if answer := attempt(by=request.actor, form=form, act=act):
            return redirect(answer)
    return render(request, "cases/delegate.html", {"form": form}, status=422 if form.is_bound else 200)


def state_badge(case: Any) -> Badge:
    """Where a case stands: its step, or how it ended."""
    flow = queries.flow_of(case)
    if case.state == "open":
        return Badge(flow.step(case.step).zh, Tone.NOW)
    ending = flow.ending(case.outcome)
    return Badge(ending.zh, Tone.GOOD if ending.granted else Tone.QUIET)


CASE_COLUMNS = (
    Column("number", "编号", kind="code", link=lambda row: reverse("cases:case", args=[row.pk]), sort=True),
    Column("title", "标题", link=lambda row: reverse("cases:case", args=[row.pk])),
    Column("flow", "事项", value=lambda row: queries.flow_of(row).zh, minor=True),
    Column("state", "状态", kind="state", value=state_badge),
    Column("area", "管辖区划", kind="area", minor=True),
    Column("opened_on", "受理日", kind="day", sort=True),
    Column("due_on", "总期限截止日", kind="day", sort=True, minor=True),
    Column("closed_on", "办结日", kind="day", sort=True, minor=True),
)


@page("cases.read")
def case_list(request: HttpRequest) -> HttpResponse:
    def rows(words: dict[str, Any]) -> Any:
        late = words.pop("late", False)
        return queries.cases(late_on=request.today if late else None, **words)

    listing = Listing(
        request, title="案件", rows=rows, columns=CASE_COLUMNS, filters=forms.CaseFilter, noun="件",
        export=recording(by=request.actor, verb="cases.export", kind="cases.case"),
    )  # fmt: skip
    return listing.response("cases/list.html")
