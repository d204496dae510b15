"""Staff and their posts, the audit trail, signing in, and the bases of every table that is scoped by area."""

from linli.kernel.access.models.audit import AuditLine, AuditSeal, RequestKey
from linli.kernel.access.models.base import AREA_CODE, AreaField, Guarded
from linli.kernel.access.models.proposing import Proposed, by_two
from linli.kernel.access.models.sign_in import FactorReset, KeptForm, RecoveryCode, SecondFactor, SignInLock, SignInTry
from linli.kernel.access.models.staff import Post, Staff
from linli.kernel.access.models.views import SavedView

__all__ = [
    "AREA_CODE",
    "AreaField",
    "AuditLine",
    "AuditSeal",
    "FactorReset",
    "Guarded",
    "KeptForm",
    "Post",
    "Proposed",
    "RecoveryCode",
    "RequestKey",
    "SavedView",
    "SecondFactor",
    "SignInLock",
    "SignInTry",
    "Staff",
    "by_two",
]
