"""Audits of campaigns: what the books say, what was drawn, found and mended, and which projects were audited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from linli.domains.charity.models import Application, Audit, AuditFinding, AuditSample, Campaign
from linli.domains.charity.queries.applications import source_of
from linli.kernel.access.rules import Forbidden
from linli.kernel.ledgers.queries import orders, paid_by


@dataclass(frozen=True, slots=True)
class AuditFigures:
    """What an audit starts from: the decisions, the orders and the payments of a campaign in a period, in fen."""

    households: int
    granted: int
    ordered: int
    paid: int
    waiting: int
    recovering: int
    payers: tuple[Any, ...]

    @property
    def agree(self) -> bool:
        """Whether the books promise what was decided."""
        return self.granted == self.ordered


def audit_state(audit: Audit | None) -> str:
    """none, open, concluded or published."""
    if audit is None:
        return "none"
    if audit.concluded_on is None:
        return "open"
    return "published" if audit.notice_id else "concluded"


def audits() -> QuerySet[Audit]:
    """The audits of the present scope, newest first, with the number of findings and of mended ones."""
    found = Audit.objects.select_related("campaign", "auditor", "notice").order_by("-id")
    return found.annotate(
        found=Count("findings", distinct=True), mended=Count("findings", filter=~Q(findings__mended_on=None), distinct=True)
    )


def audit(audit_id: int) -> Audit:
    """The audit with this id. :raises Forbidden: it is not in the present scope."""
    found = audits().filter(pk=audit_id).first()
    if found is None:
        raise Forbidden("没有这份审计记录，或它不在本辖区内。")
    return found


def audits_of(campaign: Campaign) -> QuerySet[Audit]:
    """The audits of one campaign, newest first."""
    return audits().filter(campaign=campaign)


def campaigns_to_audit(*, words: str = "", standing: str = "") -> QuerySet[Any]:
    """Every campaign with ``audited`` and ``shown``: whether an audit is concluded, and published. ``standing``: see forms."""
    concluded = Audit.objects.filter(campaign=OuterRef("pk"), concluded_on__isnull=False)
    found = Campaign.objects.order_by("-year", "-id").annotate(
        audited=Exists(concluded), shown=Exists(concluded.filter(notice__isnull=False)),
        auditing=Exists(Audit.objects.filter(campaign=OuterRef("pk"), concluded_on=None)),
    )  # fmt: skip
    if words:
        found = found.filter(title__contains=words)
    wanted = {"todo": Q(audited=False), "done": Q(audited=True, shown=False), "shown": Q(shown=True)}
    return found.filter(wanted[standing]) if standing else found


def grants_in(campaign: Campaign, since: date, until: date) -> QuerySet[Application]:
    """What was granted in the period, withdrawn grants included: an audit looks at them too."""
    found = Application.objects.filter(campaign=campaign, granted_on__gte=since, granted_on__lte=until)
    return found.select_related("case", "person", "campaign").order_by("id")


def audit_figures(campaign: Campaign, since: date, until: date) -> AuditFigures:
    """The figures of the campaign in the period, decisions from the files and money from the books."""
    granted = grants_in(campaign, since, until).filter(state="granted")
    told = granted.aggregate(n=Count("pk"), amount=Coalesce(Sum("amount"), 0))
    made = orders().filter(source__in=[source_of(one) for one in granted])
    sums = dict(made.order_by().values_list("state").annotate(total=Sum("amount")))
    paid = sums.get("paid", 0) + sums.get("recovering", 0)
    return AuditFigures(
        told["n"], told["amount"], sum(sums.values()) - sums.get("cancelled", 0), paid,
        sums.get("ready", 0) + sums.get("batched", 0) + sums.get("sent", 0) + sums.get("failed", 0), sums.get("recovering", 0),
        tuple(paid_by(made)),
    )  # fmt: skip


def samples_of(audit: Audit) -> list[tuple[AuditSample, Any]]:
    """The drawn grants with the payment order of each (None: goods, or nothing was ordered)."""
    found = AuditSample.objects.filter(audit=audit).select_related("application__case", "application__person")
    drawn = list(found.order_by("id"))
    made = {order.source: order for order in orders().filter(source__in=[source_of(one.application) for one in drawn])}
    return [(one, made.get(source_of(one.application))) for one in drawn]


def sample_of(sample_id: int) -> AuditSample:
    """The drawn grant with this id. :raises Forbidden: it is not in the present scope."""
    found = AuditSample.objects.select_related("audit__campaign", "application__case").filter(pk=sample_id).first()
    if found is None:
        raise Forbidden("没有这件抽样，或它不在本辖区内。")
    return found


def findings_of(audit: Audit) -> QuerySet[AuditFinding]:
    """What an audit found, in its order."""
    return AuditFinding.objects.filter(audit=audit).select_related("sample__application__case", "mended_by").order_by("id")


def finding_of(finding_id: int) -> AuditFinding:
    """The finding with this id. :raises Forbidden: it is not in the present scope."""
    found = AuditFinding.objects.select_related("audit__campaign").filter(pk=finding_id).first()
    if found is None:
        raise Forbidden("没有这条审计发现，或它不在本辖区内。")
    return found


def findings_to_mend() -> QuerySet[AuditFinding]:
    """Findings of the present scope that are not mended, the earliest due first."""
    return AuditFinding.objects.filter(mended_on=None).select_related("audit__campaign").order_by("due", "id")
