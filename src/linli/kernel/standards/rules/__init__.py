"""What may be set, how it is read and shown, and the law with what was agreed in it."""

from linli.kernel.standards.rules.joining import EARLIEST, LATEST, against, end_of, joined, line_of, steady, strange
from linli.kernel.standards.rules.keys import Group, Key, State, certainty
from linli.kernel.standards.rules.payments import PAYMENTS, WITHIN

__all__ = [
    "EARLIEST", "LATEST", "PAYMENTS", "WITHIN", "Group", "Key", "State", "against", "certainty", "end_of", "joined",
    "line_of", "steady", "strange",
]  # fmt: skip
