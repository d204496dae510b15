"""Pinyin readings of single characters, as pieces of sort keys and as initials; looked up once and kept.

The readings are those of pypinyin, corrected where a character is read otherwise as a surname
(现代汉语词典, entries marked 姓), and completed where it has none.
"""

from __future__ import annotations

import re
import unicodedata

_SURNAMES = """
曾zeng1 单shan4 仇qiu2 区ou1 解xie4 查zha1 盖ge3 朴piao2 任ren2 华hua4 翟zhai2 覃qin2 员yun4 乐yue4 繁po2
秘bi4 洗xian3 折she2 种chong2 缪miao4 召shao4 佴nai4 那na1 祭zhai4 葛ge3 过guo1 哈ha3 纪ji3 肖xiao1 燕yan1
於yu1 占zhan1 薄bo2 都du1 干gan1 句gou1 炅gui4 观guan4 郇xun2 角jue2 乜nie4 粘nian2 省xing3 要yao1 阚kan4
么yao1 适kuo4 蔚yu4 撒sa4 能nai4
"""

_COMPOUND_SURNAMES = """
欧阳ou1yang2 司马si1ma3 上官shang4guan1 诸葛zhu1ge3 尉迟yu4chi2 万俟mo4qi2 长孙zhang3sun1 澹台tan2tai2
令狐ling2hu2 皇甫huang2fu3 慕容mu4rong2 宇文yu3wen2 东方dong1fang1 公孙gong1sun1 夏侯xia4hou2 司徒si1tu2
钟离zhong1li2 轩辕xuan1yuan2 申屠shen1tu2 闻人wen2ren2 端木duan1mu4 独孤du2gu1 南宫nan2gong1 西门xi1men2
百里bai3li3 呼延hu1yan2 淳于chun2yu2 单于chan2yu2 太叔tai4shu1 仲孙zhong4sun1 公羊gong1yang2 公冶gong1ye3
宗政zong1zheng4 濮阳pu2yang2 鲜于xian1yu2 闾丘lv2qiu1 亓官qi2guan1 司寇si1kou4 巫马wu1ma3 颛孙zhuan1sun1
壤驷rang3si4 公良gong1liang2 漆雕qi1diao1 乐正yue4zheng4 宰父zai3fu3 谷梁gu3liang2 拓跋tuo4ba2 夹谷jia2gu3
段干duan4gan1 东郭dong1guo1 南门nan2men2 羊舌yang2she2 微生wei1sheng1 梁丘liang2qiu1 左丘zuo3qiu1
东门dong1men2 赫连he4lian2 第五di4wu3 完颜wan2yan2 纳兰na4lan2 耶律ye1lv4 叔孙shu1sun1 屈突qu1tu1
贺兰he4lan2 哥舒ge1shu1 仆固pu2gu4
"""

_MISSING = "𠮷ji2 㛃jie2 䶮yan3 〇ling2"

_SYLLABLE = re.compile(r"[a-z]+[1-5]")


def _entries(table: str, characters: int) -> dict[str, str]:
    return {entry[:characters]: entry[characters:] for entry in table.split()}


SURNAMES = _entries(_SURNAMES, 1)
"""Surnames of one character that are read otherwise than the character."""

_COMPOUND = _entries(_COMPOUND_SURNAMES, 2)
_OWN = _entries(_MISSING, 1)


def reading_of(character: str) -> str:
    """The pinyin of a Chinese character with its tone (zeng1, lv4), or "" where none is known."""
    if character in _OWN:
        return _OWN[character]
    if character < "\u2e80":
        return ""
    from pypinyin import Style, lazy_pinyin  # slow to import, and needed only where names are handled

    reading = lazy_pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)[0].replace("ê", "e")
    return reading if _SYLLABLE.fullmatch(reading) else ""


def _latin(character: str) -> str:
    """The plain small letter or digit of a Latin one (É → e), or ""."""
    base = unicodedata.normalize("NFKD", character)[0].lower()
    return base if base.isascii() and base.isalnum() else ""


class _Pieces(dict[str, str]):
    """Sort-key pieces of characters inside a name: ' ming2明', a Latin letter, a blank, ' ~' if unknown."""

    def __missing__(self, character: str) -> str:
        if reading := reading_of(character):
            piece = f" {reading}{character}"
        elif character in "· -'’.":
            piece = " "
        else:
            piece = _latin(character) or f" ~{character}"
        self[character] = piece
        return piece


class _Initials(dict[str, str]):
    """Initials of characters inside a name: a letter, "?" where unknown, nothing for dots and blanks."""

    def __missing__(self, character: str) -> str:
        initial = reading_of(character)[:1] or _latin(character) or ("" if character in "· -'’." else "?")
        self[character] = initial
        return initial


class _Heads(dict[str, tuple[str, str]]):
    """Sort-key piece and initials of a name's first character, or of a compound surname."""

    def __missing__(self, character: str) -> tuple[str, str]:
        if reading := SURNAMES.get(character):
            self[character] = f"{reading}{character}", reading[0]
        else:
            self[character] = PIECES[character].lstrip(), INITIALS[character]
        return self[character]


PIECES = _Pieces()
INITIALS = _Initials()
HEADS = _Heads()
COMPOUND_HEADS: dict[str, tuple[str, str]] = {}
for _name, _readings in _COMPOUND.items():
    _one, _other = _SYLLABLE.findall(_readings)
    COMPOUND_HEADS[_name] = f"{_one}{_name[0]} {_other}{_name[1]}", _one[0] + _other[0]
