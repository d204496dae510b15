"""The tables of an application for assistance."""

from linli.domains.assistance.models.applications import Application, Kin, Member
from linli.domains.assistance.models.evidence import Answer, Appraisal, Consent, Inquiry, Visit
from linli.domains.assistance.models.facts import Line, Supporter

__all__ = ["Answer", "Application", "Appraisal", "Consent", "Inquiry", "Kin", "Line", "Member", "Supporter", "Visit"]
