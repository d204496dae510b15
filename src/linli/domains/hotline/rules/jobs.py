"""Job notices and people placed through the centre: what stands where, until a domain of employment takes it over (0030)."""

from __future__ import annotations

from dataclasses import dataclass

from linli.base.days import Term
from linli.base.named import Named

VACANCIES, WISHES, NOTICE = "hotline.vacancies", "hotline.wishes", "hotline.jobs"
SHOWN = Term("calendar", 15)
"""A notice of vacancies stands so long (house rule)."""


class Trade(Named):
    """The kind of work, as firms seek and residents wish for it (the trades that the sources name)."""

    CLEANING = "cleaning", "保洁"
    HOUSEWORK = "housework", "家政"
    GREENING = "greening", "绿化"
    GUARD = "guard", "保安"
    FACTORY = "factory", "工厂操作"
    TRADE = "trade", "商贸餐饮"
    OFFICE = "office", "文员会计"
    DRIVER = "driver", "驾驶运输"
    OTHER = "other", "其他"


class Placing(Named):
    """What became of an introduction."""

    OPEN = "open", "等待结果"
    PLACED = "placed", "已上岗"
    DECLINED = "declined", "本人没有去"
    REFUSED = "refused", "单位没有录用"


@dataclass(frozen=True)
class Offered:
    """A vacancy as those who introduce see it: whose, what, how many are free, until when; ``near``: in the own area."""

    pk: int
    unit: str
    post: str
    trade: str
    pay: str
    free: int
    closes: str
    near: bool


def why_not(*, heads: int, placed: int, closes: str, on: str, wished: bool, again: bool) -> tuple[str, str]:
    """Why this resident cannot be introduced to this vacancy: the field and the words; two empty ones where it can be."""
    if not wished:
        return "", "这位居民已经上岗，或求职登记已经结束。"
    if closes < on:
        return "vacancy", "这个岗位的招聘已经截止，请选择其他岗位。"
    if placed >= heads:
        return "vacancy", "这个岗位已经招满，请选择其他岗位。"
    if again:
        return "vacancy", "已经向这位居民介绍过这个岗位，请选择其他岗位，或先填写上次的结果。"
    return "", ""
