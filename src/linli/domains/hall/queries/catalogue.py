"""The catalogue as it stands in ``parameters``, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from linli.base.areas import Level
from linli.base.dated import Parameters, load
from linli.domains.hall.rules import Catalogue, Group, Item, Norm, catalogue_of, faults, fits

FOLDER = Path(__file__).parents[1] / "parameters"
VALUES = "value"


@cache
def catalogue() -> Catalogue:
    """All windows, items, bundles and norms in all versions; faults in the files stop the program at its start."""
    found = catalogue_of(_tables())
    if wrong := list(faults(found)):
        raise ValueError("; ".join(wrong))
    return found


def _tables() -> Iterator[dict[str, list[dict[str, object]]]]:
    for path in sorted(FOLDER.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        yield {kind: rows for kind, rows in table.items() if kind != VALUES}


@cache
def law() -> Parameters:
    """The dated values of how the halls work: slots, waiting times, days of errands."""
    return load([FOLDER / "queue.toml"])


def items(
    *, on: date, words: str = "", window: str = "", group: str = "", level: str = "", passed_down: bool = False,
    spot: bool = False,
) -> list[Item]:  # fmt: skip
    """The items in force on a day that are meant by words, a window, who somebody is, or the level of the counter."""
    found: Iterable[Item] = (item for item in catalogue().on(on) if fits(item, words))
    if window:
        found = (item for item in found if item.window.key == window)
    if group:
        found = (item for item in found if Group(group) in item.groups)
    if level:
        found = (item for item in found if item.taken_at(Level(int(level))))
    return [item for item in found if item.passed_down >= passed_down and item.spot >= spot]


def item_on(code: str, on: date) -> Item | None:
    """The item of this code as it stands on a day."""
    return catalogue().item(code, on)


def versions_of(code: str) -> list[Item]:
    """Every version of an item, the newest first."""
    return [item for item in reversed(catalogue().items) if item.code == code]


def norms_of(item: Item, on: date) -> list[Norm]:
    """The norms that hold for an item: that of all halls, and that of its window."""
    return [norm for norm in catalogue().norms_on(on) if norm.key == "centre" or norm.window == item.window.key]
