"""Reads of the registry."""

from linli.kernel.registry.queries.areas import (
    AreaNode,
    area_name,
    area_names,
    area_on,
    area_on_day,
    area_path,
    area_tree,
    areas_below,
    areas_on,
    history_of_area,
    successions,
)
from linli.kernel.registry.queries.facts import clear_account, clear_number, clear_phone, facts_of
from linli.kernel.registry.queries.keys import keyring
from linli.kernel.registry.queries.people import (
    account_of,
    accounts_of,
    household_by_id,
    household_of,
    households_of,
    identities,
    members_of,
    memberships,
    memberships_of,
    people,
    people_by_ids,
    people_with_status,
    person_by_id,
    person_by_number,
    residences_of,
    running,
    status_by_id,
    statuses_of,
)

__all__ = [
    "AreaNode", "account_of", "accounts_of", "area_name", "area_names", "area_on", "area_on_day", "area_path", "area_tree",
    "areas_below", "areas_on", "clear_account", "clear_number", "clear_phone", "facts_of", "history_of_area",
    "household_by_id", "household_of", "households_of", "identities", "keyring", "members_of", "memberships",
    "memberships_of", "people", "people_by_ids", "people_with_status", "person_by_id", "person_by_number", "residences_of",
    "running", "status_by_id", "statuses_of", "successions",
]  # fmt: skip
