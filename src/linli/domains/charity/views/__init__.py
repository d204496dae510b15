"""Pages of charity aid."""

from linli.domains.charity.views.applications import (
    application,
    applications,
    cancel,
    correct,
    give_aid,
    print_form,
)
from linli.domains.charity.views.audits import (
    audit,
    audits,
    audits_of,
    conclude,
    draw,
    find,
    judge,
    mend,
    new_audit,
    publish_audit,
)
from linli.domains.charity.views.campaigns import campaign, campaigns, close, missed, new_campaign, payer, quota
from linli.domains.charity.views.door import apply, apply_for, apply_to
from linli.domains.charity.views.doubts import aid, doubt, doubts, look
from linli.domains.charity.views.notices import draft, pass_on, publish
from linli.domains.charity.views.ordering import order

__all__ = [
    "aid",
    "application",
    "applications",
    "apply",
    "apply_for",
    "apply_to",
    "audit",
    "audits",
    "audits_of",
    "campaign",
    "campaigns",
    "cancel",
    "close",
    "conclude",
    "correct",
    "doubt",
    "doubts",
    "draft",
    "draw",
    "find",
    "give_aid",
    "judge",
    "look",
    "mend",
    "missed",
    "new_audit",
    "new_campaign",
    "order",
    "pass_on",
    "payer",
    "print_form",
    "publish",
    "publish_audit",
    "quota",
]
