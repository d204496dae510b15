"""The dated values of the aid projects."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from linli.base.dated import Parameters, load

FOLDER = Path(__file__).parents[1] / "parameters"


@cache
def law() -> Parameters:
    """All values of the package; faults in the files stop the program at its start."""
    return load(sorted(FOLDER.glob("*.toml")))
