"""Forms of people, households, duplicates and areas."""

from linli.kernel.registry.forms.areas import Founding, Merging, Renaming, Splitting, Turning
from linli.kernel.registry.forms.households import HeadChange, Joining, Leaving, Moving, NewHousehold, head_change
from linli.kernel.registry.forms.people import (
    Account,
    Correction,
    Death,
    Decision,
    Elsewhere,
    PeopleFilter,
    Registration,
    Reveal,
    StatusEnd,
    StatusStart,
    Undo,
)

__all__ = [
    "Account", "Correction", "Death", "Decision", "Elsewhere", "Founding", "HeadChange", "Joining", "Leaving", "Merging",
    "Moving", "NewHousehold", "PeopleFilter", "Registration", "Renaming", "Reveal", "Splitting", "StatusEnd", "StatusStart",
    "Turning", "Undo", "head_change",
]  # fmt: skip
