"""Tables of providers and of what is ordered from them."""

from linli.domains.providers.models.members import Department, Lapse, Offer, Price, Provider, ProviderEvent
from linli.domains.providers.models.services import Contest, Reply, ServiceOrder, Statement, Wish

__all__ = [
    "Contest", "Department", "Lapse", "Offer", "Price", "Provider", "ProviderEvent", "Reply", "ServiceOrder", "Statement", "Wish",
]  # fmt: skip
