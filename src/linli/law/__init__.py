"""The law of social assistance as functions of facts: plain Python, dated values, no database. Every domain may use it."""

from linli.law.codes import Disability, Item, Recognised, Scheme, Standing, Study, Work, Zone
from linli.law.explain import Decided, decide
from linli.law.facts import BadFacts, Flow, Holding, Household, Member, check
from linli.law.kinship import owes_support, seen_from
from linli.law.medical import Bill, Patient, decide_medical
from linli.law.procedure import Procedure, procedure_on, recheck_after
from linli.law.relief import Cause, Decider, Degree, Need, Relief, decide_relief
from linli.law.subsidies import decide_subsidies
from linli.law.support import CARE_ITEMS, Bearer, Care
from linli.law.support_words import SupportDecided, decide_support
from linli.law.together import RESULTS, Asked, Judgement, alone_of, judge_together, plain, result_zh
from linli.law.values import all_values

__all__ = [
    "CARE_ITEMS", "RESULTS", "Asked", "BadFacts", "Bearer", "Bill", "Care", "Cause", "Decided", "Decider",
    "Degree", "Disability", "Flow", "Holding", "Household", "Item", "Judgement", "Member", "Need",
    "Patient", "Procedure", "Recognised", "Relief", "Scheme", "Standing", "Study", "SupportDecided", "Work", "Zone",
    "all_values", "alone_of", "check", "decide", "decide_medical", "decide_relief",
    "decide_subsidies", "decide_support", "judge_together", "owes_support",
    "plain", "procedure_on", "recheck_after", "result_zh", "seen_from",
]  # fmt: skip
