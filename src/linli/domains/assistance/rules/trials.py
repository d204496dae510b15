"""A policy tried out before it is decided: which values of the law may be changed, and the law with the changes in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from linli.base.dated import Parameters, Single, Value
from linli.base.named import Named
from linli.domains.assistance.rules.standards import STANDARD_GROUPS
from linli.kernel.standards.rules import Key

SOURCE = "政策测算（未决定）"


class TrialState(Named):
    """How far a trial is."""

    WAITING = "waiting", "测算中"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"


GROUPS: tuple[tuple[str, tuple[Key, ...]], ...] = tuple(
    (group.zh, tuple(key for key in group.keys if not key.only)) for group in STANDARD_GROUPS
)
"""What a trial may change: what the district may set, but for how many months a sum is meant."""
LEVERS: dict[str, Key] = {lever.key: lever for _, levers in GROUPS for lever in levers}


def with_changes(known: Parameters, changes: Mapping[str, Single]) -> Parameters:
    """The law with these values in every place and at all times, instead of what is known under their keys."""
    kept = [value for value in known if value.key not in changes]
    own = [
        Value(key, date(1900, 1, 1), None, "", content, LEVERS[key].unit, SOURCE, "", "M") for key, content in changes.items()
    ]
    return Parameters([*kept, *own])
