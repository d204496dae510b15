"""What is offered at which price: the list for everybody who orders, items, prices and departments of a provider."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from linli.base.money import show_yuan
from linli.domains.providers import actions, forms, queries
from linli.domains.providers.rules import Measure, Service
from linli.domains.providers.views.common import carry_out, provider_page, standing_badge
from linli.domains.providers.views.members import trail
from linli.kernel.access.actions import press, recording
from linli.kernel.access.rules import page
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column, Fact

COLUMNS = (
    Column("service", "服务", value=lambda one: Service(one.service).zh, sort="service"),
    Column("name", "项目", sort=True, link=lambda one: provider_page(one.provider)),
    Column("fen", "单价", kind="money", sort=True),
    Column("measure", "计价单位", value=lambda one: Measure(one.measure).zh),
    Column("provider", "服务商", value="provider.name", sort="provider__sort_key"),
    Column("department", "服务部", value="department.name", minor=True),
    Column("standing", "状态", kind="state", value=lambda one: standing_badge(one.provider), minor=True),
)


@page("providers.see")
def offers(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="服务项目和价格", rows=lambda words: queries.offers(request.today, **words), columns=COLUMNS, noun="项",
        filters=forms.OfferSearch, name_of=lambda one: one.name, empty="还没有服务项目。",
        export=recording(by=request.actor, verb="providers.export", kind="providers.offer"),
    )  # fmt: skip
    return listing.response("providers/offers.html")


@page("providers.keep")
@require_http_methods(["GET", "POST"])
def new_offer(request: HttpRequest, provider_id: int) -> HttpResponse:
    one = queries.provider(provider_id)
    form = forms.NewOffer(request.POST or None, departments=list(queries.departments_of(one)))

    def act() -> str:
        actions.add_offer(by=request.actor, on=request.today, provider=one, **form.cleaned_data)
        return provider_page(one)

    return _shown(request, form, act, one, "登记服务项目", "登记", said="已登记服务项目。")


@page("providers.keep")
@require_http_methods(["GET", "POST"])
def price(request: HttpRequest, offer_id: int) -> HttpResponse:
    """A new price from a day on, with all that were told before."""
    offer = queries.offer(offer_id)
    form = forms.NewPrice(request.POST or None, initial={"since": request.today})

    def act() -> str:
        actions.set_price(by=request.actor, on=request.today, offer=offer, **form.cleaned_data)
        return provider_page(offer.provider)

    facts = [Fact("项目", f"{offer.name}（按{Measure(offer.measure).zh}）")]
    facts += [Fact(f"{row.since}起", f"{show_yuan(row.fen)}元", note=row.by.name) for row in queries.prices_of(offer)[:6]]
    return _shown(request, form, act, offer.provider, f"登记新价格：{offer.name}", "登记", facts=facts, said="已登记新价格。")


@page("providers.keep")
@require_POST
def end_offer(request: HttpRequest, offer_id: int) -> HttpResponse:
    offer = queries.offer(offer_id)
    back = provider_page(offer.provider)

    def act() -> str:
        actions.end_offer(by=request.actor, on=request.today, offer=offer)
        return back

    return press(request, act, back=back, said=f"{offer.name}已停止，已下的单照常服务。")


@page("providers.keep")
@require_http_methods(["GET", "POST"])
def new_department(request: HttpRequest, provider_id: int) -> HttpResponse:
    one = queries.provider(provider_id)
    form = forms.NewDepartment(request.POST or None)

    def act() -> str:
        actions.add_department(by=request.actor, on=request.today, provider=one, **form.cleaned_data)
        return provider_page(one)

    return _shown(request, form, act, one, "登记服务部", "登记", said="已登记服务部。")


@page("providers.keep")
@require_POST
def end_department(request: HttpRequest, department_id: int) -> HttpResponse:
    department = queries.department(department_id)
    back = provider_page(department.provider)

    def act() -> str:
        actions.end_department(by=request.actor, on=request.today, department=department)
        return back

    return press(request, act, back=back, said=f"{department.name}已撤销。")


def _shown(
    request: HttpRequest, form: Any, act: Any, one: Any, title: str, submit: str, facts: Any = (), said: str = ""
) -> HttpResponse:
    here = provider_page(one)
    facts = facts or [Fact("服务商", one.name)]
    return carry_out(
        request, form, act, title=title, submit=submit, back=here, crumbs=trail((one.name, here)), facts=facts, said=said
    )
