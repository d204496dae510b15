"""Projects, conditions, shares and the flow of charity aid."""

from linli.domains.charity.rules.eligibility import Facts, decide, looks_entitled
from linli.domains.charity.rules.projects import ILLNESSES, NEEDS, PROJECTS, Form, Need, Project, exclusions, group_of, project

__all__ = [
    "ILLNESSES",
    "NEEDS",
    "PROJECTS",
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
