"""Writes of the pairing."""

from linli.domains.pairing.actions.heard import pairs_changed, visits_changed
from linli.domains.pairing.actions.helping import give_goods, give_money, withdraw_help
from linli.domains.pairing.actions.visiting import record_visit

__all__ = ["give_goods", "give_money", "pairs_changed", "record_visit", "visits_changed", "withdraw_help"]
