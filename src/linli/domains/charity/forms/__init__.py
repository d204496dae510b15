"""Forms of charity aid: parse and check; nothing is saved here."""

from linli.domains.charity.forms.aid import (
    STEPS,
    ApplicationSearch,
    CampaignSearch,
    Cancel,
    GiveAid,
    MissedSearch,
    NewCampaign,
    PassNoticed,
    Payer,
    Quota,
)
from linli.domains.charity.forms.door import Apply, Correct, FindApplicant
from linli.domains.charity.forms.findings import AidSearch, AidYear, AnswerFinding, FindingSearch

__all__ = [
    "STEPS",
    "AidSearch",
    "AidYear",
    "AnswerFinding",
    "ApplicationSearch",
    "Apply",
    "CampaignSearch",
    "Cancel",
    "Correct",
    "FindApplicant",
    "FindingSearch",
    "GiveAid",
    "MissedSearch",
    "NewCampaign",
    "PassNoticed",
    "Payer",
    "Quota",
]
