"""Vacancies, residents who seek work, and introductions: one page, and the two acts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from linli.base.masking import mask_name
from linli.domains.hotline import actions, forms, queries
from linli.domains.hotline.rules import VACANCIES, WISHES, Offered, Placing, Trade
from linli.domains.hotline.views.common import carry_out
from linli.kernel.access.actions import press
from linli.kernel.access.rules import page
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

TONES = {Placing.OPEN: Tone.NOW, Placing.PLACED: Tone.GOOD, Placing.DECLINED: Tone.QUIET, Placing.REFUSED: Tone.QUIET}
CRUMB, MOST = "招聘和求职", 100
NOTHING = "现在没有正在招聘的岗位。请先登记用人单位的空岗，再介绍。"


def _result(one: Any) -> Badge:
    result = Placing(one.result)
    return Badge(result.zh, TONES[result])


@page("hotline.see_jobs")
def jobs(request: HttpRequest) -> HttpResponse:
    """What is offered, who seeks, and every introduction."""
    may, own = request.actor.may("hotline.introduce"), request.actor.own_hand
    columns = (
        Column("introduced_on", "介绍日期", kind="day", sort=True,
               link=lambda one: reverse("hotline:placing", args=[one.pk]) if _may_enter(one, own, may) else ""),
        Column("name", "居民", kind="person", value=lambda one: one.person.name if may else mask_name(one.person.name)),
        Column("unit", "用人单位", sort=True), Column("post", "岗位"),
        Column("result", "结果", kind="state", value=_result, sort="result"),
        Column("result_on", "结果日期", kind="day", sort=True, minor=True),
        Column("by", "介绍人", value=lambda one: one.introduced_by.name, minor=True),
    )  # fmt: skip
    listing = Listing(
        request, title="职业介绍", rows=lambda words: queries.introductions(**words), columns=columns, noun="次",
        filters=forms.IntroductionSearch, name_of=lambda one: f"{one.introduced_on}", empty="还没有职业介绍。",
    )  # fmt: skip
    open_ones = actions.see_vacancies(by=request.actor, on=request.today)
    seek = queries.wishes(request.today)
    words = {
        "vacancies": [(one, _post(one), _terms(one)) for one in open_ones[:MOST]], "vacancy_count": len(open_ones),
        "wishes": [(one, _name(request, one), _wished(one)) for one in seek[:MOST]],
        "wish_count": seek.count(), "may": may, "may_tell": request.actor.may("hotline.tell_jobs"),
        "books": (VACANCIES, WISHES), "may_read": request.actor.may("records.see"),
    }  # fmt: skip
    return listing.response("hotline/jobs.html", words)


def _name(request: HttpRequest, wish: Any) -> str:
    """In full for the community's own staff only, as in every list."""
    near = request.actor.area == wish.area and request.actor.may("hotline.introduce")
    return str(wish.person.name) if near else mask_name(wish.person.name)


def _may_enter(one: Any, own: int, may: bool) -> bool:
    return may and one.result == Placing.OPEN and one.introduced_by_id == own


def _post(one: Offered) -> str:
    return f"{one.unit}　{one.post}"


def _terms(one: Offered) -> str:
    return f"{Trade(one.trade).zh}，还招{one.free}人，{one.pay}，{one.closes}截止"


def _wished(one: Any) -> str:
    return "；".join(part for part in (Trade(one.values["trade"]).zh, one.values.get("wants")) if part)


@page("hotline.introduce")
@require_http_methods(["GET", "POST"])
def introduce(request: HttpRequest, wish_id: int) -> HttpResponse:
    wish = queries.wish_by_id(wish_id, request.today)
    trade, back = wish.values["trade"], reverse("hotline:jobs")
    known = actions.see_vacancies(by=request.actor, on=request.today)
    offers = sorted(known, key=lambda one: (one.trade != trade, not one.near))
    form = forms.introducing(request.POST or None, [(one.pk, f"{_post(one)}（{_terms(one)}）") for one in offers])

    def act() -> str:
        actions.introduce(by=request.actor, on=request.today, wish=wish, **form.cleaned_data)
        return back

    facts = [Fact("居民", wish.person.name), Fact("求职意向", _wished(wish)), Fact("求职登记", wish.day, "day")]
    if not offers:
        words = {"facts": facts, "trail": ((CRUMB, back),), "title": "介绍岗位", "back": back, "note": NOTHING}
        words["link"] = ("登记招聘信息", reverse("records:new", args=[VACANCIES]))
        return render(request, "hotline/form_page.html", words)
    ended = ("查看或结束求职登记", reverse("records:entry", args=[wish.pk])) if request.actor.may("records.see") else None
    return carry_out(
        request, form, act, title="介绍岗位", submit="登记介绍", back=back, crumbs=((CRUMB, back),), facts=facts, link=ended,
        said="已登记，请在得知结果后填写。",
    )  # fmt: skip


@page("hotline.introduce")
@require_http_methods(["GET", "POST"])
def placing(request: HttpRequest, introduction_id: int) -> HttpResponse:
    one, back = queries.introduction_by_id(introduction_id), reverse("hotline:jobs")
    form = forms.Result(request.POST or None, initial={"result_on": request.today})

    def act() -> str:
        actions.enter_result(by=request.actor, on=request.today, introduction=one, **form.cleaned_data)
        return back

    facts = [
        Fact("居民", one.person.name), Fact("用人单位", one.unit), Fact("岗位", one.post),
        Fact("介绍", one.introduced_on, "day", note=one.introduced_by.name), Fact("结果", _result(one)),
    ]  # fmt: skip
    return carry_out(
        request, form, act, title="职业介绍结果", submit="填写", back=back, crumbs=((CRUMB, back),), facts=facts, said="已填写。"
    )


@page("hotline.tell_jobs")
@require_POST
def tell_jobs(request: HttpRequest) -> HttpResponse:
    """The draft of the notice; it is looked at and published on the page of notices."""
    def act() -> str:
        draft = actions.draft_jobs(by=request.actor, on=request.today)
        return reverse("publicity:notice", args=[draft.pk])

    return press(request, act, back=reverse("hotline:jobs"), said="已拟好招聘信息公布稿，核对后发布。")
