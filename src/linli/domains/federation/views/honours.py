"""Models: honoured, asked whether they may be named, published, and kept in touch with."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from linli.domains.federation import actions, forms, queries
from linli.domains.federation.books import HONOURS
from linli.domains.federation.queries import HonourLine
from linli.domains.federation.rules import CONTACT, CONTACT_WAYS, KIND_HEART, Consent
from linli.domains.federation.views.common import Trail, by_year, carry_out, chosen_days, exporting
from linli.domains.federation.views.news import notice_badge
from linli.kernel.access.actions import record_seen
from linli.kernel.access.rules import page
from linli.kernel.duties.queries import occurrences
from linli.kernel.duties.rules import DoneState, TaskState, state_on
from linli.kernel.publicity.queries import notices_of_case
from linli.kernel.records.rules import EntryState
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

TONES = {DoneState.DUE: Tone.NOW, DoneState.MISSED: Tone.BAD, DoneState.DONE: Tone.GOOD, DoneState.LATE: Tone.WARN}
WISHES = {Consent.UNASKED: Tone.WARN, Consent.NAMED: Tone.GOOD, Consent.UNNAMED: Tone.GOOD, Consent.REFUSED: Tone.QUIET}


def contact_badge(line: HonourLine) -> Badge:
    """Whether a contact is owed."""
    if line.state is not None:
        return Badge(line.state.zh, TONES.get(line.state, Tone.QUIET))
    return Badge("本期已联系", Tone.GOOD) if line.served else Badge("未列入")


COLUMNS = (
    Column("name", "姓名或单位", sort=True, link=lambda row: reverse("federation:honour", args=[row.id])),
    Column("title", "称号", sort=True),
    Column("body", "授予单位", minor=True),
    Column("day", "授予日期", kind="day", sort=True),
    Column("consent", "公布意愿", kind="state", value=lambda row: Badge(row.consent.zh, WISHES[row.consent])),
    Column("shown", "公布", kind="state", minor=True,
           value=lambda row: Badge("正在公布", Tone.GOOD) if row.shown else Badge("未在公布")),
    Column("contacts", "联系", kind="count", unit="次", sort=True, minor=True),
    Column("due", "应联系至", kind="day", sort=True, minor=True),
    Column("state", "联系情况", kind="state", value=contact_badge),
)  # fmt: skip


@page("federation.follow")
def honours(request: HttpRequest) -> HttpResponse:
    """Everybody who is honoured, with what they agreed to and when they were kept in touch with."""
    listing = Listing(
        request, title="慈善先进典型", noun="项", columns=COLUMNS, ident="id",
        filters=by_year(request, "全部", forms.HonourSearch), rows=lambda words: queries.honour_lines(request.today, **words),
        export=exporting(request, "records.book", HONOURS.key), empty="没有符合条件的先进典型。",
    )  # fmt: skip
    return listing.response("federation/honours.html", {"book": HONOURS, "may_tell": request.actor.may(HONOURS.write)})


@page("federation.follow")
@require_GET
def honour(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One honour: for what, what was agreed to, where it was published, how contact is kept."""
    row = queries.honour_here(by=request.actor, entry_id=entry_id)
    record_seen(by=request.actor, verb="federation.open", kind="records.entry", subject=row.pk, area=row.area)
    running = row.state == EntryState.STANDING and (row.until is None or row.until > request.today)
    owed = occurrences([CONTACT], on=request.today).filter(subject=str(row.pk), first__lte=request.today)
    shown = [item.notice for item in notices_of_case(queries.honour_case(row.pk))]
    context = {
        "row": row, "name": queries.honour_name(row), "facts": _facts(row), "running": running,
        "consent": Badge(Consent(row.values["consent"]).zh, WISHES[Consent(row.values["consent"])]),
        "contacts": [(one, CONTACT_WAYS[one.values["way"]]) for one in queries.contacts_of(row)],
        "owed": [(one, _badge(one, request)) for one in owed.order_by("-first", "-number")[:8]],
        "notices": [(notice, notice_badge(notice)) for notice in shown], "may_tell": running and request.actor.may(HONOURS.write),
    }  # fmt: skip
    return render(request, "federation/honour.html", context)


def _badge(one: Any, request: HttpRequest) -> Badge:
    state = state_on(TaskState(one.state), one.first, one.late_after, one.done_on, request.today)
    return Badge(state.zh, TONES.get(state, Tone.QUIET))


def _facts(row: Any) -> list[Fact]:
    words = row.values
    return [
        Fact("称号", words["title"]), Fact("授予单位", words["body"]), Fact("授予日期", row.day, "day"),
        Fact("表彰文件", words.get("document")), Fact("对象", "单位" if words.get("unit") else "个人"),
        Fact("联系服务", "列为联系服务对象" if words.get("served") else "未列入"), Fact("主要事迹", words.get("deeds")),
        *([Fact("撤销日期", row.until, "day", note=row.why)] if row.until else []),
    ]  # fmt: skip


def _crumbs(row: Any = None) -> Trail:
    top = (("慈善先进典型", reverse("federation:honours")),)
    return (*top, (queries.honour_name(row), reverse("federation:honour", args=[row.pk]))) if row else top


@page("federation.tell")
@require_http_methods(["GET", "POST"])
def award(request: HttpRequest) -> HttpResponse:
    """Somebody is honoured."""
    start = {"unit": "0", "minor": "0", "served": "0", "consent": Consent.UNASKED.value, "day": request.today.isoformat()}
    form = forms.Award(request.POST or None, request.FILES or None, initial=start)

    def act() -> str:
        words = {"number": form.cleaned_data["number"] or "", "letter": form.cleaned_data["letter"]}
        made = actions.award(by=request.actor, on=request.today, values=form.values, **words)
        return reverse("federation:honour", args=[made.pk])

    note = (
        "公布姓名须经本人（单位）同意，未成年人须经监护人同意（个人信息保护法第二十五条）；"
        "捐赠人不愿公开的，不公布（慈善法第八十二条）。"
    )
    return carry_out(request, form, act, title="登记表彰", submit="登记", crumbs=_crumbs(), said="已登记。", note=note)


@page("federation.tell")
@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, entry_id: int) -> HttpResponse:
    """What the honoured said to being published."""
    row = queries.honour_here(by=request.actor, entry_id=entry_id)
    start = {"version": row.version, "asked_on": request.today}
    form = forms.RecordConsent(request.POST or None, request.FILES or None, initial=start)

    def act() -> str:
        data = form.cleaned_data | {"consent": Consent(form.cleaned_data["consent"])}
        actions.record_consent(by=request.actor, on=request.today, honour_id=row.pk, **data)
        return reverse("federation:honour", args=[row.pk])

    note = f"同意公布、不留名的，以“{KIND_HEART}”列示。正在公布而本人改变意愿的，名单随即撤下，由经办人重新公布。"
    return carry_out(request, form, act, title="登记公布意愿", submit="登记", crumbs=_crumbs(row), said="已登记。", note=note)


@page("federation.tell")
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, entry_id: int) -> HttpResponse:
    """A model was kept in touch with; from the task or from its page."""
    row = queries.honour_here(by=request.actor, entry_id=entry_id)
    form = forms.Contact(request.POST or None, initial={"day": request.today.isoformat()})

    def act() -> str:
        actions.keep_in_touch(by=request.actor, on=request.today, honour_id=row.pk, values=form.values)
        return reverse("federation:honour", args=[row.pk])

    return carry_out(request, form, act, title="登记联系服务", submit="登记", crumbs=_crumbs(row), said="已登记。")


@page("federation.tell")
@require_http_methods(["GET", "POST"])
def publish_honours(request: HttpRequest) -> HttpResponse:
    """Who of a year will be shown, and who will not and why; then the button that shows them."""
    year = chosen_days(request)[0].year
    form = forms.PublishHonours(request.POST or None, initial={"year": year})

    def act() -> str:
        actions.publish_honours(by=request.actor, on=request.today, **form.cleaned_data)
        return reverse("federation:honours")

    fit, unfit = queries.to_show(year, request.today)
    lines = [(queries.honour_name(one) if one.values["consent"] == Consent.NAMED else KIND_HEART, one) for one in fit]
    left = [(queries.honour_name(one), one, why) for one, why in unfit]
    more = {"year": year, "asked": by_year(request)(request.GET), "fit": lines, "unfit": left, "blocked": not fit}
    return carry_out(request, form, act, title="公布表彰名单", submit="公布", crumbs=_crumbs(), said="名单已公布。", **more)
