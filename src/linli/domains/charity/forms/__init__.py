"""Forms of charity aid: parse and check; nothing is saved here."""

from linli.domains.charity.forms.aid import (
    STEPS,
    ApplicationSearch,
    Apply,
    CampaignSearch,
    Cancel,
    Correct,
    FindApplicant,
    GiveAid,
    MissedSearch,
    NewCampaign,
    PassNoticed,
    Payer,
    Quota,
)

__all__ = [
    "STEPS",
    "ApplicationSearch",
    "Apply",
    "CampaignSearch",
    "Cancel",
    "Correct",
    "FindApplicant",
    "GiveAid",
    "MissedSearch",
    "NewCampaign",
    "PassNoticed",
    "Payer",
    "Quota",
]
