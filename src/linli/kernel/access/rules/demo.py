"""What a package adds to the made-up demo district."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DemoPlan:
    """What the demo is to be: its business day, how many people, and whom to tell how far a step is.

    ``tell(words, done, total)`` may be called as often as one likes; ``total`` 0 means that nobody knows.
    """

    on: date
    people: int
    tell: Callable[[str, int, int], None] = lambda words, done, total: None


@dataclass(frozen=True)
class DemoStep:
    """One step of the demo, in a package's manifest: ``demo_steps = (DemoStep(200, "人员", "linli…samples.demo_people"),)``.

    ``load`` is the dotted name of a function of a :class:`DemoPlan` that goes through real actions. Steps run by
    ``rank``: areas 100, staff 110, people 200, funds 300, domains from 400. A step is one transaction together with the
    line in the trail that marks it, so a step either happened wholly or will be done again from its beginning.
    """

    rank: int
    zh: str
    load: str

    @property
    def key(self) -> str:
        """What marks the step in the trail: package and function, e.g. ``registry.demo_people``."""
        package = self.load.partition(".samples")[0].rpartition(".")[2]
        return f"{package}.{self.load.rpartition('.')[2]}"
