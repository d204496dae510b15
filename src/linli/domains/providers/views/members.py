"""Providers: the list, one with everything, entering and changing it, and its way from trial to end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linli.base.money import show_yuan
from linli.domains.providers import actions, forms, queries
from linli.domains.providers.rules import ACTIVE, BOUND, LapseKind, Measure, ProviderKind, Service, Standing, Step
from linli.domains.providers.views.common import carry_out, provider_page, standing_badge
from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import Refused, page
from linli.kernel.orders import queries as orders
from linli.kernel.orders.rules import category
from linli.kernel.registry.queries import area_names, area_titles, organisations, person_by_number
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column, Event, Fact, Tone

LIST = ("服务商", "providers:providers")
COLUMNS = (
    Column("name", "服务商", sort="sort_key", link=provider_page),
    Column("kind", "类别", value=lambda one: ProviderKind(one.kind).zh, sort="kind"),
    Column("standing", "状态", kind="state", value=standing_badge, sort="standing"),
    Column("reach", "范围", value=lambda one: "全区" if one.everywhere else f"{len(one.reaches)}处", minor=True),
    Column("phone", "服务电话", minor=True),
    Column("staff", "人员", kind="number", sort=True, minor=True),
    Column("trial_since", "试用自", kind="day", sort=True, minor=True),
    Column("member_since", "加盟", kind="day", sort=True, minor=True),
)  # fmt: skip
LOUD = {Step.WARNED: Tone.WARN, Step.SUSPENDED: Tone.BAD, Step.REMOVED: Tone.BAD, Step.ADMITTED: Tone.GOOD}


def trail(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The way to a page below the list."""
    return ((LIST[0], reverse(LIST[1])), *more)


@page("providers.see")
def providers(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title=LIST[0], rows=lambda words: queries.providers(**words), columns=COLUMNS, noun="家",
        filters=lambda *args, **words: forms.ProviderSearch(*args, scope=request.actor.scope, **words),
        name_of=lambda one: one.name, empty="还没有服务商。",
        export=recording(by=request.actor, verb="providers.export", kind="providers.provider"),
    )  # fmt: skip
    return listing.response("providers/providers.html", {"may_keep": request.actor.may("providers.keep")})


def _units(request: HttpRequest) -> list[tuple[str, str]]:
    """Registered units to choose from; where several have one name, with where each of them is."""
    found = list(organisations(request.today))
    times, titles = Counter(one.name for one in found), area_titles({one.area for one in found}, request.today)
    return [(str(one.pk), f"{one.name}（{titles[one.area]}）" if times[one.name] > 1 else one.name) for one in found]


@page("providers.keep")
@require_http_methods(["GET", "POST"])
def new_provider(request: HttpRequest) -> HttpResponse:
    form = forms.Apply(request.POST or None, units=_units(request), scope=request.actor.scope, initial={"staff": 1})

    def act() -> str:
        data = form.given()
        number = data.pop("number")
        person = person_by_number(number) if number else None
        if number and person is None:
            raise Refused("本区没有登记这个身份证号，请核对，或先由所在社区登记。", field="number")
        made = actions.apply(by=request.actor, on=request.today, person_id=person.pk if person else None, **data)
        return provider_page(made)

    note = "登记以后录入服务项目和价格，由另一人同意试用。"
    return carry_out(
        request, form, act, title="登记加盟申请", submit="登记", back=reverse(LIST[1]), crumbs=trail(), said="已登记。", note=note
    )


@page("providers.see")
@require_safe
def provider(request: HttpRequest, provider_id: int) -> HttpResponse:
    """A provider with items and prices, how it does, what happened, and what this reader can do."""
    one, on = queries.provider(provider_id), request.today
    record_seen(by=request.actor, verb="providers.read", kind="providers.provider", subject=one.pk, area=one.area)
    offers = [
        {"one": row, "service": Service(row.service).zh, "measure": Measure(row.measure).zh,
         "price": "尚未执行" if row.fen is None else f"{show_yuan(row.fen)}元"}
        for row in queries.offers_of(one, on)
    ]  # fmt: skip
    words = {
        "provider": one, "badge": standing_badge(one), "facts": _facts(one, on), "offers": offers,
        "departments": queries.departments_of(one), "record": _record(one, on), "events": _events(one),
        "lapses": [(row, LapseKind(row.kind).zh) for row in queries.lapses_of(one)[:20]], "acts": acts(request, one),
        "may_keep": request.actor.may("providers.keep") and Standing(one.standing) in (*BOUND, Standing.APPLIED),
        "lying": _lying(request, one),
    }  # fmt: skip
    return render(request, "providers/provider.html", words)


def _lying(request: HttpRequest, one: Any) -> list[tuple[str, str, str]]:
    """What a provider that is paused has not done, for whoever sends it elsewhere: number, address, matter."""
    if not request.actor.may("providers.resend"):
        return []
    found = queries.left_lying(one)[:50]
    return [(row.number, orders.order_page(row.pk), kind.zh if (kind := category(row.category)) else "") for row in found]


def _facts(one: Any, on: Any) -> list[Fact]:
    names = area_names(set(one.reaches), on)
    where = "全区" if one.everywhere else "、".join(names.get(code, code) for code in one.reaches)
    hours = "全天" if one.opens is None else f"{one.opens:%H:%M}-{one.closes:%H:%M}{'，休息日也服务' if one.weekends else ''}"
    facts = [
        Fact("类别", ProviderKind(one.kind).zh), Fact("联系人", one.contact), Fact("服务电话", one.phone, "code"),
        Fact("证照和专长", one.licence), Fact("服务人员", f"{one.staff}人"), Fact("服务范围", where), Fact("服务时间", hours),
        Fact("申请", one.applied_on, "day"),
    ]  # fmt: skip
    if one.trial_since:
        facts.append(Fact("试用", f"{one.trial_since}至{one.trial_until}"))
    if one.member_since:
        facts.append(Fact("加盟", one.member_since, "day"))
    return facts


def _record(one: Any, on: Any) -> list[Fact]:
    """How it does since the trial began."""
    if one.trial_since is None:
        return []
    done = queries.record_of(one, one.trial_since, on)
    share = f"{done.content * 100 // done.graded}%" if done.graded else "还没有评价"
    return [
        Fact("办结工单", f"{done.done}件"), Fact("回访评价", f"{done.graded}次，满意{done.content}次", note=f"满意率{share}"),
        Fact("未按时签收或上门", f"{done.absent}次"),
    ]  # fmt: skip


def _events(one: Any) -> list[Event]:
    found = []
    for row in queries.events_of(one):
        step = Step(row.step)
        why = f"{row.get_ground_display()}。{row.text}" if row.ground else row.text
        found.append(Event(row.on, step.zh, who=row.by.name if row.by else "系统", text=why, tone=LOUD.get(step, Tone.QUIET)))
    return found


TITLES = {
    "trial": "同意试用", "extend": "延长试用", "propose": "提请加盟", "admit": "批准加盟", "refuse": "不予加盟",
    "suspend": "暂停派单", "restore": "恢复派单", "remove": "办理退出",
}  # fmt: skip


def acts(request: HttpRequest, one: Any) -> list[tuple[str, str]]:
    """What this reader may do with the provider where it stands: (words, address)."""
    return [(TITLES[key], reverse("providers:act", args=[one.pk, key])) for key in _open_acts(request.actor, one)]


def _open_acts(actor: Any, one: Any) -> list[str]:
    standing = Standing(one.standing)
    proposed = queries.proposal_of(one) if standing is Standing.TRIAL else None
    offered = (
        ("trial", standing is Standing.APPLIED and one.entered_by_id != actor.staff_id, "providers.judge"),
        ("admit", proposed is not None and proposed.by_id != actor.staff_id, "providers.admit"),
        ("propose", standing is Standing.TRIAL and proposed is None, "providers.keep"),
        ("extend", standing is Standing.TRIAL and proposed is None, "providers.judge"),
        ("refuse", standing in (Standing.APPLIED, Standing.TRIAL), "providers.judge"),
        ("suspend", standing in ACTIVE, "providers.suspend"), ("restore", standing is Standing.SUSPENDED, "providers.judge"),
        ("remove", standing in BOUND, "providers.judge"),
    )  # fmt: skip
    return [key for key, stands, permission in offered if stands and actor.may(permission)]


@page("providers.keep|providers.judge")
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, provider_id: int, act: str) -> HttpResponse:
    """One step of a provider; the action itself decides again whether it is possible."""
    one = queries.provider(provider_id)
    if act not in TITLES:
        raise Http404
    if request.method == "GET" and act not in _open_acts(request.actor, one):
        raise Refused("这个服务商现在不能这样办理，或不由本岗位办理。请返回，按页面上的按钮办理。")
    form, do = _step(request, one, act)

    def carry() -> str:
        do()
        return provider_page(one)

    facts = [Fact("服务商", one.name), Fact("状态", Standing(one.standing).zh), *_record(one, request.today)]
    if act == "admit" and (asked := queries.proposal_of(one)):
        facts += [Fact("提请", f"{asked.by.name if asked.by else ''}，{asked.on}", note=asked.text)]
        facts += [Fact(step["label"], step["value"], note=step["note"]) for step in asked.facts.get("steps", ())]
    if act in ("suspend", "remove") and one.desk is not None:
        after = "请先办结、回访或改派，才能办理退出。" if act == "remove" else "暂停以后请逐件改派，或由它办完。"
        held = orders.in_hand(one.desk)
        facts.append(Fact("手头的工单", held or "没有", note=after if held else ""))
    return carry_out(
        request, form, carry, title=f"{TITLES[act]}：{one.name}", submit=TITLES[act], back=provider_page(one),
        crumbs=trail((one.name, provider_page(one))), facts=facts,
    )  # fmt: skip


PLAIN = {
    "extend": actions.extend_trial, "propose": actions.propose, "refuse": actions.refuse, "restore": actions.restore,
    "suspend": actions.suspend, "remove": actions.remove, "admit": actions.admit, "trial": actions.start_trial,
}  # fmt: skip
ASKED = {"suspend": forms.Grounded, "remove": forms.Grounded, "admit": forms.Opinion, "trial": forms.Confirm}


def _step(request: HttpRequest, one: Any, act: str) -> tuple[Any, Callable[[], Any]]:
    form = ASKED.get(act, forms.Why)(request.POST or None)
    return form, lambda: PLAIN[act](by=request.actor, on=request.today, provider=one, **form.cleaned_data)


@page("providers.keep")
@require_http_methods(["GET", "POST"])
def change_provider(request: HttpRequest, provider_id: int) -> HttpResponse:
    one = queries.provider(provider_id)
    names = ("contact", "phone", "licence", "staff", "everywhere", "opens", "closes", "weekends")
    first = {name: getattr(one, name) for name in names} | {"towns": one.reaches, "communities": one.reaches}
    form = forms.Conditions(request.POST or None, scope=request.actor.scope, initial=first)

    def act() -> str:
        actions.change(by=request.actor, on=request.today, provider=one, **form.given())
        return provider_page(one)

    return carry_out(
        request, form, act, title=f"更改{one.name}", submit="保存", back=provider_page(one),
        crumbs=trail((one.name, provider_page(one))), said="已保存。",
    )  # fmt: skip
