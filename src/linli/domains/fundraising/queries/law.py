"""The values of the law that fundraising goes by."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from linli.base.dated import Parameters, load


@cache
def law() -> Parameters:
    """All values of ``parameters/*.toml``."""
    return load(sorted((Path(__file__).parents[1] / "parameters").glob("*.toml")))
