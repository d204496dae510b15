"""The economic check: asked through the gateway, answered by register, disputed and checked again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.conf import settings

from linli.domains.assistance.actions.facts import may_enter
from linli.domains.assistance.models import Answer, Application, Inquiry, Line
from linli.domains.assistance.queries.applications import answers_of, consents_of, inquiries_of, lines_of, members_of
from linli.domains.assistance.queries.consents import revoked_in
from linli.domains.assistance.queries.judging import comparison
from linli.domains.assistance.queries.needs import needs
from linli.domains.assistance.rules import REGISTERS, SCOPE, Source
from linli.gateways.checking import EconomicCheck, FolderCheck, Report, Request, Subject
from linli.gateways.faults import BadFile
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.registry.queries import clear_number
from linli.law import Item

_gateway: ContextVar[EconomicCheck | None] = ContextVar("linli_economic_check", default=None)
ITEMS: Mapping[str, Item] = {item.key: item for item in Item}


def gateway() -> EconomicCheck:
    """The platform of this installation."""
    return _gateway.get() or FolderCheck(settings.CHECKS_ROOT)


@contextmanager
def answering(platform: EconomicCheck) -> Iterator[None]:
    """Another platform for a while: the demo's and the tests'."""
    token = _gateway.set(platform)
    try:
        yield
    finally:
        _gateway.reset(token)


@action("assistance.check")
def ask_check(*, by: Actor, on: date, application: Application) -> Inquiry:
    """Ask the registers about every member, within the consents. Refused while a consent is missing or the last check runs."""
    may_enter(application, by)
    _must_consent(application)
    running = inquiries_of(application).filter(answered_on=None).first()
    if running is not None:
        raise Refused(f"{running.asked_on}提请的核对还没有答复，无需重复提请。")
    if lacking := [sentence for sentence in needs(application, on) if "授权书" in sentence]:
        raise Refused(lacking[0])
    consents = consents_of(application, on)
    people = [
        Subject(str(row.person_id), row.person.name, number, consents[row.person_id].until)
        for row in members_of(application)
        if row.person_id in consents and (number := clear_number(row.person))
    ]
    key = f"{application.case_id}-{inquiries_of(application).count() + 1}"
    try:
        request = Request(key, application.area[:6] + "000000", on, SCOPE, tuple(people))
        gateway().ask(request)
    except ValueError as fault:
        raise Refused(str(fault)) from fault
    made = Inquiry.objects.create(
        application=application, key=key, asked_on=on, asked_by_id=by.staff_id, area=application.area
    )
    about("assistance.application", application.pk, area=application.area, inquiry=made.pk, people=len(people))
    return made


def _must_consent(application: Application, day: date | None = None) -> None:
    """Whoever took the consent back is checked no more; a report from before that day stays what it is."""
    rows = [row for row in revoked_in(application).values() if day is None or (row.withdrawn_on and day > row.withdrawn_on)]
    if rows:
        said = "、".join(f"{row.person.name}已于{row.withdrawn_on}撤回" for row in rows)
        raise Refused(f"{said}核对授权，此后不能再核对。同意核对的，请先重新登记授权。")


@action("assistance.check")
def fetch_check(*, by: Actor, on: date, inquiry: Inquiry) -> Inquiry:
    """Take the answer in, but what it says of who took the consent back meanwhile. Refused as long as there is none; taking it
    in twice changes nothing.
    """
    if inquiry.answered_on:
        return inquiry
    try:
        report = gateway().fetch(inquiry.key)
    except BadFile as fault:
        raise Refused(fault.message) from fault
    if report is None:
        raise Refused("核对平台还没有答复，请稍后再取。")
    _write(inquiry, report)
    about("assistance.application", inquiry.application_id, area=inquiry.area, inquiry=inquiry.pk, answers=len(report.findings))
    inquiry.refresh_from_db()
    return inquiry


def _write(inquiry: Inquiry, report: Report) -> None:
    people = {str(row.person_id): row.person_id for row in members_of(inquiry.application)}
    rows, gone = [], {str(pk) for pk in revoked_in(inquiry.application)}
    for found in report.findings:
        if found.reference in gone:
            continue
        if found.reference not in people or found.register not in REGISTERS or found.item not in ITEMS:
            raise Refused("核对结果中有不认识的人员、部门或项目，请与核对平台联系。")
        rows.append(
            Answer(
                inquiry=inquiry, person_id=people[found.reference], register=found.register, kind=ITEMS[found.item],
                amount=found.amount, number=found.number, first=found.first, last=found.last, as_of=found.as_of,
                area=inquiry.area,
            )
        )  # fmt: skip
    words = {"answered_on": report.answered_on, "until": report.until, "silent": list(report.silent)}
    if not Inquiry.objects.filter(pk=inquiry.pk, answered_on=None).update(**words):
        raise Stale
    Answer.objects.bulk_create(rows)


@action("assistance.check")
def enter_check(*, by: Actor, on: date, application: Application, answered_on: date, until: date, note: str = "") -> Inquiry:
    """A report of the checking office that came on paper: entered as an answered inquiry, its lines follow one by one."""
    may_enter(application, by)
    if answered_on > on or until < answered_on:
        raise Refused("核对报告的日期晚于今天，或有效期早于报告日期，请核对。", field="until")
    _must_consent(application, answered_on)
    if inquiries_of(application).filter(asked_on=answered_on, answered_on=answered_on, until=until).exists():
        raise Refused("这一天的核对报告已经登记，无需重复登记。", field="answered_on")
    made = Inquiry.objects.create(
        application=application, key=f"{application.case_id}-p{inquiries_of(application).count() + 1}", asked_on=answered_on,
        asked_by_id=by.staff_id, answered_on=answered_on, until=until, area=application.area,
    )  # fmt: skip
    about("assistance.application", application.pk, area=application.area, inquiry=made.pk, note=note[:60])
    return made


@action("assistance.check")
def take_answer(*, by: Actor, on: date, answer: Answer) -> Answer:
    """The register is right: its line takes the place of what was stated of this item by this person.

    What was taken of the same check stands beside it: two banks are two deposits.
    """
    one = answer.inquiry.application
    may_enter(one, by)
    beside = _beside(answer)
    _settle(answer, "taken", from_states=("new", "disputed"), settled_on=on)
    mine = Line.objects.filter(application=one, person=answer.person_id, kind=answer.kind, struck_on=None).exclude(pk__in=beside)
    register = answer.get_register_display()  # type: ignore[attr-defined]
    mine.update(struck_on=on, struck_by=by.staff_id, struck_why=f"以{register}核对结果为准")
    Line.objects.create(
        application=one, entered_on=on, entered_by_id=by.staff_id, area=one.area, **_line_of(answer)
    )
    about("assistance.application", one.pk, area=one.area, answer=answer.pk, state="taken")
    return answer


def _line_of(answer: Answer) -> dict[str, Any]:
    """The line that an answer becomes when it is taken."""
    return {
        "person_id": answer.person_id, "kind": answer.kind, "amount": answer.amount, "number": answer.number,
        "first": answer.first, "last": answer.last, "source": Source.CHECKED.value,
        "evidence": f"{answer.get_register_display()}，{answer.as_of}",  # type: ignore[attr-defined]
    }  # fmt: skip


def _beside(answer: Answer) -> list[int]:
    """The lines that other answers of the same check, of this person and item, have become."""
    others = Answer.objects.filter(inquiry=answer.inquiry_id, person=answer.person_id, kind=answer.kind, state="taken")
    stand = Line.objects.filter(application=answer.inquiry.application, struck_on=None)
    return [pk for other in others for pk in stand.filter(**_line_of(other)).values_list("pk", flat=True)]


@action("assistance.check")
def note_answer(*, by: Actor, on: date, answer: Answer) -> Answer:
    """The register agrees with what was stated: nothing changes. Refused where it does not."""
    one = answer.inquiry.application
    may_enter(one, by)
    same = answers_of(one).filter(inquiry=answer.inquiry_id, person=answer.person_id, kind=answer.kind)
    lines = lines_of(one).filter(person=answer.person_id, kind=answer.kind)
    if any(row.differs for row in comparison(one, list(lines), list(same))):
        raise Refused("核对结果与现有登记不一致，不能注明与申报一致。请采用核对结果；本人认为不对的，登记本人有异议后复查。")
    _settle(answer, "noted", from_states=("new",), settled_on=on)
    about("assistance.application", answer.inquiry.application_id, area=answer.area, answer=answer.pk, state="noted")
    return answer


@action("assistance.enter")
def dispute_answer(*, by: Actor, on: date, answer: Answer, said: str) -> Answer:
    """The family says that the register is wrong, and why: it is checked again (57号 §18)."""
    may_enter(answer.inquiry.application, by)
    if not said.strip():
        raise Refused("请写明本人的说明和提供的证明。", field="said")
    _settle(answer, "disputed", from_states=("new",), said=said.strip(), said_on=on)
    about("assistance.application", answer.inquiry.application_id, area=answer.area, answer=answer.pk, state="disputed")
    return answer


@action("assistance.check")
def correct_answer(*, by: Actor, on: date, answer: Answer, settled: str) -> Answer:
    """The check again showed that the register was wrong; its line is not used."""
    may_enter(answer.inquiry.application, by)
    if not settled.strip():
        raise Refused("请写明复查的结论和依据。", field="settled")
    _settle(answer, "corrected", from_states=("disputed",), settled=settled.strip(), settled_on=on)
    about("assistance.application", answer.inquiry.application_id, area=answer.area, answer=answer.pk, state="corrected")
    return answer


def _settle(answer: Answer, state: str, *, from_states: tuple[str, ...], **words: Any) -> None:
    if not Answer.objects.filter(pk=answer.pk, state__in=from_states).update(state=state, **words):
        raise Stale("这条核对结果刚才已经处理，请刷新后再看。")
    answer.refresh_from_db()
