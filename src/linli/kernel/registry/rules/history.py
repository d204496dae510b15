"""Entries of a timeline, and lines of benefits, that any package may contribute to a person or household."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One thing that happened: its day, what happened in Chinese, of whom, and where it opens.

    ``kind`` is a word for the look and for filtering: residence, household, status, person, case, money …
    ``permission``: without it nobody is told, not even that it happened; empty: whoever sees the person.
    """

    day: date
    zh: str
    kind: str = ""
    person_id: int | None = None
    href: str = ""
    permission: str = ""


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """What a person receives: the programme in Chinese, the amount in fen (None for goods and services), the period."""

    person_id: int
    zh: str
    amount: int | None
    since: date
    until: date | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Removal:
    """People who move to another area together: all rows that are they, the home that goes along (0: none), and where to.

    Told to the functions that manifests name under ``removal_listeners``, as ``f(by=, on=, removal=)``, in the transaction of
    the move and while everything still lies at the former place; what they return is said to whoever moves them.
    """

    people: tuple[int, ...]
    to: str
    address: str
    household: int = 0
