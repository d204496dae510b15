"""What is entered of a person and a household, as frozen facts; the fields that a correction may change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.base.days import age_on


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person as entered. ``number`` may be empty with a reason; birth and sex then have to be given."""

    name: str
    number: str = ""
    no_number_reason: str = ""
    sex: str = ""
    birth: date | None = None
    phone: str = ""
    ethnic: str = "01"
    marital: str = ""
    address: str = ""
    registered_address: str = ""
    registered_area: str = ""


CORRECTABLE = frozenset(PersonFacts.__dataclass_fields__)


def is_minor(birth: date, on: date) -> bool:
    """Whether a person is under 18 on this day (民法典 §17)."""
    return age_on(birth, on) < 18
