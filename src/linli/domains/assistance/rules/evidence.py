"""Evidence of a case: visits, the five things made clear, sources of the economic check, where a fact comes from."""

from __future__ import annotations

import hashlib

from linli.base.named import Named

LEAST_VISITORS = 2
"""A visit is made by two or more (57号 §16; 220号 §19)."""

FIVE: dict[str, str] = {
    "members": "家庭人口", "income": "收入状况", "cause": "致贫原因", "hardship": "困难情况", "work": "就业状况",
}  # fmt: skip
"""五清: what a home visit makes clear (DIBAO-04)."""

CAUSES: dict[str, str] = {
    "illness": "因病", "disability": "因残", "study": "因学", "age": "年老体弱", "no_labour": "缺少劳动力", "jobless": "失业",
    "disaster": "因灾", "other": "其他",
}  # fmt: skip


class VisitKind(Named):
    """Why somebody went to the family or its neighbours."""

    HOME = "home", "入户调查"
    NEIGHBOURS = "neighbours", "邻里访问"
    COUNTY = "county", "区级入户核查"
    STATEMENT = "statement", "听取陈述申辩"

    @property
    def least(self) -> int:
        """How many have to go; a statement may be taken at the desk."""
        return 1 if self is VisitKind.STATEMENT else LEAST_VISITORS


class Source(Named):
    """Where a line of income, property or spending comes from."""

    DECLARED = "declared", "本人申报"
    SURVEYED = "surveyed", "入户核实"
    CHECKED = "checked", "信息核对"
    ESTIMATED = "estimated", "评估测算"


REGISTERS: dict[str, str] = {
    "household": "公安户籍", "vehicle": "机动车登记", "tax": "税务", "insurance": "社会保险", "property": "不动产登记",
    "market": "市场主体登记", "fund": "住房公积金", "bank": "银行存款", "securities": "证券", "cover": "商业保险",
    "payment": "非银行支付", "marriage": "婚姻登记", "funeral": "殡葬",
}  # fmt: skip
"""Whose registers the economic check asks (社会救助法 §41)."""

SCOPE = "户籍、婚姻、就业、收入、税收、社会保险、不动产、车辆、经营、住房公积金、存款、证券、保险、互联网支付等信息"
"""What the consent covers."""


def lot(number: str, share: float) -> bool:
    """Whether the district visits this case by lot: so many of a hundred numbers, the same for everybody who asks."""
    drawn = int(hashlib.sha256(number.encode()).hexdigest()[:8], 16) % 10_000
    return drawn < share * 10_000
