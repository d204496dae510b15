"""Entitlements: the list, and the page of one: amounts by month, why, payments, what was decided."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from linli.base.money import show_yuan
from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import Refused, page
from linli.kernel.entitlements import actions, forms, queries
from linli.kernel.entitlements.models import Entitlement
from linli.kernel.entitlements.rules import Deed, Fault, Ground, State, Unit, later, month_of
from linli.kernel.entitlements.views.common import carry_out, state_badge
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column, Event, Fact, Tone

TONES = {Deed.END: Tone.BAD, Deed.SUSPEND: Tone.WARN, Deed.GRANT: Tone.GOOD, Deed.RESUME: Tone.GOOD}


@page("entitlements.see")
def entitlements(request: HttpRequest) -> HttpResponse:
    month = month_of(request.today)
    columns = (
        Column("person", "持证人", kind="person", value="person.name", sort="person__sort_key",
               link=lambda row: reverse("entitlements:entitlement", args=[row.pk])),
        Column("number", "证号", kind="code", minor=True),
        Column("programme", "项目", value=lambda row: queries.programme_zh(row.programme), sort="programme"),
        Column("grade", "类别", value=grade_of, minor=True),
        Column("persons", "保障人数", kind="count", sort=True, total="persons"),
        Column("monthly", f"{month.month}月金额", kind="money", total="monthly", sort="monthly"),
        Column("state", "状态", kind="state", value=state_badge),
        Column("since", "自", kind="day", value=lambda row: f"{row.since:%Y-%m}", sort="since", minor=True),
        Column("area", "所在地", kind="area", sort="area"),
    )  # fmt: skip
    def rows(words: dict[str, Any]) -> Any:
        return queries.with_monthly(queries.entitlements(on=request.today, **words), month)

    listing = Listing(
        request, rows=rows, title="待遇清单", columns=columns,
        filters=forms.within(forms.EntitlementSearch, request.actor.scope), noun="份", name_of=lambda row: row.person.name,
        empty="没有符合条件的待遇。批准享受后会出现在这里。",
        export=recording(by=request.actor, verb="entitlements.export", kind="entitlements.list"),
    )  # fmt: skip
    return listing.response("entitlements/entitlements.html")


def grade_of(row: Any) -> str:
    """The class as people say it."""
    known = queries.programmes().get(row.programme)
    return known.grade_zh(row.grade) if known else row.grade


@page("entitlements.see")
@require_GET
def entitlement(request: HttpRequest, entitlement_id: int) -> HttpResponse:
    month = month_of(request.today)
    row = queries.entitlement_of(entitlement_id, month)
    record_seen(by=request.actor, verb="entitlements.open", kind="entitlements.entitlement", subject=row.pk, area=row.area)
    decisions = list(queries.decisions_of(row))
    over = sum(queries.months_overpaid(row, month).values())
    words = {
        "row": row, "badge": state_badge(row), "can": _can(request.actor, row, over), "over": over,
        "debt": queries.debt_of(row) if request.actor.may("ledgers.debts") else None,
        "ended_by": _ended_by(row) if request.actor.may("entitlements.decide") else "",
        "title": f"{row.person.name}：{queries.programme_zh(row.programme)}",
        "facts": _facts(row, month), "months": queries.months_shown(row, month),
        "people": queries.covered_in(row, max(month, row.since)), "amounts": queries.amount_rows(row),
        "spells": queries.spells_of(row), "suspensions": queries.suspensions_of(row),
        "events": [_event(one) for one in decisions], "explained": queries.explained(row, decisions),
        "payments": queries.issues_of(row), "trouble": _trouble(request.actor, row, request.today),
    }  # fmt: skip
    return render(request, "entitlements/entitlement.html", words)


def _trouble(actor: Any, row: Any, on: Any) -> tuple[str, str]:
    """Why the money goes nowhere and what mends it, with the page for it; empty words when nothing is in the way."""
    found = queries.unpayable(Entitlement.objects.filter(pk=row.pk), on).first()
    if found is None:
        return "", ""
    fault, href = Fault(found.why), ""
    if fault is Fault.NO_ACCOUNT and actor.may("registry.register"):
        href = reverse("registry:account", args=[row.payee_id])
    return f"{fault.zh}，暂时发不出去。{fault.mend}", href


@page("entitlements.suspend")
@require_http_methods(["GET", "POST"])
def suspend(request: HttpRequest, entitlement_id: int) -> HttpResponse:
    note = "暂停的月份不发放；恢复时再决定是否补发。暂停以前已经开单的月份算作多发，从以后的月份扣回。"
    return _decide(request, entitlement_id, forms.Suspend, actions.suspend, title="暂停发放", submit="暂停发放", note=note)


@page("entitlements.suspend")
@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest, entitlement_id: int) -> HttpResponse:
    def act(*, why: Any, pay_back: str, **words: Any) -> Any:
        cleared = actions.Why(Ground.CLEARED, why.words)
        return actions.resume(why=cleared, pay_back=pay_back == "yes", **words)

    note = "自暂停的那个月起恢复，就是撤回这次暂停，按没有暂停过办理。"
    return _decide(request, entitlement_id, forms.Resume, act, title="恢复发放", submit="恢复发放", note=note)


@page("entitlements.decide")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, entitlement_id: int) -> HttpResponse:
    if said := _ended_by(queries.entitlement_of(entitlement_id, month_of(request.today))):
        raise Refused(said)
    note = "终止前应当听取本人意见，终止后应当书面告知并说明理由（社会救助法第四十八条）。死亡的除外。"
    return _decide(request, entitlement_id, forms.End, actions.end, title="终止待遇", submit="终止", note=note)


@page("entitlements.ask_back")
@require_http_methods(["GET", "POST"])
def ask_back(request: HttpRequest, entitlement_id: int) -> HttpResponse:
    """Everything that was paid too much becomes one debt: paid back at once or in agreed sums."""
    month = month_of(request.today)
    row = queries.entitlement_of(entitlement_id, month)
    form = forms.Reason(request.POST or None)
    over = sum(queries.months_overpaid(row, month).values())
    if not over and request.method != "POST":
        raise Refused("这份待遇没有多发的款项，或已经立账追缴。")

    def act() -> str:
        made = actions.ask_back(by=request.actor, on=request.today, entitlement=row, **form.cleaned_data)
        return reverse("ledgers:recovery", args=[made.pk])

    facts = [*_facts(row, month)[:4], Fact("多发", over, kind="money")]
    note = "立账后不再从以后月份抵扣；可以一次退还，也可以与家庭约定分期退还。"
    return carry_out(
        request, form, act, title=f"{row.person.name}：立账追缴", back=reverse("entitlements:entitlement", args=[row.pk]),
        submit="立账追缴", said="已立账，可以约定分期退还。", facts=facts, note=note, grave=True,
    )  # fmt: skip


def _decide(
    request: HttpRequest, entitlement_id: int, kind: Any, decide: Any, *, title: str, submit: str, note: str
) -> HttpResponse:
    """A decision that the office takes without an application: what the form asks, and what the entitlement is."""
    month = month_of(request.today)
    row = queries.entitlement_of(entitlement_id, month)
    first = _first_month(row, month) if kind is forms.Suspend else max(month, row.suspended or month)
    form = kind(request.POST or None, initial={"since": first})
    back = reverse("entitlements:entitlement", args=[row.pk])

    def act() -> str:
        data = dict(form.cleaned_data)
        why = actions.Why(Ground(data.pop("ground", Ground.OTHER.value)), data.pop("words"), paper=data.pop("paper", ""))
        decide(by=request.actor, on=request.today, entitlement=row, why=why, **data)
        return back

    return carry_out(
        request, form, act, title=f"{row.person.name}：{title}", back=back, submit=submit,
        facts=_facts(row, month)[:6], note=note, grave=kind is forms.End,
    )  # fmt: skip


def _first_month(row: Any, month: Any) -> Any:
    """The first month that is not ordered yet: to hold back a month that was paid would take money from the family later."""
    ordered = max((one.for_month for one in queries.issues_of(row)), default=None)
    return max(month, later(ordered, 1)) if ordered else month


def _can(actor: Any, row: Any, over: int) -> dict[str, bool]:
    """Which buttons the page shows; the actions judge again."""
    state = State(row.state)
    return {
        "suspend": actor.may("entitlements.suspend") and row.suspended is None and state in (State.STANDING, State.COMING),
        "resume": actor.may("entitlements.suspend") and row.suspended is not None and state is not State.ENDED,
        "end": actor.may("entitlements.decide") and state is not State.ENDED and not _ended_by(row),
        "ask_back": over > 0 and actor.may("entitlements.ask_back"),
    }


def _ended_by(row: Any) -> str:
    known = queries.programmes().get(row.programme)
    return known.ended_by if known else ""


def _facts(row: Any, month: Any) -> list[Fact]:
    known = queries.programmes().get(row.programme)
    href = reverse("registry:person", args=[row.person_id])
    home = reverse("registry:household", args=[row.household_id]) if row.household_id else ""
    facts = [
        Fact("项目", queries.programme_zh(row.programme)), Fact("证号", row.number, kind="code"),
        Fact("持证人", row.person.name, href=href), Fact("家庭", row.household.address if home else "", href=home),
        Fact("类别", grade_of(row)), Fact("保障人数", f"{row.persons} 人"),
        Fact("领款人", row.payee.name, href=reverse("registry:person", args=[row.payee_id]),
             note=row.proxy and f"代领：{row.proxy}"),
        Fact("享受月份", f"{row.since:%Y-%m} 起" + (f"，至 {row.until:%Y-%m}（不含）" if row.until else "")),
        Fact(f"{month:%Y年%m月}金额", sum(queries.amounts_in(row, month).values()) or None, kind="money"),
        Fact("依据", known.basis_on(month) if known else ""),
    ]  # fmt: skip
    if known is not None and known.unit is Unit.PERSON:
        facts = [fact for fact in facts if fact.label != "家庭" or fact.href]
    return facts


def _event(one: Any) -> Event:
    deed = Deed(one.deed)
    money = "" if deed is Deed.SUSPEND else f"每月 {show_yuan(one.before)} 元 → {show_yuan(one.after)} 元。"
    said = "".join([money, one.words, f"（{one.paper}）" if one.paper else ""])
    who = one.decided_by.name if one.decided_by else "系统任务"
    href = reverse("cases:case", args=[one.case_id]) if one.case_id else ""
    title = f"{deed.zh}（{one.get_ground_display()}），自 {one.since:%Y-%m} 起"
    return Event(one.decided_on, title, who, said, TONES.get(deed, Tone.QUIET), href=href)
