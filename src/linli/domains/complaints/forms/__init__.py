"""Forms of complaints and petitions: parse and check; nothing is saved here."""

from linli.domains.complaints.forms.acts import (
    Accept,
    AddMatter,
    AnswerText,
    AskRemedy,
    DecideRemedy,
    Judge,
    Refuse,
    Reply,
    Report,
    SetAside,
    TakeDown,
    Why,
    accusing,
    joining,
)
from linli.domains.complaints.forms.lists import (
    AnswerSearch,
    ComplaintSearch,
    LetterSearch,
    PublicSearch,
    SessionSearch,
    searching,
)
from linli.domains.complaints.forms.public import LookUp, Write
from linli.domains.complaints.forms.taking import Take, taking

__all__ = [
    "Accept",
    "AddMatter",
    "AnswerSearch",
    "AnswerText",
    "AskRemedy",
    "ComplaintSearch",
    "DecideRemedy",
    "Judge",
    "LetterSearch",
    "LookUp",
    "PublicSearch",
    "Refuse",
    "Reply",
    "Report",
    "SessionSearch",
    "SetAside",
    "Take",
    "TakeDown",
    "Why",
    "Write",
    "accusing",
    "joining",
    "searching",
    "taking",
]
