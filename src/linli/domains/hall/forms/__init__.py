"""Forms of the hall."""

from linli.domains.hall.forms.booking import BookSlot, ChooseHall, ChooseItem, KnownBooked, LookUpBooked, MoveBooked, day_zh
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
    BookWhen,
    CallNext,
    DrawTicket,
    PassOn,
    PutOff,
)
from linli.domains.hall.forms.ratings import AnswerRating, Judge, JudgeHere, LookUp, RatingSearch

__all__ = [
    "AnswerRating",
    "AppointmentSearch",
    "Book",
    "BookSlot",
    "BookWhen",
    "CallNext",
    "CentreDay",
    "ChooseHall",
    "ChooseItem",
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
    "KnownBooked",
    "LookUp",
    "LookUpBooked",
    "Mandating",
    "MissingPapers",
    "MoveBooked",
    "PassOn",
    "PutOff",
    "RatingSearch",
    "ReturnPapers",
    "SheetMonth",
    "Take",
    "TakeBundle",
    "Tell",
    "day_zh",
]  # fmt: skip
