"""Writes of the registry."""

from linli.kernel.registry.actions.accounts import REVEALABLE, add_bank_account, reveal
from linli.kernel.registry.actions.areas import found_area
from linli.kernel.registry.actions.elsewhere import known_elsewhere
from linli.kernel.registry.actions.households import change_head, found_household, join_household, leave_household
from linli.kernel.registry.actions.moves import Moved, move_household, move_person
from linli.kernel.registry.actions.people import correct_person, record_death, register_person
from linli.kernel.registry.actions.statuses import end_status, recognise_status

__all__ = [
    "REVEALABLE",
    "Moved",
    "add_bank_account",
    "change_head",
    "correct_person",
    "end_status",
    "found_area",
    "found_household",
    "join_household",
    "known_elsewhere",
    "leave_household",
    "move_household",
    "move_person",
    "recognise_status",
    "record_death",
    "register_person",
    "reveal",
]
