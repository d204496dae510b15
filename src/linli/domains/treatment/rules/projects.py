"""The medical projects: whom they treat, of what, and whether the family bears anything."""

from __future__ import annotations

from dataclasses import dataclass

from linli.base.named import Named

GROUP = "treatment.aid"
GROUP_ZH = "医疗康复救助"
"""The benefit group and the purpose of money of all projects: its name tells no illness."""

POOR = frozenset(
    {"dibao", "tekun", "edge", "rigid", "orphan", "unsupported_child", "poor_by_illness", "poor_by_disaster"}
)


class Organiser(Named):
    """Who won the treatment for the patients."""

    FEDERATION = "federation", "区慈善总会"
    JOINT = "joint", "省、市、区慈善总会联合"
    RED_CROSS = "red_cross", "区红十字会"


@dataclass(frozen=True)
class Project:
    """One kind of treatment. ``free``: the family bears nothing. ``child``: limited to an age, a dated value.

    ``statuses``: recognised statuses of the family of which one must be held (empty: none asked). ``capped``: the fund pays
    no more for a patient than a dated value.
    """

    key: str
    zh: str
    free: bool
    child: bool
    capped: bool
    statuses: frozenset[str]
    diagnoses: tuple[str, ...]


PROJECTS: dict[str, Project] = {
    project.key: project
    for project in (
        Project("heart", "儿童先心病免费手术", True, True, False, POOR, ("vsd", "asd", "pda", "tof", "heart_other")),
        Project("sight", "爱心复明", False, False, True, frozenset(), ("cataract_one", "cataract_both")),
        Project("lazy_eye", "儿童弱视救助", False, True, False, frozenset(), ("amblyopia", "strabismus")),
    )
}

STATES = {"open": "办理中", "granted": "待治疗", "treated": "已治疗", "refused": "未同意", "cancelled": "已取消"}
"""Where a patient stands."""

# Groups of diagnoses as hospitals report them for these projects; no codes of ICD are needed for counting.
DIAGNOSES = {
    "vsd": "室间隔缺损", "asd": "房间隔缺损", "pda": "动脉导管未闭", "tof": "法洛四联症", "heart_other": "其他先天性心脏病",
    "cataract_one": "单眼白内障", "cataract_both": "双眼白内障", "amblyopia": "弱视", "strabismus": "斜视性弱视",
}  # fmt: skip
