"""Disabled persons and their claims, for tests and made-up districts, through the real actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.domains.disability import actions
from linli.domains.disability.models import Claim
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor
from linli.kernel.cases.actions import pass_step
from linli.kernel.cases.queries import case_by_id
from linli.kernel.registry.actions import recognise_status
from linli.kernel.registry.samples import make_person

DAY = date(2026, 8, 10)


def make_disabled(
    worker: Actor, name: str = "周大山", grade: str = "41", family: str = "dibao", since: date = date(2026, 1, 1), **words: Any
) -> Any:
    """A person with a certificate of this kind and level, in a family that is recognised as this ("": as nothing)."""
    person = make_person(worker, since, name, birth=words.pop("birth", date(1980, 5, 6)), **words)
    told = {"by": worker, "on": since, "person_id": person.pk, "since": since}
    recognise_status(**told, kind="disabled", grade=grade, source="残联", evidence="残疾人证")
    if family:
        recognise_status(**told, kind=family, grade="rural" if family == "dibao" else "", source="社会救助")
    return person


def make_claim(office: Any, person: Any, on: date = DAY, **words: Any) -> Claim:
    """An application taken in the community."""
    return actions.apply(by=office.worker, on=on, person_id=person.pk, **words)


def carry(office: Any, one: Claim, to: str = "granted", on: date = DAY) -> Claim:
    """The town checks ("approval") and the district grants ("granted")."""
    with scoped(office.approver):
        waits = case_by_id(one.case_id).step == "review"
    if waits:
        _pass(office.reviewer, one, on, "残疾人证与家庭身份核对无误。")
    if to == "granted":
        _pass(office.approver, one, on, "同意补贴。")
    with scoped(office.approver):
        one.refresh_from_db()
    return one


def _pass(by: Actor, one: Claim, on: date, opinion: str) -> None:
    with scoped(by):
        pass_step(by=by, on=on, case=case_by_id(one.case_id), opinion=opinion)


def make_disability_files(office: Any, number: int, on: date = DAY) -> None:
    """Somebody who draws both, somebody whose claim is open, and somebody who does not know; ``number`` tells two apart."""
    mark = "一二三四五"[number - 1]
    carry(office, make_claim(office, make_disabled(office.worker, f"残{mark}甲"), on), on=on)
    carry(office, make_claim(office, make_disabled(office.worker, f"残{mark}乙"), on), to="approval", on=on)
    make_disabled(office.worker, f"残{mark}丙")
