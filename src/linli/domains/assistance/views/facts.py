"""What is entered of a family, page by page: members, lines, supporters, consents, relatives."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from linli.base.areas import ancestors
from linli.base.days import age_on
from linli.domains.assistance import actions, forms, queries
from linli.domains.assistance.rules import SCOPE
from linli.domains.assistance.views.common import acting, form_page, page_of
from linli.kernel.access.queries import staff_at
from linli.kernel.access.rules import page
from linli.kernel.files.actions import store_file
from linli.kernel.files.rules import PAPERS
from linli.kernel.ui.rules import Fact

METHODS = ["GET", "POST"]


def _people(one: Any) -> list[tuple[int, str]]:
    return [(row.person_id, row.person.name) for row in queries.members_of(one)]


@page("assistance.enter")
@require_http_methods(METHODS)
def member(request: HttpRequest, member_id: int) -> HttpResponse:
    """What the survey found of one member; name, birth and statuses stand in the registry and are not asked."""
    row = queries.member_of(member_id)
    one, applicant = row.application, row.person_id == row.application.person_id
    known = {name: getattr(row, name) for name in forms.MemberFound.base_fields if name != "why"}
    form = forms.MemberFound(request.POST or None, applicant=applicant, initial=known)
    facts = [Fact("姓名", row.person.name), Fact("年龄", f"{age_on(row.person.birth, one.applied_on)} 周岁")]
    return form_page(
        request, one, form, lambda: actions.correct_member(**acting(request), member=row, **form.cleaned_data),
        title=f"核实：{row.person.name}", submit="登记", said="已登记，原来的内容仍可查看。", facts=facts,
        note="姓名、出生日期、残疾等级等由居民登记带出；有误的请在居民登记中更正。",
    )  # fmt: skip


@page("assistance.enter")
@require_http_methods(METHODS)
def add_line(request: HttpRequest, application_id: int) -> HttpResponse:
    """One line of income, property or spending."""
    one = queries.application(application_id)
    form = forms.NewLine(request.POST or None, people=_people(one))
    return form_page(
        request, one, form, lambda: actions.add_line(**acting(request), application=one, **form.cleaned_data),
        title="登记收入、支出或财产", submit="登记", said="已登记。",
    )  # fmt: skip


@page("assistance.enter")
@require_http_methods(METHODS)
def strike_line(request: HttpRequest, line_id: int) -> HttpResponse:
    """Strike a line that was wrong; it stays readable."""
    row = queries.line_of(line_id)
    form = forms.Strike(request.POST or None)
    facts = [Fact("成员", row.person.name), Fact("项目", row.get_kind_display()), Fact("金额（元）", row.amount, "money")]
    return form_page(
        request, row.application, form, lambda: actions.strike_line(**acting(request), line=row, **form.cleaned_data),
        title="划去一条", submit="划去", said="已划去，记录仍可查看。", facts=facts,
    )  # fmt: skip


@page("assistance.enter")
@require_http_methods(METHODS)
def add_supporter(request: HttpRequest, application_id: int) -> HttpResponse:
    """Somebody outside of the household who must support a member by law."""
    one = queries.application(application_id)
    form = forms.NewSupporter(request.POST or None, people=_people(one))
    return form_page(
        request, one, form,
        lambda: actions.add_supporter(**acting(request), application=one, **form.cleaned_data),
        title="登记法定义务人", submit="登记", said="已登记法定义务人。",
        note="只登记不在本户的配偶、父母、成年子女；同户的由系统按家庭成员计算。",
    )  # fmt: skip


@page("assistance.enter")
@require_http_methods(METHODS)
def strike_supporter(request: HttpRequest, supporter_id: int) -> HttpResponse:
    """Strike a supporter who was entered wrongly."""
    row = queries.supporter_of(supporter_id)
    form = forms.Strike(request.POST or None)
    return form_page(
        request, row.application, form,
        lambda: actions.strike_supporter(**acting(request), supporter=row, **form.cleaned_data),
        title=f"划去法定义务人：{row.name}", submit="划去", said="已划去。",
    )  # fmt: skip


@page("assistance.enter")
@require_http_methods(METHODS)
def consents(request: HttpRequest, application_id: int) -> HttpResponse:
    """Who has signed the consent to the economic check."""
    one = queries.application(application_id)
    people = [
        (row.person_id, row.person.name, age_on(row.person.birth, one.applied_on) < queries.ADULT)
        for row in queries.members_of(one)
    ]
    first, term = {"signed_on": request.today}, queries.consent_term(request.today, one.area)
    form = forms.Consents(request.POST or None, request.FILES or None, people=people, initial=first)

    def act() -> Any:
        sent, kept = form.cleaned_data.get("file"), None
        words = {"by": request.actor, "on": request.today}
        if sent is not None:
            kept = store_file(
                **words, name=sent.name, content=sent.content, need="assistance.read", owner_kind="assistance.consent",
                owner_id=one.pk, area=one.area, allowed=PAPERS,
            )  # fmt: skip
        return actions.record_consents(
            **words, application=one, signed=form.signed, signed_on=form.cleaned_data["signed_on"], file=kept.pk if kept else None
        )

    return form_page(
        request, one, form, act, title="登记核对授权", submit="登记", said="已登记授权。",
        note="每名成年成员都要签名。先打印授权书请家人看过、签名，再登记。只填这次签名的人；再次签署的，以新的为准。",
        facts=[Fact("授权范围", SCOPE), Fact("有效期", f"自签字之日起{term.zh}")], term=term.zh,
        template="assistance/consents.html", people=people, held=queries.consents_of(one, request.today), scope=SCOPE,
    )  # fmt: skip


@page("assistance.enter")
@require_http_methods(METHODS)
def revoke(request: HttpRequest, application_id: int) -> HttpResponse:
    """Somebody takes the consent to the check back."""
    one = queries.application(application_id)
    before = {pk: row for pk, row in queries.revoked_in(one).items() if row.told_on is None}
    people = [(pk, row.person.name) for pk, row in queries.consents_of(one, request.today).items()]
    people += [(pk, f"{row.person.name}（{row.withdrawn_on}已撤回，补登告知日期）") for pk, row in before.items()]
    if request.method == "GET" and not people:
        messages.info(request, "没有可以撤回的核对授权。")
        return redirect(page_of(one))
    form = forms.Revoke(request.POST or None, people=people, initial={"asked_on": request.today})
    return form_page(
        request, one, form, lambda: actions.revoke_consents(**acting(request), application=one, **form.cleaned_data),
        title="登记撤回授权", submit="登记撤回", said="已登记撤回，此后不能再提请核对。",
        note="本人可以随时撤回核对授权，不用说明理由。撤回前依法取得的核对结果仍然有效。请告知本人：不同意核对、"
             "不能核实家庭经济状况的，可能不予确认。",
    )  # fmt: skip


@page("assistance.enter")
@require_http_methods(METHODS)
def declare_kin(request: HttpRequest, application_id: int) -> HttpResponse:
    """A near relative in the offices or on the committee: registered apart, judges nothing here."""
    one = queries.application(application_id)
    places = [one.area, *ancestors(one.area)]
    staff = {person.pk: person.name for place in places for person in staff_at(place, on=request.today)}
    form = forms.DeclareKin(request.POST or None, staff=sorted(staff.items(), key=lambda item: item[1]))
    return form_page(
        request, one, form, lambda: actions.declare_kin(**acting(request), application=one, **form.cleaned_data),
        title="近亲属备案", submit="备案", said="已备案。该人员不得办理此件，区级须入户核查。",
        note="申请家庭有近亲属是经办人员或村（居）委会成员的，单独备案。",
    )  # fmt: skip
