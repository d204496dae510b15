"""Forms of public intake: parse and check; nothing is saved here."""

from linli.domains.intake.forms.asking import STEPS, AddWords, GradeOrder, Known, LookUp, What, WhereStep, Who
from linli.domains.intake.forms.desk import ClientForm, ClientSearch, PostSearch, Revoke

__all__ = [
    "STEPS",
    "AddWords",
    "ClientForm",
    "ClientSearch",
    "GradeOrder",
    "Known",
    "LookUp",
    "PostSearch",
    "Revoke",
    "What",
    "WhereStep",
    "Who",
]
