"""Forms of providers and services: parse and check; nothing is saved here."""

from linli.domains.providers.forms.members import (
    Apply,
    Conditions,
    Grounded,
    NewDepartment,
    NewOffer,
    NewPrice,
    OfferSearch,
    Opinion,
    ProviderSearch,
    Why,
)
from linli.domains.providers.forms.services import (
    Begin,
    Cancel,
    Decline,
    Finish,
    NewContest,
    OrderService,
    Resend,
    RuleContest,
    ServiceSearch,
    State,
    StatementSearch,
    WebReply,
    WebWish,
    WishSearch,
    chosen,
)
from linli.kernel.ui.forms import Confirm

__all__ = [
    "Apply", "Begin", "Cancel", "Conditions", "Confirm", "Decline", "Finish", "Grounded", "NewContest", "NewDepartment",
    "NewOffer", "NewPrice", "OfferSearch", "Opinion", "OrderService", "ProviderSearch", "Resend", "RuleContest",
    "ServiceSearch", "State", "StatementSearch", "WebReply", "WebWish", "Why", "WishSearch", "chosen",
]  # fmt: skip
