"""Reads of the registry."""

from linli.kernel.registry.queries.areas import (
    AreaNode,
    area_back_then,
    area_choices,
    area_name,
    area_names,
    area_on,
    area_on_day,
    area_path,
    area_tree,
    area_when_made,
    areas_below,
    areas_on,
    codes_today,
    district_of,
    former_codes,
    history_of_area,
    last_change_of_boundaries,
    life_of_area,
    successions,
    successions_of,
)
from linli.kernel.registry.queries.duplicates import (
    candidate_pairs,
    common_area,
    decided_pairs,
    duplicate_queue,
    likeness,
    merged_rows,
    pair_by_id,
)
from linli.kernel.registry.queries.facts import clear_account, clear_number, clear_phone, facts_of
from linli.kernel.registry.queries.finds import GONE, keep_find, kept_find
from linli.kernel.registry.queries.keys import keyring
from linli.kernel.registry.queries.people import (
    account_of,
    accounts_of,
    household_by_id,
    household_of,
    households_of,
    identities,
    identities_of,
    members_of,
    members_of_many,
    memberships,
    memberships_of,
    people,
    people_by_ids,
    people_by_numbers,
    people_with_status,
    person_by_id,
    person_by_number,
    residences_of,
    running,
    status_by_id,
    statuses_of,
    statuses_of_people,
)
from linli.kernel.registry.queries.places import organisation_by_id, organisations, place_by_id, places, room_by_id, rooms
from linli.kernel.registry.queries.recognised import at_home, belonging, recognised
from linli.kernel.registry.queries.rows import PersonRow, people_list, rows_of, with_statuses
from linli.kernel.registry.queries.search import Found, found_people, search, search_ids
from linli.kernel.registry.queries.timeline import (
    VERBS,
    benefits_of,
    looks_of,
    person_acts,
    timeline_of,
    timeline_of_household,
)
from linli.kernel.registry.queries.vulnerable import people_on, vulnerable, vulnerable_list

__all__ = [
    "GONE", "VERBS", "AreaNode", "Found", "PersonRow", "account_of", "accounts_of", "area_back_then", "area_choices",
    "area_name", "area_names", "area_on", "area_on_day", "area_path", "area_tree", "area_when_made", "areas_below",
    "areas_on", "at_home", "belonging",
    "benefits_of", "candidate_pairs", "clear_account", "clear_number", "clear_phone", "codes_today",
    "common_area", "decided_pairs", "district_of", "duplicate_queue", "facts_of", "former_codes", "found_people",
    "history_of_area", "household_by_id", "household_of", "households_of", "identities", "identities_of", "keep_find",
    "kept_find", "keyring",
    "last_change_of_boundaries", "life_of_area", "likeness", "looks_of", "members_of", "members_of_many", "memberships",
    "memberships_of", "merged_rows", "organisation_by_id", "organisations", "pair_by_id", "people", "people_by_ids",
    "people_by_numbers", "people_list", "people_on", "people_with_status", "person_acts", "person_by_id",
    "person_by_number", "place_by_id", "places", "recognised", "residences_of", "room_by_id", "rooms",
    "rows_of", "running", "search", "search_ids", "status_by_id", "statuses_of", "statuses_of_people",
    "successions", "successions_of", "timeline_of", "timeline_of_household", "vulnerable", "vulnerable_list", "with_statuses",
]  # fmt: skip
