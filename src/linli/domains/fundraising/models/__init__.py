"""Tables of fundraising."""

from linli.domains.fundraising.models.bulletin import PublicFund, PublicReceipt
from linli.domains.fundraising.models.campaigns import Campaign, Disclosure, PurposeChange
from linli.domains.fundraising.models.contracts import Contract, Instalment, PlanLine, SpendingPlan
from linli.domains.fundraising.models.gifts import Donor, Gift, Receipt, ReceiptCounter, Reversal

__all__ = [
    "Campaign",
    "Contract",
    "Disclosure",
    "Donor",
    "Gift",
    "Instalment",
    "PlanLine",
    "PublicFund",
    "PublicReceipt",
    "PurposeChange",
    "Receipt",
    "ReceiptCounter",
    "Reversal",
    "SpendingPlan",
]
