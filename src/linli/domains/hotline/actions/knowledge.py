"""Keeping the knowledge base."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from linli.base.text import tidy
from linli.domains.hotline.models import Article
from linli.domains.hotline.rules import keys_of
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.orders.rules import categories

KIND = "hotline.article"


@action("hotline.keep_article")
def keep_article(
    *, by: Actor, on: date, title: str, text: str, owner: str, review_on: date, category: str = "", basis: str = "",
    words: str = "", article: Article | None = None,
) -> Article:  # fmt: skip
    """Write an article, or a new version of one. It must be looked at again later than today."""
    if review_on <= on:
        raise Refused("复核日期应晚于今天。", field="review_on")
    if category and category not in categories():
        raise Refused("没有这个事项分类，请重新选择。", field="category")
    kept: dict[str, Any] = {
        "title": tidy(title)[:80], "text": text.strip(), "owner": tidy(owner)[:60], "review_on": review_on, "category": category,
        "basis": tidy(basis)[:200], "words": tidy(words)[:200], "keys": keys_of(tidy(title), tidy(words)), "changed_on": on,
        "changed_by_id": by.own_hand,
    }  # fmt: skip
    try:
        with transaction.atomic():
            made = _changed(article, kept) if article else Article.objects.create(area=by.area, **kept)
    except IntegrityError as fault:
        raise Refused("已有同名的知识条目，请修改标题，或直接更新那一条。", field="title") from fault
    about(KIND, made.pk, area=made.area, version=made.version)
    return made


def _changed(article: Article, kept: dict[str, Any]) -> Article:
    same = Article.objects.filter(pk=article.pk, version=article.version, until=None)
    if not same.update(**kept, version=F("version") + 1):
        raise Stale("这条知识刚才已有人更新，请刷新后再改。")
    article.refresh_from_db()
    return article


@action("hotline.keep_article")
def retire_article(*, by: Actor, on: date, article: Article) -> Article:
    """Take an article out of use; it can still be read at its own address."""
    if not Article.objects.filter(pk=article.pk, until=None).update(until=on):
        raise Stale("这条知识已经停用。")
    article.refresh_from_db()
    about(KIND, article.pk, area=article.area, until=on.isoformat())
    return article
