"""Reads: campaigns and their progress, applications and what is known of families, who was missed."""

from linli.domains.charity.queries.applications import (
    application,
    application_of_case,
    applications,
    applications_of_household,
    facts_for,
    helped_by,
    judge,
    judge_many,
    missed_named,
    missed_people,
    page_of_posting,
    source_of,
)
from linli.domains.charity.queries.campaigns import (
    TownLine,
    campaign,
    campaigns,
    open_campaigns,
    shares_for,
    town_code,
    town_lines,
)
from linli.domains.charity.queries.law import law
from linli.domains.charity.queries.origins import origins
from linli.domains.charity.queries.panel import panel, warnings

__all__ = [
    "TownLine",
    "application",
    "application_of_case",
    "applications",
    "applications_of_household",
    "campaign",
    "campaigns",
    "facts_for",
    "helped_by",
    "judge",
    "judge_many",
    "law",
    "missed_named",
    "missed_people",
    "open_campaigns",
    "origins",
    "page_of_posting",
    "panel",
    "shares_for",
    "source_of",
    "town_code",
    "town_lines",
    "warnings",
]
