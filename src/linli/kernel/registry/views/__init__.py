"""Pages of people, households, duplicates and areas."""

from linli.kernel.registry.views.acts import (
    account,
    correct,
    death,
    elsewhere,
    end_status,
    found,
    leave,
    move_alone,
    register,
    status,
    undo,
)
from linli.kernel.registry.views.areas import area, areas, found_area, merge, rename, split, turn
from linli.kernel.registry.views.duplicates import duplicate, duplicates, duplicates_progress, find_duplicates
from linli.kernel.registry.views.households import head, household, join, move
from linli.kernel.registry.views.people import people, person, reveal
from linli.kernel.registry.views.places import (
    end_organisation,
    end_place,
    end_room,
    new_organisation,
    new_place,
    new_rooms,
    organisations,
    place,
    places,
)
from linli.kernel.registry.views.search import search
from linli.kernel.registry.views.units import leave_unit, new_unit_member, organisation
from linli.kernel.registry.views.vulnerable import vulnerable

__all__ = [
    "account", "area", "areas", "correct", "death", "duplicate", "duplicates", "duplicates_progress", "elsewhere",
    "end_organisation", "end_place", "end_room", "end_status", "find_duplicates", "found", "found_area", "head", "household",
    "join", "leave", "leave_unit", "merge", "move", "move_alone", "new_organisation", "new_place", "new_rooms",
    "new_unit_member", "organisation", "organisations", "people", "person", "place", "places", "register", "rename", "reveal",
    "search", "split", "status", "turn", "undo", "vulnerable",
]  # fmt: skip
