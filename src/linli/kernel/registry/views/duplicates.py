"""The queue of rows that may be one person: two rows side by side, a decision, and the way back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from linli.base.masking import Audience, mask_id, mask_phone
from linli.kernel.access.actions import handle, press, record_seen
from linli.kernel.access.rules import page
from linli.kernel.registry import actions, forms, queries
from linli.kernel.registry.rules import STATUS_KINDS, PairState, Sex
from linli.kernel.registry.views.common import export_of
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Tone

TONES = {PairState.OPEN: Tone.NOW, PairState.SAME: Tone.GOOD, PairState.DIFFERENT: Tone.QUIET, PairState.UNDONE: Tone.WARN}
COLUMNS = (
    Column("names", "两条记录", value=lambda row: f"{row.first.name} / {row.second.name}",
           link=lambda row: reverse("registry:duplicate", args=[row.pk])),
    Column("score", "相似度", kind="count", sort=True),
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
    return listing.response("registry/duplicates.html", {"decided": decided})


@page("registry.propose_duplicates")
@require_POST
def find_duplicates(request: HttpRequest) -> HttpResponse:
    here = reverse("registry:duplicates")

    def act() -> str:
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
             "state": PairState(pair.state).zh}  # fmt: skip
    return render(request, "registry/duplicate.html", words, status=422 if form.errors else 200)


def _answers(pair: Any) -> list[tuple[str, str]]:
    return [
        (str(pair.first_id), f"是同一人，保留左边一条（{pair.first.name}，编号{pair.first_id}）"),
        (str(pair.second_id), f"是同一人，保留右边一条（{pair.second.name}，编号{pair.second_id}）"),
        ("different", "不是同一人"),
    ]


def _lines(pair: Any, on: Any) -> list[tuple[str, str, str, bool]]:
    """Label, both values, and whether they differ. Hidden numbers are compared in clear and shown masked."""
    lines = []
    both = (pair.first, pair.second)
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
        lines.append((label, shown(one) or "—", shown(other) or "—", one != other and label != "编号"))
    statuses = ["、".join(STATUS_KINDS[row.kind].zh for row in queries.statuses_of(person, on)) or "—" for person in both]
    homes = [queries.household_of(person, on) for person in both]
    lines.append(("身份类别", *statuses, statuses[0] != statuses[1]))
    lines.append(("家庭编号", *(str(home.pk) if home else "—" for home in homes), homes[0] != homes[1]))
    return lines
