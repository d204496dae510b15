"""Requests: the list, taking one at the door, its page, the survey, the supplement of help given at once."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linli.domains.relief import actions, forms, queries
from linli.domains.relief.views.common import LIST, STATES, carry_out, page_of
from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import Refused, page
from linli.kernel.cases.queries import decision
from linli.kernel.ledgers.rules import OrderState
from linli.kernel.registry.queries import area_on_day, person_by_id, person_by_number
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column, Fact
from linli.law import Zone

STEPS = dict(forms.STEPS)
COLUMNS = (
    Column("case.number", "案件编号", kind="code", link=page_of),
    Column("name", "申请人", kind="person", sort="sort_key"),
    Column("area", "急难发生地", kind="area", sort="area"),
    Column("event", "困难情形", value=lambda one: one.get_event_display(), minor=True),
    Column("people", "人数", kind="count", minor=True, total="people"),
    Column("step", "环节", value=lambda one: STEPS.get(one.case.step, "—") if one.case.state == "open" else "—", minor=True),
    Column("applied_on", "申请日期", kind="day", sort=True, minor=True),
    Column("state", "状态", kind="state", value=lambda one: STATES[one.state]),
    Column("amount", "救助金额", kind="money", value=lambda one: one.amount or None, sort=True, total="amount"),
)  # fmt: skip


def _trail(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return ((LIST[0], reverse(LIST[1])), *more)


def _begun(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """The way back of who takes requests: a window of a hall reads no list of them."""
    return _trail() if request.actor.may("relief.read") else (("居民查询", reverse("registry:people")),)


@page("relief.read")
def requests(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title=LIST[0], rows=lambda words: queries.requests(**words), columns=COLUMNS, order="-applied_on",
        filters=forms.RequestSearch, noun="件", name_of=lambda one: one.case.number, empty="还没有临时救助申请。",
        export=recording(by=request.actor, verb="relief.export", kind="relief.request"),
    )  # fmt: skip
    return listing.response("relief/requests.html")


@page("relief.apply")
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Who needs help? Somebody of another town is found by number and name; somebody from elsewhere is registered first."""
    form = forms.Find(request.POST or None)
    if request.method == "POST" and form.is_valid() and (address := _found(request, form)):
        return redirect(address)
    words = {
        "form": form, "title": "受理临时救助", "submit": "查找申请人", "trail": _begun(request), "back": _begun(request)[-1][1],
        "links": (("按姓名查找居民", reverse("registry:people")), ("外地人员建档", reverse("registry:register"))),
        "note": "在急难发生地就可以申请，不看户籍。只记得姓名的，从居民查询打开本人页面受理；外地来的人先建档再受理。",
    }  # fmt: skip
    return render(request, "relief/form_page.html", words, status=422 if form.is_bound else 200)


def _found(request: HttpRequest, form: forms.Find) -> str:
    """Where the request of this person is taken; "" with the reason on the form when nobody is found."""
    number, name = form.cleaned_data["number"], form.cleaned_data["name"]
    person = person_by_number(number)
    record_seen(by=request.actor, verb="relief.find", kind="registry.person", subject=person.pk if person else "")
    if person is not None:
        return reverse("relief:apply_for", args=[person.pk])
    if not name:
        form.add_error("name", "本辖区没有登记这个身份证号。住在本区其他镇街的，请同时填写姓名；外地来的，请先建档。")
        return ""
    try:
        person_id, pass_ = actions.locate(by=request.actor, on=request.today, number=number, name=name)
    except Refused as fault:
        form.add_error("number", fault.message)
        return ""
    return f"{reverse('relief:apply_for', args=[person_id])}?{urlencode({'pass': pass_})}"


@page("relief.apply")
@require_http_methods(["GET", "POST"])
def apply_for(request: HttpRequest, person_id: int) -> HttpResponse:
    """The request of a known person, or of one of another town for whom a pass was given."""
    pass_ = request.GET.get("pass", "")
    if not pass_ and person_by_id(person_id) is None:
        raise Http404
    found = actions.applicant(by=request.actor, on=request.today, person_id=person_id, pass_=pass_)
    person, actor = found.person, request.actor
    here = person.area if actor.covers(person.area) else actor.area
    area = area_on_day(here, request.today)
    zone = Zone.RURAL if area is not None and area.kind == "village" else Zone.URBAN
    first = {"zone": int(zone), "happened_on": request.today, "place": here}
    form = forms.Apply(request.POST or None, initial=first, scope=actor.scope)

    def act() -> str:
        made = actions.apply(by=actor, on=request.today, person_id=person.pk, pass_=pass_, **form.cleaned_data)
        return page_of(made) if actor.may("relief.read") else reverse("registry:person", args=[person.pk])

    return carry_out(
        request, form, act, title=f"受理临时救助：{person.name}", submit="受理", back=_begun(request)[-1][1],
        crumbs=_begun(request), said="申请已受理。", facts=_family(found, request),
        note="在急难发生地就可以申请，不看户籍。先行救助的，手续可以事后补办。",
    )  # fmt: skip


def _family(found: Any, request: HttpRequest) -> list[Fact]:
    person = found.person
    outside = bool(person.registered_area) and person.registered_area[:6] != request.actor.area[:6]
    return [
        Fact("申请人", person.name), Fact("居住地", person.area, kind="area"), Fact("户籍", "外地" if outside else "本区"),
        Fact("家庭成员", "、".join(one.name for one in found.members)),
        Fact("已认定的身份", found.recognised.zh if found.recognised else "无"),
    ]  # fmt: skip


@page("relief.read")
@require_safe
def request(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request: what happened, the law's answer step by step, the decision, money and goods."""
    one = queries.request(request_id)
    record_seen(by=request.actor, verb="relief.read", kind="relief.request", subject=one.pk, area=one.area)
    may = request.actor.may
    words = {
        "relief": one, "badge": STATES[one.state], "facts": _facts(one), "members": queries.members_of(one),
        "decision": decision(one.case), "parcels": queries.parcels_of(one), "money": _money(one),
        "step": STEPS.get(one.case.step, "") if one.case.state == "open" else "",
        "may_survey": may("relief.survey") and one.state == "open" and one.case.step == "survey",
        "may_claim_back": may("relief.claim_back") and queries.to_claim_back().filter(pk=one.pk).exists(),
        "may_supplement": may("relief.apply") and one.fast and one.state == "granted",
        **queries.panel(case=one.case, by=request.actor, on=request.today),
    }  # fmt: skip
    return render(request, "relief/request.html", words)


def _facts(one: Any) -> list[Fact]:
    return [
        Fact("申请人", one.name), Fact("急难发生地", one.area, kind="area"),
        Fact("居住地", one.home), Fact("户籍", "本区" if one.local else "外地"),
        Fact("困难情形", one.get_event_display()), Fact("发生日期", one.happened_on, kind="day"),
        Fact("困难程度", f"{one.get_degree_display()}，预计{one.months}个月"), Fact("救助人数", f"{one.people}人"),
        *([Fact("自己负担的支出", one.burden, kind="money")] if one.burden else []),
        *([Fact("家庭经济状况", f"{one.get_means_display()}，{one.means_report}")] if one.means else []),
        *([Fact("本年其他救助", "；".join(one.past))] if one.past else []),
        *([Fact("新的困难情形", one.renewed)] if one.renewed else []), *([Fact("需要的物资", one.wants)] if one.wants else []),
        *([Fact("补充的先行救助", one.former.amount, kind="money", href=page_of(one.former))] if one.former else []),
        *([Fact("决定", f"{one.get_decider_display()}，{one.decided_on}")] if one.decider else []),
    ]  # fmt: skip


def _money(one: Any) -> str:
    if one.state not in ("granted", "revoked") or (one.state == "revoked" and one.ordered_on is None):
        return ""
    order = queries.order_of(one)
    return OrderState(order.state).zh if order else "已开付款单" if one.ordered_on else "等待财务开付款单"


@page("relief.apply")
@require_http_methods(["GET", "POST"])
def supplement(request: HttpRequest, request_id: int) -> HttpResponse:
    """After help at once the ordinary way goes on with what is known; what was given is taken off the amount."""
    former = queries.request(request_id)
    if not request.actor.may("relief.read"):
        raise Http404
    if not former.fast or former.state != "granted":
        raise Refused("只有已给予的先行救助可以按一般程序补充救助。")
    form = forms.Supplement(
        request.POST or None, initial={"degree": former.degree, "months": former.months, "statement": former.statement}
    )
    del form.fields["burden"]

    def act() -> str:
        words = {"event": former.event, "happened_on": former.happened_on, "zone": Zone(former.zone), "former_id": former.pk}
        made = actions.apply(by=request.actor, on=request.today, person_id=former.person_id, **words, **form.cleaned_data)
        return page_of(made)

    back = page_of(former)
    facts = [Fact("申请人", former.name), Fact("已先行救助", former.amount, kind="money")]
    return carry_out(
        request, form, act, title="补充救助", submit="受理", back=back, crumbs=_trail((former.case.number, back)),
        said="补充救助的申请已受理。", facts=facts, note="先行救助以后仍有困难的，按一般程序办理，已给的金额要扣除。",
    )  # fmt: skip


@page("relief.survey")
@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, request_id: int) -> HttpResponse:
    one = queries.request(request_id)
    told = ("degree", "months", "burden", "found", "means", "means_report")
    initial = {name: getattr(one, name) for name in told}
    form, back = forms.Survey(request.POST or None, initial=initial), page_of(one)
    if one.cause != "spending":
        del form.fields["burden"]
    if not queries.judge(one, request.today).means_checked:
        form.leave_out_means()

    def act() -> str:
        actions.record_survey(by=request.actor, on=request.today, request=one, **form.cleaned_data)
        return back

    return carry_out(
        request, form, act, title="入户核实", submit="登记", back=back, crumbs=_trail((one.case.number, back)),
        said="已登记核实情况。", facts=_facts(one)[:6],
    )  # fmt: skip
