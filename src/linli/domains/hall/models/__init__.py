"""Tables of the hall."""

from linli.domains.hall.models.handling import Custody, Handling, Telling
from linli.domains.hall.models.mandate import Errand, Mandate

__all__ = ["Custody", "Errand", "Handling", "Mandate", "Telling"]
