"""Rules of social assistance: who is entitled to what, how much and why."""

from linli.domains.assistance.rules.codes import Disability, Item, Recognised, Scheme, Standing, Study, Work, Zone
from linli.domains.assistance.rules.explain import Decided, decide
from linli.domains.assistance.rules.facts import BadFacts, Flow, Holding, Household, Member, check
from linli.domains.assistance.rules.law import all_values

__all__ = [
    "BadFacts",
    "Decided",
    "Disability",
    "Flow",
    "Holding",
    "Household",
    "Item",
    "Member",
    "Recognised",
    "Scheme",
    "Standing",
    "Study",
    "Work",
    "Zone",
    "all_values",
    "check",
    "decide",
]
