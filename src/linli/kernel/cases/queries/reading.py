"""One case: its row, its events, papers, decisions and how it is explained."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from linli.base.areas import level_of
from linli.base.money import show_yuan
from linli.base.reasons import Outcome
from linli.kernel.access.rules import Actor
from linli.kernel.cases.models import Case, Decision, Event, Paper, Task
from linli.kernel.cases.queries.clocks import clock_of, happenings
from linli.kernel.cases.queries.flows import flow_of
from linli.kernel.cases.rules import FlowStep, Happening, Kind, Move, Verb, barred


def case_by_id(case_id: int) -> Case | None:
    """The case, if it lies in the present range of areas."""
    return Case.objects.filter(pk=case_id).first()


def case_by_number(number: str) -> Case | None:
    """The case of this number, if it lies in the present range of areas."""
    return Case.objects.filter(number=number).first()


def subject_name(case: Case) -> str:
    """Whom the case is about, for letters and forms; the household's head where it is about a household.

    Somebody who lives outside of the present scope is named as in the snapshot of the case's facts.
    """
    found = Case.objects.select_related("person", "household__head").filter(pk=case.pk).first()
    if found is None:
        return ""
    person = found.person or (found.household.head if found.household else None)
    return person.name if person else str(found.facts.get("name", ""))


@dataclass(frozen=True)
class TimelineItem:
    """One event as people read it: what, at which step, by whom, when, with which words; how long the step had taken."""

    event: Event
    kind: Kind
    step: str
    to: str
    reason: str
    days: int | None


def events_of(case: Case) -> QuerySet[Event]:
    """Everything that happened in a case, in order, with who did it in which post."""
    rows = Event.objects.filter(case=case).select_related("by", "post").order_by("number")
    return rows.prefetch_related("post__delegated_from__staff")  # rare: a join of five tables is planned each time


def timeline(
    case: Case, events: Iterable[Event] | None = None, taken: Iterable[Decision] | None = None
) -> list[TimelineItem]:
    """All events in order, with the names of steps and reasons, and the calendar days that each finished step took.

    ``events``, ``taken``: the events and decisions of the case, where they were read already.
    """
    flow, items, since = flow_of(case), [], case.opened_on
    names = {step.key: step.zh for step in flow.steps}
    reasons = {reason.code: reason.zh for step in flow.steps for move in step.moves for reason in move.reasons}
    taken = Decision.objects.filter(case=case) if taken is None else taken
    grounds = {item.number: item.outcome["reasons"][0]["zh"] for item in taken}
    for event in events_of(case) if events is None else events:
        leaves = bool(event.to) or event.kind == Kind.CLOSED
        days = (event.on - since).days if leaves and event.number > 1 else None
        since = event.on if leaves else since
        items.append(
            TimelineItem(
                event, Kind(event.kind), names.get(event.step, ""), names.get(event.to, ""),
                grounds.get(event.facts.get("decision"), reasons.get(event.reason, event.reason)), days,
            )
        )  # fmt: skip
    return items


def papers(case: Case) -> QuerySet[Paper]:
    """The papers of a case, required ones first."""
    return Paper.objects.filter(case=case).order_by("-required", "id")


def missing_papers(case: Case, step: str = "") -> QuerySet[Paper]:
    """Required papers that are neither received nor waived; those of one step, or of all."""
    missing = Paper.objects.filter(case=case, required=True, received_on=None, waived="").order_by("id")
    return missing.filter(step=step) if step else missing


def decisions(case: Case) -> QuerySet[Decision]:
    """All decisions of a case, the newest first."""
    return Decision.objects.filter(case=case).select_related("by").order_by("-number")


def decision(case: Case) -> Decision | None:
    """The decision that holds, if any was taken."""
    return decisions(case).first()


def decided_on_fact(fact: str, least: int, *, first: date, last: date) -> QuerySet[Decision]:
    """Decisions of these days about a person of whom this fact was at least so much; ``value`` is the fact."""
    rows = Decision.objects.filter(on__gte=first, on__lte=last, case__person__isnull=False, facts__has_key=fact)
    value = Cast(KeyTextTransform(fact, "facts"), BigIntegerField())
    return rows.annotate(value=value).filter(value__gte=least)


def open_task(case: Case) -> Task | None:
    """The task that the case waits for."""
    return Task.objects.select_related("assigned_to").filter(case=case, state="open").first()


def taken_at(case: Case, place: str) -> bool:
    """Whether a post of this very place took the case in."""
    return Event.objects.filter(case=case, kind=Kind.OPENED.value, post__at=place).exists()


def ways_back(case: Case) -> tuple[Move, ...]:
    """The returns that are open to a case: not to a door by which it never came in, where nobody would know it."""
    flow = flow_of(case)
    been = set(Event.objects.filter(case=case).exclude(to="").values_list("to", flat=True))
    moves = flow.step(case.step).moves_of(Verb.RETURN)
    return tuple(move for move in moves if move.to in been or move.to not in flow.begins_at)


def hindrance(case: Case, step: FlowStep, by: Actor, past: list[Happening] | None = None) -> str:
    """Why this actor may not act at this step, as a sentence; empty when they may. ``past``: as in :func:`clock_of`."""
    if not by.may(step.permission):
        return f"“{step.zh}”环节不由{by.role.zh}岗位办理。"
    if level_of(by.area) != step.level:
        return f"“{step.zh}”环节由{step.level.zh}一级办理。"
    if by.staff_id in barred(happenings(case.pk) if past is None else past, step):
        return f"“{step.zh}”环节须由另一人办理：本人已参与此件的前序办理，应当回避。"
    return ""


def explain(number: str, *, on: date) -> list[str]:
    """The stored explanation of a case, as lines: the clock, and each decision with its grounds and the values of the law.

    Raises LookupError, in Chinese, when there is no such case in the present range of areas.
    """
    case = case_by_number(number)
    if case is None:
        raise LookupError(f"没有找到编号为“{number}”的案件，或它不在本辖区内。")
    flow = flow_of(case)
    state = flow.ending(case.outcome).zh if case.outcome else f"在办·{flow.step(case.step).zh}"
    lines = [f"{case.number}  {flow.zh}（流程第{case.flow_version}版）  {state}", "", "期限"]
    lines += [f"  {line}" for line in clock_of(case, on=on).explanation]
    for item in reversed(decisions(case)):
        lines += ["", *explain_decision(item)]
    return lines


def explain_decision(item: Decision) -> list[str]:
    """One decision as lines."""
    outcome = Outcome.from_json(item.outcome)
    amount = f"，{show_yuan(outcome.amount)}元" if outcome.amount else ""
    lines = [f"第{item.number}号决定  {item.on.isoformat()}  {'同意' if outcome.granted else '不同意'}{amount}  规则 {item.rule}"]
    lines += [f"  理由  {reason.zh}{f'（{reason.article}）' if reason.article else ''}" for reason in outcome.reasons]
    lines += [f"  步骤  {step.label}：{step.value}{f'（{step.note}）' if step.note else ''}" for step in outcome.steps]
    lines += [f"  依据  {value.source}：{value.key} = {value.value}，自{value.since.isoformat()}" for value in outcome.values]
    whole = "相符" if digest_of(item.facts, item.rule, item.outcome) == item.digest else "不符，内容已被改动"
    return [*lines, f"  摘要  {item.digest[:16]}…（与存档内容{whole}）"]


def digest_of(facts: object, rule: str, outcome: object) -> str:
    """The SHA-256 of a decision's content in canonical form."""
    text = json.dumps([facts, rule, outcome], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
