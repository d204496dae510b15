"""Finding personal data in a text before it is published: the last look, after the field list."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from linli.base.identity import check_digit
from linli.base.text import without_invisible

_DAY = r"(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12]\d|3[01])"
_ID_18 = re.compile(rf"(?<!\d)\d{{6}}[ -]?(?:18|19|20)\d{{2}}[ -]?{_DAY}[ -]?\d{{3}} ?[\dXx×](?!\d)")
_ID_15 = re.compile(rf"(?<!\d)\d{{8}}{_DAY}\d{{3}}(?!\d)")
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(?:\(0\d{2,3}\) ?|0\d{2,3}[ -]?)[2-8]\d{6,7}(?!\d)")
_ACCOUNT = re.compile(r"(?<!\d)(?:\d{4}[ -]){3}\d{4}(?:[ -]?\d{1,3})?(?!\d)|(?<!\d)\d{15,}(?!\d)|(?<!\d)\d{17}[Xx×](?!\d)")
_COUNT = r"[0-9〇零一二三四五六七八九十百]+"
_ADDRESS = re.compile(
    rf"[路街巷弄胡同里道]{_COUNT}(?:-{_COUNT})?号(?!文)|{_COUNT}(?:号楼|号院|栋|幢|单元|室)|{_COUNT}组{_COUNT}号|门牌号?{_COUNT}"
)
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ \-._·/]+(?=[\dXx×])")
_LONG_RUN = re.compile(r"(?<!\d)\d{17}[\dXx×](?!\d)")


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal data in a text: what kind it is, and where it stands (the text itself is not repeated)."""

    kind: str
    start: int

    @property
    def zh(self) -> str:
        """The kind's Chinese name."""
        return KINDS[self.kind]


KINDS = {
    "identity": "身份证号",
    "mobile": "手机号",
    "landline": "电话号码",
    "account": "银行账号",
    "address": "门牌地址",
}
OFFICE = frozenset({"landline", "address"})
"""What an office may publish of itself: its desk telephone and its house number."""

_PATTERNS = (("identity", _ID_18), ("identity", _ID_15), ("mobile", _MOBILE), ("account", _ACCOUNT),
             ("landline", _LANDLINE), ("address", _ADDRESS))  # fmt: skip


def personal_data_in(text: str, *, allowed: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Identity numbers of 18 and 15 digits, telephone and account numbers, addresses down to the door.

    Full-width digits, blanks and hyphens inside a number hide nothing. One finding for each place, in order.
    """
    usual = unicodedata.normalize("NFKC", without_invisible(text)).replace("—", "-").replace("–", "-")
    found: dict[int, str] = {}
    taken: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(usual):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
                found[match.start()] = kind
    if "identity" not in found.values() and _scattered_identity(usual):
        found[0] = "identity"
    return tuple(Finding(kind, start) for start, kind in sorted(found.items()) if kind not in allowed)


def _scattered_identity(text: str) -> bool:
    """A number written with signs between its digits. Days and amounts stand like that too, so the check digit decides."""
    return any(_is_identity(match[0]) for match in _LONG_RUN.finditer(_BETWEEN_DIGITS.sub("", text)))


def _is_identity(digits: str) -> bool:
    try:
        date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return check_digit(digits[:17]) == digits[17].upper().replace("×", "X")
