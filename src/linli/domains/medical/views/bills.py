"""Bills: the list, settling at the window, the settlement sheet, taking a wrong one back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linli.domains.medical import actions, forms, queries
from linli.domains.medical.views.common import carry_out
from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.registry.queries import person_by_id, person_by_number
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

LIST = ("医疗救助结算", "medical:bills")
STATES = {"settled": Badge("已结算", Tone.GOOD), "cancelled": Badge("已撤销", Tone.QUIET)}


def page_of(one: Any) -> str:
    """The address of a bill."""
    return reverse("medical:bill", args=[one.pk])


COLUMNS = (
    Column("invoice", "结算单号", kind="code", link=page_of), Column("name", "患者", kind="person", sort="sort_key"),
    Column("hospital", "定点医院", value="hospital.name", minor=True),
    Column("area", "居住地", kind="area", sort="area", minor=True),
    Column("way", "就诊方式", value=lambda one: one.get_way_display(), minor=True),
    Column("left_on", "出院或就诊日期", kind="day", sort=True),
    Column("state", "状态", kind="state", value=lambda one: STATES[one.state]),
    Column("cost", "总费用", kind="money", total="cost", minor=True),
    Column("aid", "医疗救助", kind="money", sort=True, total="aid"),
)  # fmt: skip


def trail(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The way to a page below the list."""
    return ((LIST[0], reverse(LIST[1])), *more)


@page("medical.see")
def bills(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title=LIST[0], rows=lambda words: queries.bills(**words), columns=COLUMNS, order="-left_on",
        filters=forms.BillSearch, noun="笔", name_of=lambda one: one.invoice, empty="还没有医疗救助结算。",
        export=recording(by=request.actor, verb="medical.export", kind="medical.bill"),
    )  # fmt: skip
    return listing.response("medical/bills.html")


@page("medical.settle")
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    form = forms.Find(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = person_by_number(form.cleaned_data["number"])
        record_seen(by=request.actor, verb="medical.find", kind="registry.person", subject=person.pk if person else "")
        if person is not None:
            return redirect("medical:settle", person.pk)
        form.add_error("number", "本辖区没有登记这个身份证号。请核对号码，或由居住地的镇街办理。")
    words = {"form": form, "title": "医疗救助即时结算", "submit": "查找患者", "trail": trail(), "back": reverse(LIST[1])}
    return render(request, "medical/form_page.html", words, status=422 if form.is_bound else 200)


@page("medical.settle")
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, person_id: int) -> HttpResponse:
    """The bill of a known patient: as what they count is known, only the paper is typed."""
    person = person_by_id(person_id)
    if person is None:
        raise Http404
    form = forms.Settle(
        request.POST or None, hospitals=list(queries.hospitals(request.today)), initial={"left_on": request.today}
    )

    def act() -> str:
        words = dict(form.cleaned_data)
        chosen = words.pop("hospital")
        made = actions.settle(by=request.actor, on=request.today, person_id=person.pk, hospital_id=chosen, **words)
        return page_of(made)

    record_seen(by=request.actor, verb="medical.settle", kind="registry.person", subject=person.pk, area=person.area)
    counts = queries.patient_of(person, request.today)
    facts = [
        Fact("患者", person.name), Fact("居住地", person.area, kind="area"),
        Fact("对象类别", counts.zh if counts else "没有可以享受医疗救助的身份认定"),
    ]  # fmt: skip
    return carry_out(
        request, form, act, title=f"医疗救助即时结算：{person.name}", submit="结算", crumbs=trail(), said="已结算。", facts=facts,
        note="基本医保和大病保险支付以后结算。救助金额由系统按当日的规定计算，患者只付余下的部分。",
    )  # fmt: skip


@page("medical.see")
@require_safe
def bill(request: HttpRequest, bill_id: int) -> HttpResponse:
    """The settlement sheet: who bore what and how the aid was computed; printed for the patient."""
    one = queries.bill(bill_id)
    record_seen(by=request.actor, verb="medical.read", kind="medical.bill", subject=one.pk, area=one.area)
    facts = [
        Fact("患者", one.name), Fact("居住地", one.area, kind="area"), Fact("对象类别", one.get_patient_display()),
        Fact("定点医院", one.hospital.name), Fact("结算单号", one.invoice), Fact("出院或就诊日期", one.left_on, kind="day"),
        Fact("就诊方式", one.get_way_display()), Fact("疾病类别", one.get_illness_display()),
        *([Fact("撤销", f"{one.cancelled_on}，{one.cancelled_why}")] if one.cancelled_on else []),
    ]  # fmt: skip
    parts = [
        ("医疗总费用", one.cost), ("基本医保支付", one.basic), ("大病保险支付", one.serious), ("医疗救助", one.aid),
        ("个人支付", one.own),
    ]  # fmt: skip
    may_cancel = request.actor.may("medical.settle") and one.state == "settled" and one.statement_id is None
    words = {"bill": one, "badge": STATES[one.state], "facts": facts, "parts": parts, "may_cancel": may_cancel}
    return render(request, "medical/bill.html", words)


@page("medical.settle")
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, bill_id: int) -> HttpResponse:
    one = queries.bill(bill_id)
    form, back = forms.Cancel(request.POST or None), page_of(one)

    def act() -> str:
        actions.cancel_bill(by=request.actor, on=request.today, bill=one, why=form.cleaned_data["why"])
        return back

    facts = [Fact("患者", one.name), Fact("结算单号", one.invoice), Fact("医疗救助", one.aid, kind="money")]
    return carry_out(
        request, form, act, title="撤销结算", submit="撤销", crumbs=trail((one.invoice, back)), said="已撤销，可以重新结算。",
        facts=facts,
    )  # fmt: skip
