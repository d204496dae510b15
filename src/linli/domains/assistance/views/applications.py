"""Applications and helped families: lists, taking an application, its page, the decision explained, verification and end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linli.base.days import age_on
from linli.base.reasons import Outcome
from linli.domains.assistance import actions, forms, queries
from linli.domains.assistance.forms.lists import STEPS
from linli.domains.assistance.rules import SCOPE
from linli.domains.assistance.views.common import STATES, form_page, page_of
from linli.domains.assistance.views.explained import explained
from linli.kernel.access.actions import handle, record_seen, recording
from linli.kernel.access.rules import Forbidden, Refused, page
from linli.kernel.cases.queries import decision, flow_of, hindrance, taken_at
from linli.kernel.entitlements.queries import programme_zh
from linli.kernel.registry.queries import area_on_day, household_of, memberships_of, person_by_id, person_by_number
from linli.kernel.registry.queries import statuses_of_people as statuses
from linli.kernel.registry.rules import KIN, STATUS_KINDS
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, DaysLeft, Fact
from linli.law import Zone, result_zh
from linli.law.family import Why

STEP_NAMES = dict(STEPS)
NUMBER = Column("case.number", "案件编号", kind="code", link=page_of)
NAME = Column("person.name", "申请人", kind="person", sort="person__sort_key")
AREA = Column("area", "所在地", kind="area", sort="area")
COLUMNS = (
    NUMBER, NAME, AREA,
    Column("zone", "城乡", value=lambda one: Zone(one.zone).zh, minor=True),
    Column("case.step", "环节", value=lambda one: STEP_NAMES.get(one.case.step, "—") if one.state == "open" else "—", minor=True),
    Column("applied_on", "申请日期", kind="day", sort=True, minor=True),
    Column("state", "状态", kind="state", value=lambda one: STATES[one.state]),
    Column("result", "认定类别", value=lambda one: result_zh(one.result, one.decided_on or one.applied_on) or "—"),
    Column("kin", "近亲属备案", value=lambda one: "有" if one.kin else "—", minor=True),
)  # fmt: skip


@page("assistance.read")
def applications(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="社会救助申请", rows=lambda words: queries.listed(request.today, **words), columns=COLUMNS,
        order="-applied_on",
        filters=partial(forms.ApplicationSearch, scope=request.actor.scope), noun="件",
        name_of=lambda one: one.case.number, export=_exported(request),
    )  # fmt: skip
    return listing.response("assistance/applications.html")


def _exported(request: HttpRequest) -> Any:
    return recording(by=request.actor, verb="assistance.export", kind="assistance.application")


@page("assistance.read")
def living(request: HttpRequest) -> HttpResponse:
    """Families that are helped now, with the day by which they have to be verified."""
    columns = (
        NUMBER, NAME, AREA,
        Column("result", "救助类别", value=lambda one: result_zh(one.result, one.decided_on)),
        Column("group", "A、B类", value=lambda one: f"{one.group}类" if one.group else "—", minor=True),
        Column("people", "救助人数", kind="count", sort=True, total="people"),
        Column("amount", "每月金额", kind="money", sort=True, total="amount"),
        Column("pay_from", "发放起始月", value=lambda one: f"{one.paid_from:%Y-%m}" if one.paid_from else "—", minor=True),
        Column("verify_by", "复核时限", kind="days_left", sort=True,
               value=lambda one: DaysLeft((one.verify_by - request.today).days)),
    )  # fmt: skip
    listing = Listing(
        request, title="救助家庭", rows=lambda words: queries.living(**words), columns=columns, order="verify_by", noun="户",
        filters=forms.LivingSearch, name_of=lambda one: one.case.number, export=_exported(request),
        empty="还没有正在享受救助的家庭。",
    )  # fmt: skip
    return listing.response("assistance/living.html")


@page("assistance.read")
@require_safe
def family_of(request: HttpRequest, person_id: int) -> HttpResponse:
    """The helped family in which this person stands; where there is none yet, the way to take it over."""
    person = person_by_id(person_id)
    one = queries.helped_by([person_id, *([person.pk] if person else [])])
    if one is not None:
        return redirect("assistance:application", one.pk)
    if person is None or not request.actor.may("assistance.apply"):
        raise Refused("本辖区没有这个人的救助案件。可能在原居住地，请联系原村（社区）办理。")
    return redirect("assistance:apply_for", person.pk)


@page("assistance.inspect")
@require_safe
def inspect(request: HttpRequest, town: str) -> HttpResponse:
    """The inspection of a town that is owed: to the new row of its book."""
    return redirect(f"{reverse('records:new', args=['assistance.inspections'])}?{urlencode({'area': town})}")


@page("assistance.apply")
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """Who applies? The identity number finds the family; someone unknown is registered first."""
    form = forms.FindApplicant(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = person_by_number(form.cleaned_data["number"])
        record_seen(by=request.actor, verb="assistance.find", kind="registry.person", subject=person.pk if person else "")
        if person is not None:
            return redirect("assistance:apply_for", person.pk)
        form.add_error("number", "本辖区没有登记这个身份证号。请核对号码；确为本辖区居民的，请先在居民登记中建档。")
    return render(request, "assistance/apply.html", {"form": form}, status=422 if form.is_bound else 200)


@page("assistance.apply")
@require_http_methods(["GET", "POST"])
def apply_for(request: HttpRequest, person_id: int) -> HttpResponse:
    """The application of a known family: the registry proposes its members; nothing is asked that is known."""
    person = person_by_id(person_id)
    if person is None:
        raise Http404
    def act(words: Any) -> str:
        made = actions.apply(by=request.actor, on=request.today, person_id=person.pk, **words)
        return page_of(made) if request.actor.may("assistance.read") else reverse("assistance:receipt", args=[made.pk])

    return applying(request, person, act, back=reverse("registry:person", args=[person.pk]))


def applying(
    request: HttpRequest, person: Any, act: Callable[[Any], str], *, back: str, first: Any = None, note: str = ""
) -> HttpResponse:
    """The form of an application of a known person; ``first``: what was told before. ``person``: None when it is over by now."""
    area = area_on_day(person.area, request.today) if person else None
    zone = Zone.RURAL if area is not None and area.kind == "village" else Zone.URBAN
    form = forms.Apply(request.POST or None, initial={"zone": int(zone)} | (first or {}))
    said = "申请已受理，请打印受理通知单。接着登记核对授权、收入财产和入户调查。"
    if (answer := handle(request, form, lambda: act(form.cleaned_data), said=said)) is not None:
        return answer
    if person is None:
        for _, fault in form.faults:
            messages.error(request, fault)
        return redirect(back)
    household = household_of(person, request.today)
    rows = memberships_of(household, request.today) if household else []
    helped = queries.beside(person.pk, household.pk, [row.person.pk for row in rows]) if household else set()
    apart = [row.person.name for row in rows if row.person.pk in helped]
    rows = [row for row in rows if row.person.pk not in helped]
    people = [row.person for row in rows] or [person]
    held = statuses(people, request.today)
    members = [
        (one, KIN[row.kin] if row else "", age_on(one.birth, request.today), _names(held.get(one.pk, ())))
        for one, row in zip(people, rows or [None], strict=True)
    ]  # fmt: skip
    record_seen(by=request.actor, verb="assistance.apply", kind="registry.person", subject=person.pk, area=person.area)
    words = {
        "form": form, "person": person, "household": household, "members": members, "held": _held(held), "back": back,
        "note": note, "apart": apart,
    }  # fmt: skip
    return render(request, "assistance/apply_for.html", words, status=422 if form.is_bound else 200)


@page("assistance.apply")
@require_safe
def receipt(request: HttpRequest, application_id: int) -> HttpResponse:
    """What the family takes home: that it was taken, under which number, with which papers, and what follows until when.

    Whoever takes an application in a hall sees no more of it than this, and nothing of those that were taken elsewhere: it names
    the family and holds the code with which everybody follows the application.
    """
    one = queries.application(application_id)
    if not request.actor.may("assistance.read") and not taken_at(one.case, request.actor.area):
        raise Forbidden("这份申请不是本大厅受理的，本岗位不能查看。请申请人到受理的窗口，或凭受理编号在网上查询。")
    record_seen(by=request.actor, verb="assistance.receipt", kind="assistance.application", subject=one.pk, area=one.area)
    flow = flow_of(one.case)
    words = {
        "application": one, "papers": [paper.name for paper in one.case.papers.all() if paper.received_on],
        "term": flow.term.zh if flow.term else "", "basis": flow.basis_on(one.applied_on),
        "code": queries.code_of(one.case.number), "by": queries.confirmer(one, one.applied_on),
        "checked": [] if queries.verifies(one) else [row.person.name for row in queries.members_of(one)],
    }  # fmt: skip
    return render(request, "assistance/receipt.html", words)


def _held(statuses: Any) -> bool:
    return any(row.kind in actions.HELD for rows in statuses.values() for row in rows)


def _names(rows: Any) -> list[str]:
    known = [(STATUS_KINDS[row.kind], row.grade) for row in rows if row.kind in STATUS_KINDS]
    return [f"{kind.zh}（{kind.grade_zh(grade)}）" if grade else kind.zh for kind, grade in known]


@page("assistance.read")
@require_safe
def application(request: HttpRequest, application_id: int) -> HttpResponse:
    """One family: members with the reason why each counts, means, evidence, the law's answer, what is still needed."""
    one = queries.application(application_id)
    record_seen(by=request.actor, verb="assistance.read", kind="assistance.application", subject=one.pk, area=one.area)
    words = queries.page_words(one)
    latest = [row for row in words["answers"] if row.inquiry_id == words["inquiries"][0].pk] if words["inquiries"] else []
    open_here = one.state == "open"
    may = request.actor.may
    words |= queries.panel(case=one.case, by=request.actor, on=request.today) | {
        "application": one, "state": STATES[one.state], "facts": _facts(one), "compared": queries.comparison(
            one, words["lines"], latest
        ), "members": explained(one, request.today).members if open_here else _members(one, request),
        "may_enter": open_here and may("assistance.enter"), "may_check": open_here and may("assistance.check"),
        "may_county": open_here and may("assistance.approve"), "may_verify": one.state == "granted" and may("assistance.verify"),
        "may_end": one.state == "granted" and may("assistance.end"), "step": STEP_NAMES.get(one.case.step, ""),
        "yours": open_here and not hindrance(one.case, flow_of(one.case).step(one.case.step), request.actor),
        "dead": queries.deaths_in(one), "may_tell": queries.untold(one) and may("assistance.enter"),
        "revoked": queries.revoked_words(one, request.today) if one.state in ("open", "granted") else [],
        "gone_back": queries.revoked_in(one), "dues": _dues(one, request),
        "consented": queries.consents_of(one, request.today), "scope": SCOPE,
    }  # fmt: skip
    to_tell = words["consented"] or any(row.told_on is None for row in words["gone_back"].values())
    words["may_revoke"] = bool(to_tell) and one.state in ("open", "granted") and may("assistance.enter")
    words["apart"] = [one.row.name for one in words["members"] if open_here and one.why == Why.NO_TIE.zh]
    return render(request, "assistance/application.html", words)


def _dues(one: Any, request: HttpRequest) -> list[tuple[str, date, int, str]]:
    """What the family gets this month, or in its first one: programme, month, fen, and the page with all months."""
    if one.state != "granted" or not request.actor.may("entitlements.see"):
        return []
    month = max(one.pay_from, request.today.replace(day=1))
    return [
        (programme_zh(row.programme), month, fen, reverse("entitlements:entitlement", args=[row.pk]))
        for row, fen in queries.dues_in(one, month)
    ]


def _members(one: Any, request: HttpRequest) -> Any:
    return explained(one, one.decided_on or request.today).members


def _facts(one: Any) -> list[Fact]:
    facts = [
        Fact("申请人", one.person.name), Fact("所在地", one.area, "area"), Fact("申请日期", one.applied_on, "day"),
        Fact("适用标准", f"{Zone(one.zone).zh}居民标准"), Fact("案件编号", one.case.number, "code"),
    ]  # fmt: skip
    if one.agent:
        facts.append(Fact("代办人", f"{one.agent}（{one.agent_tie}）"))
    if one.alone:
        facts.append(Fact("申请方式", "单人户"))
    if one.former_id is None and queries.verifies(one):
        facts.append(Fact("来源", "原有台账转入"))
    if one.former_id:
        facts.append(Fact("复核", one.former.case.number, "code", href=page_of(one.former)))
        facts.append(Fact("复核前每月金额（元）", one.received, "money"))
    if one.new_job:
        facts.append(Fact("新就业日期", one.new_job, "day"))
    if one.state in ("granted", "ended"):
        facts += [
            Fact("认定类别", result_zh(one.result, one.decided_on) + (f"（{one.group}类）" if one.group else "")),
            Fact("救助人数", one.people, "count"),
            Fact("每月金额（元）", one.amount, "money"), Fact("决定日期", one.decided_on, "day"),
            Fact("发放起始月", f"{one.paid_from:%Y年%-m月}" if one.paid_from else "没有按月发给的救助金"),
            Fact("应复核日期", one.verify_by, "day"),
        ]  # fmt: skip
    if one.delegation_id and one.state in ("granted", "ended", "refused"):
        document = f"（{one.delegation.document}）" if one.confirmed_by == "town" else ""
        facts.append(Fact("确认机关", f"{one.get_confirmed_by_display()}{document}"))
    if one.told_on:
        facts.append(Fact("决定书送达", f"{one.told_on:%Y年%-m月%-d日}，{one.told_to}签收"))
    if one.ended_on:
        facts.append(Fact("终止", f"{one.ended_on}，{one.get_ended_as_display()}：{one.ended_why}"))
    return facts


@page("assistance.read")
@require_safe
def judgement(request: HttpRequest, application_id: int) -> HttpResponse:
    """The law's answer explained: what was decided, or how it would stand today; in words that a family understands."""
    one = queries.application(application_id)
    record_seen(by=request.actor, verb="assistance.judgement", kind="assistance.application", subject=one.pk, area=one.area)
    return render(request, "assistance/judgement.html", _told(one, request))


@page("assistance.read")
@require_safe
def sheet(request: HttpRequest, application_id: int) -> HttpResponse:
    """The same on one printed sheet."""
    one = queries.application(application_id)
    record_seen(by=request.actor, verb="assistance.print", kind="assistance.application", subject=one.pk, area=one.area)
    return render(request, "assistance/sheet.html", _told(one, request))


def _told(one: Any, request: HttpRequest) -> dict[str, Any]:
    stored = decision(one.case)
    day = stored.on if stored else request.today
    told = explained(one, day, Outcome.from_json(stored.outcome) if stored else None)
    badge = Badge("已决定", STATES["granted"].tone) if stored else Badge("测算，以决定为准", STATES["open"].tone)
    return {"application": one, "told": told, "stored": stored, "badge": badge, "day": day, "result": result_zh(one.result, day)}


@page("assistance.verify")
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, application_id: int) -> HttpResponse:
    """Open the verification of a helped family; its facts are taken over."""
    one = queries.application(application_id)
    form = forms.Verify(request.POST or None)

    def act() -> str:
        return page_of(
            actions.open_verification(by=request.actor, on=request.today, application=one, **form.cleaned_data)
        )

    if (answer := handle(request, form, act, said="复核已开始，原有的家庭情况已带入，请逐项核实。")) is not None:
        return answer
    words = {
        "form": form, "application": one, "title": "办理复核", "submit": "开始复核", "back": page_of(one), "facts": _facts(one),
        "note": "家庭成员、收入和财产会从原件带入，不用重填。",
    }  # fmt: skip
    return render(request, "assistance/form_page.html", words, status=422 if form.is_bound else 200)


@page("assistance.end")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, application_id: int) -> HttpResponse:
    """End the help of a family: death, moving away, its own wish."""
    one = queries.application(application_id)
    form = forms.End(request.POST or None)
    return form_page(
        request, one, form, lambda: actions.end(by=request.actor, on=request.today, application=one, **form.cleaned_data),
        title="终止救助", submit="终止救助", said="已终止救助，身份认定同时终止。", facts=_facts(one),
        note="收入、财产或人口变化引起的调整和停发，请办理复核，不在这里终止。",
    )  # fmt: skip


@page("assistance.enter")
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, application_id: int) -> HttpResponse:
    """The letter of the decision was handed over: once, so that who comes later is sent to the page that says when."""
    one = queries.application(application_id)
    if request.method == "GET" and not queries.untold(one):
        messages.info(request, "没有等待送达的决定书。")
        return redirect(page_of(one))
    form = forms.Tell(request.POST or None, initial={"told_on": request.today, "told_to": one.person.name})
    return form_page(
        request, one, form, lambda: actions.tell(by=request.actor, on=request.today, application=one, **form.cleaned_data),
        title="登记决定书送达", submit="登记", said="已登记送达。", facts=_facts(one),
        note="先在“材料与办理过程”中打印决定书，送达后由本人签收。申请复议和起诉的期限自收到之日起计算。",
    )  # fmt: skip
