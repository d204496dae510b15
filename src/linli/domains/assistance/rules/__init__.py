"""Rules of social assistance: who is entitled to what, how much and why."""

from linli.domains.assistance.rules.codes import Disability, Item, Recognised, Scheme, Standing, Study, Work, Zone
from linli.domains.assistance.rules.explain import Decided, decide
from linli.domains.assistance.rules.facts import BadFacts, Flow, Holding, Household, Member, check, in_two_families
from linli.domains.assistance.rules.law import all_values
from linli.domains.assistance.rules.medical import Bill, Patient, decide_medical
from linli.domains.assistance.rules.procedure import Procedure, highest_fine, procedure_on, recheck_after
from linli.domains.assistance.rules.relief import Cause, Degree, Need, Relief, decide_relief
from linli.domains.assistance.rules.stacking import PROGRAMMES, Due, Paid, pay_together
from linli.domains.assistance.rules.subsidies import OneOff, decide_one_off, decide_subsidies
from linli.domains.assistance.rules.support import CARE_ITEMS, Bearer, Care
from linli.domains.assistance.rules.support_words import SupportDecided, decide_support

__all__ = [
    "CARE_ITEMS", "PROGRAMMES", "BadFacts", "Bearer", "Bill", "Care", "Cause", "Decided", "Degree", "Disability", "Due",
    "Flow", "Holding", "Household", "Item", "Member", "Need", "OneOff", "Paid", "Patient", "Procedure", "Recognised",
    "Relief", "Scheme", "Standing", "Study", "SupportDecided", "Work", "Zone", "all_values", "check", "decide",
    "decide_medical", "decide_one_off", "decide_relief", "decide_subsidies", "decide_support", "highest_fine", "in_two_families",
    "pay_together", "procedure_on", "recheck_after",
]  # fmt: skip
