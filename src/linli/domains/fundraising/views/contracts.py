"""Contracts with their instalments, and the yearly spending plan."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linli.base.shares import percent
from linli.domains.fundraising import actions, forms, queries
from linli.domains.fundraising.rules import INTERVALS, ContractKind, DonorKind, Terms, completion
from linli.domains.fundraising.views.common import carry_out, exporting
from linli.kernel.access.actions import record_seen
from linli.kernel.access.rules import page
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

COLUMNS = (
    Column("number", "合同编号", kind="code", sort=True, link=lambda one: reverse("fundraising:contract", args=[one.pk])),
    Column("donor", "企业", value="donor.name"),
    Column("kind", "类别", value=lambda one: ContractKind(one.kind).zh, minor=True),
    Column("sum", "本金或总额", kind="money", sort=True),
    Column("due", "已到期应付", kind="money", sort=True, total="due"),
    Column("paid", "已付", kind="money", sort=True, total="paid"),
    Column("next", "下次应付", kind="day", sort=True, minor=True),
    Column("state", "状态", kind="state", value=lambda one: contract_state(one)),
)
PLAN_COLUMNS = (
    Column("year", "年度", kind="code", sort=True, link=lambda one: reverse("fundraising:plan", args=[one.pk])),
    Column("area", "单位", kind="area"),
    Column("made_by.name", "拟订人", minor=True),
    Column("signed_on", "签批日", kind="day"),
    Column("state", "状态", kind="state", value=lambda one: plan_state(one)),
)


def contract_state(one: Any) -> Badge:
    if one.ended_on:
        return Badge("已终止")
    return Badge("有欠付", Tone.BAD) if one.due > one.paid else Badge("按期", Tone.GOOD)


def plan_state(one: Any) -> Badge:
    return Badge("已签批", Tone.GOOD) if one.signed_by_id else Badge("待签批", Tone.NOW)


@page("fundraising.see")
def contracts(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="捐赠合同", rows=lambda words: queries.contracts(on=request.today, **words), columns=COLUMNS,
        filters=forms.ContractSearch, noun="份", name_of=lambda one: one.number,
        export=exporting(request, "fundraising.contract"), empty="还没有捐赠合同。",
    )  # fmt: skip
    return listing.response("fundraising/contracts.html")


@page("fundraising.see")
@require_safe
def contract(request: HttpRequest, contract_id: int) -> HttpResponse:
    shown = queries.contract_of(contract_id, request.today)
    record_seen(by=request.actor, verb="fundraising.contract", kind="fundraising.contract", subject=shown.pk, area=shown.area)
    facts = [
        Fact("企业", shown.donor.name, href=reverse("fundraising:donor", args=[shown.donor_id])),
        Fact("类别", ContractKind(shown.kind).zh),
        Fact("本金" if shown.rate else "约定总额", shown.sum, "money"),
        Fact("年利率", f"{shown.rate / 100:g}%" if shown.rate else ""),
        Fact("付款", f"{INTERVALS[shown.every]}一次，共{shown.count}期"),
        Fact("起始日期", shown.since, "day"),
        Fact("签订日期", shown.signed_on, "day"),
        Fact("已到期应付", shown.due, "money"),
        Fact("已付", shown.paid, "money"),
        Fact("约定用途", dict(forms.purpose_choices()).get(shown.purpose, "")),
        Fact("终止", f"{shown.ended_on} {shown.ended_why}" if shown.ended_on else ""),
    ]
    parts = queries.instalments().filter(contract=shown)
    lines = [(one, _instalment_state(one, request.today)) for one in parts]
    context = {"contract": shown, "facts": [fact for fact in facts if fact.value not in (None, "")], "lines": lines,
               "state": contract_state(shown)}  # fmt: skip
    return render(request, "fundraising/contract.html", context)


def _instalment_state(one: Any, today: Any) -> Badge:
    if one.left == 0:
        return Badge("已付清", Tone.GOOD)
    if one.day < today:
        return Badge(f"逾期{(today - one.day).days}天", Tone.BAD)
    return Badge("未到期")


@page("fundraising.contract")
@require_http_methods(["GET", "POST"])
def new_contract(request: HttpRequest) -> HttpResponse:
    form = forms.NewContract(request.POST or None, initial={"signed_on": request.today, "since": request.today})

    def act() -> str:
        words = dict(form.cleaned_data)
        terms = Terms(
            ContractKind(words["kind"]), words["sum"], words["since"], words["every"], words["count"],
            words["rate"] if words["kind"] == ContractKind.INTEREST.value else 0,
        )  # fmt: skip
        facts = actions.DonorFacts(words["donor"], DonorKind.COMPANY)
        donor = actions.register_donor(by=request.actor, on=request.today, donor=facts)
        made = actions.conclude_contract(
            by=request.actor, on=request.today, number=words["number"], campaign=queries.campaign_of(words["campaign"]),
            donor=donor, terms=terms, signed_on=words["signed_on"], purpose=words["purpose"],
        )  # fmt: skip
        return reverse("fundraising:contract", args=[made.pk])

    words = {"title": "登记捐赠合同", "submit": "保存", "back": reverse("fundraising:contracts"), "back_title": "捐赠合同"}
    return carry_out(request, form, act, "fundraising/form_page.html", words, "合同已登记，分期已生成。")


@page("fundraising.give")
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, instalment_id: int) -> HttpResponse:
    """Enter what an enterprise paid on one instalment: a gift with its receipt."""
    one = queries.instalment_of(instalment_id)
    form = forms.PayInstalment(request.POST or None, initial={"amount": one.left, "day": request.today})
    back = reverse("fundraising:contract", args=[one.contract_id])

    def act() -> str:
        donor = one.contract.donor
        facts = actions.DonorFacts(donor.name, DonorKind(donor.kind), donor.unit)
        made = actions.record_gift(
            by=request.actor, on=request.today, campaign=one.contract.campaign, donor=facts, instalment=one,
            purpose=one.contract.purpose, **form.cleaned_data,
        )  # fmt: skip
        return reverse("fundraising:gift", args=[made.pk])

    title = f"登记到款：{one.contract.number}第{one.number}期"
    words = {"title": title, "submit": "登记并开票据", "back": back, "back_title": one.contract.number}
    return carry_out(request, form, act, "fundraising/form_page.html", words, "到款已登记。")


@page("fundraising.contract")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, contract_id: int) -> HttpResponse:
    shown = queries.contract_of(contract_id, request.today)
    here = reverse("fundraising:contract", args=[shown.pk])
    form = forms.EndContract(request.POST or None)

    def act() -> str:
        actions.end_contract(by=request.actor, on=request.today, contract=shown, **form.cleaned_data)
        return here

    words = {
        "title": "终止合同",
        "submit": "终止合同",
        "back": here,
        "back_title": shown.number,
        "note": "今天以后到期的分期不再应付。",
    }
    return carry_out(request, form, act, "fundraising/form_page.html", words, "合同已终止。")


@page("fundraising.see")
@require_http_methods(["GET", "HEAD", "POST"])
def plans(request: HttpRequest) -> HttpResponse:
    listing = Listing(request, title="年度支出计划", rows=queries.plans(), columns=PLAN_COLUMNS, order="-year", noun="份",
                      name_of=str, empty="还没有支出计划。")  # fmt: skip
    return listing.response("fundraising/plans.html")


@page("fundraising.see")
@require_safe
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """A plan with what was spent on each purpose, and the ratios of the law."""
    shown = queries.spending_plan_of(plan_id)
    rows = queries.plan_rows(shown)
    planned, spent = sum(row.planned for row in rows), sum(row.spent for row in rows)
    may_sign = not shown.signed_by_id and request.actor.may("fundraising.sign") and shown.made_by_id != request.actor.staff_id
    context = {
        "plan": shown, "lines": [(row, percent(row.rate, 2)) for row in rows], "planned": planned, "spent": spent,
        "rate": percent(completion(planned, spent), 2), "state": plan_state(shown), "may_sign": may_sign, "act": forms.Act(),
        "ratios": queries.ratios(shown.year, shown.area),
        "may_edit": not shown.signed_by_id and request.actor.may("fundraising.plan") and request.actor.area == shown.area,
    }  # fmt: skip
    return render(request, "fundraising/plan.html", context)


@page("fundraising.plan")
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted.isdigit() and len(wanted) == 4 else request.today.year
    standing = queries.plan_of_year(request.actor.area, year)
    lines = {row.key: (row.planned, row.times) for row in queries.plan_rows(standing)} if standing else {}
    form = forms.DraftPlan(request.POST or None, lines=lines, initial={"year": year})

    def act() -> str:
        made = actions.draft_plan(by=request.actor, on=request.today, year=form.cleaned_data["year"], lines=form.lines)
        return reverse("fundraising:plan", args=[made.pk])

    words = {"title": "拟订年度支出计划", "submit": "保存", "back": reverse("fundraising:plans"), "back_title": "支出计划"}
    return carry_out(request, form, act, "fundraising/form_page.html", words, "计划已保存，等待签批。")


@page("fundraising.sign")
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, plan_id: int) -> HttpResponse:
    shown = queries.spending_plan_of(plan_id)
    here = reverse("fundraising:plan", args=[shown.pk])
    form = forms.Act(request.POST or None)

    def act() -> str:
        actions.sign_plan(by=request.actor, on=request.today, plan=shown)
        return here

    words = {
        "title": f"签批{shown.year}年度支出计划",
        "submit": "签批",
        "back": here,
        "back_title": "支出计划",
        "note": "签批后不能再改。",
    }
    return carry_out(request, form, act, "fundraising/form_page.html", words, "计划已签批。")
