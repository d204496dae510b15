"""Names of people: reading them as typed, ordering them by pinyin, finding them by initials and pieces."""

from __future__ import annotations

import re
import unicodedata
from operator import add

from linli.base.readings import COMPOUND_HEADS, HEADS, INITIALS, PIECES
from linli.base.text import has_control, is_formula_like, without_invisible

LONGEST = 50
DOT = "·"
"""The dot between the parts of a name (间隔号 U+00B7), as identity documents print it."""

_USUAL = re.compile(r"[\u4e00-\u9fff]{1,20}(?:·[\u4e00-\u9fff]{1,20})?")
_HAN = r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
_DOTS = re.compile(r"\s*[•・．‧∙⋅●᛫･]\s*|(?<=" + _HAN + r")\s*[.·]\s*(?=" + _HAN + ")")
_BLANK_BY_HAN = re.compile(rf"(?<={_HAN})\s+|\s+(?={_HAN})")
_COMPATIBLE = re.compile("[\u2f00-\u2fd5\uff21-\uff3a\uff41-\uff5a]")
_LATIN_WORD = re.compile(r"[^\W\d_]+")

_piece, _initial = PIECES.__getitem__, INITIALS.__getitem__

# GB 18030-2000 kept these characters in the private use area; old systems still deliver them so.
_PRIVATE_USE = {
    0xE815 + i: unified
    for i, unified in enumerate(
        "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱"
        "䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
    )
}


def clean_name(text: str) -> str:
    """The name as it is stored: NFC, the dot as ·, no blanks between characters; rare ones are kept.

    Full-width letters, Kangxi radicals and the private-use characters of GB 18030-2000 become the usual ones;
    one blank stays between Latin words. Raises ValueError, in Chinese, for digits, formulas, control
    characters, masked or garbled names, nothing, or more than 50 characters.
    """
    if _USUAL.fullmatch(text):
        return text
    if len(text) > 4 * LONGEST:
        raise ValueError(f"姓名不能超过{LONGEST}个字，请核对。")
    if has_control(text):
        raise ValueError("姓名含有看不见的控制字符，请重新输入。")
    if is_formula_like(text.strip()):
        raise ValueError("姓名不能以等号、加减号或@开头，请核对。")
    name = unicodedata.normalize("NFC", without_invisible(text)).translate(_PRIVATE_USE)
    name = _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), name)
    name = _BLANK_BY_HAN.sub("", _DOTS.sub(DOT, " ".join(name.split())))
    if not name:
        raise ValueError("没有填写姓名，请对照证件填写。")
    if len(name) > LONGEST:
        raise ValueError(f"姓名不能超过{LONGEST}个字，现有{len(name)}个，请核对。")
    for character in name:
        _check(character)
    if name.strip(DOT) != name or DOT * 2 in name:
        raise ValueError("姓名中的间隔号“·”应在两个字之间，请核对。")
    return name


def _check(character: str) -> None:
    """Raises ValueError, in Chinese, for a character that no name has."""
    kind = unicodedata.category(character)
    if kind[0] in "LM" or character in "〇 ·-'’.":
        return
    if kind[0] == "N":
        raise ValueError(f"姓名含有数字“{character}”，请对照证件核对。")
    if character in "*＊×":
        raise ValueError("姓名含有“*”，像是隐去了一部分，请填写全名。")
    if character in "?？□\ufffd":
        raise ValueError(f"姓名含有“{character}”，多半是生僻字没有显示出来，请对照证件填写原字。")
    if kind == "Co":
        raise ValueError("姓名含有自造字，别的电脑显示不出来，请改用标准字库中的字。")
    raise ValueError(f"姓名含有“{character}”，请对照证件核对。")


def surname_of(name: str) -> str:
    """The surname: two characters for a compound one (欧阳) before a given name, else the first character.

    A name with a dot has no surname in this sense; its first character stands for it.
    """
    compound = name[:2] in COMPOUND_HEADS and len(name) > 2 and DOT not in name
    return name[:2] if compound else name[:1]


def sort_key(name: str) -> str:
    """A key that orders names by pinyin, tone and character, one character after the other, by C collation.

    曾 is zeng and 单 is shan where they are surnames. A character without known reading comes last.
    """
    if DOT in name:
        return "".join(map(_piece, name)).lstrip()
    if name[:2] in COMPOUND_HEADS and len(name) > 2:
        return COMPOUND_HEADS[name[:2]][0] + "".join(map(_piece, name[2:]))
    return HEADS[name[0]][0] + "".join(map(_piece, name[1:])) if name else ""


def initials(name: str) -> str:
    """The first pinyin letters for searching: 李小明 → 'lxm'; a Latin name has those of its words."""
    if name[:1] < "\u2e80":
        return "".join(_initial(word[0]) for word in _LATIN_WORD.findall(name))
    if DOT in name:
        return "".join(map(_initial, name))
    if name[:2] in COMPOUND_HEADS and len(name) > 2:
        return COMPOUND_HEADS[name[:2]][1] + "".join(map(_initial, name[2:]))
    return HEADS[name[0]][1] + "".join(map(_initial, name[1:]))


def tokens(name: str) -> set[str]:
    """All single characters and pairs of neighbours, no dots and blanks, in lower case: for infix search."""
    bare = name.replace(DOT, "").replace(" ", "").casefold()
    return {*bare, *map(add, bare, bare[1:])}
