"""The law in force: what the program knows, and what the district has set itself."""

from __future__ import annotations

from linli.base.dated import Parameters
from linli.kernel.standards.queries import known
from linli.law import all_values


def law_now() -> Parameters:
    """All values of the law with those that two persons of the district agreed to."""
    return known(all_values())
