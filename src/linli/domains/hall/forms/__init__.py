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
from linli.domains.hall.forms.network import SheetMonth

__all__ = [
    "DoErrand", "EndMandate", "FindPerson", "GuideSearch", "HandOver", "HandlingSearch", "ItemSearch", "Mandating",
    "MissingPapers", "ReturnPapers", "SheetMonth", "Take", "TakeBundle", "Tell",
]  # fmt: skip
