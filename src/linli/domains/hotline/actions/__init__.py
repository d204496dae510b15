"""Writes of the hotline: drafts, articles, surveys, introductions. What happens to an order is an action of kernel/orders."""

from linli.domains.hotline.actions.drafts import clear_drafts, drop_draft, keep_draft
from linli.domains.hotline.actions.jobs import draft_jobs, enter_result, introduce, see_vacancies
from linli.domains.hotline.actions.knowledge import keep_article, retire_article
from linli.domains.hotline.actions.mending import decide_mend, mend_answer
from linli.domains.hotline.actions.surveys import close_survey, draw_survey, enter_answer, reveal_sampled

__all__ = [
    "clear_drafts",
    "close_survey",
    "decide_mend",
    "draft_jobs",
    "draw_survey",
    "drop_draft",
    "enter_answer",
    "enter_result",
    "introduce",
    "keep_article",
    "keep_draft",
    "mend_answer",
    "retire_article",
    "reveal_sampled",
    "see_vacancies",
]
