"""Rules of social assistance: who is entitled to what, how much and why."""

from linli.domains.assistance.rules.codes import Disability, Item, Recognised, Scheme, Standing, Study, Work, Zone
from linli.domains.assistance.rules.evidence import CAUSES, FIVE, REGISTERS, SCOPE, Source, VisitKind, lot
from linli.domains.assistance.rules.explain import Decided, decide
from linli.domains.assistance.rules.facts import BadFacts, Flow, Holding, Household, Member, check, in_two_families
from linli.domains.assistance.rules.flow import FLOWS, REFUSALS, SCHEMES, VERIFY, scheme_for
from linli.domains.assistance.rules.kinship import owes_support, seen_from
from linli.domains.assistance.rules.law import all_values
from linli.domains.assistance.rules.medical import Bill, Patient, decide_medical
from linli.domains.assistance.rules.notices import NOTICES, posted_as
from linli.domains.assistance.rules.procedure import Procedure, highest_fine, procedure_on, recheck_after
from linli.domains.assistance.rules.proposal import supposed
from linli.domains.assistance.rules.relief import Cause, Degree, Need, Relief, decide_relief
from linli.domains.assistance.rules.stacking import PROGRAMMES, Due, Paid, pay_together
from linli.domains.assistance.rules.subsidies import OneOff, decide_one_off, decide_subsidies
from linli.domains.assistance.rules.support import CARE_ITEMS, Bearer, Care
from linli.domains.assistance.rules.support_words import SupportDecided, decide_support
from linli.domains.assistance.rules.together import RESULTS, Asked, Judgement, alone_of, judge_together, plain

__all__ = [
    "CARE_ITEMS", "CAUSES", "FIVE", "FLOWS", "NOTICES", "PROGRAMMES", "REFUSALS", "REGISTERS", "RESULTS", "SCHEMES",
    "SCOPE", "VERIFY", "Asked", "BadFacts", "Bearer", "Bill", "Care", "Cause", "Decided", "Degree", "Disability", "Due",
    "Flow", "Holding", "Household", "Item", "Judgement", "Member", "Need", "OneOff", "Paid", "Patient", "Procedure",
    "Recognised", "Relief", "Scheme", "Source", "Standing", "Study", "SupportDecided", "VisitKind", "Work", "Zone",
    "all_values", "alone_of", "check", "decide", "decide_medical", "decide_one_off", "decide_relief", "decide_subsidies",
    "decide_support", "highest_fine", "in_two_families", "judge_together", "lot", "owes_support", "pay_together", "plain",
    "posted_as", "procedure_on", "recheck_after", "scheme_for", "seen_from", "supposed",
]  # fmt: skip
