"""The tables of the registry: areas, people, households and what belongs to them."""

from linli.kernel.registry.models.areas import Area, AreaMove, AreaSuccession
from linli.kernel.registry.models.duplicates import DuplicatePair, DuplicatePass
from linli.kernel.registry.models.households import Household, Membership
from linli.kernel.registry.models.people import BankAccount, Person, Residence, SearchToken, Status
from linli.kernel.registry.models.places import Organisation, Place, Room, UnitMember

__all__ = [
    "Area",
    "AreaMove",
    "AreaSuccession",
    "BankAccount",
    "DuplicatePair",
    "DuplicatePass",
    "Household",
    "Membership",
    "Organisation",
    "Person",
    "Place",
    "Residence",
    "Room",
    "SearchToken",
    "Status",
    "UnitMember",
]
