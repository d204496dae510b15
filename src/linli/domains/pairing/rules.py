"""Codes of the pairing: why a family is in difficulty, how it is visited, what help it is given."""

from __future__ import annotations

from linli.base.named import Named


class Cause(Named):
    """Why a family is in difficulty (致贫原因)."""

    ILLNESS = "illness", "因病"
    DISABILITY = "disability", "因残"
    SCHOOLING = "schooling", "因学"
    LABOUR = "labour", "缺劳力"
    DISASTER = "disaster", "因灾"
    OTHER = "other", "其他"


class Way(Named):
    """What a visit was for: help of will as well as of means (扶贫与扶志)."""

    CARE = "care", "走访慰问"
    POLICY = "policy", "宣讲政策"
    JOB = "job", "帮扶就业"
    STUDY = "study", "关心就学"
    HEALTH = "health", "关心就医"
    OTHER = "other", "其他"


class Help(Named):
    """What is given: money, goods, for school, for illness."""

    MONEY = "money", "资金"
    GOODS = "goods", "物资"
    STUDY = "study", "助学"
    ILLNESS = "illness", "助医"


POOR = ("dibao", "tekun", "edge", "rigid", "poor_by_illness")
"""Statuses of the registry whose families are to be paired (house rule)."""
PURPOSE = "pairing.help"
VISIT = "pairing.visit"
