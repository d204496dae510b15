"""What the hotline adds to orders: articles of the knowledge base, and the watch of its room."""

from __future__ import annotations

from datetime import date

from linli.base.areas import Level
from linli.base.readings import reading_of
from linli.domains.hotline.rules.jobs import NOTICE, SHOWN, VACANCIES, WISHES, Offered, Placing, Trade, why_not
from linli.domains.hotline.rules.survey import GROWN, LEAST, MOST, SPOKE, Awareness, SurveyAnswer, SurveyWay
from linli.kernel.duties.rules import Duty, Everywhere, Rota

__all__ = [
    "EVENTS", "GROWN", "LEAST", "MOST", "NOTICE", "REVIEW_MONTHS", "SHOWN", "SPOKE", "VACANCIES", "WATCH", "WISHES",
    "Awareness", "Offered", "Placing", "SurveyAnswer", "SurveyWay", "Trade", "keys_of", "why_not",
]  # fmt: skip
EVENTS = "hotline.events"
REVIEW_MONTHS = 12
"""After so many months an article has to be looked at again (house rule)."""
WATCH = Duty(
    "hotline.watch", "热线值班", "市民服务热线每天24小时值班，同时在岗不少于2人",
    "热线值班制度（参照GB/T 33358-2016：7×24小时服务）",
    Everywhere(Level.DISTRICT), Rota(least=2), permission="orders.call_back", since=date(2010, 12, 1), told="orders.rule",
)  # fmt: skip


def keys_of(title: str, words: str) -> str:
    """Everything by which an article is found: its title and words, their pinyin and initials, in small letters."""
    parts = [title, *words.replace("，", ",").split(",")]
    read = [[reading_of(character).rstrip("12345") for character in part] for part in parts]
    whole, first = ["".join(one) for one in read], ["".join(part[:1] for part in one) for one in read]
    return " ".join([*parts, *whole, *first]).casefold()[:1000]
