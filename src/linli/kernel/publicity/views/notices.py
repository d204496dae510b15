"""Notices for the staff: the list, the look before publishing, proofs, days, the sheet for the board."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from linli.base.days import Term
from linli.kernel.access.actions import handle, recording
from linli.kernel.access.rules import page
from linli.kernel.publicity import actions, forms, queries
from linli.kernel.publicity.rules import NoticeState, Place
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, DaysLeft, Fact, Tone

TONES = {
    NoticeState.DRAFT: Tone.WARN, NoticeState.UP: Tone.NOW, NoticeState.DOWN: Tone.GOOD, NoticeState.WITHDRAWN: Tone.QUIET,
}  # fmt: skip


LATE = "这一项刚才已由其他人办理，本次操作没有生效。以下是最新情况。"


def badge(notice) -> Badge:
    """The notice's state in words and colour."""
    state = NoticeState(notice.state)
    return Badge(state.zh, TONES[state])


def days_left(notice, today) -> DaysLeft | None:
    """Days until the last day on show; nothing when it is not up."""
    return DaysLeft((notice.until - today).days) if notice.state == NoticeState.UP else None


def _columns(today):
    return (
        Column("number", "编号", kind="code", link=lambda row: reverse("publicity:notice", args=[row.pk]), sort="id"),
        Column("title", "标题"),
        Column("area_name", "区域", minor=True),
        Column("state", "状态", kind="state", value=badge),
        Column("until", "公示至", kind="day", sort=True),
        Column("left", "剩余", kind="days_left", value=lambda row: days_left(row, today)),
        Column("item_count", "条数", kind="count"),
        Column("open_objections", "未办异议", kind="count", sort=True),
        Column("proof_count", "照片", kind="count", minor=True),
    )


@page("publicity.see")
def notices(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="公示", rows=lambda words: queries.notices(**words), columns=_columns(request.today),
        filters=partial(forms.NoticeSearch, kinds=queries.kinds_used()), noun="份", name_of=lambda row: row.title,
        export=recording(by=request.actor, verb="publicity.export", kind="publicity.notice"),
    )  # fmt: skip
    return listing.response("publicity/notices.html")


def found(notice_id: int):
    """The notice, or a page that says that there is none."""
    notice = queries.notice(notice_id)
    if notice is None:
        raise Http404
    return notice


@page("publicity.see")
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """One notice in its public form. A draft is published here, after a look at exactly this form."""
    shown, actor = found(notice_id), request.actor
    draft = shown.state == NoticeState.DRAFT
    form = forms.Publish(request.POST or None) if draft and actor.may("publicity.publish") else None

    def act() -> str:
        actions.publish(by=actor, on=request.today, notice=shown)
        return reverse("publicity:notice", args=[shown.pk])

    if form is not None and (answer := handle(request, form, act, said="已发布，自明日起开始计算公示期。")) is not None:
        return answer
    if request.method == "POST" and form is None:
        messages.warning(request, LATE)
    words = _words(request, shown) | {"form": form}
    return render(request, "publicity/notice.html", words, status=422 if form is not None and form.is_bound else 200)


def _words(request: HttpRequest, shown) -> dict:
    actor, state = request.actor, NoticeState(shown.state)
    up = state is NoticeState.UP
    return {
        "notice": shown,
        "badge": badge(shown),
        "left": days_left(shown, request.today),
        "sheet": queries.sheet(shown, queries.items_of(shown)),
        "term": Term(shown.term_kind, shown.term_days).zh,
        "facts": _facts(shown),
        "proofs": queries.proofs_of(shown),
        "objections": queries.objections(notice_id=shown.pk),
        "needs_proof": up and Place.BOARD in shown.places,
        "may": {
            "extend": up and request.today <= shown.until and actor.may("publicity.extend"),
            "withdraw": state in (NoticeState.DRAFT, NoticeState.UP) and actor.may("publicity.withdraw"),
            "prove": shown.published_on is not None and actor.may("publicity.prove"),
            "receive": shown.published_on is not None and actor.may("publicity.receive"),
        },
    }


def _facts(shown) -> list[Fact]:
    facts = [
        Fact("编号", shown.number, "code"),
        Fact("事项", shown.kind_zh),
        Fact("区域", shown.area_name),
        Fact("地点", shown.place_names),
        Fact("拟稿", f"{shown.drafted_by.name if shown.drafted_by else '系统'} {shown.drafted_on}"),
    ]
    if shown.published_on:
        facts.append(Fact("发布", f"{shown.published_by.name if shown.published_by else '系统'} {shown.published_on}"))
        note = f"已补足{shown.extended_days}天：{shown.why}" if shown.extended_days and shown.state == NoticeState.UP else ""
        facts.append(Fact("公示期", f"{shown.since} 至 {shown.until}", note=note))
    if shown.ended_on:
        facts.append(Fact("撤下" if shown.state == NoticeState.DOWN else "撤回", shown.ended_on, "day", note=shown.why))
    return facts


def _ask(request: HttpRequest, shown, form, act, *, title: str, submit: str, hint: str = "") -> HttpResponse:
    """A page with one form about one notice."""
    back = reverse("publicity:notice", args=[shown.pk])

    def do() -> str:
        act(form.cleaned_data)
        return back

    if (answer := handle(request, form, do)) is not None:
        return answer
    words = {"notice": shown, "form": form, "title": title, "submit": submit, "back": back, "hint": hint}
    return render(request, "publicity/ask.html", words, status=422 if form.is_bound else 200)


@page("publicity.extend")
@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, notice_id: int) -> HttpResponse:
    shown = found(notice_id)

    def act(words: dict) -> None:
        actions.extend_notice(by=request.actor, on=request.today, notice=shown, **words)

    form = forms.Extend(request.POST or None, initial={"known": shown.until})
    return _ask(request, shown, form, act, title="补足公示天数", submit="补足", hint=f"现公示至{shown.until or '（未发布）'}。")


@page("publicity.withdraw")
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, notice_id: int) -> HttpResponse:
    shown = found(notice_id)

    def act(words: dict) -> None:
        actions.withdraw_notice(by=request.actor, on=request.today, notice=shown, **words)

    hint = "撤回后立即从网站撤下；其中的办件须重新公示。"
    return _ask(request, shown, forms.Withdraw(request.POST or None), act, title="撤回公示", submit="撤回", hint=hint)


@page("publicity.prove")
@require_http_methods(["GET", "POST"])
def prove(request: HttpRequest, notice_id: int) -> HttpResponse:
    shown = found(notice_id)

    def act(words: dict) -> None:
        photo = words.pop("file")
        place = Place(words.pop("place"))
        actions.add_proof(
            by=request.actor, on=request.today, notice=shown, name=photo.name, content=photo.read(), place=place, **words
        )

    form = forms.Proof(request.POST or None, request.FILES or None, initial={"taken_on": request.today})
    return _ask(request, shown, form, act, title="上传张榜照片", submit="上传")


@page("publicity.see")
@require_GET
def print_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The sheet for the board, on A4."""
    shown = found(notice_id)
    words = {"notice": shown, "sheet": queries.sheet(shown, queries.items_of(shown))}
    return render(request, "publicity/print.html", words | {"term": Term(shown.term_kind, shown.term_days).zh})
