"""Codes of the pairing: why a family is in difficulty, how it is visited, what help it is given."""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """Why a family is in difficulty (致贫原因)."""

    ILLNESS = "illness"
    DISABILITY = "disability"
    SCHOOLING = "schooling"
    LABOUR = "labour"
    DISASTER = "disaster"
    OTHER = "other"

    @property
    def zh(self) -> str:
        """The Chinese name."""
        return {
            "illness": "因病", "disability": "因残", "schooling": "因学", "labour": "缺劳力", "disaster": "因灾", "other": "其他",
        }[self]  # fmt: skip


class Way(StrEnum):
    """What a visit was for: help of will as well as of means (扶贫与扶志)."""

    CARE = "care"
    POLICY = "policy"
    JOB = "job"
    STUDY = "study"
    HEALTH = "health"
    OTHER = "other"

    @property
    def zh(self) -> str:
        """The Chinese name."""
        return {
            "care": "走访慰问", "policy": "宣讲政策", "job": "帮扶就业", "study": "关心就学", "health": "关心就医",
            "other": "其他",
        }[self]  # fmt: skip


class Help(StrEnum):
    """What is given: money, goods, for school, for illness."""

    MONEY = "money"
    GOODS = "goods"
    STUDY = "study"
    ILLNESS = "illness"

    @property
    def zh(self) -> str:
        """The Chinese name."""
        return {"money": "资金", "goods": "物资", "study": "助学", "illness": "助医"}[self]


POOR = ("dibao", "tekun", "edge", "rigid", "poor_by_illness")
"""Statuses of the registry whose families are to be paired (house rule)."""
PURPOSE = "pairing.help"
VISIT = "pairing.visit"
