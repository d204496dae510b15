"""Objections and enquiries for the staff."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from linli.base.days import official_calendar
from linli.kernel.access.actions import handle, press
from linli.kernel.access.rules import page
from linli.kernel.publicity import actions, forms, queries
from linli.kernel.publicity.rules import OPEN, Channel, MessageKind, ObjectionState
from linli.kernel.publicity.views.notices import LATE, found
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, DaysLeft, Fact, Tone

TONES = {
    ObjectionState.RECEIVED: Tone.WARN, ObjectionState.ACCEPTED: Tone.NOW,
    ObjectionState.DISMISSED: Tone.QUIET, ObjectionState.ANSWERED: Tone.GOOD,
}  # fmt: skip


def badge(row) -> Badge:
    """The state in words and colour."""
    state = ObjectionState(row.state)
    return Badge(state.zh, TONES[state])


def days_left(row, today) -> DaysLeft | None:
    """Working days until the answer is due; nothing once it is answered."""
    if row.state not in OPEN:
        return None
    return DaysLeft(official_calendar().working_days_between(today, row.due), row.due_provisional, "个工作日")


def _columns(today):
    return (
        Column("receipt", "回执号", kind="code", link=lambda row: reverse("publicity:objection", args=[row.pk])),
        Column("kind", "类别", value=lambda row: MessageKind(row.kind).zh),
        Column("notice.title", "公示"),
        Column("item.number", "序号", kind="count"),
        Column("channel", "来源", value=lambda row: Channel(row.channel).zh, minor=True),
        Column("received_on", "收到", kind="day", sort=True),
        Column("state", "状态", kind="state", value=badge),
        Column("due", "时限", kind="days_left", value=lambda row: days_left(row, today), sort="due"),
    )


@page("publicity.see")
@require_http_methods(["GET", "HEAD", "POST"])
def objections(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="异议和咨询", rows=lambda words: queries.objections(**words), columns=_columns(request.today),
        filters=forms.ObjectionSearch, noun="件", name_of=lambda row: row.receipt, empty="还没有收到异议和咨询。",
    )  # fmt: skip
    waiting = queries.waiting_in_inbox() if request.actor.may("publicity.collect") else 0
    return listing.response("publicity/objections.html", {"waiting": waiting})


@page("publicity.collect")
@require_POST
def collect(request: HttpRequest) -> HttpResponse:
    """Take in what lies in the public inbox now, without waiting for the machine."""
    here = reverse("publicity:objections")

    def act() -> str:
        messages.success(request, f"已收取{actions.receive_inbox(by=request.actor, on=request.today)}件网上来信。")
        return here

    return press(request, act, back=here)


def _found(objection_id: int):
    objection = queries.objection(objection_id)
    if objection is None:
        raise Http404
    return objection


@page("publicity.see")
@require_http_methods(["GET", "POST"])
def objection(request: HttpRequest, objection_id: int) -> HttpResponse:
    shown, actor = _found(objection_id), request.actor
    form = _answer_form(request, shown) if shown.state in OPEN and actor.may("publicity.answer") else None

    def act() -> str:
        _handle(request, shown, form.cleaned_data)
        return reverse("publicity:objection", args=[shown.pk])

    if form is not None and (answer := handle(request, form, act)) is not None:
        return answer
    if request.method == "POST" and form is None:
        messages.warning(request, LATE)
    words = {
        "objection": shown, "badge": badge(shown), "left": days_left(shown, request.today), "form": form, "facts": _facts(shown),
        "row": queries.sheet(shown.notice, [shown.item]) if shown.item else None,
        "may_reveal": shown.sender is not None and actor.may("publicity.answer"),
    }  # fmt: skip
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "publicity/objection.html", words, status=status)


def _answer_form(request: HttpRequest, shown):
    if shown.kind == MessageKind.ENQUIRY:
        return forms.Answer(request.POST or None)
    return forms.Handle(request.POST or None, accepted=shown.state == ObjectionState.ACCEPTED)


def _handle(request: HttpRequest, shown, words: dict) -> None:
    decision, outcome = words.get("decision", ""), words["outcome"]
    common = {"by": request.actor, "on": request.today, "objection": shown}
    if decision == "accept":
        actions.accept_objection(**common)
    elif decision == "dismiss":
        actions.dismiss_objection(**common, outcome=outcome)
    else:
        actions.answer_objection(**common, outcome=outcome, upheld={"upheld": True, "not_upheld": False}.get(decision))


def _facts(shown) -> list[Fact]:
    facts = [
        Fact("回执号", shown.receipt, "code"),
        Fact("类别", MessageKind(shown.kind).zh),
        Fact("来源", Channel(shown.channel).zh),
        Fact("收到", shown.received_on, "day"),
        Fact("公示", shown.notice.title, href=reverse("publicity:notice", args=[shown.notice_id])),
        Fact("来信人", "已留姓名或电话" if shown.sender is not None else "匿名"),
    ]
    if shown.handled_on:
        who = shown.handled_by.name if shown.handled_by else "系统"
        upheld = {True: "异议成立", False: "异议不成立", None: badge(shown).text}[shown.upheld]
        facts += [Fact("办结", f"{who} {shown.handled_on}"), Fact("结论", upheld)]
    return facts


@page("publicity.answer")
@require_http_methods(["GET", "POST"])
def sender(request: HttpRequest, objection_id: int) -> HttpResponse:
    """Show who sent it. The purpose is asked and goes into the audit trail."""
    shown, form = _found(objection_id), forms.Reveal(request.POST or None)
    known = None
    if request.method == "POST" and form.is_valid():
        known = queries.sender_of(shown, by=request.actor, purpose=form.cleaned_data["purpose"])
    words = {"objection": shown, "form": form, "known": known}
    return render(request, "publicity/sender.html", words, status=422 if form.is_bound and known is None else 200)


@page("publicity.receive")
@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Enter what somebody said at the counter, by telephone or by letter."""
    shown, form = found(notice_id), forms.Receive(request.POST or None)

    def act() -> str:
        words = form.cleaned_data
        made = actions.receive_objection(
            by=request.actor, on=request.today, notice=shown, kind=MessageKind(words["kind"]),
            channel=Channel(words["channel"]), item_number=words["item_number"], text=words["text"],
            name=words["name"] or "", contact=words["contact"] or "",
        )  # fmt: skip
        return reverse("publicity:objection", args=[made.pk])

    if (answer := handle(request, form, act)) is not None:
        return answer
    words = {"notice": shown, "form": form, "title": "登记异议或咨询", "submit": "登记", "hint": ""}
    words["back"] = reverse("publicity:notice", args=[shown.pk])
    return render(request, "publicity/ask.html", words, status=422 if form.is_bound else 200)
