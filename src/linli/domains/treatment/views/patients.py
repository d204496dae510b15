"""Patients, for those who serve them: recommending, the diagnosis, the bill. Every opening is a line of the trail."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linli.base.days import age_on
from linli.domains.treatment import actions, forms, queries
from linli.domains.treatment.rules import PROJECTS, Bearer
from linli.domains.treatment.views.common import carry_out
from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import Refused, page
from linli.kernel.ledgers.queries import order_by_source
from linli.kernel.ledgers.rules import OrderState
from linli.kernel.registry.queries import person_by_id, person_by_number, statuses_of
from linli.kernel.registry.rules import STATUS_KINDS
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

STATES = {
    "open": Badge("办理中", Tone.NOW), "granted": Badge("待治疗", Tone.WARN), "treated": Badge("已治疗", Tone.GOOD),
    "refused": Badge("未同意", Tone.QUIET), "cancelled": Badge("已取消", Tone.BAD),
}  # fmt: skip
COLUMNS = (
    Column("number", "案件编号", kind="code", value="case.number", link=lambda row: reverse("treatment:patient", args=[row.pk])),
    Column("person.name", "患者", kind="person", sort="person__sort_key"),
    Column("round", "批次", value="round.title", minor=True),
    Column("area", "所在地", kind="area", sort="area"),
    Column("applied_on", "推荐日期", kind="day", sort=True, minor=True),
    Column("state", "状态", kind="state", value=lambda row: STATES[row.state]),
    Column("cost", "总费用", kind="money", total="cost", minor=True),
)
LIST = ("医疗救助对象", "treatment:patients")


@page("treatment.serve")
def patients(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="医疗救助对象", rows=lambda words: queries.patients(**words), columns=COLUMNS, order="-applied_on",
        filters=forms.PatientSearch, noun="人", name_of=lambda row: row.case.number, empty="还没有推荐的患者。",
        export=recording(by=request.actor, verb="treatment.export", kind="treatment.patient"),
    )  # fmt: skip
    return listing.response("treatment/patients.html")


@page("treatment.submit")
def find(request: HttpRequest) -> HttpResponse:
    form = forms.Find(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = person_by_number(form.cleaned_data["number"])
        record_seen(by=request.actor, verb="treatment.find", kind="registry.person", subject=person.pk if person else "")
        if person is not None:
            return redirect("treatment:recommend", person.pk)
        form.add_error("number", "本辖区没有登记这个身份证号。请核对号码；确为本辖区居民的，请先在居民登记中建档。")
    words = {"form": form, "title": "推荐患者", "submit": "查找", "trail": _trail(), "back": _trail()[-1][1]}
    return render(request, "treatment/form_page.html", words, status=422 if form.is_bound else 200)


def _trail(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return ((LIST[0], reverse(LIST[1])), *more)


@page("treatment.submit")
def recommend(request: HttpRequest, person_id: int) -> HttpResponse:
    person = person_by_id(person_id)
    if person is None:
        raise Http404
    form = forms.Recommend(request.POST or None, rounds=list(queries.open_rounds(request.today)))

    def act() -> str:
        words = dict(form.cleaned_data)
        chosen = queries.round_of(int(words.pop("round")))
        made = actions.recommend(by=request.actor, on=request.today, round=chosen, person_id=person.pk, **words)
        return reverse("treatment:patient", args=[made.pk])

    record_seen(by=request.actor, verb="treatment.recommend", kind="registry.person", subject=person.pk, area=person.area)
    facts = [
        Fact("患者", person.name), Fact("年龄", f"{age_on(person.birth, request.today)} 周岁"),
        Fact("所在地", person.area, kind="area"), Fact("已认定的身份", "、".join(_statuses(person, request)) or "无"),
    ]  # fmt: skip
    note = "病情属于敏感个人信息，只有为患者办理的人员可以看到。"
    return carry_out(
        request, form, act, title=f"推荐：{person.name}", submit="推荐", crumbs=_trail(), said="已推荐，进入村居核实。",
        facts=facts, note=note,
    )  # fmt: skip


def _statuses(person: Any, request: HttpRequest) -> list[str]:
    return [STATUS_KINDS[one.kind].zh for one in statuses_of(person, request.today) if one.kind in STATUS_KINDS]


@page("treatment.serve")
@require_safe
def patient(request: HttpRequest, patient_id: int) -> HttpResponse:
    """One patient: the illness, the rule's answer, the bill and who bore it."""
    one = queries.patient_of(patient_id)
    record_seen(by=request.actor, verb="treatment.read", kind="treatment.patient", subject=one.pk, area=one.area)
    order = order_by_source(queries.source_of(one)) if request.actor.may("ledgers.see") else None
    facts = [
        Fact("患者", one.person.name), Fact("所在地", one.area, kind="area"), Fact("批次", one.round.title),
        Fact("定点医院", one.round.hospital_name), Fact("病种", one.get_diagnosis_display()),
        Fact("医院诊断", "已核对" if one.diagnosed else "未核对"), Fact("推荐日期", one.applied_on, kind="day"),
        *([Fact("同意日期", one.granted_on, kind="day")] if one.granted_on else []),
        *([Fact("治疗日期", one.treated_on, kind="day"), Fact("治疗结果", one.result or "未填")] if one.treated_on else []),
        *([Fact("取消", f"{one.cancelled_on}：{one.cancelled_why}")] if one.cancelled_on else []),
        *([Fact("支付医院", OrderState(order.state).zh, href=reverse("ledgers:order", args=[order.pk]))] if order else []),
    ]  # fmt: skip
    may = request.actor.may
    words = {
        "patient": one, "badge": STATES[one.state], "facts": facts,
        "shares": [(Bearer(row.bearer).zh, row.amount) for row in queries.shares_of(one)], "spared": queries.spared(one),
        "may_bill": may("treatment.bill") and one.state == "granted",
        "may_withdraw": may("treatment.cancel") and one.state == "granted",
        "may_confirm": one.state == "open", **queries.panel(case=one.case, by=request.actor, on=request.today),
    }  # fmt: skip
    return render(request, "treatment/patient.html", words)


@page("treatment.serve")
def confirm(request: HttpRequest, patient_id: int) -> HttpResponse:
    one = queries.patient_of(patient_id)
    form = forms.Diagnosis(
        request.POST or None, diagnoses=PROJECTS[one.round.project].diagnoses, initial={"diagnosis": one.diagnosis}
    )
    back = reverse("treatment:patient", args=[one.pk])

    def act() -> str:
        actions.confirm_diagnosis(by=request.actor, on=request.today, patient=one, **form.cleaned_data)
        return back

    crumbs = _trail((one.case.number, back))
    return carry_out(request, form, act, title="核对医院诊断", submit="已核对", crumbs=crumbs, said="已登记医院诊断。")


@page("treatment.bill")
@require_http_methods(["GET", "POST"])
def bill(request: HttpRequest, patient_id: int) -> HttpResponse:
    """The hospital's bill: what it cost and who bore it."""
    one = queries.patient_of(patient_id)
    if one.state != "granted":
        raise Refused("只有已同意资助、尚未登记治疗的患者可以登记费用。")
    form = forms.Bill(
        request.POST or None, fund=queries.bearer_for(one.round), free=one.round.free, initial={"treated_on": request.today}
    )
    back = reverse("treatment:patient", args=[one.pk])

    def act() -> str:
        data = form.cleaned_data
        actions.enter_bill(
            by=request.actor, on=request.today, patient=one, treated_on=data["treated_on"], cost=data["cost"],
            shares=form.shares, result=data["result"],
        )  # fmt: skip
        return back

    facts = [Fact("患者", one.person.name), Fact("批次", one.round.title), Fact("定点医院", one.round.hospital_name)]
    if one.most:
        facts.append(Fact("本批次资金每人最多", one.most, kind="money"))
    note = "费用直接与医院结算，不发给家庭。" + ("本批次免费，家庭不承担费用。" if one.round.free else "")
    crumbs = _trail((one.case.number, back))
    return carry_out(
        request, form, act, title="登记治疗与费用", submit="登记", crumbs=crumbs, said="已登记治疗与费用。", facts=facts,
        note=note,
    )  # fmt: skip


@page("treatment.cancel")
def withdraw(request: HttpRequest, patient_id: int) -> HttpResponse:
    one, form = queries.patient_of(patient_id), forms.Withdraw(request.POST or None)
    back = reverse("treatment:patient", args=[one.pk])

    def act() -> str:
        actions.withdraw_patient(by=request.actor, on=request.today, patient=one, **form.cleaned_data)
        return back

    crumbs = _trail((one.case.number, back))
    return carry_out(request, form, act, title="取消资助", submit="取消资助", crumbs=crumbs, said="已取消。")
