"""Evidence page by page: visits, the neighbours' meeting, the economic check and what becomes of its answers."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from linli.domains.assistance import actions, forms, queries
from linli.domains.assistance.rules import FIVE, VisitKind
from linli.domains.assistance.views.common import acting, form_page, page_of
from linli.kernel.access.actions import handle, press, record_seen
from linli.kernel.access.rules import page
from linli.kernel.files.queries import files_of
from linli.kernel.ui.rules import Fact

METHODS = ["GET", "POST"]


@page("assistance.enter")
@require_http_methods(METHODS)
def new_visit(request: HttpRequest, application_id: int, kind: str) -> HttpResponse:
    """A visit: kept as a draft, or finished. The id of the form makes it one visit, however often it is sent."""
    if kind not in set(VisitKind):
        raise Http404
    one = queries.application(application_id)
    first = {"visit": secrets.token_urlsafe(18), "visited_on": request.today, "visitors": request.actor.name + "、"}
    return _visit(request, one, VisitKind(kind), first)


@page("assistance.enter")
@require_http_methods(METHODS)
def edit_visit(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Go on with a draft; what is finished is only read."""
    row = queries.visit_of(visit_id)
    if (row.done_on or row.struck_on) and request.method == "GET":
        return redirect("assistance:visit", row.pk)
    kept = ("visited_on", "spoke_with", "remote", "cause", "found", "signer", "no_signature")
    known = {name: getattr(row, name) for name in kept}
    known |= {"visit": row.key, "visitors": "、".join(row.visitors)} | {f"five_{key}": text for key, text in row.five.items()}
    return _visit(request, row.application, VisitKind(row.kind), known)


def _visit(request: HttpRequest, one: Any, kind: VisitKind, known: dict[str, Any]) -> HttpResponse:
    form = forms.Visit(request.POST or None, five=kind is VisitKind.HOME, initial=known)
    done = request.POST.get("done") == "1"

    def act() -> str:
        actions.save_visit(
            **acting(request), application=one, key=form.cleaned_data["visit"], kind=kind, done=done, **form.said
        )
        return page_of(one)

    if (answer := handle(request, form, act, said="调查记录已完成。" if done else "已存为草稿，可以稍后继续。")) is not None:
        return answer
    words = {"form": form, "application": one, "title": kind.zh, "back": page_of(one)}
    return render(request, "assistance/visit_form.html", words, status=422 if form.is_bound else 200)


@page("assistance.read")
@require_http_methods(METHODS)
def visit(request: HttpRequest, visit_id: int) -> HttpResponse:
    """A visit as it was made, with its photographs."""
    row = queries.visit_of(visit_id)
    one = row.application
    form = forms.Photo(request.POST or None, request.FILES or None)
    here = reverse("assistance:visit", args=[row.pk])

    def act() -> str:
        sent = form.cleaned_data["file"]
        actions.add_photo(**acting(request), visit=row, name=sent.name, content=sent.content)
        return here

    if (answer := handle(request, form, act, said="已添加照片。")) is not None:
        return answer
    record_seen(by=request.actor, verb="assistance.read", kind="assistance.visit", subject=row.pk, area=row.area)
    words = {
        "visit": row, "application": one, "form": form, "five": [(zh, row.five.get(key, "")) for key, zh in FIVE.items()],
        "files": list(files_of("assistance.visit", row.pk)), "back": page_of(one),
        "may_add": one.state == "open" and request.actor.may("assistance.enter") and not row.struck_on,
        "may_strike": not row.done_on and row.entered_by_id == request.actor.staff_id,
    }  # fmt: skip
    return render(request, "assistance/visit.html", words, status=422 if form.is_bound else 200)


@page("assistance.enter")
@require_http_methods(METHODS)
def strike_visit(request: HttpRequest, visit_id: int) -> HttpResponse:
    """A draft that is not wanted."""
    row = queries.visit_of(visit_id)
    form = forms.Strike(request.POST or None)
    facts = [Fact("调查", row.get_kind_display()), Fact("日期", row.visited_on, "day"), Fact("调查人员", "、".join(row.visitors))]
    return form_page(
        request, row.application, form, lambda: actions.strike_visit(**acting(request), visit=row, **form.cleaned_data),
        title="划去草稿", submit="划去", said="已划去，记录仍可查看。", facts=facts,
    )  # fmt: skip


@page("assistance.enter")
@require_http_methods(METHODS)
def appraisal(request: HttpRequest, application_id: int) -> HttpResponse:
    """The neighbours' meeting and its votes."""
    one = queries.application(application_id)
    form = forms.Appraisal(request.POST or None, initial={"held_on": request.today})
    return form_page(
        request, one, form,
        lambda: actions.record_appraisal(**acting(request), application=one, **form.cleaned_data),
        title="登记民主评议", submit="登记", said="已登记民主评议。",
        note="同意、不同意和弃权之和应等于参加人数；同意超过半数为通过。",
    )  # fmt: skip


@page("assistance.check")
@require_POST
def ask_check(request: HttpRequest, application_id: int) -> HttpResponse:
    one = queries.application(application_id)
    return _press(request, one, lambda: actions.ask_check(**acting(request), application=one), "已提请经济状况核对。")


@page("assistance.check")
@require_POST
def fetch_check(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    row = queries.inquiry_of(inquiry_id)
    return _press(
        request, row.application, lambda: actions.fetch_check(**acting(request), inquiry=row), "已取回核对结果。"
    )


@page("assistance.check")
@require_http_methods(METHODS)
def enter_check(request: HttpRequest, application_id: int) -> HttpResponse:
    """A report that came on paper."""
    one = queries.application(application_id)
    form = forms.PaperReport(request.POST or None)
    return form_page(
        request, one, form, lambda: actions.enter_check(**acting(request), application=one, **form.cleaned_data),
        title="登记纸质核对报告", submit="登记", said="已登记核对报告。",
        note="报告中的各项数据，请在“登记收入、支出或财产”中以“信息核对”登记。",
    )  # fmt: skip


@page("assistance.check")
@require_POST
def take_answer(request: HttpRequest, answer_id: int) -> HttpResponse:
    row = queries.answer_of(answer_id)
    said = "已采用核对结果，原来的一条已划去。"
    return _press(request, _of(row), lambda: actions.take_answer(**acting(request), answer=row), said)


@page("assistance.check")
@require_POST
def note_answer(request: HttpRequest, answer_id: int) -> HttpResponse:
    row = queries.answer_of(answer_id)
    return _press(request, _of(row), lambda: actions.note_answer(**acting(request), answer=row), "已注明与申报一致。")


@page("assistance.enter")
@require_http_methods(METHODS)
def dispute_answer(request: HttpRequest, answer_id: int) -> HttpResponse:
    """The family says that the register is wrong."""
    row = queries.answer_of(answer_id)
    form = forms.Said(request.POST or None, label="本人的说明和提供的证明")
    return form_page(
        request, _of(row), form,
        lambda: actions.dispute_answer(**acting(request), answer=row, said=form.cleaned_data["text"]),
        title="对核对结果有异议", submit="登记异议", said="已登记异议，请复查后处理。", facts=_facts(row),
    )  # fmt: skip


@page("assistance.check")
@require_http_methods(METHODS)
def correct_answer(request: HttpRequest, answer_id: int) -> HttpResponse:
    """The check again showed that the register was wrong."""
    row = queries.answer_of(answer_id)
    form = forms.Said(request.POST or None, label="复查的结论和依据")
    return form_page(
        request, _of(row), form,
        lambda: actions.correct_answer(**acting(request), answer=row, settled=form.cleaned_data["text"]),
        title="复查核对结果", submit="不采用这条结果", said="已登记复查结论。", facts=[*_facts(row), Fact("本人说明", row.said)],
    )  # fmt: skip


def _of(row: Any) -> Any:
    return row.inquiry.application


def _facts(row: Any) -> list[Fact]:
    return [
        Fact("成员", row.person.name), Fact("数据来源", row.get_register_display()), Fact("项目", row.get_kind_display()),
        Fact("数量", row.number, "count") if row.number else Fact("金额（元）", row.amount, "money"),
        Fact("数据日期", row.as_of, "day"),
    ]  # fmt: skip


def _press(request: HttpRequest, one: Any, act: Callable[[], Any], said: str) -> HttpResponse:
    def done() -> str:
        act()
        return page_of(one)

    return press(request, done, back=page_of(one), said=said)
