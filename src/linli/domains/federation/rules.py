"""Words of the charity network and of its publicity, and the pure rules about them."""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass
from urllib.parse import urlsplit

from linli.base.areas import Level, is_unit_area
from linli.base.named import Named
from linli.kernel.ledgers.rules import PostingKind

CONTACT = "federation.contact"
COMING = PostingKind.RECEIVE.value
BETWEEN = PostingKind.TRANSFER.value
TERM_AHEAD = 60
"""So many days before a term is over the new election is among the tasks (house rule)."""


class BodyLevel(Named):
    """The levels of the network: the district's federation, a branch in each town, a station in a village or community."""

    DISTRICT = "district", "区慈善总会"
    TOWN = "town", "镇街慈善分会"
    STATION = "station", "村居慈善工作站"

    def book_of(self, seat: str) -> str:
        """The area whose organisation, and whose books, a body of this level with its office at ``seat`` is.

        The federation is one of the district's own units, so that no town keeps it; the others lie in a town.
        Raises ValueError, in Chinese, when the place does not fit the level.
        """
        if self is BodyLevel.DISTRICT:
            if not is_unit_area(seat):
                raise ValueError("区慈善总会应设在区直单位，请重新选择办公地点；没有相应单位的，请先在“区划”中设立。")
            return seat[: Level.DISTRICT.digits].ljust(12, "0")
        if is_unit_area(seat):
            raise ValueError("分会和工作站应设在镇街的村（居），请重新选择办公地点。")
        return seat[: Level.TOWN.digits].ljust(12, "0") if self is BodyLevel.TOWN else seat


OFFICES = {
    "president": "会长", "vice": "副会长", "secretary": "秘书长", "deputy": "副秘书长", "supervisor": "监事", "council": "理事",
    "staff": "工作人员",
}  # fmt: skip
"""What somebody is in a body, in the order in which they are named."""
SINGLE = ("president", "secretary")
"""Offices that one person holds at a time."""
ENGAGEMENTS = {"full": "专职", "part": "兼职"}
STATUTE = "statute"
PAPER_KINDS = {STATUTE: "章程", "measures": "暂行办法", "rule": "管理制度"}
BULLETIN_KINDS = {"conference": "新闻发布会", "circular": "情况通报"}
OUTLETS = {"newspaper": "报刊", "television": "电视", "radio": "广播", "web": "网络"}
CONTACT_WAYS = {"visit": "上门走访", "phone": "电话联系", "talk": "座谈", "festival": "节日慰问"}


class Consent(Named):
    """What the honoured say to being published (个人信息保护法 §25: separate consent; 慈善法 §82)."""

    UNASKED = "unasked", "尚未征询"
    NAMED = "named", "同意公布姓名"
    UNNAMED = "unnamed", "同意公布，不留名"
    REFUSED = "refused", "不同意公布"

    @property
    def allows(self) -> bool:
        """Whether the honour may be published at all."""
        return self in (Consent.NAMED, Consent.UNNAMED)


KIND_HEART = "爱心人士"
"""How somebody stands in a published list who does not want to be named."""


@dataclass(frozen=True)
class Money:
    """The money of one organisation in a period, in fen, and what lies there at its end.

    ``moved``: handed over by other levels, less what was handed to them. ``paid``: left the accounts, recovered money taken off.
    """

    received: int = 0
    moved: int = 0
    granted: int = 0
    paid: int = 0
    balance: int = 0

    def __add__(self, other: Money) -> Money:
        return Money(*(mine + its for mine, its in zip(astuple(self), astuple(other), strict=True)))


def is_link(text: str) -> bool:
    """Whether a text is the address of a web page."""
    try:
        found = urlsplit(text)
        return found.scheme in {"http", "https"} and "." in (found.hostname or "") and not re.search(r"\s", text)
    except ValueError:
        return False


def pieces(text: str, longest: int) -> list[str]:
    """A paragraph in pieces of at most so many signs, parted after sentences, else after clauses, else anywhere."""
    found: list[str] = []
    while len(text) > longest:
        head = text[:longest]
        cut = next((at + 1 for signs in ("。！？", "；，、") if (at := max(head.rfind(sign) for sign in signs)) > 0), longest)
        found.append(text[:cut])
        text = text[cut:]
    return [*found, text] if text else found
