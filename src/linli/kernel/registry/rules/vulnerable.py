"""The register of vulnerable people (弱势群体基本状况库): one type and one cause of poverty for each person.

The types of the office's own count: 低保 in town and country, 五保, and others by the cause of their poverty. Who has several
is counted once, under the first; so the types sum to the whole.
"""

from __future__ import annotations

from collections.abc import Iterable

NEEDS: dict[int, str] = {1: "城市低保", 2: "农村低保", 3: "低保（未注明城乡）", 4: "五保（特困）", 9: "其他"}
"""Code of the type to its name, in the order in which they count."""

OTHER_NEED = 9
NEED_OF: tuple[tuple[str, str, int], ...] = (
    ("dibao", "urban", 1), ("dibao", "rural", 2), ("dibao", "", 3), ("tekun", "", 4),
)  # fmt: skip
"""(kind of status, its grade or any, type)."""

CAUSES: dict[int, str] = {1: "因病致贫", 2: "因病返贫", 3: "意外灾害", 4: "自然灾害", 9: "未注明"}
"""Code of the cause of poverty to its name, in the order in which they count."""

NO_CAUSE = 9
CAUSE_OF: dict[str, int] = {
    "poor_by_illness": 1, "poor_again_by_illness": 2, "poor_by_disaster": 3, "poor_by_calamity": 4,
}  # fmt: skip
"""Kind of status to the cause that it stands for."""

GROUPS: tuple[str, ...] = (
    "lonely", "orphan", "unsupported_child", "elder_alone", "ill", "disabled", "laid_off", "hard_to_employ", "edge", "rigid",
)  # fmt: skip
"""Kinds of people whom the register looks for: 鳏寡孤独、病、残、下岗职工 and those beside them."""


def need_of(statuses: Iterable[tuple[str, str]]) -> int:
    """The type of a person with these running statuses (kind, grade)."""
    held = set(statuses)
    fits = [code for kind, grade, code in NEED_OF if any(one == kind and grade in ("", own) for one, own in held)]
    return min(fits, default=OTHER_NEED)


def cause_of(kinds: Iterable[str]) -> int:
    """The cause of poverty of a person with these running kinds of status."""
    return min((CAUSE_OF[kind] for kind in kinds if kind in CAUSE_OF), default=NO_CAUSE)
