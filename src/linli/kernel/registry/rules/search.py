"""The one search box: what a typed text may mean, and the pieces by which a person is found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from linli.base.identity import normalise_id
from linli.base.names import DOT, clean_name, initials, sort_key, tokens
from linli.base.text import plain, tidy
from linli.kernel.registry.rules.numbers import read_phone

LIMIT = 20
LONGEST_TOKEN = 40
ADDRESS_MARK = "@"
_LONG_RUN = re.compile(r"[0-9]{6}")
_LATIN = re.compile(r"[a-z]+")
_TOWN = re.compile(r"^.*?(?:街道(?:办事处)?|[镇乡])(?=..)")
_VILLAGE = re.compile(r"^([^0-9A-Za-z]*?(?:社区|村))(?=..)")
_PIECE = re.compile(r"[0-9A-Za-z]+(?:号楼|单元|[^0-9A-Za-z\W])?|[^0-9A-Za-z\W]{2,}")


class Meaning(StrEnum):
    """What one typed word may be."""

    NUMBER = "number"
    TAIL = "tail"
    PHONE = "phone"
    LETTERS = "letters"
    TEXT = "text"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a search: its meaning, the text as compared, and the tokens that must all be there."""

    meaning: Meaning
    text: str
    tokens: tuple[str, ...] = ()


def full_pinyin(name: str) -> str:
    """The whole pinyin without tones: 李小明 → 'lixiaoming'; a character without reading is left out."""
    return "".join(_LATIN.findall(sort_key(name)))


def address_pieces(address: str) -> list[str]:
    """The parts of an address below the town, in order: 和平路12号3号楼501室 → 和平路, 12号, 3号楼, 501室."""
    below = _TOWN.sub("", plain(address), count=1)
    return [piece.casefold() for piece in _PIECE.findall(_VILLAGE.sub(r"\1 ", below))]


def address_tokens(address: str) -> set[str]:
    """The address from each of its parts on, and its named parts alone.

    和平路12号501室 → @和平路12号501室, @和平路, @12号501室, @501室: whatever part somebody types is the beginning of one.
    """
    pieces = address_pieces(address)
    rests = {"".join(pieces[start:]) for start in range(len(pieces))}
    named = {piece for piece in pieces if not piece[0].isascii()}
    return {(ADDRESS_MARK + text)[:LONGEST_TOKEN] for text in rests | named}


def person_tokens(name: str, address: str = "") -> list[str]:
    """Everything by which a person is found through the token table, in order: name pieces, pinyin, address pieces."""
    found = tokens(name) | {initials(name), full_pinyin(name)} if name else set()
    return sorted({token[:LONGEST_TOKEN] for token in found if token} | address_tokens(address))


def read_words(typed: str) -> list[Word]:
    """The words of a search, each with its meaning; empty for nothing typed."""
    return [_read_word(word) for word in tidy(typed).split(" ")[:6] if word]


def tells_number(typed: str) -> bool:
    """Whether a search holds a number of a person or a good part of one; such words never stand in an address."""
    direct = {Meaning.NUMBER, Meaning.TAIL, Meaning.PHONE}
    return _LONG_RUN.search(plain(typed)) is not None or any(word.meaning in direct for word in read_words(typed))


def _read_word(word: str) -> Word:
    code = normalise_id(word)
    if len(code) == 18 and code[:17].isdigit():
        return Word(Meaning.NUMBER, code)
    if len(code) == 4 and code[:3].isdigit() and (code[3].isdigit() or code[3] == "X"):
        return Word(Meaning.TAIL, code)
    bare = code.replace("-", "")
    if bare.isdigit() and len(bare) >= 7:
        return Word(Meaning.PHONE, _phone(bare))
    if re.fullmatch(r"[A-Za-z]+", code):
        return Word(Meaning.LETTERS, code.lower())
    if bare[:1].isdigit():
        return _address(word)
    return _text(word)


def _phone(digits: str) -> str:
    try:
        return read_phone(digits)
    except ValueError:
        return digits


def _address(word: str) -> Word:
    typed = "".join(address_pieces(word)) or plain(word).casefold()
    return Word(Meaning.ADDRESS, word, ((ADDRESS_MARK + typed)[:LONGEST_TOKEN],))


def _text(word: str) -> Word:
    try:
        name = clean_name(word)
    except ValueError:
        return _address(word)
    bare = name.replace(DOT, "").replace(" ", "").casefold()
    pairs = [bare[i : i + 2] for i in range(len(bare) - 1)]
    return Word(Meaning.TEXT, name, tuple(dict.fromkeys(pairs)) or (bare,))


def after(prefix: str) -> str:
    """The first text, by code points, that does not begin with the prefix: prefix <= x < after(prefix)."""
    return prefix + "\U0010ffff"
