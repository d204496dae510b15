"""Forms of the hall."""

from linli.domains.hall.forms.counter import (
    DoErrand,
    EndMandate,
    FindPerson,
    HandlingSearch,
    HandOver,
    Mandating,
    MissingPapers,
    ReturnPapers,
    Take,
    TakeBundle,
    Tell,
)
from linli.domains.hall.forms.guide import GuideSearch, ItemSearch
from linli.domains.hall.forms.network import CentreDay, SheetMonth
from linli.domains.hall.forms.queue import (
    AppointmentSearch,
    Book,
    CallNext,
    DrawTicket,
    PassOn,
)
from linli.domains.hall.forms.ratings import AnswerRating, Judge, JudgeHere, LookUp, RatingSearch

__all__ = [
    "AnswerRating",
    "AppointmentSearch",
    "Book",
    "CallNext",
    "CentreDay",
    "DoErrand",
    "DrawTicket",
    "EndMandate",
    "FindPerson",
    "GuideSearch",
    "HandOver",
    "HandlingSearch",
    "ItemSearch",
    "Judge",
    "JudgeHere",
    "LookUp",
    "Mandating",
    "MissingPapers",
    "PassOn",
    "RatingSearch",
    "ReturnPapers",
    "SheetMonth",
    "Take",
    "TakeBundle",
    "Tell",
]  # fmt: skip
