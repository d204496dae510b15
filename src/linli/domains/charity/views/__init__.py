"""Pages of charity aid."""

from linli.domains.charity.views.applications import (
    application,
    applications,
    apply,
    apply_for,
    cancel,
    correct,
    give_aid,
    print_form,
)
from linli.domains.charity.views.campaigns import campaign, campaigns, close, missed, new_campaign, payer, quota
from linli.domains.charity.views.notices import draft, pass_on, publish, show

__all__ = [
    "application",
    "applications",
    "apply",
    "apply_for",
    "campaign",
    "campaigns",
    "cancel",
    "close",
    "correct",
    "draft",
    "give_aid",
    "missed",
    "new_campaign",
    "pass_on",
    "payer",
    "print_form",
    "publish",
    "quota",
    "show",
]
