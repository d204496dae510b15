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
    VulnerableFilter,
)
from linli.kernel.registry.forms.places import (
    Ending,
    LeavingUnit,
    NewOrganisation,
    NewPlace,
    NewRooms,
    NewUnitMember,
    OrganisationFilter,
    PlaceFilter,
)

__all__ = [
    "Account", "Correction", "Death", "Decision", "Elsewhere", "Ending", "Founding", "HeadChange", "Joining", "Leaving",
    "LeavingUnit", "Merging", "Moving", "NewHousehold", "NewOrganisation", "NewPlace", "NewRooms", "NewUnitMember",
    "OrganisationFilter", "PeopleFilter", "PlaceFilter", "Registration", "Renaming", "Reveal", "Splitting", "StatusEnd",
    "StatusStart", "Turning", "Undo", "VulnerableFilter", "head_change",
]  # fmt: skip
