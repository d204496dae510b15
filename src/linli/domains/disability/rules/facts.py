"""What the subsidies are judged upon: what the registry recognises of a person, and what was stated about care."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from linli.base.named import Named
from linli.law import Disability, Recognised, Scheme
from linli.law.coded import Person

GIVING: dict[str, Recognised] = {"dibao": Recognised.DIBAO, "edge": Recognised.EDGE}
"""Statuses of a family in hardship; with that of disability they give a right, from the month in which they are recognised."""
KEEPING_OUT: dict[str, Scheme] = {
    "tekun": Scheme.TEKUN, "orphan": Scheme.ORPHAN, "unsupported_child": Scheme.UNSUPPORTED_CHILD,
}  # fmt: skip
"""Other schemes, which pay from the month after they are recognised: they count when they run on the first of a month."""
CARES: dict[str, str] = {"work_injury_care": "工伤生活护理费", "elder_care": "经济困难失能老年人护理补贴"}
"""Other money for care; the law lets only the higher be paid (就高不就低)."""
STATES = {"open": "办理中", "granted": "享受中", "refused": "未批准", "withdrawn": "已撤回", "ended": "已终止"}


class Ended(Named):
    """How the subsidies end."""

    DIED = "died", "死亡"
    MOVED = "moved", "户籍迁出本区"
    WISH = "wish", "本人放弃"
    UNFIT = "unfit", "残疾人证注销或不再符合条件"
    REPLACED = "replaced", "重新核定"


ENDED_AS = tuple((one.value, one.zh) for one in Ended if one is not Ended.REPLACED)


@dataclass(frozen=True, slots=True)
class Facts:
    """One person in one month. ``other_care``: fen a month of other money for care."""

    recognised: Recognised = Recognised.NOTHING
    disability: Disability = Disability.NONE
    level: int = 0
    scheme: Scheme = Scheme.NONE
    other_care: int = 0
    long_care: bool = True

    @property
    def person(self) -> Person:
        """The facts as the rule reads them."""
        return Person(
            kin=0, age=0, disability=int(self.disability), level=self.level, scheme=int(self.scheme), other_care=self.other_care
        )

    def plain(self) -> dict[str, Any]:
        """The facts as they are stored with a decision."""
        return {
            "recognised": self.recognised.zh, "disability": int(self.disability), "level": self.level,
            "scheme": self.scheme.zh, "other_care": self.other_care, "long_care": self.long_care,
        }  # fmt: skip


def facts_of(
    giving: Iterable[tuple[str, str]], keeping_out: Iterable[str], other_care: int = 0, long_care: bool = True
) -> Facts:
    """From statuses (kind and grade). Of several families or disabilities the one that gives most: 低保, the severest level."""
    held = list(giving)
    known = [GIVING[kind] for kind, _ in held if kind in GIVING]
    grades = sorted((grade for kind, grade in held if kind == "disabled" and len(grade) == 2), key=lambda one: one[1])
    schemes = sorted(KEEPING_OUT[kind] for kind in keeping_out if kind in KEEPING_OUT)
    return Facts(
        min(known, default=Recognised.NOTHING), Disability(int(grades[0][0])) if grades else Disability.NONE,
        int(grades[0][1]) if grades else 0, schemes[0] if schemes else Scheme.NONE, other_care, long_care,
    )  # fmt: skip
