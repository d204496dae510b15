"""Opening a case: its number, its snapshot, its list of papers, its first task."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date
from typing import Any

from django.db import connection

from linli.kernel.access.actions import action, reach_district
from linli.kernel.access.rules import Actor, Forbidden, Refused
from linli.kernel.cases.actions.record import Entry, record, tell
from linli.kernel.cases.models import Case, Paper
from linli.kernel.cases.queries.flows import flow_named
from linli.kernel.cases.rules import Flow, Happening, Kind, Received, Subject
from linli.kernel.registry.queries import household_by_id, people_by_ids


@action("cases.work")
def open_case(
    *, by: Actor, on: date, flow: str, title: str, area: str, person_id: int | None = None,
    household_id: int | None = None, places: dict[str, Any] | None = None, facts: dict[str, Any] | None = None,
    step: str = "", papers: Sequence[Received] = (), opinion: str = "",
) -> Case:  # fmt: skip
    """A new case of the newest version of a flow, with the next number of the year and a task at its first step.

    ``area`` has custody (the subject's residence, or where it happened). ``facts`` are a snapshot, kept unchanged, as are the
    places where the person lives and is registered (``places`` adds to them). ``step``: where it begins, if the flow allows
    several. ``papers``: what was handed in at once.
    """
    rules = flow_named(flow)
    if not by.may(rules.permission):
        raise Forbidden(f"{by.role.zh}岗位不能受理“{rules.zh}”。")
    if not by.covers(area):
        raise Forbidden("受理对象的居住地不在本辖区内，请由居住地受理。")
    first = step or rules.first_steps[0]
    if first not in rules.first_steps:
        raise Refused(f"“{rules.zh}”不能从“{rules.step(first).zh}”环节开始受理。", field="step")
    with reach_district(by, rules.permission) if rules.anywhere else nullcontext():
        home = _check_subject(rules, person_id, household_id)
    case = Case.objects.create(
        number=rules.number_of(on.year, _next_serial(rules.key, on.year)), flow=rules.key, flow_version=rules.version,
        title=title, step=first, person_id=person_id, household_id=household_id,
        places=home | (places or {}), facts=facts or {}, area=area, area_then=area, opened_on=on,
        opened_by_id=by.staff_id or None, events=0,
    )  # fmt: skip
    _list_papers(case, rules, papers, on)
    opened = Entry(Happening(Kind.OPENED, on, to=first, staff=by.staff_id or None), opinion)
    tell(case, by=by, on=on, events=record(case, by=by, on=on, entries=[opened]))
    return case


def _check_subject(flow: Flow, person_id: int | None, household_id: int | None) -> dict[str, Any]:
    """The subject is the one that the flow wants and lives within reach; where they live and are registered now."""
    if Subject.PERSON in flow.subjects and person_id is None:
        raise Refused(f"受理“{flow.zh}”须先选定对象本人。", field="person")
    if Subject.HOUSEHOLD in flow.subjects and household_id is None:
        raise Refused(f"受理“{flow.zh}”须先选定对象家庭。", field="household")
    if household_id is not None and household_by_id(household_id) is None:
        raise Forbidden("没有这个家庭，或它不在本辖区内。", field="household")
    if person_id is None:
        return {}
    person = people_by_ids([person_id]).get(person_id)
    if person is None:
        raise Forbidden("没有这个人，或其不在本辖区内。", field="person")
    return {"residence": person.area, "registered": person.registered_area}


def _next_serial(flow: str, year: int) -> int:
    """The next number; the row stays locked until this transaction ends, so that a refused case leaves no gap."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into cases_series (flow, year, last) values (%s, %s, 1) "
            "on conflict (flow, year) do update set last = cases_series.last + 1 returning last",
            [flow, year],
        )
        return int(cursor.fetchone()[0])


def _list_papers(case: Case, flow: Flow, received: Sequence[Received], on: date) -> None:
    here = {paper.key: paper for paper in received}
    if unknown := here.keys() - {need.key for _, need in flow.papers}:
        raise LookupError(f"flow {flow.key} has no papers {sorted(unknown)}")
    rows = []
    for step, need in flow.papers:
        got = here.get(need.key)
        rows.append(
            Paper(
                case=case, key=need.key, name=need.zh, step=step, required=need.required, area=case.area,
                received_on=on if got else None, original=bool(got and got.original), file=got.file if got else "",
            )
        )  # fmt: skip
    Paper.objects.bulk_create(rows)
