"""The knowledge base: by word, pinyin or initials, and by the category of the call."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from linli.base.text import plain
from linli.domains.hotline.models import Article
from linli.kernel.access.rules import Forbidden


def articles(*, on: date, words: str = "", category: str = "", due: str = "") -> QuerySet[Article]:
    """Articles in force, by category and title. ``due``: those whose review is over."""
    found = Article.objects.filter(Q(until=None) | Q(until__gt=on)).order_by("category", "title")
    for word in words.split()[:4]:
        found = found.filter(Q(keys__contains=plain(word).casefold()) | Q(text__contains=word))
    if category:
        found = found.filter(category__startswith=category)
    return found.filter(review_on__lte=on) if due else found


def matching_articles(on: date, *, words: str = "", category: str = "", most: int = 6) -> list[Article]:
    """What to read beside the form: what was searched for, else what belongs to the category (or the kind above it)."""
    if words:
        return list(articles(on=on, words=words)[:most])
    if not category:
        return []
    near = [category, category[:4], category[:2]]
    rows = [one for one in articles(on=on) if one.category in near]
    return sorted(rows, key=lambda one: (near.index(one.category), one.title))[:most]


def article_by_id(article_id: int) -> Article:
    """The article. :raises Forbidden: there is none."""
    found = Article.objects.select_related("changed_by").filter(pk=article_id).first()
    if found is None:
        raise Forbidden("没有这条知识，或它已停用。")
    return found
