"""Audits: every project with how it stands, one audit record with its figures, samples and findings, and the acts on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.base.money import show_yuan
from linli.domains.charity import actions, queries
from linli.domains.charity.forms import audits as forms
from linli.kernel.access.actions import handle, press
from linli.kernel.access.rules import page
from linli.kernel.ui.forms import Confirm
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, NumberCard, Tone

STANDING = {
    "none": Badge("未审计", Tone.WARN), "open": Badge("审计中", Tone.NOW), "concluded": Badge("已作出结论", Tone.GOOD),
    "published": Badge("已公布", Tone.GOOD),
}  # fmt: skip
RESULTS = {"": Badge("待查", Tone.NOW), "sound": Badge("相符", Tone.GOOD), "fault": Badge("有问题", Tone.BAD)}


def campaign_badge(row: Any) -> Badge:
    if row.shown:
        return STANDING["published"]
    return STANDING["concluded" if row.audited else "open" if row.auditing else "none"]


COLUMNS = (
    Column("title", "项目", link=lambda row: reverse("charity:audits_of", args=[row.pk])),
    Column("what", "类别", minor=True),
    Column("year", "年度", kind="code", sort=True),
    Column("closes_on", "受理至", kind="day", sort=True, minor=True),
    Column("standing", "审计情况", kind="state", value=campaign_badge),
)


@page("charity.see_audits")
@require_http_methods(["GET", "HEAD", "POST"])
def audits(request: HttpRequest) -> HttpResponse:
    """Every project and whether it was audited: 已审计 / 全部."""
    listing = Listing(
        request, title="审计与公布", rows=lambda words: queries.campaigns_to_audit(**words), columns=COLUMNS,
        filters=forms.AuditSearch, order="-year", noun="个", name_of=lambda row: row.title, empty="没有这样的项目。",
    )  # fmt: skip
    every = queries.campaigns_to_audit()
    done, all_of_them = every.filter(audited=True).count(), every.count()
    cards = [
        NumberCard("已审计项目", f"{done} / {all_of_them}", "个", definition="有审计结论的项目数 / 全部救助项目数"),
        NumberCard(
            "已公布", str(every.filter(shown=True).count()), "个", href="?standing=shown", definition="审计结果已向社会公布"
        ),
    ]
    return listing.response("charity/audits.html", {"cards": cards, "waiting": list(queries.findings_to_mend()[:20])})


@page("charity.see_audits")
@require_GET
def audits_of(request: HttpRequest, campaign_id: int) -> HttpResponse:
    one = queries.campaign(campaign_id)
    found = [(audit, STANDING[queries.audit_state(audit)]) for audit in queries.audits_of(one)]
    may_open = request.actor.may("charity.audit") and not any(audit.concluded_on is None for audit, _ in found)
    return render(request, "charity/audits_of.html", {"campaign": one, "audits": found, "may_open": may_open})


@page("charity.audit")
def new_audit(request: HttpRequest, campaign_id: int) -> HttpResponse:
    one = queries.campaign(campaign_id)
    form = forms.NewAudit(request.POST or None, initial={"since": one.opens_on, "until": min(one.closes_on, request.today)})

    def act() -> str:
        made = actions.open_audit(by=request.actor, on=request.today, campaign=one, **form.cleaned_data)
        return reverse("charity:audit", args=[made.pk])

    back = reverse("charity:audits_of", args=[one.pk])
    return _fill(request, form, act, title=f"审计立项：{one.title}", back=back, submit="立项", said="已立项，请抽样核查。")


@page("charity.see_audits")
@require_GET
def audit(request: HttpRequest, audit_id: int) -> HttpResponse:
    one = queries.audit(audit_id)
    state = queries.audit_state(one)
    own = request.actor.may("charity.audit") and one.auditor_id == request.actor.staff_id and state == "open"
    words = {
        "audit": one, "state": STANDING[state], "facts": _facts(one),
        "figures": queries.audit_figures(one.campaign, one.since, one.until), "findings": queries.findings_of(one),
        "samples": [(sample, RESULTS[sample.result], order) for sample, order in queries.samples_of(one)], "own": own,
        "may_mend": request.actor.may("charity.mend"), "confirm": Confirm(),
        "may_publish": state == "concluded" and request.actor.may("charity.publish_audit"),
        "may_see_money": request.actor.may("ledgers.see"),
    }  # fmt: skip
    return render(request, "charity/audit.html", words)


@page("charity.audit")
def draw(request: HttpRequest, audit_id: int) -> HttpResponse:
    one, form = queries.audit(audit_id), forms.Draw(request.POST or None, initial={"count": 10})

    def act() -> str:
        drawn = actions.draw_samples(by=request.actor, on=request.today, audit=one, **form.cleaned_data)
        messages.info(request, f"抽取 {drawn} 件。")
        return _home(one)

    return _fill(request, form, act, title="抽样", back=_home(one), submit="抽样", said="")


@page("charity.audit")
def judge(request: HttpRequest, sample_id: int) -> HttpResponse:
    sample, form = queries.sample_of(sample_id), forms.Judge(request.POST or None)

    def act() -> str:
        sound = form.cleaned_data["result"] == "sound"
        actions.judge_sample(by=request.actor, on=request.today, sample=sample, sound=sound, note=form.cleaned_data["note"])
        return _home(sample.audit)

    title = f"核查 {sample.application.case.number}"
    return _fill(request, form, act, title=title, back=_home(sample.audit), submit="保存", said="已保存核查结果。")


@page("charity.audit")
def find(request: HttpRequest, audit_id: int) -> HttpResponse:
    one = queries.audit(audit_id)
    drawn = {str(sample.pk): sample for sample, _ in queries.samples_of(one)}
    choices = [(key, sample.application.case.number) for key, sample in drawn.items()]
    form = forms.Finding(request.POST or None, samples=choices)

    def act() -> str:
        data = form.cleaned_data | {"sample": drawn.get(form.cleaned_data["sample"])}
        actions.find(by=request.actor, on=request.today, audit=one, **data)
        return _home(one)

    return _fill(request, form, act, title="登记审计发现", back=_home(one), submit="登记", said="已登记，请有关单位整改。")


@page("charity.mend")
def mend(request: HttpRequest, finding_id: int) -> HttpResponse:
    finding, form = queries.finding_of(finding_id), forms.Mend(request.POST or None)

    def act() -> str:
        actions.mend_finding(by=request.actor, on=request.today, finding=finding, **form.cleaned_data)
        return _home(finding.audit)

    facts = [Fact("问题", finding.text), Fact("整改要求", finding.demand), Fact("期限", finding.due, kind="day")]
    return _fill(
        request, form, act, title="登记整改", back=_home(finding.audit), submit="登记整改", said="已登记整改。", facts=facts
    )


@page("charity.audit")
def conclude(request: HttpRequest, audit_id: int) -> HttpResponse:
    one, form = queries.audit(audit_id), forms.Conclude(request.POST or None)

    def act() -> str:
        actions.conclude_audit(by=request.actor, on=request.today, audit=one, **form.cleaned_data)
        return _home(one)

    told = queries.audit_figures(one.campaign, one.since, one.until)
    facts = [Fact("救助户数", told.households, kind="count"), Fact("批准金额", told.granted, kind="money"),
             Fact("已发放", told.paid, kind="money"), Fact("审计发现", one.found, kind="count")]  # fmt: skip
    return _fill(
        request, form, act, title="作出审计结论", back=_home(one), submit="作出结论", facts=facts,
        said="已作出结论，数字和结论从此固定。",
    )  # fmt: skip


@page("charity.publish_audit")
@require_POST
def publish_audit(request: HttpRequest, audit_id: int) -> HttpResponse:
    one = queries.audit(audit_id)

    def act() -> str:
        actions.publish_audit(by=request.actor, on=request.today, audit=one)
        return _home(one)

    return press(request, act, back=_home(one), said="审计结果已向社会公布。")


def _fill(
    request: HttpRequest, form: Any, act: Callable[[], str], *, title: str, back: str, submit: str, said: str, facts: Any = ()
) -> HttpResponse:
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    words = {"form": form, "title": title, "back": back, "submit": submit, "facts": facts}
    return render(request, "charity/audit_form.html", words, status=422 if form.is_bound else 200)


def _home(audit: Any) -> str:
    return reverse("charity:audit", args=[audit.pk])


def _facts(audit: Any) -> list[Fact]:
    facts = [
        Fact("项目", audit.campaign.title, href=reverse("charity:audits_of", args=[audit.campaign_id])),
        Fact("审计期间", f"{audit.since} 至 {audit.until}"), Fact("审计范围", audit.scope), Fact("审计人", audit.auditor.name),
        Fact("立项日期", audit.opened_on, kind="day"), Fact("审计发现", f"{audit.found} 条，已整改 {audit.mended} 条"),
    ]  # fmt: skip
    if audit.concluded_on:
        frozen = f"{audit.households} 户，批准 {show_yuan(audit.granted)} 元，已发放 {show_yuan(audit.paid)} 元"
        facts += [
            Fact("结论日期", audit.concluded_on, kind="day"), Fact("结论时的数字", frozen), Fact("审计结论", audit.conclusion),
            Fact("公布摘要", audit.summary),
        ]  # fmt: skip
    if audit.notice_id:
        facts.append(Fact("公布", f"第 {audit.notice_id} 号", href=reverse("publicity:notice", args=[audit.notice_id])))
    return facts
