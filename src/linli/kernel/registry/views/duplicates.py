"""The queue of rows that may be one person: two rows side by side, a decision, and the way back."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.base.areas import Level, level_of
from linli.base.masking import Audience, mask_id, mask_phone
from linli.kernel.access.actions import handle, press, record_seen
from linli.kernel.access.rules import page
from linli.kernel.registry import actions, forms, queries
from linli.kernel.registry.rules import STATUS_KINDS, PairState, Sex
from linli.kernel.registry.views.common import export_of
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Tone

TONES = {
    PairState.OPEN: Tone.NOW, PairState.SAME: Tone.GOOD, PairState.DIFFERENT: Tone.QUIET, PairState.UNDONE: Tone.WARN,
    PairState.GONE: Tone.QUIET,
}  # fmt: skip
COLUMNS = (
    Column("names", "两条记录", value=lambda row: f"{row.first.name} / {row.second.name}",
           link=lambda row: reverse("registry:duplicate", args=[row.pk])),
    Column("score", "把握", value=lambda row: f"{row.score}%", sort="score"),
    Column("grounds", "相同之处", value=lambda row: "、".join(row.grounds)),
    Column("area", "所在地", kind="area", minor=True),
    Column("proposed_on", "提出日期", kind="day", sort=True, minor=True),
)  # fmt: skip
DECIDED = (
    COLUMNS[0],
    Column("state", "认定", kind="state", value=lambda row: Badge(PairState(row.state).zh, TONES[PairState(row.state)])),
    Column("decided_on", "认定日期", kind="day", sort=True),
    Column("decided_by.name", "认定人"),
    Column("note", "说明", minor=True),
)


@page("registry.decide_duplicate")
@require_http_methods(["GET", "HEAD", "POST"])
def duplicates(request: HttpRequest) -> HttpResponse:
    decided = "decided" in request.GET
    rows = queries.decided_pairs() if decided else queries.duplicate_queue()
    listing = Listing(
        request, title="已认定" if decided else "疑似重复", columns=DECIDED if decided else COLUMNS, rows=rows, noun="对",
        empty="没有等待认定的记录。", export=export_of(request),
    )  # fmt: skip
    return listing.response("registry/duplicates.html", {"decided": decided} | _last(request))


def _last(request: HttpRequest) -> dict[str, Any]:
    last = queries.last_pass(request.actor.area)
    return {"last": last, "running": last is not None and last.ended_at is None}


@page("registry.decide_duplicate")
@require_GET
def duplicates_progress(request: HttpRequest) -> HttpResponse:
    """The part of the queue that changes while a search runs; when it is over the page is loaded anew."""
    words = _last(request)
    answer = render(request, "registry/duplicates_progress.html", words)
    if not words["running"]:
        answer["HX-Refresh"] = "true"
    return answer


@page("registry.propose_duplicates")
@require_POST
def find_duplicates(request: HttpRequest) -> HttpResponse:
    """Search a community or town here and now, a district in the background."""
    here = reverse("registry:duplicates")

    def act() -> str:
        if level_of(request.actor.area) is Level.DISTRICT:
            actions.order_search(by=request.actor, on=request.today)
        else:
            found = actions.propose_duplicates(by=request.actor, on=request.today)
            messages.success(request, f"查找完毕，新发现{found}对。" if found else "查找完毕，没有新的疑似重复。")
        return here

    return press(request, act, back=here)


@page("registry.decide_duplicate")
def duplicate(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Both rows side by side; what differs is marked."""
    pair = queries.pair_by_id(pair_id)
    if pair is None:
        raise Http404
    form = forms.Decision(request.POST or None)
    form.fields["answer"].choices = _answers(pair)

    def act() -> str:
        answer, note = form.cleaned_data["answer"], form.cleaned_data["note"]
        words = {"by": request.actor, "on": request.today, "pair_id": pair.pk, "note": note}
        if answer == "different":
            actions.decide_different(**words)
        else:
            actions.decide_same(**words, survivor_id=int(answer))
        return reverse("registry:duplicates")

    if (answer := handle(request, form, act, said="已认定。")) is not None:
        return answer
    if request.method == "GET":
        for person in (pair.first, pair.second):
            record_seen(by=request.actor, verb="registry.open", kind="registry.person", subject=person.pk, area=person.area)
    words = {"pair": pair, "form": form, "open": pair.state == PairState.OPEN, "lines": _lines(pair, request.today),
             "state": PairState(pair.state).zh, "reasons": [(zh, found, f"{bits:+.1f}") for zh, found, bits in pair.reasons],
             "total": f"{sum(bits for _, _, bits in pair.reasons):+.1f}"}  # fmt: skip
    return render(request, "registry/duplicate.html", words, status=422 if form.errors else 200)


def _answers(pair: Any) -> list[tuple[str, str]]:
    return [
        (str(pair.first_id), f"是同一人，保留左边一条（{pair.first.name}，编号{pair.first_id}）"),
        (str(pair.second_id), f"是同一人，保留右边一条（{pair.second.name}，编号{pair.second_id}）"),
        ("different", "不是同一人"),
    ]


class Line(NamedTuple):
    """One thing of both rows, and what was found of it."""

    label: str
    one: str
    other: str
    badge: Badge | None


def _lines(pair: Any, on: Any) -> list[Line]:
    """Both values, and how they compare. Hidden numbers are compared in clear and shown masked."""
    both, told = (pair.first, pair.second), {zh: (found, bits) for zh, found, bits in pair.reasons}
    lines = []
    for label, clear, shown in (
        ("编号", lambda p: p.pk, str),
        ("姓名", lambda p: p.name, str),
        ("性别", lambda p: Sex(p.sex).zh, str),
        ("出生日期", lambda p: p.birth.isoformat(), str),
        ("身份证号", queries.clear_number, lambda text: mask_id(text, Audience.PUBLIC)),
        ("电话", queries.clear_phone, mask_phone),
        ("居住地", lambda p: queries.area_path(p.area, on), str),
        ("住址", lambda p: p.address, str),
        ("户籍地址", lambda p: p.registered_address, str),
    ):
        one, other = (clear(person) for person in both)
        badge = None if label == "编号" else _badge(one, other, told.get(label))
        lines.append(Line(label, shown(one) or "—", shown(other) or "—", badge))
    statuses = ["、".join(STATUS_KINDS[row.kind].zh for row in queries.statuses_of(person, on)) for person in both]
    homes = [str(home.pk) if (home := queries.household_of(person, on)) else "" for person in both]
    for label, values in (("身份类别", statuses), ("家庭编号", homes)):
        lines.append(Line(label, values[0] or "—", values[1] or "—", _badge(values[0], values[1], None)))
    return lines


def _badge(one: str, other: str, told: tuple[str, float] | None) -> Badge | None:
    """What the comparison found when the pair was proposed, else whether both are the same now."""
    if told:
        return Badge(told[0], Tone.GOOD if told[1] > 0 else Tone.WARN)
    if not one and not other:
        return None
    if not (one and other):
        return Badge("一边没有", Tone.QUIET)
    return Badge("相同", Tone.GOOD) if one == other else Badge("不同", Tone.WARN)
