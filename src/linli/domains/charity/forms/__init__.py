"""Forms of charity aid: parse and check; nothing is saved here."""

from linli.domains.charity.forms.aid import (
    STEPS,
    ApplicationSearch,
    CampaignSearch,
    Cancel,
    GiveAid,
    MissedSearch,
    NewCampaign,
    OrderSearch,
    PassNoticed,
    Payer,
    Quota,
)
from linli.domains.charity.forms.door import Apply, Correct, FindApplicant
from linli.domains.charity.forms.doubts import AidSearch, AidYear, AnswerDoubt, DoubtSearch

__all__ = [
    "STEPS",
    "AidSearch",
    "AidYear",
    "AnswerDoubt",
    "ApplicationSearch",
    "Apply",
    "CampaignSearch",
    "Cancel",
    "Correct",
    "DoubtSearch",
    "FindApplicant",
    "GiveAid",
    "MissedSearch",
    "NewCampaign",
    "OrderSearch",
    "PassNoticed",
    "Payer",
    "Quota",
]
