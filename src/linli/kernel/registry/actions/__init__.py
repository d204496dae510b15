"""Writes of the registry."""

from linli.kernel.registry.actions.accounts import REVEALABLE, add_bank_account, reveal
from linli.kernel.registry.actions.areas import found_area, merge_areas, rename_area, split_area, turn_area
from linli.kernel.registry.actions.duplicates import (
    decide_different,
    decide_same,
    merge_persons,
    undo_merge,
)
from linli.kernel.registry.actions.elsewhere import known_elsewhere
from linli.kernel.registry.actions.households import change_head, found_household, join_household, leave_household
from linli.kernel.registry.actions.keys import renew_seals
from linli.kernel.registry.actions.likeness import end_search, order_search, propose_duplicates, search_duplicates
from linli.kernel.registry.actions.moves import Moved, move_household, move_person
from linli.kernel.registry.actions.people import correct_person, record_death, register_person
from linli.kernel.registry.actions.places import (
    add_rooms,
    end_organisation,
    end_place,
    end_room,
    register_organisation,
    register_place,
)
from linli.kernel.registry.actions.statuses import end_status, go_on_with_status, recognise_status
from linli.kernel.registry.actions.units import join_unit, leave_unit

__all__ = [
    "REVEALABLE", "Moved", "add_bank_account", "add_rooms", "change_head", "correct_person", "decide_different",
    "decide_same", "end_organisation", "end_place", "end_room", "end_search", "end_status", "found_area", "found_household",
    "go_on_with_status", "join_household", "join_unit", "known_elsewhere", "leave_household", "leave_unit", "merge_areas",
    "merge_persons", "move_household", "move_person", "order_search", "propose_duplicates", "recognise_status",
    "record_death", "register_organisation", "register_person", "register_place", "rename_area", "renew_seals", "reveal",
    "search_duplicates", "split_area", "turn_area", "undo_merge",
]  # fmt: skip
