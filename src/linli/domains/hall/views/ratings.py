"""Progress and judgement without an account; the list of judgements and the answers to poor ones."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from linli.domains.hall import actions, forms, queries
from linli.domains.hall.rules import POOR, Grade, Stage
from linli.domains.hall.views.common import carry_out, page_of
from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import Refused, page, public_page
from linli.kernel.publicity.actions import may_look_up
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

NOT_FOUND = "收件编号和电话不相符。请对照收件单核对；仍查不到的，请拨打受理大厅的电话。"
TONES = {"5": Tone.GOOD, "4": Tone.GOOD, "3": Tone.QUIET, "2": Tone.WARN, "1": Tone.BAD}


def _turn(request: HttpRequest, form: Any) -> bool:
    return may_look_up(request, form, page="hall.progress", number=form.cleaned_data["number"])


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """Where a handling stands, by receipt and telephone; both travel in the body, and nothing can be listed."""
    form = forms.LookUp(request.POST or None)
    shown, judge = None, None
    if form.is_bound and form.is_valid() and _turn(request, form):
        given = form.cleaned_data
        shown = queries.progress(given["number"], given["phone"], request.today)
        if shown is None:
            form.add_error(None, NOT_FOUND)
        elif shown.stages:
            judge = forms.Judge(initial=given | {"stage": shown.stages[0].value}, stages=shown.stages)
    words = {"form": form, "shown": shown, "judge": judge}
    return render(request, "hall/progress.html", words, status=422 if form.is_bound and shown is None else 200)


@public_page
@require_POST
def judge(request: HttpRequest) -> HttpResponse:
    """A judgement by whoever holds receipt and telephone, once for each stage."""
    form = forms.Judge(request.POST)
    thanked, shown, whole = False, None, form.is_valid()
    given = form.cleaned_data
    turn = {"number", "phone"} <= given.keys() and _turn(request, form)
    if whole and turn:
        try:
            actions.grade_from_web(
                on=request.today, number=given["number"], phone=given["phone"], stage=Stage(given["stage"]),
                grade=Grade(given["grade"]), words=given["words"],
            )  # fmt: skip
            thanked = True
        except Refused as fault:
            form.add_error(None, fault.message)
    if turn and not thanked and (shown := queries.progress(given["number"], given["phone"], request.today)):
        form.fields["stage"].choices = [(stage.value, stage.zh) for stage in shown.stages or Stage]  # type: ignore[attr-defined]
    words = {"form": forms.LookUp(), "shown": shown, "judge": None if thanked else form, "thanked": thanked}
    return render(request, "hall/progress.html", words, status=200 if thanked else 422)


def _grade(one: Any) -> Badge:
    return Badge(one.get_grade_display(), TONES[one.grade])


def _answered(one: Any) -> str:
    if Grade(one.grade) not in POOR:
        return ""
    return f"{one.answered_on}已回访" if one.answered_on else "等待回访"


COLUMNS = (
    Column("since", "日期", kind="day", sort=True, link=lambda one: reverse("hall:rating", args=[one.pk])),
    Column("grade", "评价", kind="state", value=_grade),
    Column("stage", "环节", value=lambda one: one.get_stage_display()),
    Column("item", "事项", value="handling.zh"),
    Column("hall", "受理大厅", kind="area", value="handling.hall", minor=True),
    Column("words", "意见", minor=True),
    Column("answered", "回访", value=_answered),
)


@page("hall.see")
def ratings(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="好差评", rows=lambda words: queries.ratings(**words), columns=COLUMNS,
        filters=partial(forms.RatingSearch, scope=request.actor.scope), noun="条", order="-since",
        name_of=lambda one: f"{one.since} {one.get_grade_display()}", empty="还没有评价。",
        export=recording(by=request.actor, verb="hall.export", kind="hall.rating"),
    )  # fmt: skip
    return listing.response("hall/ratings.html")


@page("hall.supervise|hall.see")
@require_http_methods(["GET", "POST"])
def rating(request: HttpRequest, rating_id: int) -> HttpResponse:
    """One judgement; a poor one with the form of its answer, for who did not take the item."""
    one = queries.rating(rating_id)
    handling = one.handling
    record_seen(by=request.actor, verb="hall.read", kind="hall.handling", subject=handling.pk, area=handling.area)
    open_ = Grade(one.grade) in POOR and one.answered_on is None and request.actor.may("hall.supervise")
    facts = [
        Fact("事项", handling.zh, href=page_of(handling)), Fact("评价", f"{one.get_stage_display()}：{one.get_grade_display()}"),
        Fact("意见", one.words or "没有填写"), Fact("受理", f"{handling.taken_on}，{handling.taken_by.name}"),
        *([Fact("联系电话", queries.phone_of(handling))] if open_ else []),
        *([Fact("回访和整改", f"{one.answered_on}：{one.answer}")] if one.answered_on else []),
    ]  # fmt: skip
    trail = (("好差评", reverse("hall:ratings")),)
    if not open_:
        return render(request, "hall/rating.html", {"facts": facts, "trail": trail, "rating": one})
    form = forms.AnswerRating(request.POST or None)

    def act() -> str:
        actions.answer_rating(by=request.actor, on=request.today, rating=one, **form.cleaned_data)
        return reverse("hall:ratings")

    return carry_out(
        request, form, act, title="回访不满意的评价", submit="登记回访", back=reverse("hall:ratings"), crumbs=trail,
        said="已登记。", facts=facts, note="由未经办的人回访，不打听、不施压；五个工作日内答复。",
    )  # fmt: skip


@page("hall.take")
@require_http_methods(["GET", "POST"])
def grade_here(request: HttpRequest, handling_id: int) -> HttpResponse:
    """The page that is turned to the resident: large choices, no names."""
    one = queries.handling(handling_id)
    done = {found.stage for found in queries.ratings_of(one.pk)}
    first = Stage.CLOSED if one.case.state == "closed" and Stage.CLOSED not in done else Stage.TAKEN
    ready = [Stage.TAKEN, Stage.CLOSED] if one.case.state == "closed" else [Stage.TAKEN]
    left = [stage for stage in ready if stage not in done] or [first]
    form = forms.JudgeHere(request.POST or None, initial={"stage": first.value}, stages=left)

    def act() -> str:
        given = form.cleaned_data
        actions.grade_here(
            by=request.actor, on=request.today, handling=one, stage=Stage(given["stage"]), grade=Grade(given["grade"]),
            words=given["words"],
        )  # fmt: skip
        return page_of(one)

    return carry_out(
        request, form, act, title="请您评价这次服务", submit="提交评价", back=page_of(one), said="谢谢您的评价。",
        note="评价的是窗口的服务，每个环节一次。",
    )
