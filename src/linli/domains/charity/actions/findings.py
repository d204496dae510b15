"""Looking for double aid and for the missed, and answering what was found."""

from __future__ import annotations

from datetime import date

from linli.domains.charity.models import Finding
from linli.domains.charity.queries.findings import to_find
from linli.domains.charity.rules import ANSWERS, FITTING
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale


@action("charity.find")
def look_for_findings(*, by: Actor, on: date, year: int) -> int:
    """Search the actor's area for possible double aid and for the missed; how many are new.

    What was found and answered before is not found again.
    """
    before = Finding.objects.count()
    Finding.objects.bulk_create(to_find(year, on), ignore_conflicts=True, batch_size=1000)
    new = Finding.objects.count() - before
    about("charity.findings", by.area, area=by.area, year=year, new=new)
    return new


@action("charity.answer_finding")
def answer_finding(*, by: Actor, on: date, finding: Finding, answer: str, note: str) -> Finding:
    """Say what the check showed. An answer stands; who answered first is told to nobody else twice."""
    if answer not in FITTING[finding.kind]:
        fitting = "、".join(ANSWERS[key] for key in FITTING[finding.kind])
        raise Refused(f"请从以下结果中选择：{fitting}。", field="answer")
    words = {"answer": answer, "note": note.strip(), "answered_by_id": by.own_hand, "answered_on": on}
    if not Finding.objects.filter(pk=finding.pk, answer="").update(**words):
        raise Stale("这个疑点刚才已有其他人核查，请刷新后再看。")
    finding.refresh_from_db()
    about("charity.finding", finding.pk, area=finding.area, answer=answer)
    return finding
