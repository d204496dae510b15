"""The aid projects: what each gives, to whom, and for which kinds of need."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from linli.base.named import Named
from linli.kernel.ledgers.rules import goods_key


class Form(StrEnum):
    """In which form a project helps."""

    CASH = "cash"
    CARD = "card"


class Need(Named):
    """The ground on which a family asks for help, chosen at the application."""

    HARDSHIP = "hardship", "生活困难"
    ACCIDENT = "accident", "意外灾害"
    ILLNESS = "illness", "重大疾病"
    STUDY = "study", "升学就读"
    DISABILITY = "disability", "残疾"
    TEMPORARY = "temporary", "临时困难"

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


class Ask(StrEnum):
    """What a project asks of a family that the registry cannot know; the values name the application's fields."""

    ILLNESS = "illness"
    OWN_COST = "own_cost"
    AID = "aid"


PAPERS = {
    "form": "救助申请表",
    "diagnosis": "诊断证明",
    "bill": "医疗费用结算单",
    "admission": "录取通知书",
    "disability": "残疾人证",
    "proof": "其他困难情况证明",
}
"""Every paper that an application may come with."""


@dataclass(frozen=True)
class Project:
    """One kind of aid. ``household`` projects help a household once a year, others one person of it.

    ``needs``: the grounds it answers; ``statuses``: recognised statuses of which one must be held (empty: none asked);
    ``evidence``: the papers that belong to it and whether each is required; ``asks``: what else is asked at the door.
    The application form and its checks are made from these.
    """

    key: str
    zh: str
    form: Form
    household: bool
    needs: tuple[Need, ...]
    statuses: frozenset[str] = frozenset()
    evidence: tuple[tuple[str, bool], ...] = ()
    excludes: frozenset[str] = frozenset()
    asks: tuple[Ask, ...] = ()

    def papers(self, grade: str) -> list[tuple[str, bool]]:
        """The papers and whether each must be handed in: the disability card need not where the registry knows the
        applicant's disability (``grade``)."""
        return [(key, required and not (grade and key == "disability")) for key, required in self.evidence]

    def missing(self, papers: Collection[str], grade: str) -> list[str]:
        """The required papers that are not among these."""
        return [key for key, required in self.papers(grade) if required and key not in papers]


@dataclass(frozen=True)
class Aid:
    """An aid for disabled people (辅具): its kind of goods in the books, and the kinds of disability that it is for
    (GB/T 26341)."""

    key: str
    zh: str
    measure: str
    kinds: frozenset[str]

    @property
    def goods(self) -> str:
        """The key of the goods, as everybody enters them: 轮椅/辆."""
        return goods_key(self.zh, self.measure)


AIDS: dict[str, Aid] = {
    aid.key: aid
    for aid in (
        Aid("wheelchair", "轮椅", "辆", frozenset("47")), Aid("crutches", "腋拐", "副", frozenset("47")),
        Aid("hearing_aid", "助听器", "台", frozenset("237")), Aid("white_cane", "盲杖", "根", frozenset("17")),
    )
}  # fmt: skip


PROJECTS: dict[str, Project] = {
    project.key: project
    for project in (
        Project(
            "qing_nuan", "情暖万家", Form.CASH, True, (Need.HARDSHIP, Need.ACCIDENT), HARDSHIP_STATUSES,
            (("form", True), ("proof", False)), frozenset({"da_bing"}),
        ),
        Project(
            "da_bing", "大病救助", Form.CASH, True, (Need.ILLNESS, Need.ACCIDENT), frozenset(),
            (("form", True), ("diagnosis", True), ("bill", True)), frozenset({"qing_nuan"}), (Ask.ILLNESS, Ask.OWN_COST),
        ),
        Project(
            "yuan_meng", "圆梦工程", Form.CASH, False, (Need.STUDY,), POOR_STATUSES | {"disabled", "orphan", "ill"},
            (("form", True), ("admission", True)),
        ),
        Project(
            "zhu_can", "爱心助残", Form.CASH, False, (Need.DISABILITY,), frozenset({"disabled"}),
            (("form", True), ("disability", True)), asks=(Ask.AID,),
        ),
        Project("chao_shi", "慈善超市救助卡", Form.CARD, True, (Need.TEMPORARY,), frozenset(), (("form", True),)),
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
