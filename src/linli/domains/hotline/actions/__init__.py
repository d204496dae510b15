"""Writes of the hotline: drafts, the knowledge base, surveys. What happens to an order is an action of kernel/orders."""

from linli.domains.hotline.actions.drafts import clear_drafts, drop_draft, keep_draft
from linli.domains.hotline.actions.knowledge import keep_article, retire_article
from linli.domains.hotline.actions.surveys import close_survey, draw_survey, enter_answer, reveal_sampled

__all__ = [
    "clear_drafts",
    "close_survey",
    "draw_survey",
    "drop_draft",
    "enter_answer",
    "keep_article",
    "keep_draft",
    "retire_article",
    "reveal_sampled",
]
