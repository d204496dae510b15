"""Reads of the hotline."""

from linli.domains.hotline.queries.console import Caller, callers, draft_of
from linli.domains.hotline.queries.figures import closed_orders, received_orders
from linli.domains.hotline.queries.jobs import (
    introduced,
    introduction_by_id,
    introductions,
    placed,
    placed_at,
    vacancies,
    wish_by_id,
    wishes,
)
from linli.domains.hotline.queries.knowledge import article_by_id, articles, matching_articles
from linli.domains.hotline.queries.surveys import (
    asked,
    awareness_of,
    counted,
    drawn,
    frame,
    mend_by_id,
    mends_of,
    mends_to_decide,
    sample_of,
    sampled_by_id,
    survey_by_id,
    surveys,
)
from linli.domains.hotline.queries.tasks import desk_tasks

__all__ = [
    "Caller",
    "article_by_id",
    "articles",
    "asked",
    "awareness_of",
    "callers",
    "closed_orders",
    "counted",
    "desk_tasks",
    "draft_of",
    "drawn",
    "frame",
    "introduced",
    "introduction_by_id",
    "introductions",
    "matching_articles",
    "mend_by_id",
    "mends_of",
    "mends_to_decide",
    "placed",
    "placed_at",
    "received_orders",
    "sample_of",
    "sampled_by_id",
    "survey_by_id",
    "surveys",
    "vacancies",
    "wish_by_id",
    "wishes",
]
