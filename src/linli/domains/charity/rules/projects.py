"""The aid projects: what each gives, to whom, and for which kinds of need."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """In which form a project helps."""

    CASH = "cash"
    CARD = "card"
    GOODS = "goods"


class Need(StrEnum):
    """The ground on which a family asks for help, chosen at the application."""

    HARDSHIP = "hardship"
    ACCIDENT = "accident"
    ILLNESS = "illness"
    STUDY = "study"
    SIGHT = "sight"
    TEMPORARY = "temporary"

    @property
    def zh(self) -> str:
        return NEEDS[self]


NEEDS = {
    Need.HARDSHIP: "生活困难",
    Need.ACCIDENT: "意外灾害",
    Need.ILLNESS: "重大疾病",
    Need.STUDY: "升学就读",
    Need.SIGHT: "白内障等眼疾",
    Need.TEMPORARY: "临时困难",
}

# The illnesses that the federation's announcement names; "other" needs a hospital's diagnosis as evidence.
ILLNESSES = {
    "tumour": "恶性肿瘤",
    "uraemia": "尿毒症",
    "leukaemia": "白血病",
    "other": "其他重大疾病",
    "accident": "意外伤害",
}

# Statuses of a member (registry) that count as hardship: 鳏寡孤独老弱病残、低保户.
HARDSHIP_STATUSES = frozenset(
    {"dibao", "tekun", "edge", "rigid", "disabled", "orphan", "ill", "elder_alone", "poor_by_illness", "poor_by_disaster"}
)
POOR_STATUSES = frozenset({"dibao", "tekun", "edge", "rigid"})


@dataclass(frozen=True)
class Project:
    """One kind of aid. ``household`` projects help a household once a year, others one person of it.

    ``needs``: the grounds it answers; ``statuses``: recognised statuses of which one must be held (empty: none asked);
    ``evidence``: papers, the required ones first; ``piece``: the unit of goods.
    """

    key: str
    zh: str
    form: Form
    household: bool
    needs: tuple[Need, ...]
    statuses: frozenset[str] = frozenset()
    evidence: tuple[tuple[str, bool], ...] = ()
    excludes: frozenset[str] = frozenset()
    piece: str = ""


PROJECTS: dict[str, Project] = {
    project.key: project
    for project in (
        Project(
            "qing_nuan", "情暖万家", Form.CASH, True, (Need.HARDSHIP, Need.ACCIDENT), HARDSHIP_STATUSES,
            (("救助申请表", True), ("困难情况证明", False)), frozenset({"da_bing"}),
        ),
        Project(
            "da_bing", "大病救助", Form.CASH, True, (Need.ILLNESS, Need.ACCIDENT), frozenset(),
            (("救助申请表", True), ("诊断证明", True), ("医疗费用结算单", True)), frozenset({"qing_nuan"}),
        ),
        Project(
            "yuan_meng", "圆梦工程", Form.CASH, False, (Need.STUDY,), POOR_STATUSES | {"disabled", "orphan", "ill"},
            (("救助申请表", True), ("录取通知书", True)),
        ),
        Project(
            "fu_ming", "爱心复明", Form.CASH, False, (Need.SIGHT,), frozenset(),
            (("救助申请表", True), ("定点医院诊断", True)),
        ),
        Project("chao_shi", "慈善超市救助卡", Form.CARD, True, (Need.TEMPORARY,), frozenset(), (("救助申请表", True),)),
        Project("yin_ping", "银屏惠老", Form.GOODS, False, (Need.HARDSHIP,), frozenset(), (), piece="台"),
    )
}  # fmt: skip


def project(key: str) -> Project:
    """The project with this key; KeyError for an unknown one."""
    return PROJECTS[key]


def exclusions() -> list[tuple[str, str]]:
    """Pairs of benefit groups of which a household may have only one in a year (不重复救助), each pair once."""
    pairs = {tuple(sorted((group_of(one.key), group_of(other)))) for one in PROJECTS.values() for other in one.excludes}
    return sorted((first, second) for first, second in pairs)


def group_of(key: str) -> str:
    """The benefit group and the purpose of money of a project: what a household can have once a year."""
    return f"charity.{key}"
