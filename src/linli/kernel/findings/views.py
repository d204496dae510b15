"""The list of findings, one of them with its answer, and the button that compares again."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from linli.base.masking import mask_name
from linli.base.shares import percent
from linli.kernel.access.actions import handle, press, record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.findings import actions, forms, queries
from linli.kernel.findings.rules import Answer, Side, State
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, NumberCard, Tone

TONES = {State.OPEN: Tone.NOW, State.ANSWERED: Tone.GOOD, State.GONE: Tone.QUIET}
SIDES = {Side.MISSED: Tone.NOW, Side.PAST: Tone.WARN}


def _side(one: Any) -> Badge:
    side = queries.searches()[one.search].side
    return Badge(side.zh, SIDES[side])


def _state(one: Any) -> Badge:
    if one.followed_on:
        return Badge("已落实", Tone.GOOD)
    state = State(one.state)
    return Badge(Answer(one.answer).zh if one.answer else state.zh, TONES[state])


COLUMNS = (
    Column("person.name", "姓名", kind="person", sort="person__sort_key",
           link=lambda one: reverse("findings:finding", args=[one.pk])),
    Column("search", "线索", value=lambda one: queries.searches()[one.search].zh, sort="search"),
    Column("detail", "情况"),
    Column("area", "所在地", kind="area", sort="area"),
    Column("found_on", "发现日期", kind="day", sort=True, minor=True),
    Column("side", "类别", kind="state", value=_side, minor=True),
    Column("state", "状态", kind="state", value=_state),
)  # fmt: skip


@page("findings.see")
def listed(request: HttpRequest) -> HttpResponse:
    """What was found in the area, the newest first, with how many were visited and what came of it."""
    keys = queries.searches_for(request.actor)
    choices = [(key, queries.searches()[key].zh) for key in keys]
    listing = Listing(
        request, title="发现线索", noun="条", rows=lambda words: queries.findings(keys, **words), columns=COLUMNS,
        filters=lambda *args, **words: forms.Search(*args, searches=choices, scope=request.actor.scope, **words),  # type: ignore[arg-type]
        export=recording(by=request.actor, verb="findings.export", kind="findings.finding"),
        name_of=lambda one: mask_name(one.person.name),
        empty="没有线索。登记的情况每夜自动比对一次，也可以现在比对。",
    )  # fmt: skip
    shown = listing.rows if not listing.faulty else queries.findings(())
    context = {"cards": _cards(queries.tally(shown)), "may_look": request.actor.may("findings.look")}
    return listing.response("findings/list.html", context)


def _cards(one: Any) -> list[NumberCard]:
    words = "按下面的筛选条件统计"
    due = one.visited + one.waiting
    share = [("走访率", percent(Fraction(one.visited, due)))] if due else []
    return [
        NumberCard("发现", f"{one.found:,}", "条", [("待走访", f"{one.waiting:,}条")], definition=words),
        NumberCard("已走访", f"{one.visited:,}", "条", share, definition=words),
        NumberCard("已受理或复核", f"{one.taken_up:,}", "条", definition=words),
        NumberCard("已落实", f"{one.followed:,}", "条", definition="已批准救助，或救助已调整、终止"),
    ]


@page("findings.look")
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Compare the registers of the area now."""
    here = reverse("findings:list")

    def act() -> str:
        brought = actions.look(by=request.actor, on=request.today).values()
        new, gone = sum(one.new + one.again for one in brought), sum(one.gone for one in brought)
        said = f"比对完毕，新发现{new}条线索，请逐户走访。" if new else "比对完毕，没有新的线索。"
        messages.success(request, said + (f"另有{gone}条情况已变，不再提示。" if gone else ""))
        return f"{here}?state=open"

    return press(request, act, back=here)


@page("findings.see")
@require_http_methods(["GET", "POST"])
def finding(request: HttpRequest, finding_id: int) -> HttpResponse:
    """One finding: what is known, by which rule, the way to the family and to the work, and the answer."""
    one = queries.finding(finding_id, queries.searches_for(request.actor))
    search, actor = queries.searches()[one.search], request.actor
    may = one.state == "open" and actor.may("findings.answer") and actor.may(search.answer)
    form = forms.Visited(request.POST or None, side=search.side, initial={"visited_on": request.today}) if may else None

    def act() -> str:
        assert form is not None
        actions.answer_finding(by=actor, on=request.today, finding=one, **form.cleaned_data)
        return reverse("findings:list") + "?state=open"

    if form is not None and (answer := handle(request, form, act, said="已登记走访结果。")) is not None:
        return answer
    if request.method == "POST" and form is None:
        messages.warning(request, "这条线索刚才已由其他人核查，或情况已变，本次没有登记。以下是最新情况。")
    record_seen(by=actor, verb="findings.open", kind="findings.finding", subject=one.pk, area=one.area)
    act_on = search.act if may and search.act and actor.may(search.act[2]) else None
    context = {
        "finding": one, "search": search, "form": form, "facts": _facts(one, search), "badge": _state(one),
        "act": (reverse(act_on[0], args=[one.person_id]), act_on[1]) if act_on else None,
    }  # fmt: skip
    return render(request, "findings/finding.html", context, status=422 if form is not None and form.is_bound else 200)


def _facts(one: Any, search: Any) -> list[Fact]:
    home = reverse("registry:household", args=[one.household_id]) if one.household_id else ""
    facts = [
        Fact("类别", _side(one)), Fact("线索", search.zh), Fact("情况", one.detail), Fact("怎样比对", search.words),
        Fact("依据", one.law), Fact("人员", one.person.name, href=reverse("registry:person", args=[one.person_id])),
        *([Fact("家庭", one.household.address or f"{one.person.name}所在的家庭", href=home)] if home else []),
        Fact("所在地", one.area, "area"), Fact("发现", one.found_on, "day"),
    ]  # fmt: skip
    if one.answer:
        who = one.answered_by.name if one.answered_by else "系统任务"
        facts += [Fact("走访", one.visited_on, "day", note=who), Fact("走访结果", Answer(one.answer).zh, note=one.note)]
    if one.followed_on:
        facts.append(Fact("落实", one.followed_on, "day"))
    return facts + ([Fact("情况已变", one.gone_on, "day")] if one.gone_on else [])
