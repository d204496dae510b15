"""Cards: the list, who is entitled and has none, who is entitled no longer, handing out, replacing and ending."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.domains.concession import actions, forms, queries
from linli.domains.concession.rules import decide
from linli.domains.concession.views.common import CARDS, LIST, STATES, VISITS, card_page, carry_out, trail
from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.registry.queries import person_by_id, person_by_number
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column, Fact

PEOPLE = (
    Column("name", "姓名", kind="person", sort="sort_key", link=lambda one: reverse("registry:person", args=[one.pk])),
    Column("area", "居住地", kind="area", sort="area"),
)  # fmt: skip
HAND_OUT = Column("issue", "办理", value=lambda one: "发卡", link=lambda one: reverse("concession:issue", args=[one.pk]))


@page("concession.see")
def cards(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title=LIST[0], rows=lambda words: queries.cards(on=request.today, **words), columns=CARDS, order="-issued_on",
        filters=forms.CardSearch, noun="张", name_of=lambda one: one.number, empty="还没有发放优惠卡。",
        export=recording(by=request.actor, verb="concession.export", kind="concession.card"),
    )  # fmt: skip
    return listing.response("concession/cards.html")


@page("concession.see")
def without(request: HttpRequest) -> HttpResponse:
    """The registers know who is in difficulty: whoever is entitled and has no card stands here, nobody is missed."""
    columns = (*PEOPLE, HAND_OUT) if request.actor.may("concession.issue") else PEOPLE
    listing = Listing(
        request, title="符合条件未领卡", rows=lambda words: queries.without_card(request.today, **words), columns=columns,
        order="area", filters=forms.PersonSearch, noun="人", name_of=lambda one: one.name, empty="符合条件的居民都已领卡。",
        export=recording(by=request.actor, verb="concession.export", kind="registry.person"),
    )  # fmt: skip
    return listing.response("concession/list.html", {"title": "符合条件未领卡"})


@page("concession.issue")
def review(request: HttpRequest) -> HttpResponse:
    """Cards whose holders died or are in difficulty no longer; each is ended on its own page."""
    listing = Listing(
        request, title="不再符合条件", rows=queries.no_longer(request.today), columns=CARDS, order="-issued_on", noun="张",
        name_of=lambda one: one.number, empty="持卡人都符合条件。",
        export=recording(by=request.actor, verb="concession.export", kind="concession.card"),
    )  # fmt: skip
    return listing.response("concession/list.html", {"title": "不再符合条件"})


@page("concession.issue")
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    form = forms.Find(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = person_by_number(form.cleaned_data["number"])
        record_seen(by=request.actor, verb="concession.find", kind="registry.person", subject=person.pk if person else "")
        if person is not None:
            return redirect("concession:issue", person.pk)
        form.add_error("number", "本辖区没有登记这个身份证号，请核对号码。")
    words = {"form": form, "title": "发放优惠卡", "submit": "查找领卡人", "trail": trail(), "back": reverse(LIST[1])}
    return render(request, "concession/form_page.html", words, status=422 if form.is_bound else 200)


@page("concession.issue")
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, person_id: int) -> HttpResponse:
    person = person_by_id(person_id)
    if person is None:
        raise Http404
    form = forms.Issue(request.POST or None)

    def act() -> str:
        return card_page(actions.issue(by=request.actor, on=request.today, person_id=person.pk, **form.cleaned_data))

    record_seen(by=request.actor, verb="concession.issue", kind="registry.person", subject=person.pk, area=person.area)
    outcome = decide(queries.facts_for(person, request.today), queries.NAMES)
    facts = [
        Fact("领卡人", person.name), Fact("居住地", person.area, kind="area"),
        *(Fact(step.label, step.value) for step in outcome.steps),
        Fact("发卡条件", "；".join(reason.zh for reason in outcome.reasons)),
        Fact("有效期至", queries.last_day(request.today, person.area), kind="day"),
    ]  # fmt: skip
    return carry_out(
        request, form, act, title=f"发放优惠卡：{person.name}", submit="发卡", crumbs=trail(), said="已发卡。", facts=facts
    )


@page("concession.see")
def card(request: HttpRequest, card_id: int) -> HttpResponse:
    """A card: its holder, its days, and each use of it."""
    one = queries.card_of(card_id, request.today)
    record_seen(by=request.actor, verb="concession.read", kind="concession.card", subject=one.pk, area=one.area)
    newer = getattr(one, "replaced_by", None)
    facts = [
        Fact("持卡人", one.name, href=reverse("registry:person", args=[one.person_id])), Fact("居住地", one.area, kind="area"),
        Fact("发卡依据", queries.NAMES.get(one.ground, one.ground)),
        Fact("发卡", f"{one.issued_on}，{one.issued_by.name}", note=one.proof), Fact("有效期至", one.expires_on, kind="day"),
        Fact("已减免", one.reduced, kind="money"),
        *([Fact("停用", f"{one.ended_on}，{one.ended_why}")] if one.ended_on else []),
        *([Fact("原卡", one.replaces.number, href=card_page(one.replaces))] if one.replaces else []),
        *([Fact("新卡", newer.number, href=card_page(newer))] if newer else []),
    ]  # fmt: skip
    listing = Listing(
        request, title="持卡就医", rows=lambda words: queries.visits(card=one), columns=VISITS, order="-day", noun="次",
        name_of=lambda row: row.receipt, empty="还没有持卡就医。",
    )  # fmt: skip
    return listing.response("concession/card.html", {"card": one, "badge": STATES[one.stands], "facts": facts})


@page("concession.issue")
@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, card_id: int) -> HttpResponse:
    one = queries.card_of(card_id, request.today)
    form = forms.Issue(request.POST or None)

    def act() -> str:
        return card_page(actions.replace_card(by=request.actor, on=request.today, card=one, **form.cleaned_data))

    return carry_out(
        request, form, act, title="挂失补卡", submit="补发新卡", crumbs=trail((one.number, card_page(one))),
        said="原卡已停用，已补发新卡。", facts=[Fact("持卡人", one.name), Fact("原卡号", one.number)],
    )  # fmt: skip


@page("concession.issue")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, card_id: int) -> HttpResponse:
    one = queries.card_of(card_id, request.today)
    form = forms.Why(request.POST or None)

    def act() -> str:
        actions.end_card(by=request.actor, on=request.today, card=one, why=form.cleaned_data["why"])
        return card_page(one)

    return carry_out(
        request, form, act, title="停用优惠卡", submit="停用", crumbs=trail((one.number, card_page(one))), said="优惠卡已停用。",
        facts=[Fact("持卡人", one.name), Fact("卡号", one.number)],
    )  # fmt: skip
