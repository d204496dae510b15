"""Kinds of notices, as domains declare them: the lawful fields, the days, the places, what becomes of objections."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from linli.base.dated import Former, in_order, said_on
from linli.base.days import Term
from linli.base.named import Named


class Place(Named):
    """Where a notice is shown."""

    BOARD = "board", "公示栏"
    SITE = "site", "网站"
    SCREEN = "screen", "显示屏"


class Show(StrEnum):
    """How a value is shown. A value that fits no way of showing is refused, never shown as it comes."""

    TEXT = "text"
    PROSE = "prose"
    NAME = "name"
    HIDDEN_NAME = "hidden_name"
    MONEY = "money"
    COUNT = "count"
    DAY = "day"
    TOWN = "town"
    NUMBER_HEAD = "number_head"
    PHONE = "phone"
    ACCOUNT_TAIL = "account_tail"


class Minors(StrEnum):
    """What a kind does with people under age: show the surname and 某, or publish no line that names one."""

    SURNAME = "surname"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Who:
    """A person who is named: whether under age (民法典 §17) must always be said, so that it cannot be forgotten."""

    name: str
    minor: bool


# What is never public, and the ways of showing that hide enough of it (个人信息保护法 §25, §28).
_NEVER = re.compile(
    "身份证|证件号|公民身份号码|账号|账户|卡号|电话|手机|住址|地址|门牌|疾病|病种|病情|残疾|收入|identity|account|phone|address"
)
_HIDES = frozenset({Show.TOWN, Show.NUMBER_HEAD, Show.PHONE, Show.ACCOUNT_TAIL})


@dataclass(frozen=True, slots=True)
class LawfulField:
    """One column that the law lets the public see: its key in the row, its heading, how it is shown, the article.

    ``former``: the articles of earlier days.
    """

    key: str
    heading: str
    show: Show
    law: str
    former: Former = ()

    def __post_init__(self) -> None:
        if not (self.key and self.heading and self.law):
            raise ValueError(f"公示项目“{self.heading or self.key}”应写明名称和依据的条款。")
        if _NEVER.search(f"{self.key} {self.heading}") and self.show not in _HIDES:
            raise ValueError(f"“{self.heading}”不得公开，不能列为公示项目。")

    def law_on(self, day: date) -> str:
        """The article that let it be seen on a day."""
        return said_on(day, self.former, self.law)


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice (公示事项). What is not in ``fields`` is never published.

    ``title`` and ``lead`` (the opening sentence) are templates whose words the domain gives: "{area}救助对象公示".
    ``term``: the days on show, from the day after publication; ``answer_within``: the days for answering an objection.
    ``former``: the law of earlier days, each with the day on which it ceased.
    Where the law allows no notice at all (事实无人抚养儿童, 孤儿: 民发〔2019〕62号), no kind is declared.
    """

    key: str
    zh: str
    title: str
    lead: str
    law: str
    fields: tuple[LawfulField, ...]
    term: Term
    answer_within: Term
    places: frozenset[Place] = frozenset({Place.BOARD, Place.SITE})
    objection: bool = True
    minors: Minors = Minors.SURNAME
    former: Former = ()
    words: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        if "." not in self.key:
            raise ValueError(f"{self.key}: a kind of notice is named package.thing")
        if not (self.fields and self.places and self.law):
            raise ValueError(f"{self.zh}：应写明依据、公示项目和公示地点。")
        if not all(map(in_order, (self.former, *(one.former for one in self.fields)))):
            raise ValueError(f"{self.zh}：以前的依据应按废止日期先后排列。")
        keys = [one.key for one in self.fields]
        if len(set(keys)) != len(keys):
            raise ValueError(f"{self.zh}：公示项目重复。")
        if self.term.n < 1 or self.answer_within.n < 1:
            raise ValueError(f"{self.zh}：公示期和答复期限至少一日。")
        names = {name for text in (self.title, self.lead) for _, name, _, _ in string.Formatter().parse(text) if name}
        object.__setattr__(self, "words", frozenset(names))

    def law_on(self, day: date) -> str:
        """The law by which it was posted on a day."""
        return said_on(day, self.former, self.law)

    def written(self, template: str, words: dict[str, str]) -> str:
        """The title or opening sentence with its words. Raises ValueError, in Chinese, naming the missing words."""
        if missing := self.words - words.keys():
            raise ValueError(f"{self.zh}：还缺少{'、'.join(sorted(missing))}，请补充。")
        return template.format_map(words)
