"""Tables of charity aid."""

from linli.domains.charity.models.aid import Application, Campaign, Payer, Quota
from linli.domains.charity.models.audits import Audit, AuditFinding, AuditSample
from linli.domains.charity.models.doubts import Doubt

__all__ = ["Application", "Audit", "AuditFinding", "AuditSample", "Campaign", "Doubt", "Payer", "Quota"]
