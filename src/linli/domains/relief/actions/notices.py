"""Posting requests: the draft for a community, what its publication and its objections bring about, passing on afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from linli.domains.relief.models import Request
from linli.domains.relief.queries import judge, on_show, waiting
from linli.domains.relief.rules import NOTICE
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.cases.actions import pass_step
from linli.kernel.cases.rules import BatchLine
from linli.kernel.publicity.actions import draft_notice, follow_objections
from linli.kernel.publicity.rules import Entry, Who, case_ref
from linli.kernel.registry.queries import area_name, area_office, area_path
from linli.law import Decider

hear_objection = follow_objections({"notice": "survey"}, reason="objection_upheld", opinion="公示异议成立，重新核实。")


@action("relief.post")
def draft_posting(*, by: Actor, on: date, area: str) -> Any:
    """One draft for all requests of a community that wait; whom the law of the day does not help is left out."""
    place, office = area_path(area, on), area_name(by.area, on)
    ready = [(one, judge(one, on).outcome) for one in waiting(area)]
    ready = [(one, outcome) for one, outcome in ready if outcome.granted]
    if not ready:
        raise Refused(f"{place}没有等待公示的临时救助申请。")
    entries = [
        Entry(
            case_ref(NOTICE.key, one.case_id),
            {"name": Who(one.name, one.minor), "people": one.people, "amount": outcome.amount},
            person=one.person_id, household=one.household_id,
        )
        for one, outcome in ready
    ]  # fmt: skip
    notice = draft_notice(
        by=by, on=on, kind=NOTICE.key, area=area, area_name=place, issuer=area_office(by.area, on, "民政局"), entries=entries,
        contact=f"{office}民政办公室窗口", words={"office": f"{office}民政办公室"},
    )  # fmt: skip
    for one, outcome in ready:
        Request.objects.filter(pk=one.pk).update(posted={"amount": outcome.amount, "notice": notice.pk})
    about("publicity.notice", notice.pk, area=area, requests=len(ready))
    return notice


@action("relief.post")
def pass_posted(*, by: Actor, on: date, opinion: str) -> list[BatchLine]:
    """Pass on every request whose days on show are over without an open or upheld objection; each stands or falls alone."""
    ready = [line.request for line in on_show(on) if line.standing.passed]
    if not ready:
        raise Refused("还没有公示期满且无异议的申请。")
    lines = []
    for one in ready:
        try:
            to = "town" if judge(one, on).decider is Decider.TOWN else "approval"
            with transaction.atomic():
                pass_step(by=by, on=on, case=one.case, to=to, opinion=opinion)
            lines.append(BatchLine(one.case_id, one.case.number, True))
        except Refused as fault:
            lines.append(BatchLine(one.case_id, one.case.number, False, fault.message))
    about("cases.batch", len(lines), passed=sum(line.done for line in lines))
    return lines
