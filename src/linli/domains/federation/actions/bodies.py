"""Organisations of the network are founded, amended and closed; people come, papers are passed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from linli.base.fields import Value
from linli.base.text import tidy
from linli.domains.federation.books import BODIES, PAPERS, STAFF
from linli.domains.federation.queries import bodies_on, body_here, papers_of, people_of
from linli.domains.federation.rules import BodyLevel
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.records.actions import add_entry, correct_entry, end_entry, strike_entry
from linli.kernel.records.rules import EntryState
from linli.kernel.registry.actions import end_organisation, register_organisation
from linli.kernel.registry.queries import area_name, organisations

KIND = "federation.body"


@action("federation.keep")
def found_body(
    *, by: Actor, on: date, level: BodyLevel, name: str, seat: str, founded: date, approval: str, approver: str, person: str,
    phone: str = "", address: str = "",
) -> Any:  # fmt: skip
    """An organisation of the network with its office at ``seat`` (a village, community or unit of the district).

    A unit of this name that the registry has at this place is taken; else it is registered with it.

    :raises Refused: there is one of this level already, or the place does not fit the level.
    """
    try:
        book = level.book_of(seat)
    except ValueError as fault:
        raise Refused(str(fault), field="seat") from fault
    if founded > on:
        raise Refused("成立日期不能晚于今天，请修改。", field="founded")
    if other := next((row for row in bodies_on(on) if _same_place(row, level, seat)), None):
        raise Refused(f"{area_name(book, on)}已有{other.organisation.name}，请在原有组织上办理。", field="seat")
    known = next((unit for unit in organisations(on, area=seat, name=tidy(name)) if unit.name == tidy(name)), None)
    words: dict[str, Any] = {"name": name, "kind": "social", "area": seat, "address": address, "since": founded}
    unit = known or register_organisation(by=by, on=on, **words)
    values: dict[str, Value] = {
        "organisation": unit.pk, "founded": founded.isoformat(), "level": level.value, "book": book, "approval": tidy(approval),
        "approver": tidy(approver), "person": tidy(person), "phone": tidy(phone),
    }  # fmt: skip
    row = add_entry(by=by, on=on, book=BODIES.key, values=values)
    about(KIND, row.pk, area=row.area, level=level.value)
    return row


def _same_place(row: Any, level: BodyLevel, seat: str) -> bool:
    return bool(row.values["level"] == level.value and level.book_of(row.area) == level.book_of(seat))


def still_standing(row: Any, on: date, day: date | None = None, field: str = "") -> Any:
    """The organisation, which must stand (on ``day`` too, where one is given)."""
    if row.state != EntryState.STANDING or (row.until is not None and row.until <= on):
        raise Refused(f"{row.organisation.name}已经撤销，不能再登记。")
    if day is not None and day < row.day:
        raise Refused(f"日期早于{row.organisation.name}的成立日期{row.day:%Y-%m-%d}，请核对。", field=field)
    return row


@action("federation.keep")
def amend_body(*, by: Actor, on: date, body_id: int, version: int, why: str, values: Mapping[str, Value]) -> Any:
    """What is registered of an organisation changed or was wrong. Its level and its books stay."""
    row = still_standing(body_here(by=by, entry_id=body_id), on)
    given = {key: value for key, value in values.items() if key not in {"level", "book"}}
    if served := min((one.day for one in people_of(row.organisation_id)), default=None):
        if given.get("founded") and str(given["founded"]) > served.isoformat():
            raise Refused(f"{served}已有人任职，成立日期不能更晚，请核对。", field="founded")
    row = correct_entry(by=by, on=on, entry_id=row.pk, version=version, values=given, why=why)
    about(KIND, row.pk, area=row.area)
    return row


@action("federation.keep")
def close_body(*, by: Actor, on: date, body_id: int, version: int, until: date, why: str, mistaken: bool = False) -> Any:
    """An organisation ends (dissolved, or merged into another), with everybody's service; what was paid and held stays.

    ``mistaken``: it was entered by mistake and never was. :raises Refused: it never was, and has people or papers.
    """
    row = still_standing(body_here(by=by, entry_id=body_id), on)
    people = people_of(row.organisation_id)
    serving = [one for one in people if one.until is None]
    if mistaken and (people or papers_of(row.organisation_id)):
        raise Refused("已登记人员或制度的组织不能按登记有误办理，请先作废这些记录，或按撤销办理。", field="what")
    if mistaken:
        strike_entry(by=by, on=on, entry_id=row.pk, version=version, why=why)
    else:
        late = next((one for one in serving if one.day >= until), None)
        if late is not None:
            raise Refused(f"{late.values['name']}{late.day:%Y-%m-%d}才任职，撤销日期应晚于这一天。", field="until")
        end_entry(by=by, on=on, entry_id=row.pk, version=version, until=until, why=why)
        for one in serving:
            end_entry(by=by, on=on, entry_id=one.pk, version=one.version, until=until, why=f"{row.organisation.name}撤销")
        if row.organisation.until is None and row.organisation.since < until:
            end_organisation(by=by, on=on, organisation_id=row.organisation_id, day=until)
    about(KIND, row.pk, area=row.area, mistaken=mistaken)
    return row


@action("federation.keep")
def appoint(*, by: Actor, on: date, body_id: int, values: Mapping[str, Value]) -> Any:
    """Somebody takes an office in an organisation. What does not stand is refused when the row is heard of."""
    row = body_here(by=by, entry_id=body_id)
    made = add_entry(by=by, on=on, book=STAFF.key, values={**values, "organisation": row.organisation_id})
    about("federation.person", made.pk, area=made.area, body=row.pk)
    return made


@action("federation.keep")
def adopt_paper(*, by: Actor, on: date, body_id: int, values: Mapping[str, Value], file: Any = None) -> Any:
    """A statute, measures or a rule was passed, with its text. Every edition stays."""
    row = body_here(by=by, entry_id=body_id)
    files = {"file": file} if file else {}
    made = add_entry(by=by, on=on, book=PAPERS.key, values={**values, "organisation": row.organisation_id}, files=files)
    about("federation.paper", made.pk, area=made.area, body=row.pk)
    return made
