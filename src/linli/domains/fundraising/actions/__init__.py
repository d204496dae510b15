"""Writes of fundraising."""

from linli.domains.fundraising.actions.campaigns import (
    add_purpose,
    allow_gift_use,
    allow_use,
    close_campaign,
    open_campaign,
)
from linli.domains.fundraising.actions.contracts import conclude_contract, end_contract
from linli.domains.fundraising.actions.funds import hand_out
from linli.domains.fundraising.actions.gifts import (
    DonorFacts,
    record_gift,
    register_donor,
    reverse_gift,
    set_consent,
)
from linli.domains.fundraising.actions.importing import gift_import
from linli.domains.fundraising.actions.publishing import body_of, lines_to_publish, publish_gifts, tell_donors
from linli.domains.fundraising.actions.spending import draft_plan, sign_plan

__all__ = [
    "DonorFacts",
    "add_purpose",
    "allow_gift_use",
    "allow_use",
    "body_of",
    "close_campaign",
    "conclude_contract",
    "draft_plan",
    "end_contract",
    "gift_import",
    "hand_out",
    "lines_to_publish",
    "open_campaign",
    "publish_gifts",
    "record_gift",
    "register_donor",
    "reverse_gift",
    "set_consent",
    "sign_plan",
    "tell_donors",
]
