"""Under which documents a programme is decided and posted on a day: a letter and a notice name those of what they are about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from linli.base.dated import Former, said_on
from linli.domains.assistance.rules.flow import ACT, BEGUN_2012, BEGUN_2021, INTERIM, RIGID_BEGUN

_ACT, _INTERIM = "社会救助法", "社会救助暂行办法（国务院令第649号）"
_OF_2012 = "最低生活保障审核审批办法（试行）（民发〔2012〕220号）"
_OF_2021 = "最低生活保障审核确认办法（民发〔2021〕57号）"
_FIVE = "农村五保供养工作条例（国务院令第456号）"
_LOCAL = "城市居民最低生活保障条例（国务院令第271号）、国发〔2007〕19号（农村）、峄城区低保规范化管理办法"
_RIGID, _TEKUN, _TEKUN_2016 = "刚性支出困难家庭认定办法", "特困人员认定办法（2021年）", "特困人员认定办法（民发〔2016〕178号）"
_OF_TOWNS = "民发〔2021〕57号 §19"
TEKUN_2016 = date(2016, 10, 10)

_BEGUN: dict[str, date] = {"edge": BEGUN_2021, "rigid": RIGID_BEGUN}
"""From when on a programme is there at all; the others are older than the program."""
_DECIDED: dict[str, tuple[str, Former]] = {
    "dibao": (f"{_ACT}、{_OF_2021}", (
        (BEGUN_2012, _LOCAL), (INTERIM, _OF_2012), (BEGUN_2021, f"{_INTERIM}、{_OF_2012}"), (ACT, f"{_INTERIM}、{_OF_2021}"),
    )),
    "edge": (f"{_ACT}、{_OF_2021}", ((ACT, _OF_2021),)),
    "rigid": (f"{_ACT}、{_RIGID}", ((ACT, _RIGID),)),
    "tekun": (f"{_ACT}、{_TEKUN}", (
        (INTERIM, _FIVE), (TEKUN_2016, _INTERIM), (BEGUN_2021, f"{_INTERIM}、{_TEKUN_2016}"), (ACT, f"{_INTERIM}、{_TEKUN}"),
    )),
}  # fmt: skip
_POSTED: dict[str, tuple[str, Former]] = {
    "dibao": (_OF_TOWNS, ((BEGUN_2012, "峄城区低保规范化管理办法（两公布）"), (BEGUN_2021, "民发〔2012〕220号 §25"))),
    "edge": (_OF_TOWNS, ()),
    "rigid": (_RIGID, ()),
    "tekun": (f"{_TEKUN} §15", ((INTERIM, _FIVE), (TEKUN_2016, _INTERIM), (BEGUN_2021, _TEKUN_2016))),
}  # fmt: skip


def decided_by(programmes: Collection[str], on: date, verifying: str = "") -> str:
    """The documents that a decision about these programmes rests on, each once. ``verifying``: those of a verification.

    What was not there on the day decided nothing.
    """
    there = [said_on(on, _DECIDED[key][1], _DECIDED[key][0]) for key in _DECIDED if key in programmes and _is_there(key, on)]
    documents = dict.fromkeys(document for text in there for document in text.split("、"))
    return "、".join([*(one for one in documents if one not in verifying), *([verifying] if verifying else [])])


def posted_by(programmes: Collection[str], on: date) -> str:
    """By which articles the families of a notice are posted."""
    found = [said_on(on, _POSTED[key][1], _POSTED[key][0]) for key in _POSTED if key in programmes and _is_there(key, on)]
    return "；".join(dict.fromkeys(found))


def _is_there(programme: str, on: date) -> bool:
    return on >= _BEGUN.get(programme, on)
