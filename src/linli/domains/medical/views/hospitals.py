"""Designated hospitals: agreements, what each has laid out, and paying it by statement."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.domains.medical import actions, forms, queries
from linli.domains.medical.rules import GROUP
from linli.domains.medical.views.bills import COLUMNS as BILL_COLUMNS
from linli.domains.medical.views.common import carry_out
from linli.kernel.access.actions import press, record_seen
from linli.kernel.access.rules import page
from linli.kernel.ledgers.forms import PayFrom
from linli.kernel.ledgers.queries import funds_for, order_by_source
from linli.kernel.ledgers.rules import OrderState
from linli.kernel.registry.queries import organisations
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Fact

PLACES = ("定点医院结算", "medical:hospitals")


def _trail() -> tuple[tuple[str, str], ...]:
    return ((PLACES[0], reverse(PLACES[1])),)


@page("medical.pay")
@require_safe
def hospitals(request: HttpRequest) -> HttpResponse:
    """Every designated hospital with what it has laid out, and the statements so far; no patient is named here."""
    words = {
        "owed": queries.owed(until=request.today), "hospitals": queries.hospitals(request.today),
        "statements": queries.statements()[:100],
    }  # fmt: skip
    record_seen(by=request.actor, verb="medical.hospitals", kind="medical.hospital", rows=len(words["owed"]))
    return render(request, "medical/hospitals.html", words)


@page("medical.designate")
@require_http_methods(["GET", "POST"])
def designate(request: HttpRequest) -> HttpResponse:
    places = list(organisations(request.today, kind="hospital"))
    form = forms.Designate(request.POST or None, places=places, initial={"since": request.today})

    def act() -> str:
        data = form.cleaned_data
        actions.designate(
            by=request.actor, on=request.today, organisation_id=data["organisation"], agreement=data["agreement"],
            since=data["since"],
        )  # fmt: skip
        return reverse(PLACES[1])

    return carry_out(request, form, act, title="登记定点医院", submit="登记", crumbs=_trail(), said="已登记定点医院。")


@page("medical.designate")
@require_POST
def end(request: HttpRequest, hospital_id: int) -> HttpResponse:
    one, back = queries.hospital(hospital_id), reverse(PLACES[1])

    def act() -> str:
        actions.end_designation(by=request.actor, on=request.today, hospital=one)
        return back

    return press(request, act, back=back, said="协议已终止。以前的结算照常付款。")


@page("medical.state")
@require_http_methods(["GET", "POST"])
def state(request: HttpRequest, hospital_id: int) -> HttpResponse:
    """What a hospital laid out becomes one statement."""
    one = queries.hospital(hospital_id)
    form = forms.State(request.POST or None, initial={"until": request.today})

    def act() -> str:
        made = actions.state_bills(by=request.actor, on=request.today, hospital=one, until=form.cleaned_data["until"])
        return reverse("medical:statement", args=[made.pk])

    waiting = queries.owed(until=request.today, hospital=one.pk)
    facts = [
        Fact("定点医院", one.name), *(Fact("垫付的救助款", each.amount, kind="money") for each in waiting),
        *(Fact("笔数", f"{each.bills}笔") for each in waiting),
    ]  # fmt: skip
    return carry_out(
        request, form, act, title=f"核定{one.name}的结算", submit="核定", crumbs=_trail(), said="已核定，由财务开付款单。",
        facts=facts, note="" if waiting else "这家医院没有等待结算的救助款。",
    )  # fmt: skip


@page("medical.order")
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, statement_id: int) -> HttpResponse:
    """The payment order of a statement."""
    one = queries.statement(statement_id)
    form = PayFrom(request.POST or None, funds=funds_for(GROUP))

    def act() -> str:
        actions.pay_statement(by=request.actor, on=request.today, statement=one, fund_id=form.cleaned_data["fund"])
        return reverse("medical:statement", args=[one.pk])

    facts = [Fact("定点医院", one.hospital.name), Fact("笔数", f"{one.bills}笔"), Fact("金额", one.amount, kind="money")]
    return carry_out(
        request, form, act, title="开医疗救助付款单", submit="开付款单", crumbs=_trail(), said="付款单已开，可以编入发放批次。",
        facts=facts,
    )  # fmt: skip


@page("medical.pay")
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, statement_id: int) -> HttpResponse:
    """A statement: its sum, the payment, and its bills for those who may read them."""
    one = queries.statement(statement_id)
    order = order_by_source(queries.source_of(one))
    facts = [
        Fact("定点医院", one.hospital.name), Fact("结算截止日", one.last, kind="day"), Fact("笔数", f"{one.bills}笔"),
        Fact("金额", one.amount, kind="money"), Fact("核定", f"{one.made_by.name}，{one.made_on}"),
        Fact("付款", OrderState(order.state).zh if order else "等待财务开付款单"),
    ]  # fmt: skip
    listing = None
    if request.actor.may("medical.see"):
        listing = Listing(
            request, title="结算明细", rows=lambda words: queries.bills().filter(statement=one), columns=BILL_COLUMNS,
            order="-left_on", noun="笔", name_of=lambda row: row.invoice, empty="没有明细。",
        )  # fmt: skip
    record_seen(by=request.actor, verb="medical.statement", kind="medical.statement", subject=one.pk, area=one.area)
    words = {"statement": one, "facts": facts}
    return listing.response("medical/statement.html", words) if listing else render(request, "medical/statement.html", words)
