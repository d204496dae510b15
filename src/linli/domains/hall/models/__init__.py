"""Tables of the hall."""

from linli.domains.hall.models.handling import Custody, Handling, Telling
from linli.domains.hall.models.mandate import Errand, Mandate
from linli.domains.hall.models.queue import Appointment, Ticket
from linli.domains.hall.models.rating import Rating

__all__ = [
    "Appointment", "Custody", "Errand", "Handling", "Mandate", "Rating", "Telling", "Ticket",
]  # fmt: skip
