"""In which order families come when a quota is too short for all: the poorest first, and disabled people first among equals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from linli.base.money import show_yuan

BASIS = "贫中选贫、难中选难；同等条件下残疾人优先"
NEEDIEST = (
    (frozenset({"dibao", "tekun", "orphan", "unsupported_child"}), "低保、特困或孤儿家庭"),
    (frozenset({"edge", "rigid"}), "低保边缘或刚性支出困难家庭"),
    (
        frozenset({
            "poor_by_illness", "poor_again_by_illness", "poor_by_disaster", "poor_by_calamity", "ill", "elder_alone", "lonely",
        }),
        "因病因灾致贫、重病或孤寡家庭",
    ),
)  # fmt: skip
"""Ranks of need by the statuses of the family, the neediest first (house rule)."""
OTHERS = "其他困难家庭"
BAND = 1_000_000
"""Fen of own cost within which families count as equally burdened: 1万元 (house rule)."""


@dataclass(frozen=True)
class Candidate:
    """A family that waits: its recognised statuses, what it paid itself for treatment (fen), when it applied."""

    id: int
    statuses: frozenset[str]
    own_cost: int
    applied_on: date

    @property
    def disabled(self) -> bool:
        return "disabled" in self.statuses

    @property
    def rank(self) -> int:
        """How needy the family is by its statuses, 0 the most. Disability is no rank of its own: it decides among equals."""
        return next((at for at, (kinds, _) in enumerate(NEEDIEST) if kinds & self.statuses), len(NEEDIEST))

    @property
    def band(self) -> int:
        """Whole bands of own cost."""
        return self.own_cost // BAND

    @property
    def condition(self) -> tuple[int, int]:
        """Who has the same is under equal conditions."""
        return (self.rank, -self.band)


@dataclass(frozen=True)
class Place:
    """Where a family stands in the proposed order, whether the quota reaches it, and why it stands there."""

    number: int
    candidate: Candidate
    within: bool
    why: tuple[str, ...]


def order(candidates: Iterable[Candidate], quota: int | None) -> list[Place]:
    """The proposed order; ``quota``: how many may still be reported, None where none was set."""
    known = sorted(candidates, key=lambda one: (*one.condition, not one.disabled, one.applied_on, one.id))
    others = {one.condition for one in known if not one.disabled}
    return [
        Place(number, one, quota is None or number <= quota, _why(one, one.condition in others))
        for number, one in enumerate(known, 1)
    ]


def _why(one: Candidate, equals: bool) -> tuple[str, ...]:
    """``equals``: a family without a disabled person stands under the same conditions."""
    words = [NEEDIEST[one.rank][1] if one.rank < len(NEEDIEST) else OTHERS]
    if one.band:
        words.append(f"自付医疗费用{show_yuan(one.band * BAND).removesuffix('.00')}元以上")
    if one.disabled:
        words.append("同等条件下残疾人优先" if equals else "有残疾人")
    words.append(f"{one.applied_on}申请")
    return tuple(words)
