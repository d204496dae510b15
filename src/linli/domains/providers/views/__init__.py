"""Pages of providers and services."""

from linli.domains.providers.views.members import act, change_provider, new_provider, provider, providers
from linli.domains.providers.views.offers import end_department, end_offer, new_department, new_offer, offers, price
from linli.domains.providers.views.ordering import new_service, wish_order
from linli.domains.providers.views.services import phone, service, service_act, services
from linli.domains.providers.views.settlement import contest, pay, settlement, state, statement, withdraw
from linli.domains.providers.views.web import web, web_confirm
from linli.domains.providers.views.wishes import enter_replies, replies, wish, wishes

__all__ = [
    "act", "change_provider", "contest", "end_department", "end_offer", "enter_replies", "new_department", "new_offer",
    "new_provider", "new_service", "offers", "pay", "phone", "price", "provider", "providers", "replies", "service",
    "service_act", "services", "settlement", "state", "statement", "web", "web_confirm", "wish", "wish_order", "wishes",
    "withdraw",
]  # fmt: skip
