"""Power delegated to a town: the documents, a new one and its agreement; confirmations that the district looks at again."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.domains.assistance import actions, forms, queries
from linli.domains.assistance.rules.delegations import Checked, programmes_zh
from linli.domains.assistance.views.common import acting, page_of
from linli.kernel.access.actions import handle, press, record_seen, recording
from linli.kernel.access.forms import Refusal
from linli.kernel.access.queries import proposing
from linli.kernel.access.rules import ProposalState, page
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, DaysLeft, Fact, Tone

RESULTS = {"": Badge("待抽查", Tone.WARN), "right": Badge("确认无误", Tone.GOOD), "wrong": Badge("确认有误", Tone.BAD)}


def _what(row: Any) -> str:
    return "收回委托" if row.ends else programmes_zh(row.programmes)


def _left(request: HttpRequest, row: Any) -> DaysLeft | None:
    return None if row.result else DaysLeft((row.due_on - request.today).days)  # type: ignore[attr-defined]


COLUMNS = (
    Column("document", "文件", link=lambda row: reverse("assistance:delegation", args=[row.pk])),
    Column("town", "镇街", kind="area", sort=True),
    Column("programmes", "委托确认", value=_what),
    Column("since", "起始日期", kind="day", sort=True),
    proposing.STATE,
    proposing.PROPOSED_BY,
    proposing.DECIDED_BY,
)


@page("assistance.read")
@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """The documents by which the district gave power to its towns or took it back."""
    listing = Listing(
        request, title="委托确认", rows=lambda words: queries.delegations(area=request.actor.area, **words), columns=COLUMNS,
        filters=partial(forms.DelegationSearch, scope=request.actor.scope), noun="份", order="-since", name_of=str,
        empty="没有委托镇街确认，都由区民政局审核确认。",
        export=recording(by=request.actor, verb="assistance.export", kind="assistance.delegation"),
    )  # fmt: skip
    return listing.response("assistance/delegations.html", {"may": request.actor.may("assistance.delegate")})


@page("assistance.delegate")
@require_http_methods(["GET", "POST"])
def new_delegation(request: HttpRequest) -> HttpResponse:
    form = forms.Delegate(request.POST or None, scope=request.actor.scope, initial={"since": request.today})

    def act() -> str:
        made = actions.delegate(**acting(request), **form.cleaned_data)
        return reverse("assistance:delegation", args=[made.pk])

    if (answer := handle(request, form, act, said="已提交，由另一位区级审批员审定后执行。")) is not None:
        return answer
    return render(request, "assistance/new_delegation.html", {"form": form}, status=422 if form.is_bound else 200)


@page("assistance.read")
@require_safe
def delegation(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """One document: for which town, from when, until what came after it, and by whom it was entered and agreed."""
    one = queries.delegation_of(delegation_id, request.actor.area)
    words = proposing.standing(one, request.actor, propose="assistance.delegate", agree="assistance.agree_delegation")
    words |= {"delegation": one, "facts": _facts(one), "few": _too_few(request, one)}
    return render(request, "assistance/delegation.html", words)


def _too_few(request: HttpRequest, one: Any) -> str:
    """Said to the district while it decides and while the document holds."""
    counts = one.state in (ProposalState.PROPOSED, ProposalState.AGREED) and queries.next_after(one) is None
    return queries.too_few(one, request.today) if counts and request.actor.may("assistance.delegate") else ""


def _facts(one: Any) -> list[Fact]:
    facts = [
        Fact("文件", one.document, note=one.article), Fact("镇（街道）", one.town, "area"), Fact("委托确认", _what(one)),
        Fact("起始日期", one.since, "day"), *proposing.signed(one),
    ]  # fmt: skip
    if one.state == ProposalState.AGREED and (after := queries.next_after(one)) is not None:
        href = reverse("assistance:delegation", args=[after.pk])
        facts.append(Fact("执行到", after.since - timedelta(days=1), "day", note=after.document, href=href))
    if one.note:
        facts.append(Fact("说明", one.note))
    return facts


@page("assistance.agree_delegation")
@require_POST
def agree_delegation(request: HttpRequest, delegation_id: int) -> HttpResponse:
    back = reverse("assistance:delegation", args=[delegation_id])

    def act() -> str:
        one = queries.delegation_of(delegation_id, request.actor.area)
        actions.agree_delegation(**acting(request), delegation=one)
        return back

    return press(request, act, back=back, said="已审定，自起始日期起执行。")


@page("assistance.agree_delegation")
@require_http_methods(["GET", "POST"])
def refuse_delegation(request: HttpRequest, delegation_id: int) -> HttpResponse:
    one = queries.delegation_of(delegation_id, request.actor.area)
    form, back = Refusal(request.POST or None), reverse("assistance:delegation", args=[one.pk])

    def act() -> str:
        actions.refuse_delegation(**acting(request), delegation=one, why=form.cleaned_data["why"])
        return back

    if (answer := handle(request, form, act, said="已退回拟定人，没有改变。")) is not None:
        return answer
    words = {"form": form, "delegation": one, "facts": _facts(one), "back": back}
    return render(request, "assistance/refuse_delegation.html", words, status=422 if form.is_bound else 200)


@page("assistance.delegate")
@require_POST
def withdraw_delegation(request: HttpRequest, delegation_id: int) -> HttpResponse:
    back = reverse("assistance:delegation", args=[delegation_id])

    def act() -> str:
        one = queries.delegation_of(delegation_id, request.actor.area)
        actions.withdraw_delegation(**acting(request), delegation=one)
        return back

    return press(request, act, back=back, said="已撤回，没有改变。")


@page("assistance.read")
@require_http_methods(["GET", "HEAD", "POST"])
def samples(request: HttpRequest) -> HttpResponse:
    """Confirmations of towns on which the lot fell."""
    columns = (
        Column("number", "案件编号", kind="code", value="application.case.number",
               link=lambda row: reverse("assistance:sample", args=[row.pk])),
        Column("person", "申请人", kind="person", value="application.person.name", sort="application__person__sort_key"),
        Column("area", "所在地", kind="area", sort=True),
        Column("decided", "确认日期", kind="day", value="application.decided_on", minor=True),
        Column("due", "应查日期", kind="days_left", value=lambda row: _left(request, row), sort="due_on"),
        Column("result", "结果", kind="state", value=lambda row: RESULTS[row.result], sort=True),
        Column("checked_on", "抽查日期", kind="day", sort=True, minor=True),
    )  # fmt: skip
    listing = Listing(
        request, title="委托确认抽查", rows=lambda words: queries.samples(on=request.today, **words), columns=columns, noun="件",
        filters=partial(forms.SampleSearch, scope=request.actor.scope), name_of=lambda row: row.application.case.number,
        empty="还没有抽中的委托确认。", export=recording(by=request.actor, verb="assistance.export", kind="assistance.sample"),
    )  # fmt: skip
    return listing.response("assistance/samples.html")


@page("assistance.read")
@require_http_methods(["GET", "POST"])
def sample(request: HttpRequest, sample_id: int) -> HttpResponse:
    """One of them: what the town confirmed, by which document; the district enters what it found."""
    row = queries.sample_of(sample_id)
    record_seen(by=request.actor, verb="assistance.read", kind="assistance.sample", subject=row.pk, area=row.area)
    may = not row.result and row.drawn_on <= request.today and request.actor.may("assistance.sample")
    form = forms.CheckSample(request.POST or None, initial={"checked_on": request.today})

    def act() -> str:
        actions.check_sample(**acting(request), sample=row, **form.said)
        return reverse("assistance:sample", args=[row.pk])

    if (answer := handle(request, form, act, said="已登记抽查结果。")) is not None:
        return answer
    one = row.application
    wrong = row.result == Checked.WRONG and one.state == "granted"
    words = {
        "sample": row, "application": one, "form": form if may else None, "badge": RESULTS[row.result], "facts": _sampled(row),
        "may_verify": wrong and request.actor.may("assistance.verify"), "wrong": wrong,
        "reopen": row.result == Checked.WRONG and one.state == "refused",
    }  # fmt: skip
    return render(request, "assistance/sample.html", words, status=422 if form.is_bound else 200)


def _sampled(row: Any) -> list[Fact]:
    one = row.application
    facts = [
        Fact("申请人", one.person.name, href=page_of(one)), Fact("所在地", row.area, "area"),
        Fact("确认", f"{one.decided_on}，{one.get_state_display()}"),
        Fact("依据", one.delegation.document, href=reverse("assistance:delegation", args=[one.delegation_id])),
        Fact("抽中日期", row.drawn_on, "day"), Fact("应查日期", row.due_on, "day"),
    ]  # fmt: skip
    if row.result:
        facts += [Fact("抽查", f"{row.checked_on}，{'、'.join(row.checkers)}"), Fact("抽查情况", row.found)]
    return facts
