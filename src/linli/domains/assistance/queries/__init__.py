"""Reads: applications and all that was entered of them, the law's answer, what is still needed, postings, tasks."""

from linli.domains.assistance.queries.applications import (
    answer_of,
    answers_of,
    application,
    application_of_case,
    applications,
    appraisals_of,
    beside,
    consents_of,
    helped_by,
    inquiries_of,
    inquiry_of,
    kin_of,
    line_of,
    lines_of,
    living,
    member_of,
    members_of,
    page_words,
    scheme_of,
    supporter_of,
    supporters_of,
    untold,
    verifies,
    visit_of,
    visits_of,
)
from linli.domains.assistance.queries.desk import deaths_in, desk_tasks, to_verify, with_deaths
from linli.domains.assistance.queries.family import ADULT, family_of
from linli.domains.assistance.queries.judging import Answered, answer, comparison, consent_term, judge, procedure
from linli.domains.assistance.queries.letters import listed, to_tell
from linli.domains.assistance.queries.needs import is_drawn, may_hear, must_visit, needs
from linli.domains.assistance.queries.panel import panel, warnings
from linli.domains.assistance.queries.postings import POSTS, on_show, waiting
from linli.domains.assistance.queries.reckoning import (
    dibao_articles,
    dibao_month,
    dibao_told,
    dues_in,
    monthly_of,
    tekun_articles,
    tekun_month,
    tekun_told,
)
from linli.domains.assistance.queries.trials import (
    levers_on,
    moves_of,
    sums_by_programme,
    sums_by_town,
    trial_lines,
    trial_of,
    trials,
)
from linli.domains.assistance.queries.wishes import (
    applicant_of,
    code_of,
    public_progress,
    to_forget,
    wish_due,
    wish_identity,
    wish_of,
    wish_phone,
    wish_tasks,
    wishes,
)

__all__ = [
    "ADULT", "POSTS", "Answered", "answer", "answer_of", "answers_of", "applicant_of", "application", "application_of_case",
    "applications", "appraisals_of", "beside", "code_of", "comparison", "consent_term", "consents_of", "deaths_in", "desk_tasks",
    "dibao_articles", "dibao_month", "dibao_told", "dues_in", "family_of", "helped_by", "inquiries_of", "inquiry_of",
    "is_drawn", "judge", "kin_of", "levers_on", "line_of", "lines_of", "listed", "living", "may_hear", "member_of", "members_of",
    "monthly_of", "moves_of", "must_visit", "needs", "on_show", "page_words", "panel", "procedure", "public_progress",
    "scheme_of", "sums_by_programme", "sums_by_town", "supporter_of", "supporters_of", "tekun_articles", "tekun_month",
    "tekun_told", "to_forget", "to_tell",
    "to_verify", "trial_lines", "trial_of", "trials", "untold", "verifies", "visit_of", "visits_of",
    "waiting", "warnings", "wish_due", "wish_identity", "wish_of", "wish_phone", "wish_tasks", "wishes", "with_deaths",
]  # fmt: skip
