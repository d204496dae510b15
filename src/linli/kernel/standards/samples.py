"""Made-up notices that set new standards, through the real actions; and the demo's, which waits for the chief."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.kernel.access.rules import Actor, DemoPlan
from linli.kernel.access.samples import demo_actor
from linli.kernel.standards.actions import agree, propose
from linli.kernel.standards.models import Proposal

NEXT_YEAR = date(2011, 1, 1)
RAISED = {"dibao.standard.urban": "200", "dibao.standard.rural": "1100", "tekun.basic.rural.home": "1500"}
"""What the district's poor were to get from 2011 on: urban by the month, rural by the year."""
SINCE_2021 = {"dibao.standard.urban": "1030", "dibao.standard.rural": "810", "tekun.basic.rural.home": "1053"}
"""The same in a demo of a later day: all by the month."""
DOCUMENT = "关于提高{year}年城乡低保和五保标准的通知（演示文件）"


def make_proposal(by: Actor, on: date, since: date = NEXT_YEAR, **words: Any) -> Proposal:
    """A notice that raises the standards of the poor."""
    words = {"document": DOCUMENT.format(year=since.year), "article": "第一条", "whole": True, "values": RAISED} | words
    return propose(by=by, on=on, since=since, **words)


def make_standard(by: Actor, second: Actor, on: date, since: date = NEXT_YEAR, **words: Any) -> Proposal:
    """One that a second person agreed to."""
    return agree(by=second, on=on, proposal=make_proposal(by, on, since, **words), aware=True)


def demo_standards(plan: DemoPlan) -> None:
    """The district's clerk has entered next year's notice; the chief has not yet seen it."""
    values = SINCE_2021 if plan.on.year > 2021 else RAISED
    make_proposal(demo_actor("district", plan.on), plan.on, date(plan.on.year + 1, 1, 1), values=values)
