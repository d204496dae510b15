"""The programmes of recurring money: 低保 of a family, 特困 of a person; nobody has both (法 §13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from linli.base.reasons import Reason
from linli.kernel.entitlements.rules import Component, Ground, Programme, Unit
from linli.law.grounds import WORDS
from linli.law.support_words import WORDS as SUPPORT_WORDS

_ENDED_BY = "调整和停发在“救助家庭”中办理复核，听取陈述申辩后由区级决定；去世、迁出、本人放弃的在那里登记终止。"
_QUERIES = "linli.domains.assistance.queries"


def _reasons(words: Mapping[Any, Any]) -> tuple[Reason, ...]:
    """The grounds by their bits; which article gives each, the law of the day says."""
    return tuple(Reason(words[bit].code, words[bit].zh) for bit in sorted(words))


_LAW = date(2026, 7, 1)
"""社会救助法 in force; before it the laws of assistance were orders of the State Council and of the ministry."""
DIBAO = Programme(
    "dibao", "最低生活保障",
    (
        Component("basic", "基本生活补助"), Component("category", "分类施保"),
        Component("spring", "春节补助", occasional=True), Component("price", "价格临时补贴", occasional=True),
        Component("gas", "燃气补贴", occasional=True),
    ),
    Unit.HOUSEHOLD, "最低生活保障审核确认办法；社会救助法 §18", purpose="assistance.dibao", grades=(("A", "A类"), ("B", "B类")),
    excludes=("tekun",), calculator=f"{_QUERIES}.dibao_month", teller=f"{_QUERIES}.dibao_told",
    articles=f"{_QUERIES}.dibao_articles", payday=f"{_QUERIES}.dibao_payday",
    reasons=_reasons(WORDS), ended_by=_ENDED_BY,
    former=(
        (date(2007, 7, 11), "城市居民最低生活保障条例（国务院令第271号）"),
        (date(2012, 12, 12), "城市居民最低生活保障条例（国务院令第271号）；建立农村最低生活保障制度的通知（国发〔2007〕19号）"),
        (date(2014, 5, 1), "最低生活保障审核审批办法（试行）（民发〔2012〕220号）"),
        (date(2021, 7, 1), "社会救助暂行办法（国务院令第649号）；最低生活保障审核审批办法（试行）（民发〔2012〕220号）"),
        (_LAW, "社会救助暂行办法（国务院令第649号）；最低生活保障审核确认办法（民发〔2021〕57号）"),
    ),
)  # fmt: skip
TEKUN = Programme(
    "tekun", "特困人员救助供养", (Component("basic", "基本生活"), Component("care", "照料护理")), Unit.PERSON,
    "特困人员认定办法；社会救助法 §17", purpose="assistance.tekun", grades=(("home", "分散供养"), ("institution", "集中供养")),
    calculator=f"{_QUERIES}.tekun_month", teller=f"{_QUERIES}.tekun_told",
    articles=f"{_QUERIES}.tekun_articles", payday=f"{_QUERIES}.tekun_payday",
    reasons=_reasons(SUPPORT_WORDS), ended_by=_ENDED_BY,
    former=(
        (date(2014, 5, 1), "农村五保供养工作条例（国务院令第456号）"),
        (_LAW, "社会救助暂行办法（国务院令第649号）；特困人员认定办法"),
    ),
)  # fmt: skip
MONEY = (DIBAO, TEKUN)

ENDED_AS: dict[str, Ground] = {
    "stopped": Ground.UNFIT, "died": Ground.DEATH, "moved": Ground.MOVED, "wish": Ground.OWN_WISH,
}  # fmt: skip
