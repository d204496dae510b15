"""Trials of a policy: the list, a new one, and what one would mean by programme, town and family."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linli.domains.assistance import actions, forms, queries
from linli.domains.assistance.rules.trials import LEVERS, TrialState
from linli.domains.assistance.views.common import acting, page_of
from linli.kernel.access.actions import handle, recording
from linli.kernel.access.rules import page
from linli.kernel.entitlements.queries import programme_zh
from linli.kernel.entitlements.rules import Difference, month_of
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone
from linli.law import RESULTS

TONES = {TrialState.WAITING: Tone.NOW, TrialState.DONE: Tone.GOOD, TrialState.FAILED: Tone.BAD}
EFFECTS = {Difference.NEW: Tone.GOOD, Difference.UP: Tone.NOW, Difference.DOWN: Tone.WARN, Difference.STOP: Tone.BAD}
COLUMNS = (
    Column("title", "测算名称", link=lambda row: reverse("assistance:trial", args=[row.pk])),
    Column("month", "按哪个月的规定", value=lambda row: f"{row.month:%Y-%m}"),
    Column("changes", "改变的规定", value=lambda row: said(row)),
    Column("state", "状态", kind="state", value=lambda row: badge(row)),
    Column("before", "现行每月", kind="money"),
    Column("after", "测算后每月", kind="money"),
    Column("by", "测算人", value="by.name", minor=True),
    Column("on", "测算日期", kind="day", sort=True, minor=True),
)
LINES = (
    Column("case", "案件编号", kind="code", value="application.case.number", link=lambda row: page_of(row.application)),
    Column("person", "申请人", kind="person", value="person.name", sort="person__sort_key"),
    Column("programme", "项目", value=lambda row: programme_zh(row.programme), minor=True),
    Column("difference", "增减", kind="state", value=lambda row: effect(row.difference), sort=True),
    Column("was", "现行类别", value=lambda row: RESULTS[row.was]),
    Column("becomes", "测算后类别", value=lambda row: RESULTS[row.becomes]),
    Column("people", "人数", kind="count"),
    Column("before", "现行每月", kind="money", total="before", sort=True),
    Column("after", "测算后每月", kind="money", total="after", sort=True),
    Column("more", "每月增减", kind="money", total="more", sort=True),
    Column("area", "所在地", kind="area", sort="area"),
)  # fmt: skip


def badge(row: Any) -> Badge:
    state = TrialState(row.state)
    return Badge(state.zh, TONES[state])


def said(row: Any) -> str:
    """What was changed, in a line."""
    return "；".join(f"{one['zh']} {one['before']}→{one['after']}" for one in row.changes)


def effect(value: str) -> Badge:
    one = Difference(value)
    return Badge("只变类别" if one is Difference.SAME else one.zh, EFFECTS.get(one, Tone.QUIET))


@page("assistance.trial")
@require_http_methods(["GET", "HEAD", "POST"])
def trials(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="政策测算", rows=lambda words: queries.trials(**words), columns=COLUMNS, noun="次", order="-on",
        filters=forms.TrialSearch, name_of=lambda row: row.title, empty="还没有政策测算。测算不改变任何家庭的待遇。",
    )  # fmt: skip
    return listing.response("assistance/trials.html")


@page("assistance.trial")
@require_http_methods(["GET", "POST"])
def new_trial(request: HttpRequest) -> HttpResponse:
    """What is to be changed; every present value with its document stands beside."""
    month = month_of(request.today)
    form = forms.NewTrial(
        request.POST or None, levers=queries.levers_on(month, request.actor.area), initial={"month": month},
    )  # fmt: skip

    def act() -> str:
        data = form.cleaned_data
        trial = actions.order_trial(**acting(request), title=data["title"], month=data["month"], changes=form.changes)
        return reverse("assistance:trial", args=[trial.pk])

    if (answer := handle(request, form, act, said="已提交测算。")) is not None:
        return answer
    return render(request, "assistance/new_trial.html", {"form": form}, status=422 if form.is_bound else 200)


@page("assistance.trial")
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, trial_id: int) -> HttpResponse:
    shown = queries.trial_of(trial_id)
    listing = Listing(
        request, title=f"{shown.title}影响名单", columns=LINES, noun="户", order="-more", filters=forms.TrialLineSearch,
        rows=lambda words: queries.trial_lines(shown, **words), name_of=lambda row: row.person.name,
        empty="没有受影响的家庭。",
        export=recording(by=request.actor, verb="assistance.export", kind="assistance.trial", subject=shown.pk),
    )  # fmt: skip
    words = _words(shown) | {"draft": _draft(shown) if request.actor.may("standards.propose") else ""}
    return listing.response("assistance/trial.html", words)


def _draft(shown: Any) -> str:
    """Where the values of a finished trial are proposed as standards, each as it was typed."""
    if shown.state != TrialState.DONE:
        return ""
    tried = {one["key"]: LEVERS[one["key"]].typed(one["value"]) for one in shown.changes if one["key"] in LEVERS}
    return f"{reverse('standards:new')}?{urlencode(tried)}"


def _words(shown: Any) -> dict[str, Any]:
    programmes = [row | {"zh": programme_zh(row["programme"])} for row in queries.sums_by_programme(shown)]
    more = sum(row["more"] for row in programmes)
    facts = [
        Fact("按哪个月的规定", f"{shown.month:%Y-%m}"), Fact("测算人", f"{shown.by.name}（{shown.on}）"),
        Fact("参加测算", f"{sum(row['known'] for row in programmes)} 户"), Fact("每月增减", more, kind="money"),
        Fact("全年增减", more * 12, kind="money"),
    ]  # fmt: skip
    moves = [
        row | {"was_zh": RESULTS[row["was"]], "becomes_zh": RESULTS[row["becomes"]]} for row in queries.moves_of(shown)
    ]
    return {
        "trial": shown, "badge": badge(shown), "running": shown.state == TrialState.WAITING, "programmes": programmes,
        "towns": queries.sums_by_town(shown), "moves": moves, "facts": facts if shown.state == TrialState.DONE else facts[:2],
    }  # fmt: skip


@page("assistance.trial")
@require_safe
def trial_progress(request: HttpRequest, trial_id: int) -> HttpResponse:
    """The part of the page that changes; when the trial is over the page is loaded anew."""
    shown = queries.trial_of(trial_id)
    answer = render(request, "assistance/trial_progress.html", {"trial": shown})
    if shown.state != TrialState.WAITING:
        answer["HX-Refresh"] = "true"
    return answer
