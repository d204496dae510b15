"""Surveys of how well the hotline is known: drawn, asked one by one, closed; with the rate and the sample behind it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from linli.base.masking import mask_name
from linli.base.shares import percent
from linli.domains.hotline import actions, forms, queries
from linli.domains.hotline.rules import Awareness, SurveyAnswer, SurveyWay
from linli.domains.hotline.views.common import carry_out
from linli.kernel.access.actions import press, record_seen
from linli.kernel.access.rules import page
from linli.kernel.registry.queries import area_name
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, NumberCard, Tone

TONES = {SurveyAnswer.KNOWS: Tone.GOOD, SurveyAnswer.UNKNOWN: Tone.WARN, SurveyAnswer.REFUSED: Tone.QUIET}
CRUMB = "知晓率调查"


def _page(one: Any) -> str:
    return reverse("hotline:survey", args=[one.pk])


@page("hotline.see_surveys")
def surveys(request: HttpRequest) -> HttpResponse:
    rows = queries.surveys()
    found = queries.awareness_of([one.pk for one in rows[:200]])

    def of(one: Any) -> Awareness:
        return found.get(one.pk, Awareness(one.size, 0, 0, 0))

    columns = (
        Column("title", "调查名称", sort=True, link=_page), Column("place", "调查范围", kind="area"),
        Column("drawn_on", "抽样日期", kind="day", sort=True), Column("size", "样本", kind="count", unit="人", sort=True),
        Column("answered", "回答", kind="count", unit="人", value=lambda one: of(one).answered),
        Column("rate", "知晓率", value=lambda one: percent(of(one).rate)),
        Column("state", "状态", kind="state", value=_state),
    )  # fmt: skip
    listing = Listing(
        request, title=CRUMB, rows=rows, columns=columns, noun="次", name_of=lambda one: one.title, empty="还没有抽样调查。"
    )
    return listing.response("hotline/surveys.html", {"may_draw": request.actor.may("hotline.survey")})


def _state(one: Any) -> Badge:
    return Badge("已结束", Tone.GOOD) if one.closed_on else Badge("正在调查", Tone.NOW)


@page("hotline.see_surveys")
def survey(request: HttpRequest, survey_id: int) -> HttpResponse:
    """The rate with numerator and denominator, how it was drawn, and the sample."""
    one = queries.survey_by_id(survey_id)
    may_look = request.actor.may("hotline.ask")
    may_ask = may_look and one.closed_on is None
    columns = (
        Column("rank", "序号", kind="count", sort=True,
               link=(lambda row: reverse("hotline:ask", args=[row.pk])) if may_look else None),
        Column("name", "居民", kind="person", value=lambda row: row.person.name if may_ask else mask_name(row.person.name)),
        Column("area", "居住地", kind="area", sort=True),
        Column("answer", "回答", kind="state", value=_answer), Column("way", "方式", value=lambda row: row.get_way_display()),
        Column("answered_on", "日期", kind="day", sort=True, minor=True),
        Column("by", "登记人", value=lambda row: row.answered_by.name if row.answered_by else "", minor=True),
    )  # fmt: skip
    listing = Listing(
        request, title="样本", rows=lambda words: queries.sample_of(one, **words), columns=columns, noun="人",
        filters=lambda *args, **words: forms.SampleSearch(*args, scope=request.actor.scope, **words),
        name_of=lambda row: f"第{row.rank}号", empty="本辖区内没有抽到居民。",
    )  # fmt: skip
    words = {
        "survey": one, "cards": _cards(one, request), "facts": _facts(one),
        "may_close": request.actor.may("hotline.survey") and one.closed_on is None and request.actor.covers(one.area),
    }  # fmt: skip
    return listing.response("hotline/survey.html", words)


def _answer(row: Any) -> Badge:
    if row.answer:
        answer = SurveyAnswer(row.answer)
        return Badge(answer.zh, TONES[answer])
    return Badge(f"{row.tries}次没有联系上" if row.tries else "待问", Tone.NOW)


def _cards(one: Any, request: HttpRequest) -> list[NumberCard]:
    found = queries.counted(one)
    whole = request.actor.covers(one.place)
    span = found.span(one.framed) if whole else None
    told = [("知道 / 作出回答", f"{found.knows}/{found.answered}人")]
    if span:
        told.append(("95%的把握在", f"{span[0] * 100:.1f}%至{span[1] * 100:.1f}%"))
    return [
        NumberCard("知晓率" if whole else "本辖区知晓率", percent(found.rate), "", told,
                   definition="知道热线的居民占作出回答的居民的比例；不愿回答和没有联系上的不计入分母"),
        NumberCard("回答率", percent(found.response), "", [("作出回答 / 抽到", f"{found.answered}/{found.drawn}人")],
                   definition="作出回答的居民占抽到的居民的比例；太低时知晓率不能代表全体"),
        NumberCard("不愿回答", str(found.refused), "人"),
    ]  # fmt: skip


def _facts(one: Any) -> list[Fact]:
    ended = [Fact("结束", one.closed_on, "day", note=one.closed_by.name)] if one.closed_on else []
    return [
        Fact("问题", one.question), Fact("抽样", one.drawn_on, "day", note=one.drawn_by.name),
        Fact("抽样框", f"{area_name(one.place, one.drawn_on)}当日登记在册的成年居民{one.framed}人",
             note=f"摘要 {one.frame_digest[:16]}"),
        Fact("抽样种子", one.seed, note="用种子和每人的登记号计算排序，取最前的人；同一抽样框再抽，结果相同"), *ended,
    ]  # fmt: skip


@page("hotline.survey")
@require_http_methods(["GET", "POST"])
def new_survey(request: HttpRequest) -> HttpResponse:
    form = forms.DrawSurvey(request.POST or None, scope=request.actor.scope)
    back = reverse("hotline:surveys")

    def act() -> str:
        return _page(actions.draw_survey(by=request.actor, on=request.today, **form.cleaned_data))

    return carry_out(request, form, act, title="抽样调查", submit="抽样", back=back, crumbs=((CRUMB, back),), said="已抽样。")


@page("hotline.survey")
@require_POST
def close_survey(request: HttpRequest, survey_id: int) -> HttpResponse:
    one = queries.survey_by_id(survey_id)

    def act() -> str:
        actions.close_survey(by=request.actor, on=request.today, survey=one)
        return _page(one)

    return press(request, act, back=_page(one), said="调查已结束，不再登记回答。")


@page("hotline.ask")
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, sampled_id: int) -> HttpResponse:
    one = queries.sampled_by_id(sampled_id)
    if request.method == "GET":
        record_seen(by=request.actor, verb="hotline.ask", kind="hotline.survey", subject=one.survey_id, area=one.area)
    return _asking(request, one)


@page("hotline.ask")
@require_POST
def sampled_phone(request: HttpRequest, sampled_id: int) -> HttpResponse:
    """The number in clear, once, in the answer."""
    one = queries.sampled_by_id(sampled_id)
    number: list[str] = []

    def act() -> str:
        number.append(actions.reveal_sampled(by=request.actor, on=request.today, sampled=one))
        return here

    here = reverse("hotline:ask", args=[one.pk])
    answer = press(request, act, back=here)
    return _asking(request, one, number[0]) if number else answer


def _asking(request: HttpRequest, one: Any, phone: str = "") -> HttpResponse:
    back, here = _page(one.survey), reverse("hotline:ask", args=[one.pk])
    if one.answer or one.survey.closed_on:
        return _answered(request, one)
    number = phone or ("已登记" if one.person.phone_sealed else "没有登记")
    facts = [
        Fact("问题", one.survey.question), Fact("居民", one.person.name), Fact("居住地", area_name(one.area, request.today)),
        Fact("住址", one.person.address or "没有登记"), Fact("电话", number),
        Fact("没有联系上", f"{one.tries}次"), *[_mended(each) for each in queries.mends_of(one)],
    ]  # fmt: skip
    form = forms.AnswerSurvey(request.POST if request.path == here and request.method == "POST" else None)

    def act() -> str:
        actions.enter_answer(by=request.actor, on=request.today, sampled=one, **form.cleaned_data)
        return f"{back}?answer=open"  # who is asked next

    button = ("查看电话", reverse("hotline:sampled_phone", args=[one.pk])) if one.person.phone_sealed and not phone else None
    if phone:
        words = {"form": form, "title": _number(one), "submit": "登记", "trail": _trail(one), "back": back, "facts": facts}
        return render(request, "hotline/form_page.html", words | {"action": here})
    return carry_out(
        request, form, act, title=_number(one), submit="登记", back=back, crumbs=_trail(one), facts=facts, button=button,
        said="已登记。",
    )  # fmt: skip


def _number(one: Any) -> str:
    return f"第{one.rank}号"


def _trail(one: Any) -> tuple[tuple[str, str], ...]:
    return (CRUMB, reverse("hotline:surveys")), (one.survey.title, _page(one.survey))


def _answered(request: HttpRequest, one: Any) -> HttpResponse:
    """What was said, and each former answer with the reason; nobody is called about it any more, so no home and no number."""
    known = list(queries.mends_of(one))
    told = [] if not one.answer else [
        Fact("方式", one.get_way_display()), Fact("回答日期", one.answered_on, "day", note=one.answered_by.name)
    ]
    facts = [
        Fact("问题", one.survey.question), Fact("居民", mask_name(one.person.name)), Fact("回答", _answer(one)), *told,
        *[_mended(each) for each in known],
    ]  # fmt: skip
    words: dict[str, Any] = {"facts": facts, "trail": _trail(one), "title": _number(one), "back": _page(one.survey)}
    waits = any(each.decided_on is None for each in known)
    if one.answer and not waits and (request.actor.own_hand == one.answered_by_id or request.actor.may("hotline.survey")):
        words["link"] = ("更正回答", reverse("hotline:mend_answer", args=[one.pk]))
    return render(request, "hotline/form_page.html", words)


def _said(answer: str, way: str) -> str:
    return f"{SurveyAnswer(answer).zh}（{SurveyWay(way).zh}）" if answer else "没有问到"


def _mended(mend: Any) -> Fact:
    state = "等待审定" if mend.decided_on is None else "" if mend.agreed else f"{mend.decided_by.name}审定不同意，保留原回答"
    note = f"{mend.why}　{mend.asked_by.name}，{mend.asked_on:%Y-%m-%d}"
    hand = f"，{mend.decided_by.name}审定" if mend.agreed and mend.decided_by else ""
    words = f"{_said(mend.was_answer, mend.was_way)}（{mend.was_by.name}登记）更正为{_said(mend.answer, mend.way)}"
    return Fact("更正", words, note=f"{note}{hand}{'；' if state else ''}{state}")


@page("hotline.ask")
@require_http_methods(["GET", "POST"])
def mend_answer(request: HttpRequest, sampled_id: int) -> HttpResponse:
    """An answer that was typed wrongly; of a finished survey another person agrees first."""
    one = queries.sampled_by_id(sampled_id)
    back, waits = reverse("hotline:ask", args=[one.pk]), one.survey.closed_on is not None
    form = forms.MendAnswer(request.POST or None, initial={"way": one.way})

    def act() -> str:
        actions.mend_answer(by=request.actor, on=request.today, sampled=one, **form.cleaned_data)
        return back

    facts = [Fact("问题", one.survey.question), Fact("居民", mask_name(one.person.name)), Fact("现在登记的回答", _answer(one))]
    now = "更正立即生效，知晓率随之重算；原回答和理由保留。"
    note = "调查已经结束：更正由另一人审定以后才生效，原回答保留。" if waits else now
    return carry_out(
        request, form, act, title="更正回答", submit="更正", back=back, crumbs=(*_trail(one), (_number(one), back)), facts=facts,
        note=note, said="已提出更正，等另一人审定。" if waits else "已更正。",
    )  # fmt: skip


@page("hotline.agree_mend")
@require_http_methods(["GET", "POST"])
def mend(request: HttpRequest, mend_id: int) -> HttpResponse:
    """The second look at a mend of a finished survey."""
    one = queries.mend_by_id(mend_id)
    sampled, back = one.sampled, _page(one.sampled.survey)
    facts = [Fact("问题", sampled.survey.question), _mended(one)]
    if one.decided_on is not None:
        words = {"facts": facts, "trail": _trail(sampled), "title": "审定更正", "back": back}
        return render(request, "hotline/form_page.html", words)
    form = forms.DecideMend(request.POST or None)

    def act() -> str:
        actions.decide_mend(by=request.actor, on=request.today, mend=one, agreed=form.cleaned_data["agreed"])
        return back

    return carry_out(
        request, form, act, title="审定更正", submit="审定", back=back, crumbs=_trail(sampled), facts=facts, said="已审定。"
    )
