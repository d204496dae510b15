"""Forms of the record books, made from their declarations."""

from linli.kernel.records.forms.entries import (
    BookSearch,
    Destroying,
    Ending,
    Finding,
    Revealing,
    Striking,
    correction_form,
    entry_form,
    search_form,
    values_from,
)

__all__ = [
    "BookSearch",
    "Destroying",
    "Ending",
    "Finding",
    "Revealing",
    "Striking",
    "correction_form",
    "entry_form",
    "search_form",
    "values_from",
]
