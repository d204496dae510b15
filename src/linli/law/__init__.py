"""The law of social assistance as functions of facts: plain Python, dated values, no database. Every domain may use it."""

from linli.law.codes import Disability, Item, Recognised, Scheme, Standing, Study, Work, Zone
from linli.law.explain import Decided, decide
from linli.law.facts import BadFacts, Flow, Holding, Household, Member, check, in_two_families
from linli.law.kinship import owes_support, seen_from
from linli.law.medical import Bill, Patient, decide_medical
from linli.law.procedure import Procedure, highest_fine, procedure_on, recheck_after
from linli.law.relief import Cause, Decider, Degree, Need, Relief, decide_relief
from linli.law.stacking import PROGRAMMES, Due, Paid, pay_together
from linli.law.subsidies import OneOff, decide_one_off, decide_subsidies
from linli.law.support import CARE_ITEMS, Bearer, Care
from linli.law.support_words import SupportDecided, decide_support
from linli.law.together import RESULTS, Asked, Judgement, alone_of, judge_together, plain
from linli.law.values import all_values

__all__ = [
    "CARE_ITEMS", "PROGRAMMES", "RESULTS", "Asked", "BadFacts", "Bearer", "Bill", "Care", "Cause", "Decided", "Decider",
    "Degree", "Disability", "Due", "Flow", "Holding", "Household", "Item", "Judgement", "Member", "Need", "OneOff", "Paid",
    "Patient", "Procedure", "Recognised", "Relief", "Scheme", "Standing", "Study", "SupportDecided", "Work", "Zone",
    "all_values", "alone_of", "check", "decide", "decide_medical", "decide_one_off", "decide_relief",
    "decide_subsidies", "decide_support", "highest_fine", "in_two_families", "judge_together", "owes_support",
    "pay_together", "plain", "procedure_on", "recheck_after", "seen_from",
]  # fmt: skip
