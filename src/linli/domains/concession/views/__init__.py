"""Pages of charity medical cards."""

from linli.domains.concession.views.cards import card, cards, end, find, issue, replace, review, without
from linli.domains.concession.views.hospitals import agree, end_agreement, hospitals, publish
from linli.domains.concession.views.visits import cancel, enter, visit, visits

__all__ = [
    "agree", "cancel", "card", "cards", "end", "end_agreement", "enter", "find", "hospitals", "issue", "publish", "replace",
    "review", "visit", "visits", "without",
]  # fmt: skip
