"""Posting families: the draft for a community, what its publication and its objections bring about, passing on afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, TypeAlias

from linli.domains.assistance.models import Application
from linli.domains.assistance.queries.applications import scheme_of
from linli.domains.assistance.queries.delegations import decided_at, said_by, why_district
from linli.domains.assistance.queries.judging import answer
from linli.domains.assistance.queries.postings import on_show, waiting
from linli.domains.assistance.rules import posted_as
from linli.domains.assistance.rules.basis import posted_by
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.cases.actions import batch_pass
from linli.kernel.cases.rules import BatchLine
from linli.kernel.publicity.actions import draft_notice, follow_objections
from linli.kernel.publicity.rules import Entry, Who, case_ref
from linli.kernel.registry.queries import area_name, area_office, area_path
from linli.kernel.registry.rules import is_minor
from linli.law import Judgement

BACK = {"first": "check", "notice": "survey", "second": "survey"}
Posted: TypeAlias = tuple[Application, Entry, dict[str, Any], set[str]]
"""A family, its line in the notice, what is kept of it to be compared with the decision, and as what it is recognised."""
hear_objection = follow_objections(BACK, reason="objection_upheld", opinion="公示异议成立，重新调查。")


@action("assistance.post")
def draft_posting(*, by: Actor, on: date, step: str, area: str) -> list[Any]:
    """Drafts for all families of a community that wait at this step: one with amounts, one for families without money; and
    apart those whom the town confirms by delegation, for their notice says so.

    Whom the law does not grant is left out and named; the first village notice comes before the law's answer is known.
    """
    ready, left_out = _entries(step, area, on)
    if not ready:
        more = f"有{left_out}户按现有事实不能认定，须先核实或报区民政局决定。" if left_out else ""
        raise Refused(f"{area_path(area, on)}没有等待公示的申请。{more}")
    place, office = area_path(area, on), area_name(by.area, on)
    issuer = area_office(area if step == "first" else by.area, on, "民政局")
    drafts = []
    for (kind, who), rows in ready.items():
        law = "" if step == "second" else posted_by(set().union(*(row[3] for row in rows)), on)
        drafts.append(
            draft_notice(
                by=by, on=on, kind=kind, area=area, area_name=place, issuer=issuer, entries=[row[1] for row in rows], law=law,
                contact=f"{office}民政办公室窗口", words={"office": f"{office}民政办公室", "who": who},
            )
        )  # fmt: skip
        for one, _, posted, _ in rows:
            Application.objects.filter(pk=one.pk).update(posted=posted | {"kind": kind, "step": step, "notice": drafts[-1].pk})
    about("publicity.notice", drafts[0].pk, area=area, step=step, left_out=left_out)
    return drafts


def _entries(step: str, area: str, on: date) -> tuple[dict[tuple[str, str], list[Posted]], int]:
    """By kind of notice and by who confirms."""
    ready: dict[tuple[str, str], list[Posted]] = defaultdict(list)
    left_out = 0
    for one in waiting(step, area):
        found = answer(one.pk, on)
        judgement = found.judgement
        if step != "first" and (judgement is None or not judgement.outcome.granted):
            left_out += 1
            continue
        amount = judgement.outcome.amount if judgement else 0
        kind = posted_as(step, amount)
        counted = judgement.people if judgement and judgement.outcome.granted else len(found.family.members)
        row: dict[str, Any] = {
            "name": Who(one.person.name, is_minor(one.person.birth, on)), "members": counted, "amount": amount,
        }  # fmt: skip
        row = {field.key: row[field.key] for field in kind.fields}
        posted = {"result": judgement.result, "amount": amount, "people": judgement.people} if judgement else {}
        entry = Entry(case_ref(kind.key, one.case_id), row, person=one.person_id, household=one.household_id)
        ready[kind.key, _who(one, judgement, on)].append((one, entry, posted, _programmes(judgement, found.family.asked)))
    return ready, left_out


def _programmes(judgement: Judgement | None, asked: Collection[Any]) -> set[str]:
    """As what a family is to be recognised; before the law's answer is known, what it asks for."""
    if judgement is None or not judgement.outcome.granted:
        return {"dibao", "tekun"} if asked else {"dibao"}
    return {judgement.result, "tekun"} if judgement.supported else {judgement.result}


def _who(one: Application, judgement: Judgement | None, on: date) -> str:
    """By delegation of whom the town is to confirm; empty where the district does."""
    if not scheme_of(one).delegated or why_district(one, judgement):
        return ""
    office, bureau, value = said_by(one, on)
    return f"由{office}受{bureau}委托（{value.document}）"


@action("assistance.post")
def pass_posted(*, by: Actor, on: date, step: str, opinion: str) -> list[BatchLine]:
    """Pass on every family whose days on show are over without an open or upheld objection."""
    ready: dict[str, list[Any]] = defaultdict(list)
    for line in on_show(step, on):
        if line.standing.passed:
            ready[next_step(line.application, step, on)].append(line.application.case)
    if not ready:
        raise Refused("还没有公示期满且无异议的申请。")
    return [done for to, cases in ready.items() for done in batch_pass(by=by, on=on, cases=cases, opinion=opinion, to=to)]


def next_step(one: Application, step: str, on: date) -> str:
    """Where a family goes on to that was posted, where that is not said by the flow alone."""
    return decided_at(one, on) if scheme_of(one).delegated and step == "notice" else ""


