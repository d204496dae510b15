"""Reads of the hotline."""

from linli.domains.hotline.queries.console import Caller, callers, draft_of
from linli.domains.hotline.queries.figures import closed_orders, received_orders
from linli.domains.hotline.queries.knowledge import article_by_id, articles, matching_articles
from linli.domains.hotline.queries.tasks import desk_tasks

__all__ = [
    "Caller",
    "article_by_id",
    "articles",
    "callers",
    "closed_orders",
    "desk_tasks",
    "draft_of",
    "matching_articles",
    "received_orders",
]
