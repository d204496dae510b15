"""Reads of the whole system: what was given, the file of a family, who is reached, and those who were left behind."""

from linli.domains.coordination.queries.left import LeftRow, left_behind, left_helped, left_rows, to_left_behind
from linli.domains.coordination.queries.reach import in_need, in_need_list, reach_by_area, reached_in, rule_of_reach
from linli.domains.coordination.queries.record import (
    Record,
    Year,
    file_of,
    given_in,
    groups,
    named_streams,
    page_of,
    record_of_household,
    record_of_person,
    shown_name,
)

__all__ = [
    "LeftRow",
    "Record",
    "Year",
    "file_of",
    "given_in",
    "groups",
    "in_need",
    "in_need_list",
    "left_behind",
    "left_helped",
    "left_rows",
    "named_streams",
    "page_of",
    "reach_by_area",
    "reached_in",
    "record_of_household",
    "record_of_person",
    "rule_of_reach",
    "shown_name",
    "to_left_behind",
]
