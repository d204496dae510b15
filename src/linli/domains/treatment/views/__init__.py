"""Pages of rounds and patients."""

from linli.domains.treatment.views.patients import bill, confirm, find, patient, patients, recommend, withdraw
from linli.domains.treatment.views.rounds import close, new_round, round, rounds

__all__ = [
    "bill", "close", "confirm", "find", "new_round", "patient", "patients", "recommend", "round", "rounds", "withdraw",
]  # fmt: skip
