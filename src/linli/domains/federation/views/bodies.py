"""One organisation: what is registered of it, its people, papers, money and history; founding, amending and closing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from linli.base.areas import Level
from linli.domains.federation import actions, forms, queries
from linli.domains.federation.books import BODIES, STAFF
from linli.domains.federation.rules import ENGAGEMENTS, OFFICES, PAPER_KINDS, STATUTE, BodyLevel, Money
from linli.domains.federation.views.common import Trail, by_year, carry_out, chosen_days, exporting
from linli.domains.federation.views.network import term_badge
from linli.kernel.access.actions import record_seen
from linli.kernel.access.rules import page
from linli.kernel.records.queries import versions_of
from linli.kernel.records.rules import EntryState
from linli.kernel.registry.queries import area_names, area_path, former_codes, successions_of
from linli.kernel.registry.rules import Succession
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Event, Fact, Tone

PARTS = {"received": "收入", "moved": "上下级拨付（拨入减拨出）", "granted": "决定支出", "paid": "已付", "balance": "结存"}


@page("federation.see")
@require_GET
def body(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One organisation of the network."""
    row, on = queries.body_here(by=request.actor, entry_id=entry_id), request.today
    record_seen(by=request.actor, verb="federation.open", kind="records.entry", subject=row.pk, area=row.area)
    level = BodyLevel(row.values["level"])
    people, papers = queries.people_of(row.organisation_id), queries.papers_of(row.organisation_id)
    first, last = on.replace(month=1, day=1), on
    running, sums = _running(row, on), _money(row, first, last)
    context = {
        "row": row, "level": level, "facts": _facts(row, level, on), "running": running, "state": _state(row, on),
        "serving": [_person(one, on) for one in people if one.until is None or one.until > on],
        "former": [_person(one, on) for one in people if one.until is not None and one.until <= on],
        "papers": [(one, PAPER_KINDS[one.values["kind"]]) for one in papers],
        "money": [(zh, getattr(sums, part)) for part, zh in PARTS.items()],
        "year": first.year, "events": _history(row, people, papers),
        "stations": queries.stations_of(row, on) if level is BodyLevel.TOWN else [],
        "has_books": level is not BodyLevel.STATION, "may_keep": running and request.actor.may(BODIES.write),
        "no_statute": level is BodyLevel.DISTRICT and not any(one.values["kind"] == STATUTE for one in papers),
    }  # fmt: skip
    return render(request, "federation/body.html", context)


def _money(row: Any, first: date, last: date) -> Money:
    book = row.values["book"]
    return queries.money_of(first, last, book).get(book, Money())


def _running(row: Any, on: date) -> bool:
    return bool(row.state == EntryState.STANDING and (row.until is None or row.until > on))


def _state(row: Any, on: date) -> Badge:
    if row.state == EntryState.STRUCK:
        return Badge("登记有误，已作废", Tone.BAD)
    return Badge("在册", Tone.GOOD) if _running(row, on) else Badge(f"{row.until}撤销")


def _facts(row: Any, level: BodyLevel, on: date) -> list[Fact]:
    words = row.values
    return [
        Fact("名称", row.organisation.name), Fact("层级", level.zh), Fact("办公地点", area_path(row.area, on)),
        Fact("详细地址", row.organisation.address), Fact("成立日期", row.day, "day"), Fact("批准文件", words.get("approval")),
        Fact("批准机关", words.get("approver")), Fact("登记负责人", words.get("person")), Fact("办公电话", words.get("phone")),
        *([Fact("撤销日期", row.until, "day", note=row.why)] if row.until else []),
    ]  # fmt: skip


def _person(one: Any, on: date) -> dict[str, Any]:
    term = one.values.get("term_until")
    return {
        "row": one, "office": OFFICES[one.values["office"]], "engagement": ENGAGEMENTS[one.values["engagement"]],
        "term": term_badge(date.fromisoformat(term), on) if term and one.until is None else None,
    }  # fmt: skip


def _history(row: Any, people: list[Any], papers: list[Any]) -> list[Event]:
    """Everything that happened to an organisation, newest first: boundaries, people, papers, what was amended."""
    found: list[Event] = []
    if row.until:
        found.append(Event(row.until, "撤销", text=row.why, tone=Tone.BAD))
    for version in versions_of(row)[:-1]:
        if version.until is None and version.state == EntryState.STANDING:
            who = version.changed_by.name if version.changed_by else "系统"
            found.append(Event(version.changed_on, "登记事项变更", who, version.why))
    for one in people:
        who = f"{OFFICES[one.values['office']]}{one.values['name']}"
        href = reverse("records:entry", args=[one.pk])
        found.append(Event(one.day, f"{who}任职", text=one.values.get("document", ""), href=href))
        if one.until:
            found.append(Event(one.until, f"{who}离任", text=one.why, href=href))
    for one in papers:
        said, href = f"通过《{one.values['title']}》第{one.values['edition']}版", reverse("records:entry", args=[one.pk])
        found.append(Event(one.day, said, text=one.values["meeting"], href=href))
    found += _boundaries(row)
    approval = f"批准文件：{row.values.get('approval', '')}"
    found.append(Event(row.day, f"{row.organisation.name}成立", text=approval, tone=Tone.GOOD))
    return sorted(found, key=lambda event: event.at, reverse=True)


def _boundaries(row: Any) -> list[Event]:
    """How the town of an organisation became what it is."""
    town = row.area[: Level.TOWN.digits].ljust(12, "0")
    changes = {one.pk: one for code in former_codes(town) for one in successions_of(code) if one.day >= row.day}.values()
    names = area_names(frozenset(code for one in changes for code in (one.old, one.new)), date.max)
    return [
        Event(one.day, f"{Succession(one.kind).zh}：{names.get(one.old, '')}→{names.get(one.new, '')}", text=one.document)
        for one in changes
    ]


def _crumbs(row: Any = None) -> Trail:
    top = (("慈善组织网络", reverse("federation:network")),)
    return (*top, (row.organisation.name, reverse("federation:body", args=[row.pk]))) if row else top


@page("federation.keep")
@require_http_methods(["GET", "POST"])
def found(request: HttpRequest) -> HttpResponse:
    """An organisation joins the network."""
    start = {"level": request.GET.get("level") or BodyLevel.TOWN.value}
    form = forms.Found(request.POST or None, scope=request.actor.scope, initial=start)

    def act() -> str:
        data = form.cleaned_data | {"level": BodyLevel(form.cleaned_data["level"]), "phone": form.cleaned_data["phone"] or ""}
        made = actions.found_body(by=request.actor, on=request.today, **data)
        return reverse("federation:body", args=[made.pk])

    said = "已登记。请接着登记人员和制度。"
    return carry_out(request, form, act, title="登记慈善组织", submit="登记", crumbs=_crumbs(), said=said)


@page("federation.keep")
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, entry_id: int) -> HttpResponse:
    """What is registered of an organisation changed."""
    row = queries.body_here(by=request.actor, entry_id=entry_id)
    form = forms.Amend(request.POST or None, initial=row.values | {"version": row.version})

    def act() -> str:
        words = {"version": form.cleaned_data["version"], "why": form.cleaned_data["why"]}
        actions.amend_body(by=request.actor, on=request.today, body_id=row.pk, values=form.values, **words)
        return reverse("federation:body", args=[row.pk])

    said = "已变更，原内容可在沿革中查到。"
    return carry_out(request, form, act, title="变更登记事项", submit="保存", crumbs=_crumbs(row), said=said)


@page("federation.keep")
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, entry_id: int) -> HttpResponse:
    """An organisation ends, or never was."""
    row = queries.body_here(by=request.actor, entry_id=entry_id)
    form = forms.Close(request.POST or None, initial={"version": row.version})

    def act() -> str:
        data = form.cleaned_data
        words = {"version": data["version"], "why": data["why"], "mistaken": data["what"] == "mistaken"}
        until = data["until"] or request.today
        actions.close_body(by=request.actor, on=request.today, body_id=row.pk, until=until, **words)
        return reverse("federation:body", args=[row.pk])

    note = "撤销后原有记录和账簿都保留，可随时查阅。合并镇街的，先撤销并入的分会，人员在保留的分会另行登记。"
    return carry_out(request, form, act, title="撤销慈善组织", submit="办理", crumbs=_crumbs(row), said="已办理。", note=note)


@page("federation.keep")
@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Somebody takes an office."""
    row = queries.body_here(by=request.actor, entry_id=entry_id)
    form = forms.Appoint(request.POST or None, initial={"since": request.today.isoformat()})

    def act() -> str:
        actions.appoint(by=request.actor, on=request.today, body_id=row.pk, values=form.values)
        return reverse("federation:body", args=[row.pk])

    return carry_out(request, form, act, title="登记任职", submit="登记", crumbs=_crumbs(row), said=f"已登记到{STAFF.zh}。")


@page("federation.keep")
@require_http_methods(["GET", "POST"])
def adopt(request: HttpRequest, entry_id: int) -> HttpResponse:
    """A statute, measures or a rule was passed."""
    row = queries.body_here(by=request.actor, entry_id=entry_id)
    form = forms.Adopt(request.POST or None, request.FILES or None)

    def act() -> str:
        file = form.cleaned_data["file"]
        actions.adopt_paper(by=request.actor, on=request.today, body_id=row.pk, values=form.values, file=file)
        return reverse("federation:body", args=[row.pk])

    return carry_out(request, form, act, title="登记章程或制度", submit="登记", crumbs=_crumbs(row), said="已登记。")


def _part(part: str, zh: str) -> Column:
    """What a voucher adds to a part of the money; nothing is shown where it adds nothing."""
    head = zh.partition("（")[0]
    return Column(part, head, kind="money", total=part, minor=part == "moved", value=lambda one: one[part] or None)


@page("federation.see")
def money(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The vouchers behind the year's money of an organisation."""
    row = queries.body_here(by=request.actor, entry_id=entry_id)
    opens = request.actor.may("ledgers.see")
    first, last = chosen_days(request)
    book = row.values["book"]

    def link(one: Any) -> str:
        return reverse("ledgers:posting", args=[one["posting_id"]]) if opens else ""

    columns = (
        Column("posting__day", "日期", kind="day"), Column("posting__memo", "摘要", link=link),
        *(_part(part, zh) for part, zh in PARTS.items() if part != "balance"),
    )  # fmt: skip
    listing = Listing(
        request, title=f"{row.organisation.name}收支", noun="张凭证", columns=columns, filters=by_year(request),
        ident="posting_id",
        rows=lambda words: queries.postings_of(book, first, last), export=exporting(request, "records.entry", str(row.pk)),
        name_of=lambda one: one["posting__memo"], empty="这一年没有收支。",
    )  # fmt: skip
    words = {"row": row, "sums": _money(row, first, last), "first": first, "last": last}
    return listing.response("federation/money.html", words)
