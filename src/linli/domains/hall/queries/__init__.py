"""Reads of the hall."""

from linli.domains.hall.queries.catalogue import catalogue, item_on, items, law, norms_of, versions_of
from linli.domains.hall.queries.desk import desk_tasks
from linli.domains.hall.queries.handlings import (
    beside,
    errand,
    errands_for,
    handling,
    handling_of,
    handlings,
    handlings_of,
    held,
    item_of,
    mandate_of,
    mandates_of,
    names_of,
    papers_of,
    phone_of,
    results_waiting,
    step_of,
    telling,
    tellings_of,
    to_be_told,
)
from linli.domains.hall.queries.network import both_centres, opinions_of
from linli.domains.hall.queries.queue import (
    Screen,
    ahead_of,
    appointment,
    appointments,
    called_by,
    screen,
    skipped,
    slots_of,
    ticket,
    waiting,
    waiting_by_window,
    windows_of,
)
from linli.domains.hall.queries.ratings import Progress, progress, rating, ratings, ratings_of, to_be_answered

__all__ = [
    "Progress", "Screen", "ahead_of", "appointment", "appointments", "beside", "both_centres", "called_by",
    "catalogue", "desk_tasks", "errand", "errands_for", "handling", "handling_of", "handlings", "handlings_of",
    "held", "item_of", "item_on", "items", "law", "mandate_of", "mandates_of", "names_of", "norms_of", "opinions_of",
    "papers_of", "phone_of", "progress", "rating", "ratings", "ratings_of", "results_waiting", "screen", "skipped",
    "slots_of", "step_of", "telling", "tellings_of", "ticket", "to_be_answered", "to_be_told", "versions_of",
    "waiting", "waiting_by_window", "windows_of",
]  # fmt: skip
