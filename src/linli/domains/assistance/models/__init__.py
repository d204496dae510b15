"""The tables of an application for assistance."""

from linli.domains.assistance.models.applications import Application, Kin, Member
from linli.domains.assistance.models.delegations import Delegation, Sample
from linli.domains.assistance.models.evidence import Answer, Appraisal, Consent, Inquiry, Visit
from linli.domains.assistance.models.facts import Line, Supporter
from linli.domains.assistance.models.measured import MeasuredFacts
from linli.domains.assistance.models.trials import Trial, TrialLine, TrialSum
from linli.domains.assistance.models.wishes import Wish

__all__ = [
    "Answer", "Application", "Appraisal", "Consent", "Delegation", "Inquiry", "Kin", "Line", "MeasuredFacts", "Member", "Sample",
    "Supporter", "Trial", "TrialLine", "TrialSum", "Visit", "Wish",
]  # fmt: skip
