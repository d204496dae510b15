"""The audit of a campaign: drawn, judged, found, concluded by the auditor; mended and published by the federation."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from linli.base.text import tidy
from linli.domains.charity.models import Audit, AuditFinding, AuditSample, Campaign
from linli.domains.charity.queries.audits import audit_figures, grants_in
from linli.domains.charity.rules import AUDIT
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale
from linli.kernel.publicity.actions import draft_notice, publish
from linli.kernel.publicity.rules import Entry
from linli.kernel.registry.queries import area_name

MOST_DRAWN = 200


@action("charity.audit")
def open_audit(*, by: Actor, on: date, campaign: Campaign, since: date, until: date, scope: str) -> Audit:
    """Begin the audit of a campaign over a period that is past.

    :raises Refused: the period is not past, nothing was granted in it, or an audit of the campaign is open.
    """
    if until < since or until > on:
        raise Refused("审计期间应先起后止，并且不晚于今天。", field="until")
    if not tidy(scope):
        raise Refused("请写明审计范围。", field="scope")
    if not grants_in(campaign, since, until).exists():
        raise Refused("这个期间没有批准过救助，请核对审计期间。", field="since")
    try:
        with transaction.atomic():
            made = Audit.objects.create(
                campaign=campaign, since=since, until=until, scope=tidy(scope), auditor_id=by.own_hand, opened_on=on, area=by.area
            )
    except IntegrityError as fault:
        raise Refused("这个项目有一份审计还没有作出结论，请先办完。") from fault
    return _told(made)


@action("charity.audit")
def draw_samples(*, by: Actor, on: date, audit: Audit, count: int) -> int:
    """Draw so many further grants of the period by lot; how many were drawn. The lot can be drawn again and gives the same.

    :raises Refused: it is another auditor's, it is concluded, or the number is out of range.
    """
    _own(by, audit)
    if not 1 <= count <= MOST_DRAWN:
        raise Refused(f"抽样件数应为 1 至 {MOST_DRAWN}，请修改。", field="count")
    known = set(AuditSample.objects.filter(audit=audit).values_list("application", flat=True))
    left = [pk for pk in grants_in(audit.campaign, audit.since, audit.until).values_list("pk", flat=True) if pk not in known]
    lot = random.Random(f"{audit.pk}:{len(known)}").sample(left, min(count, len(left)))
    AuditSample.objects.bulk_create([AuditSample(audit=audit, application_id=pk, area=audit.area) for pk in sorted(lot)])
    _told(audit, drawn=len(lot))
    return len(lot)


@action("charity.audit")
def judge_sample(*, by: Actor, on: date, sample: AuditSample, sound: bool, note: str = "") -> AuditSample:
    """What the auditor found in a grant's file and in the books.

    :raises Refused: a problem without words, another auditor's audit, or a concluded one.
    """
    _own(by, sample.audit)
    if not sound and not tidy(note):
        raise Refused("有问题的请写明说明。", field="note")
    sample.result, sample.note = "sound" if sound else "fault", tidy(note)[:200]
    sample.save(update_fields=["result", "note"])
    about("charity.audit", sample.audit_id, area=sample.area, sample=sample.pk, sound=sound)
    return sample


@action("charity.audit")
def find(
    *, by: Actor, on: date, audit: Audit, text: str, demand: str, due: date, sample: AuditSample | None = None
) -> AuditFinding:
    """A problem, what is to be done about it, and until when.

    :raises Refused: a part is missing, the day is past, another auditor's audit, or a concluded one.
    """
    _own(by, audit)
    if not tidy(text) or not tidy(demand):
        raise Refused("请写明问题和整改要求。", field="text" if not tidy(text) else "demand")
    if due < on:
        raise Refused("整改期限不能早于今天，请修改。", field="due")
    made = AuditFinding.objects.create(
        audit=audit, sample=sample, text=tidy(text), demand=tidy(demand), due=due, found_on=on, area=audit.area
    )
    _told(audit, finding=made.pk)
    return made


@action("charity.mend")
def mend_finding(*, by: Actor, on: date, finding: AuditFinding, mend: str) -> AuditFinding:
    """What was done about a problem. It can be entered once.

    :raises Refused: nothing is said.
    """
    if not tidy(mend):
        raise Refused("请写明整改情况。", field="mend")
    standing = AuditFinding.objects.filter(pk=finding.pk, mended_on=None)
    if not standing.update(mend=tidy(mend), mended_on=on, mended_by_id=by.own_hand):
        raise Stale()
    finding.refresh_from_db()
    about("charity.audit", finding.audit_id, area=finding.area, finding=finding.pk, mended=True)
    return finding


@action("charity.audit")
def conclude_audit(*, by: Actor, on: date, audit: Audit, conclusion: str, summary: str) -> Audit:
    """The end of the audit: the books' figures of the day and the words are frozen.

    :raises Refused: nothing was drawn, a drawn grant is not judged, words are missing, or another auditor's audit.
    """
    _own(by, audit)
    if not tidy(conclusion) or not tidy(summary):
        raise Refused("请写明审计结论和公布摘要。", field="conclusion" if not tidy(conclusion) else "summary")
    drawn = AuditSample.objects.filter(audit=audit)
    if not drawn.exists():
        raise Refused("还没有抽样，不能作出结论。")
    if left := drawn.filter(result="").count():
        raise Refused(f"还有 {left} 件抽样没有查完，不能作出结论。")
    told = audit_figures(audit.campaign, audit.since, audit.until)
    changed = Audit.objects.filter(pk=audit.pk, concluded_on=None).update(
        households=told.households, granted=told.granted, paid=told.paid, conclusion=tidy(conclusion), summary=tidy(summary),
        concluded_on=on,
    )  # fmt: skip
    if not changed:
        raise Stale()
    audit.refresh_from_db()
    return _told(audit, households=told.households, granted=told.granted, paid=told.paid)


@action("charity.publish_audit")
def publish_audit(*, by: Actor, on: date, audit: Audit) -> Any:
    """Show the concluded audit to the public: figures, the numbers of findings and of mended ones, the summary.

    :raises Refused: it is not concluded, or was published.
    """
    audit = Audit.objects.select_for_update().get(pk=audit.pk)
    if audit.concluded_on is None:
        raise Refused("审计还没有作出结论，不能公布。")
    if audit.notice_id is not None:
        raise Refused("这份审计已经公布，无需再次办理。")
    findings = AuditFinding.objects.filter(audit=audit)
    row = {
        "campaign": audit.campaign.title, "period": f"{audit.since}至{audit.until}", "households": audit.households,
        "granted": audit.granted, "paid": audit.paid, "found": findings.count(),
        "mended": findings.exclude(mended_on=None).count(), "summary": audit.summary,
    }  # fmt: skip
    place = area_name(by.area, on)
    draft = draft_notice(
        by=by, on=on, kind=AUDIT.key, area=by.area, area_name=place, issuer=f"{place}慈善总会",
        entries=[Entry(f"{AUDIT.key}:{audit.pk}", row)], contact=f"{place}慈善总会办公室",
        words={"campaign": audit.campaign.title},
    )  # fmt: skip
    shown = publish(by=by, on=on, notice=draft)
    Audit.objects.filter(pk=audit.pk).update(notice=shown.pk)
    _told(audit, notice=shown.pk)
    return shown


def _own(by: Actor, audit: Audit) -> None:
    if audit.auditor_id != by.own_hand:
        raise Forbidden("这份审计由另一位审计员承办，只能查看。")
    if audit.concluded_on is not None:
        raise Refused("这份审计已经作出结论，不能再改。")


def _told(audit: Audit, **facts: Any) -> Audit:
    about("charity.audit", audit.pk, area=audit.area, campaign=audit.campaign_id, **facts)
    return audit
