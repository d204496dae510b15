"""Public answers: written, judged by another person, taken down."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.base.masking import without_numbers
from linli.domains.complaints import actions, forms, queries
from linli.domains.complaints.rules import AnswerState
from linli.domains.complaints.views.common import carry_out, page_of, trail
from linli.kernel.access.actions import handle, record_seen
from linli.kernel.access.rules import page
from linli.kernel.orders import actions as work
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

TONES = {"draft": Tone.WARN, "up": Tone.GOOD, "refused": Tone.BAD, "down": Tone.QUIET}


def _address(one: Any) -> str:
    return reverse("complaints:answer", args=[one.pk])


def _state(one: Any) -> Badge:
    return Badge(AnswerState(one.state).zh, TONES[one.state])


COLUMNS = (
    Column("title", "标题", link=_address),
    Column("number", "工单号", kind="code", value="order.number", minor=True),
    Column("unit", "承办单位"),
    Column("written_on", "拟稿日期", kind="day", sort=True, minor=True),
    Column("judged_on", "审核日期", kind="day", sort=True),
    Column("state", "状态", kind="state", value=_state, sort=True),
)


@page("complaints.write")
def answers(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="网上反馈", rows=lambda words: queries.answers(**words), columns=COLUMNS, filters=forms.AnswerSearch,
        noun="篇", name_of=lambda one: one.title, empty="还没有公开反馈。办理答复以后，在投诉页面上写。",
    )  # fmt: skip
    return listing.response("complaints/answers.html")


@page("complaints.write")
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, order_id: int) -> HttpResponse:
    """What was asked and answered stands beside the form; what must not be public is found and named."""
    one = queries.complaint(order_id)
    work.note_opened(by=request.actor, order=one)
    return _writing(request, one, None, queries.returned().filter(order=one).first())


def _writing(request: HttpRequest, one: Any, draft: Any, former: Any) -> HttpResponse:
    """``draft``: the one that is changed; ``former``: whose words the form begins with, which were given back perhaps."""
    initial = {name: getattr(former, name) for name in ("title", "question", "text")} if former else None
    form = forms.AnswerText(request.POST or None, initial=initial)
    made: list[Any] = []

    def act() -> str:
        made.append(actions.write_answer(by=request.actor, on=request.today, order=one, draft=draft, **form.cleaned_data))
        return _address(made[0])

    if (answer := handle(request, form, act, said="已写好，由另一人审核后公开。")) is not None:
        return answer
    asked, answered = queries.said_of(request.actor, one)
    words = {
        "form": form, "title": f"写公开反馈：{one.number}", "asked": without_numbers(asked), "answered": answered,
        "back": page_of(one), "trail": trail((one.number, page_of(one))),
        "found": queries.draft_blots(request.actor, one, asked, answered), "why": former.why if former else "",
    }  # fmt: skip
    return render(request, "complaints/write.html", words, status=422 if form.is_bound else 200)


@page("complaints.write")
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, answer_id: int) -> HttpResponse:
    """One answer as everybody will see it: its writer changes it, another person judges it."""
    one = queries.answer_by_id(answer_id)
    work.note_opened(by=request.actor, order=one.order)
    record_seen(by=request.actor, verb="complaints.read", kind="complaints.answer", subject=one.pk, area=one.area)
    draft, own = one.state == AnswerState.DRAFT, request.actor.staff_id == one.written_by_id
    if own and ((draft and "edit" in request.GET) or request.method == "POST"):
        return _writing(request, one.order, one, one)
    may_judge = (draft or request.method == "POST") and not own and request.actor.may("complaints.judge")
    form = forms.Judge(request.POST or None) if may_judge else None

    def act() -> str:
        actions.judge_answer(by=request.actor, on=request.today, answer=one, **form.cleaned_data)  # type: ignore[union-attr]
        return _address(one)

    if form is not None and (done := handle(request, form, act, said="已审核。")) is not None:
        return done
    words = {
        "answer": one, "badge": _state(one), "facts": _facts(one), "form": form, "may_edit": draft and own,
        "may_rewrite": request.actor.may("complaints.write") and queries.returned().filter(pk=one.pk).exists(),
        "may_take_down": one.state == AnswerState.UP and request.actor.may("complaints.judge"),
    }  # fmt: skip
    return render(request, "complaints/answer.html", words, status=422 if form is not None and form.is_bound else 200)


def _facts(one: Any) -> list[Fact]:
    facts = [
        Fact("工单", one.order.number, href=page_of(one.order)), Fact("承办单位", one.unit),
        Fact("拟稿", f"{one.written_by.name}，{one.written_on}"),
    ]  # fmt: skip
    if one.judged_by:
        facts.append(Fact("审核", f"{one.judged_by.name}，{one.judged_on}", note="" if one.state == "down" else one.why))
    if one.down_by:
        facts.append(Fact("撤下", f"{one.down_by.name}，{one.down_on}", note=one.why))
    return facts


@page("complaints.judge")
@require_http_methods(["GET", "POST"])
def take_down(request: HttpRequest, answer_id: int) -> HttpResponse:
    one = queries.answer_by_id(answer_id)
    form = forms.TakeDown(request.POST or None)

    def act() -> str:
        actions.take_down(by=request.actor, on=request.today, answer=one, **form.cleaned_data)
        return _address(one)

    return carry_out(
        request, form, act, title=f"撤下反馈：{one.title}", submit="撤下", back=_address(one), said="已撤下，公众不再看到。",
        crumbs=(("网上反馈", reverse("complaints:answers")), (one.title, _address(one))),
    )  # fmt: skip
