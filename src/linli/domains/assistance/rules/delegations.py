"""Power delegated to a town (委托镇街审核确认, 57号 §4): what may be delegated, who decides a case, and what the lot takes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from linli.base.areas import Level, level_of
from linli.base.dated import NoValue, Parameters, Value
from linli.base.named import Named
from linli.base.reasons import Step
from linli.domains.assistance.rules.evidence import lot
from linli.law import RESULTS

EARLIEST = date(2021, 7, 1)
"""民发〔2021〕57号 in force; before it no town could confirm."""
DELEGABLE: dict[str, str] = {key: zh for key, zh in RESULTS.items() if key != "nothing"}
_LADDER = ("dibao", "edge", "rigid")
KEY = "procedure.delegated"


class ConfirmedBy(Named):
    """Who decided an application."""

    DISTRICT = "district", "区民政局"
    TOWN = "town", "镇街（受委托）"


class Checked(Named):
    """What the district found of a confirmation on which the lot fell."""

    RIGHT = "right", "确认无误"
    WRONG = "wrong", "确认有误"


def wanted(result: str, asks: bool) -> frozenset[str]:
    """The programmes that a decision is about: what is recognised, and what is denied on the way to it."""
    most = _LADDER.index(result) + 1 if result in _LADDER else 0 if result == "tekun" else len(_LADDER)
    return frozenset(_LADDER[:most]) | ({"tekun"} if asks or result == "tekun" else set())


def not_delegable(programmes: Collection[str], known: Parameters, since: date, town: str) -> list[str]:
    """The names of the programmes that the law of a day lets nobody delegate."""
    return [DELEGABLE[one] for one in programmes if not _may(one, known, since, town)]


def _may(programme: str, known: Parameters, since: date, town: str) -> bool:
    try:
        return known.on(f"procedure.{programme}.delegable", since, town).flag
    except NoValue:
        return False


def against(town: str, district: str, programmes: Collection[str], since: date, known: Parameters) -> tuple[str, str]:
    """What stands against a delegation: the field and the sentence; two empty texts when nothing does."""
    if town[:6] != district[:6] or level_of(town) is not Level.TOWN:
        return "town", "受委托的应是本区的镇（街道），请重新选择。"
    if since < EARLIEST:
        return "since", "2021年7月1日起才可以委托镇街审核确认（民发〔2021〕57号 §4），起始日期不能早于这一天，请修改。"
    if names := not_delegable(programmes, known, since, town):
        return "programmes", f"这一天的规定没有允许委托镇街确认{'、'.join(names)}，请去掉或改起始日期。"
    return "", ""


def above(why: str, town: str, area: str, lacking: Collection[str], document: str) -> str:
    """Why the district and not the town decides a case; empty when the town does. ``why``: kin or objection, in words."""
    if why:
        return why
    if area[:9] != town[:9]:
        return "此件已转出受委托的镇街"
    names = "、".join(zh for key, zh in DELEGABLE.items() if key in lacking)
    return f"{names}不在委托范围内（{document}）" if names else ""


def said_in(office: str, bureau: str, value: Value) -> tuple[Step, Value]:
    """How a decision says that it was confirmed by delegation: a line for the family, and the document among the law."""
    return Step("审核确认", f"{office}受{bureau}委托", f"{value.document}，自{value.since}起"), value


def party(office: str, bureau: str) -> str:
    """Against whom a family goes on, where the town confirmed for the bureau."""
    return f"本决定由{office}受{bureau}委托作出，行政复议的被申请人、行政诉讼的被告是{bureau}。"


def drawn(number: str, share: float) -> bool:
    """Whether the lot takes a confirmed case for the district to look at; not the lot of the visits before a decision."""
    return lot(f"抽查{number}", share)


def programmes_zh(programmes: Collection[str]) -> str:
    """Their names in the order of the law."""
    return "、".join(zh for key, zh in DELEGABLE.items() if key in programmes)
