"""Projects, conditions, bills and the flow of medical help."""

from linli.domains.treatment.rules.bills import PAID_BY_FUND, WAIVED, Bearer, bearer_of_fund, bill_faults
from linli.domains.treatment.rules.eligibility import Facts, decide
from linli.domains.treatment.rules.flow import AID, FLOW
from linli.domains.treatment.rules.projects import (
    DIAGNOSES,
    GROUP,
    GROUP_ZH,
    PROJECTS,
    STATES,
    Organiser,
    Project,
)

__all__ = [
    "AID", "DIAGNOSES", "FLOW", "GROUP", "GROUP_ZH", "PAID_BY_FUND", "PROJECTS", "STATES", "WAIVED", "Bearer", "Facts",
    "Organiser", "Project", "bearer_of_fund", "bill_faults", "decide",
]  # fmt: skip
