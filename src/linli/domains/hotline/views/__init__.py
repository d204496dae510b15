"""Pages of the hotline."""

from linli.domains.hotline.views.acts import act, helping, phone, sign
from linli.domains.hotline.views.console import console
from linli.domains.hotline.views.desks import area_desks, close_desk, desk, desks, new_desk
from linli.domains.hotline.views.knowledge import article, articles, edit_article, new_article, retire_article
from linli.domains.hotline.views.lists import calls, inbox, orders, waiting
from linli.domains.hotline.views.order import order, picture
from linli.domains.hotline.views.rates import cohort, freeze, leave_out, omission, rates

__all__ = [
    "act", "area_desks", "article", "articles", "calls", "close_desk", "cohort", "console", "desk", "desks", "edit_article",
    "freeze", "helping", "inbox", "leave_out", "new_article", "new_desk", "omission", "order", "orders", "phone", "picture",
    "rates", "retire_article", "sign", "waiting",
]  # fmt: skip
