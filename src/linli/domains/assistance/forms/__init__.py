"""Forms of assistance: parse and check; nothing is saved here."""

from linli.domains.assistance.forms.delegations import CheckSample, Delegate, DelegationSearch, SampleSearch
from linli.domains.assistance.forms.evidence import Appraisal, Consents, DeclareKin, Photo, Revoke, Visit
from linli.domains.assistance.forms.facts import Apply, FindApplicant, MemberFound, NewLine, NewSupporter, Strike
from linli.domains.assistance.forms.lists import ApplicationSearch, End, LivingSearch, PaperReport, PassPosted, Said, Tell, Verify
from linli.domains.assistance.forms.trials import NewTrial, TrialLineSearch, TrialSearch
from linli.domains.assistance.forms.wishes import STEPS, DeclineWish, Follow, WishSearch

__all__ = [
    "STEPS",
    "ApplicationSearch",
    "Apply",
    "Appraisal",
    "CheckSample",
    "Consents",
    "DeclareKin",
    "DeclineWish",
    "Delegate",
    "DelegationSearch",
    "End",
    "FindApplicant",
    "Follow",
    "LivingSearch",
    "MemberFound",
    "NewLine",
    "NewSupporter",
    "NewTrial",
    "PaperReport",
    "PassPosted",
    "Photo",
    "Revoke",
    "Said",
    "SampleSearch",
    "Strike",
    "Tell",
    "TrialLineSearch",
    "TrialSearch",
    "Verify",
    "Visit",
    "WishSearch",
]  # fmt: skip
