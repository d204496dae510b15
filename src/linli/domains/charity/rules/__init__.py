"""Projects, conditions, shares and the flow of charity aid."""

from linli.domains.charity.rules.eligibility import Facts, decide, looks_entitled
from linli.domains.charity.rules.flow import AID, AUDIT, FLOW, LIST, NOTICE, REFUSALS
from linli.domains.charity.rules.projects import (
    AIDS,
    ILLNESSES,
    NEEDS,
    PROJECTS,
    Aid,
    Form,
    Need,
    Project,
    exclusions,
    group_of,
    project,
)

__all__ = [
    "AID",
    "AIDS",
    "AUDIT",
    "FLOW",
    "ILLNESSES",
    "LIST",
    "NEEDS",
    "NOTICE",
    "PROJECTS",
    "REFUSALS",
    "Aid",
    "Facts",
    "Form",
    "Need",
    "Project",
    "decide",
    "exclusions",
    "group_of",
    "looks_entitled",
    "project",
]
