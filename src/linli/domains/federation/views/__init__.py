"""Pages of the network, of bulletins and of honours."""

from linli.domains.federation.views.bodies import adopt, amend, appoint, body, close, found, money
from linli.domains.federation.views.honours import award, consent, contact, honour, honours, publish_honours
from linli.domains.federation.views.network import network
from linli.domains.federation.views.news import ask, bulletin, bulletins, cover, hold, publish

__all__ = [
    "adopt", "amend", "appoint", "ask", "award", "body", "bulletin", "bulletins", "close", "consent", "contact", "cover", "found",
    "hold", "honour", "honours", "money", "network", "publish", "publish_honours",
]  # fmt: skip
