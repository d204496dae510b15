"""The guide: one definition of every item, for residents, for staff and on paper. The public pages read no table."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.domains.hall import forms, queries
from linli.domains.hall.rules import Group, Item, times_of
from linli.kernel.access.rules import page, public_page
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column


def _where(one: Item) -> str:
    return "、".join(level.zh for level in sorted(one.taken, reverse=True))


def _fee(one: Item) -> str:
    return f"{one.fee / 100:g}元" if one.fee else "不收费"


PUBLIC = (
    Column("zh", "事项", link=lambda one: reverse("hall:guide_item", args=[one.code])),
    Column("window", "窗口", value="window.zh", minor=True),
    Column("where", "哪里办", value=_where),
    Column("time", "多久办好"),
    Column("fee", "收费", value=_fee, minor=True),
)
STAFF = (
    Column("code", "编码", kind="code", sort=True, link=lambda one: reverse("hall:item", args=[one.code])),
    Column("zh", "事项", sort=True),
    Column("window", "窗口", value="window.zh", sort=True),
    Column("where", "受理层级", value=_where, minor=True),
    Column("decided", "决定层级", value="decided.zh", minor=True),
    Column("legal", "法定时限", value="legal.zh", minor=True),
    Column("time", "承诺时限"),
    Column("passed_down", "下放", value=lambda one: "下放村居" if one.passed_down else ""),
    Column("version", "版本", value=lambda one: f"第{one.version}版", minor=True),
    Column("since", "启用日期", kind="day", minor=True),
)  # fmt: skip


def _found(request: HttpRequest, code: str) -> Item:
    one = queries.item_on(code, request.today)
    if one is None:
        raise Http404
    return one


def _words(request: HttpRequest, one: Item) -> dict[str, Any]:
    return {
        "item": one, "where": _where(one), "fee": _fee(one), "times": times_of(one), "complaint": queries.catalogue().complaint,
        "norms": queries.norms_of(one, request.today),
    }  # fmt: skip


@public_page
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Everything that can be done at a hall, by words, pinyin initials, window and who one is."""
    listing = Listing(
        request, title="办事指南", rows=lambda words: queries.items(on=request.today, **words), columns=PUBLIC,
        filters=forms.GuideSearch, noun="项", ident="code", export=None,
        empty="没有找到这样的事项。请换一个说法，或者拨打咨询电话。",
    )  # fmt: skip
    bundles = [(one, [item for code in one.codes if (item := queries.item_on(code, request.today))])
               for one in queries.catalogue().bundles]
    words = {"groups": Group.choices(), "bundles": bundles, "complaint": queries.catalogue().complaint}
    return listing.response("hall/guide.html", words)


@public_page
@require_safe
def guide_item(request: HttpRequest, item: str) -> HttpResponse:
    """One item: who, papers, steps, days, fee, basis, where to ask and to complain; prints on one sheet."""
    return render(request, "hall/guide_item.html", _words(request, _found(request, item)))


@public_page
@require_safe
def guide_papers(request: HttpRequest, item: str) -> HttpResponse:
    """The check-list of papers, to tick at home."""
    return render(request, "hall/guide_papers.html", _words(request, _found(request, item)))


@public_page
@require_safe
def guide_norms(request: HttpRequest) -> HttpResponse:
    """The norms of service as they stand today."""
    return render(request, "hall/guide_norms.html", {"norms": queries.catalogue().norms_on(request.today)})


@page("hall.see")
def items(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="服务事项目录", rows=lambda words: queries.items(on=request.today, **words), columns=STAFF, order="code",
        filters=forms.ItemSearch, noun="项", ident="code", name_of=lambda one: one.zh,
    )  # fmt: skip
    return listing.response("hall/items.html")


@page("hall.see")
@require_safe
def item(request: HttpRequest, item: str) -> HttpResponse:
    """The same guide as residents read, with the versions and the way of the case."""
    one = _found(request, item)
    return render(request, "hall/item.html", _words(request, one) | {"versions": queries.versions_of(one.code)})
