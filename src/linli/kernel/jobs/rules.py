"""What can be done in the background: tasks that somebody orders, and beats that the worker keeps by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Work = Callable[..., Any]


@dataclass(frozen=True)
class Task:
    """Work that is ordered by name with plain words. It runs at least once: a worker that dies is followed by another,

    so its effect must be one transaction that finds out whether it was done before. ``attempts`` counts all tries.
    """

    name: str
    run: Work
    attempts: int = 3


@dataclass(frozen=True)
class Beat:
    """Work that the worker repeats after so many seconds, on one worker at a time; it does what is due and no more."""

    name: str
    run: Work
    seconds: float


_tasks: dict[str, Task] = {}
_beats: dict[str, Beat] = {}


def task(name: str, *, attempts: int = 3) -> Callable[[Work], Work]:
    """Declare a task (in a package's ``tasks.py``)."""

    def declare(run: Work) -> Work:
        _keep(_tasks, name, Task(name, run, attempts))
        return run

    return declare


def every(seconds: float, name: str) -> Callable[[Work], Work]:
    """Declare a beat (in a package's ``tasks.py``)."""

    def declare(run: Work) -> Work:
        _keep(_beats, name, Beat(name, run, seconds))
        return run

    return declare


def _keep(kept: dict[str, Any], name: str, work: Task | Beat) -> None:
    if name in kept:
        raise ValueError(f"{name} is declared twice")
    kept[name] = work


def tasks() -> dict[str, Task]:
    """All declared tasks by name."""
    return dict(_tasks)


def beats() -> dict[str, Beat]:
    """All declared beats by name."""
    return dict(_beats)
