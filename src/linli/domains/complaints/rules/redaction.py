"""Finding in a text for everybody what belongs to somebody: names, numbers, addresses."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from linli.base.masking import holds_number
from linli.base.text import without_invisible
from linli.kernel.publicity.rules import personal_data_in

SHORTEST_PLACE = 4


@dataclass(frozen=True, slots=True)
class Blot:
    """Something that must not stand in a public text: what it is, where it begins, and the words that are meant."""

    zh: str
    start: int
    words: str = ""


def _bare(text: str) -> str:
    """The text without blanks and signs that nobody sees: 张　三 is 张三."""
    flat = unicodedata.normalize("NFKC", without_invisible(text))
    return "".join(sign for sign in flat if not sign.isspace() and unicodedata.category(sign)[0] != "P")


def blots_in(text: str, *, names: Iterable[str] = (), places: Iterable[str] = ()) -> list[Blot]:
    """Numbers and doors by their shape; names of those in the matter and their address by their words, however spaced."""
    found = [Blot(one.zh, one.start) for one in personal_data_in(text)]
    if not found and holds_number(text):
        found.append(Blot("证件、电话或账户号码", 0))
    bare = _bare(text)
    for zh, words, least in (("姓名", names, 2), ("住址", places, SHORTEST_PLACE)):
        for word in sorted({_bare(one) for one in words}):
            if len(word) >= least and (start := bare.find(word)) >= 0:
                found.append(Blot(zh, start, word))
    return sorted(found, key=lambda one: (one.start, one.zh))


def shown_public(blots: Iterable[Blot]) -> str:
    """What was found, for the one who wrote it: 姓名“张三”（第5字起）."""
    return "、".join(f"{one.zh}{f'“{one.words}”' if one.words else ''}（第{one.start + 1}字附近）" for one in blots)
