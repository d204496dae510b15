"""Writes: providers, their items and prices, service orders, settlement, what the clocks see, what residents say on the web."""

from linli.domains.providers.actions.forgetting import forget_wishes
from linli.domains.providers.actions.members import (
    admit,
    apply,
    change,
    extend_trial,
    propose,
    refuse,
    remove,
    restore,
    start_trial,
    suspend,
)
from linli.domains.providers.actions.offers import add_department, add_offer, end_department, end_offer, set_price
from linli.domains.providers.actions.ordering import MOST_DAYS, cancel, decline_wish, order_service, send_elsewhere, warn_of_equal
from linli.domains.providers.actions.renewing import renew_phones
from linli.domains.providers.actions.serving import accept, begin, close_cancelled, enter_replies, finish
from linli.domains.providers.actions.settling import contest, pay_statement, rule, state_month, withdraw_statement
from linli.domains.providers.actions.watching import watch
from linli.domains.providers.actions.web import reply_from_web, wish_from_web

__all__ = [
    "MOST_DAYS",
    "accept", "add_department", "add_offer", "admit", "apply", "begin", "cancel", "change", "close_cancelled", "contest",
    "decline_wish", "end_department", "end_offer", "enter_replies", "extend_trial", "finish", "forget_wishes", "order_service",
    "pay_statement", "propose", "refuse", "remove", "renew_phones", "reply_from_web", "restore", "rule", "send_elsewhere",
    "set_price", "start_trial", "state_month", "suspend", "warn_of_equal", "watch", "wish_from_web", "withdraw_statement",
]  # fmt: skip
