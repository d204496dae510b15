"""Pages of the hotline."""

from linli.domains.hotline.views.acts import act, helping, phone, sign
from linli.domains.hotline.views.checks import check, draw, draw_calls, draws
from linli.domains.hotline.views.console import console
from linli.domains.hotline.views.desks import area_desks, close_desk, desk, desks, new_desk
from linli.domains.hotline.views.jobs import introduce, jobs, placing, tell_jobs
from linli.domains.hotline.views.knowledge import article, articles, edit_article, new_article, retire_article
from linli.domains.hotline.views.line import line
from linli.domains.hotline.views.lists import calls, inbox, orders, waiting
from linli.domains.hotline.views.order import order, picture
from linli.domains.hotline.views.rates import cohort, freeze, leave_out, omission, rates
from linli.domains.hotline.views.surveys import (
    ask,
    close_survey,
    mend,
    mend_answer,
    new_survey,
    sampled_phone,
    survey,
    surveys,
)
from linli.domains.hotline.views.taken import taken
from linli.domains.hotline.views.telephone import call, dial_call, dial_order, events, extension, sign_off, telephone

__all__ = [
    "act", "area_desks", "article", "articles", "ask", "call", "calls", "check", "close_desk", "close_survey", "cohort",
    "console", "desk", "desks", "dial_call", "dial_order", "draw", "draw_calls", "draws", "edit_article", "events", "extension",
    "freeze", "helping", "inbox", "introduce", "jobs", "leave_out", "line", "mend", "mend_answer", "new_article", "new_desk",
    "new_survey", "omission", "order", "orders", "phone", "picture", "placing", "rates", "retire_article", "sampled_phone",
    "sign", "sign_off", "survey", "surveys", "taken", "telephone", "tell_jobs", "waiting",
]  # fmt: skip
