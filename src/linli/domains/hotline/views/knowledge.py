"""The knowledge base: found by word, pinyin or initials; kept by the centre, looked at again by its day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.domains.hotline import actions, forms, queries
from linli.domains.hotline.views.common import carry_out, matter
from linli.kernel.access.actions import press
from linli.kernel.access.rules import page
from linli.kernel.orders.rules import categories
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone


def _category(one: Any) -> str:
    found = categories().get(one.category)
    return found.zh if found else matter(one.category) if one.category else "不限"


@page("hotline.read_articles")
def articles(request: HttpRequest) -> HttpResponse:
    columns = (
        Column("title", "标题", sort=True, link=lambda one: reverse("hotline:article", args=[one.pk])),
        Column("category", "事项", value=_category, sort="category"), Column("owner", "维护单位", sort=True, minor=True),
        Column("changed_on", "更新日期", kind="day", sort=True, minor=True),
        Column("review_on", "复核日期", kind="state", value=lambda one: _review(one, request), sort="review_on"),
    )  # fmt: skip
    listing = Listing(
        request, title="知识库", noun="条", columns=columns, empty="还没有知识条目。", filters=forms.ArticleSearch,
        rows=lambda words: queries.articles(on=request.today, **words), name_of=lambda one: one.title,
    )  # fmt: skip
    return listing.response("hotline/articles.html", {"may_keep": request.actor.may("hotline.keep_article")})


def _review(one: Any, request: HttpRequest) -> Badge:
    over = one.review_on <= request.today
    return Badge(f"{one.review_on.isoformat()}{'，应复核' if over else ''}", Tone.BAD if over else Tone.QUIET)


@page("hotline.read_articles")
@require_safe
def article(request: HttpRequest, article_id: int) -> HttpResponse:
    one = queries.article_by_id(article_id)
    facts = [
        Fact("事项", _category(one)), Fact("维护单位", one.owner), Fact("依据", one.basis),
        Fact("更新", one.changed_on, "day", note=f"第{one.version}版"), Fact("复核", _review(one, request)),
    ]  # fmt: skip
    may = request.actor.may("hotline.keep_article") and one.until is None and request.actor.covers(one.area)
    return render(request, "hotline/article.html", {"article": one, "facts": facts, "may_keep": may})


@page("hotline.keep_article")
@require_http_methods(["GET", "POST"])
def new_article(request: HttpRequest) -> HttpResponse:
    form = forms.ArticleForm(request.POST or None)
    return _keep(request, form, None, "新增知识")


@page("hotline.keep_article")
@require_http_methods(["GET", "POST"])
def edit_article(request: HttpRequest, article_id: int) -> HttpResponse:
    one = queries.article_by_id(article_id)
    names = ("title", "category", "text", "basis", "owner", "words", "review_on")
    form = forms.ArticleForm(request.POST or None, initial={name: getattr(one, name) for name in names})
    return _keep(request, form, one, f"更新：{one.title}")


def _keep(request: HttpRequest, form: Any, one: Any, title: str) -> HttpResponse:
    back = reverse("hotline:article", args=[one.pk]) if one else reverse("hotline:articles")

    def act() -> str:
        made = actions.keep_article(by=request.actor, on=request.today, article=one, **form.cleaned_data)
        return reverse("hotline:article", args=[made.pk])

    crumbs = (("知识库", reverse("hotline:articles")),)
    return carry_out(request, form, act, title=title, submit="保存", back=back, crumbs=crumbs, said="已保存。")


@page("hotline.keep_article")
@require_POST
def retire_article(request: HttpRequest, article_id: int) -> HttpResponse:
    one, back = queries.article_by_id(article_id), reverse("hotline:articles")

    def act() -> str:
        actions.retire_article(by=request.actor, on=request.today, article=one)
        return back

    return press(request, act, back=back, said="已停用。")
