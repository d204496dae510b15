"""For the staff: what was sent and what became of it; for the system administrator: the keys of programs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from linli.domains.intake import actions, forms, queries
from linli.domains.intake.rules import PostKind
from linli.kernel.access.actions import handle, press, recording
from linli.kernel.access.rules import page
from linli.kernel.orders.rules import category
from linli.kernel.ui.queries import Listing, moment
from linli.kernel.ui.rules import Badge, Column, Fact, Tone


def _state(one: Any) -> Badge:
    if one.taken_at:
        return Badge("已收取", Tone.GOOD)
    return Badge("未能收取", Tone.BAD) if one.fault else Badge("等待收取", Tone.NOW)


def _order(one: Any) -> str:
    return reverse("hotline:order", args=[one.order_id]) if one.order_id else ""


def _matter(one: Any) -> str:
    found = category(one.category)
    return found.zh if found else ""


COLUMNS = (
    Column("number", "工单号", kind="code", link=_order),
    Column("kind", "类别", value=lambda one: PostKind(one.kind).zh),
    Column("matter", "事项", value=_matter, minor=True),
    Column("place", "事发地", kind="area", minor=True),
    Column("client", "来路", value=lambda one: one.client.name if one.client else "网页", minor=True),
    Column("received_at", "收到时间", kind="moment", sort=True),
    Column("state", "状态", kind="state", value=_state),
    Column("fault", "原因"),
)


@page("intake.see")
def posts(request: HttpRequest) -> HttpResponse:
    """What came over the network, in the order in which it came; the order itself opens from its number."""
    listing = Listing(
        request, title="网上来件", rows=lambda words: queries.posts(**words), columns=COLUMNS, filters=forms.PostSearch,
        noun="件", name_of=lambda one: one.number, empty="还没有网上来件。",
        export=recording(by=request.actor, verb="intake.export", kind="intake.post"),
    )  # fmt: skip
    faulty = list(queries.posts(state="faulty")[:20]) if request.actor.may("intake.receive") else []
    return listing.response("intake/posts.html", {"faulty": faulty})


@page("intake.receive")
@require_POST
def receive_again(request: HttpRequest, post_id: int) -> HttpResponse:
    """Try a post once more that could not be taken in."""
    here, one = reverse("intake:posts"), queries.post_by_id(post_id)

    def act() -> str:
        if actions.receive_post(by=request.actor, at=moment(request), post_id=one.pk):
            messages.success(request, f"已收取{one.number}。")
        else:
            messages.warning(request, f"{one.number}仍未能收取，原因见列表。")
        return here

    return press(request, act, back=here)


CLIENTS = (
    Column("name", "接入方", link=lambda one: reverse("intake:client", args=[one.pk])),
    Column("tail", "密钥末四位", kind="code"),
    Column("per_hour", "每小时上限", kind="count", minor=True),
    Column("issued_on", "签发", kind="day", sort=True),
    Column("revoked_on", "停用", kind="day", sort=True),
)


@page("intake.keep_clients")
def clients(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="接口密钥", rows=lambda words: queries.clients(**words), columns=CLIENTS,
        filters=forms.ClientSearch, noun="个", name_of=lambda one: one.name, empty="还没有签发接口密钥。",
        export=recording(by=request.actor, verb="intake.export_clients", kind="intake.client"),
    )  # fmt: skip
    return listing.response("intake/clients.html")


@page("intake.keep_clients")
@require_http_methods(["GET", "POST"])
def new_client(request: HttpRequest) -> HttpResponse:
    """Issue a key. It is shown on the next page, once."""
    form = forms.ClientForm(request.POST or None)

    def act() -> str:
        made, key = actions.issue_client(by=request.actor, on=request.today, **form.cleaned_data)
        request.session["intake.key"] = key
        return reverse("intake:client", args=[made.pk])

    if (answer := handle(request, form, act, said="已签发。")) is not None:
        return answer
    words = {"form": form, "title": "签发接口密钥", "submit": "签发", "back": reverse("intake:clients")}
    return render(request, "intake/form_page.html", words, status=422 if form.is_bound else 200)


@page("intake.keep_clients")
@require_http_methods(["GET", "POST"])
def client(request: HttpRequest, client_id: int) -> HttpResponse:
    """One program: its key right after it was issued, and the form that ends it."""
    one = queries.clients().filter(pk=client_id).first()
    if one is None:
        raise Http404
    form = forms.Revoke(request.POST or None) if one.revoked_on is None else None

    def act() -> str:
        actions.revoke_client(by=request.actor, on=request.today, client=one, why=form.cleaned_data["why"])
        return reverse("intake:clients")

    if form is not None and (answer := handle(request, form, act, said="已停用，立即生效。")) is not None:
        return answer
    facts = [
        Fact("密钥末四位", one.tail, "code"), Fact("联系人", one.contact or "没有填写"), Fact("每小时上限", f"{one.per_hour}件"),
        Fact("签发", f"{one.issued_on}，{one.issued_by.name}"),
        *([Fact("停用", f"{one.revoked_on}，{one.revoked_by.name}", note=one.why)] if one.revoked_on else []),
    ]  # fmt: skip
    words = {"client": one, "facts": facts, "form": form, "key": request.session.pop("intake.key", "")}
    return render(request, "intake/client.html", words, status=422 if form is not None and form.is_bound else 200)
