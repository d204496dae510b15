"""Doors of the two subsidies: the list, applying, one claim with the law's answer and its money, care, the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linli.base.reasons import Outcome
from linli.domains.disability import actions, forms, queries
from linli.domains.disability.rules import CARES
from linli.kernel.access.actions import handle, record_seen, recording
from linli.kernel.access.rules import Refused, page
from linli.kernel.cases.queries import decision
from linli.kernel.entitlements.queries import programme_zh
from linli.kernel.registry.queries import person_by_id, person_by_number, statuses_of
from linli.kernel.registry.rules import STATUS_KINDS
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone
from linli.law.words import doubts

STATES = {
    "open": Badge("办理中", Tone.NOW), "granted": Badge("享受中", Tone.GOOD), "refused": Badge("未批准", Tone.QUIET),
    "withdrawn": Badge("已撤回", Tone.QUIET), "ended": Badge("已终止", Tone.QUIET),
}  # fmt: skip
LIST = ("残疾人两项补贴", "disability:claims")


def page_of(one: Any) -> str:
    """The address of a claim."""
    return reverse("disability:claim", args=[one.pk])


COLUMNS = (
    Column("number", "案件编号", kind="code", value="case.number", link=page_of),
    Column("person.name", "申请人", kind="person", sort="person__sort_key"),
    Column("area", "所在地", kind="area", sort="area"),
    Column("applied_on", "申请日期", kind="day", sort=True, minor=True),
    Column("state", "状态", kind="state", value=lambda row: STATES[row.state]),
    Column("living", "生活补贴（元/月）", kind="money", total="living", minor=True),
    Column("care", "护理补贴（元/月）", kind="money", total="care", minor=True),
)


@page("disability.read")
def claims(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title=LIST[0], rows=lambda words: queries.claims(**words), columns=COLUMNS, order="-applied_on",
        filters=forms.ClaimSearch, noun="件", name_of=lambda row: row.case.number, empty="还没有补贴申请。",
        export=recording(by=request.actor, verb="disability.export", kind="disability.claim"),
    )  # fmt: skip
    return listing.response("disability/claims.html")


@page("disability.apply")
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Who applies? The identity number finds the person."""
    form = forms.Find(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = person_by_number(form.cleaned_data["number"])
        record_seen(by=request.actor, verb="disability.find", kind="registry.person", subject=person.pk if person else "")
        if person is not None:
            return redirect("disability:apply_for", person.pk)
        form.add_error("number", "本辖区没有登记这个身份证号。请核对号码；确为本辖区居民的，请先在居民登记中建档。")
    words = {"form": form, "title": "申请残疾人两项补贴", "submit": "查找申请人", "trail": _trail(), "back": _trail()[-1][1]}
    return render(request, "disability/form_page.html", words, status=422 if form.is_bound else 200)


@page("disability.apply")
@require_http_methods(["GET", "POST"])
def apply_for(request: HttpRequest, person_id: int) -> HttpResponse:
    """The application of a known person: disability and the family's hardship are shown, not asked."""
    person = person_by_id(person_id)
    if person is None:
        raise Http404
    try:
        queries.known_on(request.today, person.area)
    except Refused as fault:
        if request.method == "POST":
            raise
        words = {"title": f"申请残疾人两项补贴：{person.name}", "trail": _trail(), "why": fault.message}
        return render(request, "disability/not_now.html", words)
    form = forms.Apply(request.POST or None)

    def act() -> str:
        return page_of(actions.apply(by=request.actor, on=request.today, person_id=person.pk, **form.cleaned_data))

    record_seen(by=request.actor, verb="disability.apply", kind="registry.person", subject=person.pk, area=person.area)
    facts = [
        Fact("申请人", person.name), Fact("所在地", person.area, kind="area"),
        Fact("已登记的身份", "、".join(_statuses(person, request)) or "无"),
    ]  # fmt: skip
    return _carry_out(
        request, form, act, title=f"申请残疾人两项补贴：{person.name}", submit="受理申请", crumbs=_trail(), facts=facts,
        said="申请已受理，由镇街初审。", note="补贴自申请的当月计发。残疾类别、等级和低保身份按登记情况认定，不用提交证明。",
    )  # fmt: skip


def _statuses(person: Any, request: HttpRequest) -> list[str]:
    known = [(STATUS_KINDS[one.kind], one.grade) for one in statuses_of(person, request.today) if one.kind in STATUS_KINDS]
    return [f"{kind.zh}（{kind.grade_zh(grade)}）" if grade else kind.zh for kind, grade in known]


@page("disability.read")
@require_safe
def claim_of(request: HttpRequest, person_id: int) -> HttpResponse:
    """The claim of this person; where there is none yet, the way to apply."""
    person = person_by_id(person_id)
    one = queries.claim_of_person([person_id, *([person.pk] if person else [])])
    if one is not None:
        return redirect("disability:claim", one.pk)
    if person is None or not request.actor.may("disability.apply"):
        raise Refused("本辖区没有这个人的补贴申请。")
    return redirect("disability:apply_for", person.pk)


@page("disability.read")
@require_safe
def claim(request: HttpRequest, claim_id: int) -> HttpResponse:
    """One claim: what was decided or how it stands today, what is paid beside it, what was stated about care."""
    one = queries.claim(claim_id)
    record_seen(by=request.actor, verb="disability.read", kind="disability.claim", subject=one.pk, area=one.area)
    may, month = request.actor.may, max(one.since, request.today.replace(day=1))
    beside = [
        (programme_zh(row.programme), fen, reverse("entitlements:entitlement", args=[row.pk]))
        for row, fen in (queries.aside(one, month) if may("entitlements.see") else [])
    ]
    words = {
        "claim": one, "badge": STATES[one.state], "facts": _facts(one), "cares": queries.cares_of(one), "beside": beside,
        "month": month, "may_care": one.state in ("open", "granted") and may("disability.apply"),
        "may_end": one.state == "granted" and may("disability.end"), **_told(one, request),
    }  # fmt: skip
    return render(request, "disability/claim.html", words)


def _told(one: Any, request: HttpRequest) -> dict[str, Any]:
    """The stored decision, or the law's answer so far."""
    stored = decision(one.case)
    if stored is not None:
        outcome = Outcome.from_json(stored.outcome)
        return {"outcome": outcome, "doubts": doubts(outcome.values), "decided": stored.on}
    return queries.panel(case=one.case, by=request.actor, on=request.today)  # type: ignore[attr-defined]


def _facts(one: Any) -> list[Fact]:
    facts = [
        Fact("申请人", one.person.name, href=reverse("registry:person", args=[one.person_id])),
        Fact("所在地", one.area, kind="area"), Fact("申请日期", one.applied_on, kind="day"),
        Fact("起始月份", f"{one.since:%Y年%-m月}"), Fact("案件编号", one.case.number, kind="code"),
    ]  # fmt: skip
    if one.agent:
        facts.append(Fact("代办人", f"{one.agent}（{one.agent_tie}）"))
    if one.former_id:
        facts.append(Fact("原申请", one.former.case.number, kind="code", href=page_of(one.former)))
    if one.state in ("granted", "ended"):
        facts += [
            Fact("核定生活补贴（元/月）", one.living, kind="money"), Fact("核定护理补贴（元/月）", one.care, kind="money"),
            Fact("决定日期", one.decided_on, kind="day"),
        ]  # fmt: skip
    if one.ended_on:
        facts.append(Fact("终止", f"{one.ended_on}，{one.get_ended_as_display()}：{one.ended_why}"))
    return facts


@page("disability.apply")
@require_http_methods(["GET", "POST"])
def care(request: HttpRequest, claim_id: int) -> HttpResponse:
    """What changed about the care of the person, from which month on."""
    one = queries.claim(claim_id)
    last = queries.cares_of(one)[0]
    asked = {
        "long_care": last.long_care, "other": last.other, "amount": last.amount or None,
        "since": max(one.since, request.today.replace(day=1)),
    }  # fmt: skip
    form = forms.Care(request.POST or None, initial=asked)

    def act() -> str:
        actions.state_care(by=request.actor, on=request.today, claim=one, **form.cleaned_data)
        return page_of(one)

    now = f"{CARES.get(last.other, '没有其他护理补贴')}，{'需要' if last.long_care else '不需要'}长期照护"
    return _carry_out(
        request, form, act, title="更正护理情况", submit="登记", crumbs=_trail((one.case.number, page_of(one))),
        said="已登记。在办的按新情况审定，已享受的由下次月度发放计算。", facts=[Fact("现有登记", now)],
    )  # fmt: skip


@page("disability.end")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The subsidies end: death, moving away, the person's own wish, the certificate given up."""
    one = queries.claim(claim_id)
    form = forms.End(request.POST or None)

    def act() -> str:
        actions.end_claim(by=request.actor, on=request.today, claim=one, **form.cleaned_data)
        return page_of(one)

    return _carry_out(
        request, form, act, title="终止补贴", submit="终止", crumbs=_trail((one.case.number, page_of(one))), said="已终止补贴。",
        facts=_facts(one), note="低保身份、残疾等级变化引起的增减由月度发放按当月规定计算，不在这里终止。",
    )  # fmt: skip


def _trail(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return ((LIST[0], reverse(LIST[1])), *more)


def _carry_out(
    request: HttpRequest, form: Any, act: Callable[[], str], *, title: str, submit: str, crumbs: tuple[tuple[str, str], ...],
    said: str, facts: Any = (), note: str = "",
) -> HttpResponse:  # fmt: skip
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    words = {"form": form, "title": title, "submit": submit, "trail": crumbs, "back": crumbs[-1][1], "facts": facts, "note": note}
    return render(request, "disability/form_page.html", words, status=422 if form.is_bound else 200)
