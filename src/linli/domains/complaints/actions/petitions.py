"""What the rules of petitions ask for: told in writing whether it is accepted, answered in writing, reviewed, rechecked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from linli.base.days import SHANGHAI, official_calendar
from linli.base.text import tidy
from linli.domains.complaints.actions.taking import VISITS, sealed_names
from linli.domains.complaints.models import Petition, Remedy
from linli.domains.complaints.queries import may_enter_joint, representatives_of
from linli.domains.complaints.queries.complaints import NAMES
from linli.domains.complaints.rules import (
    Handing,
    Paper,
    PetitionOutcome,
    RefusalGround,
    RemedyKind,
    RemedyOutcome,
    faults_of,
    is_petition,
    most_representatives,
    remedy_due,
    remedy_open_until,
)
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Renewed, Stale
from linli.kernel.orders import actions as work
from linli.kernel.orders.queries import serves
from linli.kernel.registry.queries import keyring

KIND = "complaints.petition"


def _petition(order: Any) -> Petition:
    """The written side of a petition; one that was taken at the console gets it now."""
    if not is_petition(order.category):
        raise Refused("这件工单不是信访事项。")
    words = {"handing": Handing.TRANSFER.value, "area": order.area}
    found: Petition = Petition.objects.get_or_create(order=order, defaults=words)[0]
    return found


def _change(petition: Petition, only: dict[str, Any], values: dict[str, Any], said: str) -> None:
    if not Petition.objects.filter(pk=petition.pk, **only).update(**values):
        raise Stale(said)
    petition.refresh_from_db()
    about(KIND, petition.pk, area=petition.area, order=petition.order_id)


def _day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


@action("complaints.answer")
def accept(*, by: Actor, at: datetime, order: Any, note: str) -> Petition:
    """The petitioner is told that it is accepted; the sixty days begin (信访工作条例 §23, §34)."""
    petition = _petition(order)
    _change(petition, {"accepted": None}, {"accepted": True, "told_on": _day(at)}, "已经告知过是否受理。")
    work.contact(by=by, at=at, order=order, note=f"书面告知受理。{tidy(note)}", begin=True)
    return petition


@action("complaints.answer")
def refuse(*, by: Actor, at: datetime, order: Any, ground: RefusalGround, note: str) -> Petition:
    """Not accepted, with its ground and the way that is open instead; the order ends with that."""
    said = tidy(note)
    if len(said) < 5:
        raise Refused("请写明理由和应当走的途径。", field="note")
    petition = _petition(order)
    words = {"accepted": False, "ground": ground.value, "told_on": _day(at), "text": said[:1000]}
    _change(petition, {"accepted": None}, words, "已经告知过是否受理。")
    work.contact(by=by, at=at, order=order, note=f"书面告知不予受理：{ground.zh}。{said}")
    work.handle(by=by, at=at, order=order, result=f"不予受理：{ground.zh}。{said}", withdraw=True, in_writing=True)
    return petition


@action("complaints.take")
def enter_joint(
    *, by: Actor, at: datetime, order: Any, people: int, representatives: tuple[str, ...] = (), report_due: date | None = None
) -> Petition:
    """How many petition and who speaks for them, where it was not known when it was taken; the centre also assigns it with a day
    for the report. Names and a day that are not given stay as they are.

    :raises Refused: nothing is new, they do not fit, it was answered, or the desk would move the day of its own report.
    """
    petition, on = _petition(order), _day(at)
    if not may_enter_joint(by, order, petition):
        raise Forbidden("信访人数和交办期限由承办单位或服务中心在作出处理意见以前登记。")
    day = report_due or petition.report_due
    assigned = report_due is not None and report_due != petition.report_due
    if assigned and not by.may("complaints.assign"):
        raise Refused("报告结果的期限由交办的服务中心登记，请不填。", field="report_due")
    names = representatives or tuple(representatives_of(petition))
    if not assigned and (people, list(names)) == (petition.people, representatives_of(petition)):
        raise Refused("和已登记的一样，不需要再登记。", field="people")
    paper = Paper(Handing.ASSIGN if assigned else Handing.TRANSFER, report_due if assigned else None, people, names)
    fault = faults_of(paper, most=most_representatives(on, order.place), visit=order.channel in VISITS, on=on)
    if fault:
        raise Refused(fault[1], field=fault[0])
    handing = Handing.ASSIGN.value if day else petition.handing
    values = {"people": people, "handing": handing, "report_due": day, "representatives": sealed_names(names)}
    _change(petition, {"replied_on": None}, values, "刚才已经作出处理意见，请刷新后再看。")
    return petition


@action("complaints.answer")
def report_result(*, by: Actor, at: datetime, order: Any, text: str) -> Petition:
    """What came of a petition that was assigned, told to whoever assigned it (办结报告); once, by its desk, after the answer.

    :raises Refused: it was not assigned, there is no answer yet, or nothing is said.
    """
    petition = to_report(order)
    if not serves(by, order.desk):
        raise Forbidden("办结报告由承办单位提交。")
    said = text.strip()
    if len(said) < 10:
        raise Refused("请写明处理过程、结果和信访人的意见，至少10个字。", field="text")
    values = {"reported_on": _day(at), "reported_by_id": by.own_hand, "report": said[:2000]}
    _change(petition, {"reported_on": None}, values, "已经提交过办结报告。")
    return petition


def to_report(order: Any) -> Petition:
    """The petition whose result is to be reported. :raises Refused: it was not assigned, or there is no answer yet."""
    petition = _petition(order)
    if petition.handing != Handing.ASSIGN:
        raise Refused("这件信访是转送的，不需要报告结果。")
    if petition.replied_on is None and petition.accepted is not False:
        raise Refused("请先作出处理意见（或告知不予受理），再报告结果。")
    return petition


@action("complaints.answer")
def reply(*, by: Actor, at: datetime, order: Any, outcome: PetitionOutcome, basis: str, text: str) -> Petition:
    """The written answer (处理意见书): outcome, basis, text. It is printed with its articles and the remedy."""
    petition = _petition(order)
    if not petition.accepted:
        raise Refused("请先告知信访人是否受理，再作出处理意见。")
    words = {
        "outcome": outcome.value, "basis": tidy(basis)[:300], "text": text.strip()[:2000], "replied_on": _day(at),
        "replied_by_id": by.own_hand,
    }  # fmt: skip
    _change(petition, {"replied_on": None}, words, "已经作出处理意见。")
    work.handle(by=by, at=at, order=order, result=f"{outcome.zh}。{words['text']}", withdraw=True, in_writing=True)
    return petition


@action("complaints.review")
def ask_remedy(*, by: Actor, on: date, order: Any, kind: RemedyKind, body: str, why: str, asked_on: date) -> Remedy:
    """The petitioner asks for a review or recheck in time; the body that decides has its own days.

    It is the one above the body whose answer is contested (信访条例 §34, §35), so it is none that has answered before.
    """
    petition = _petition(order)
    told_on = _told_on(petition, kind)
    last, source = remedy_open_until(kind, told_on, order.place, official_calendar())
    if not told_on <= asked_on <= on:
        raise Refused(f"请求日期应在答复日{told_on:%Y-%m-%d}和今天之间，请核对。", field="asked_on")
    if asked_on > last:
        raise Refused(f"请求{kind.zh}的期限到{last:%Y-%m-%d}为止（{source}），已经超过；不再受理同一事项。", field="asked_on")
    if len(tidy(body)) < 2:
        raise Refused(f"请填写{kind.zh}机关。", field="body")
    if tidy(body) in _answered_by(petition, order):
        raise Refused(f"{tidy(body)}已经作出过意见，{kind.zh}由它的上一级行政机关办理，请改填上一级。", field="body")
    due, _ = remedy_due(kind, asked_on, order.place, official_calendar())
    words = {"body": tidy(body)[:60], "why": tidy(why)[:500], "asked_on": asked_on, "due": due, "area": petition.area}
    try:
        with transaction.atomic():
            made = Remedy.objects.create(petition=petition, kind=kind.value, **words)
    except IntegrityError as fault:
        raise Refused(f"这件信访已经请求过{kind.zh}，不能重复请求。") from fault
    about(KIND, petition.pk, area=petition.area, remedy=kind.value)
    return made


def _answered_by(petition: Petition, order: Any) -> set[str]:
    """The bodies whose opinions stand: who handled the matter, and who reviewed it."""
    reviewers = Remedy.objects.filter(petition=petition, decided_on__isnull=False).values_list("body", flat=True)
    return {order.desk.name if order.desk else "", *reviewers}


def _told_on(petition: Petition, kind: RemedyKind) -> date:
    """From which answer the days run: the body's own, then that of the review."""
    if petition.replied_on is None:
        raise Refused("还没有作出处理意见，不能请求复查。")
    if kind is RemedyKind.REVIEW:
        return petition.replied_on
    review = Remedy.objects.filter(petition=petition, kind=RemedyKind.REVIEW).first()
    if review is None or review.decided_on is None:
        raise Refused("请先复查；有复查意见后仍不服的，才能请求复核。", field="kind")
    return review.decided_on


@action("complaints.review")
def decide_remedy(*, by: Actor, on: date, remedy: Remedy, outcome: RemedyOutcome, opinion: str) -> Remedy:
    """The review or recheck ends; never by whoever wrote the former answer. After a recheck nothing further is open."""
    said = opinion.strip()
    if len(said) < 5:
        raise Refused("请填写意见内容。", field="opinion")
    former = {remedy.petition.replied_by_id}
    former |= set(Remedy.objects.filter(petition=remedy.petition_id).exclude(pk=remedy.pk).values_list("decided_by", flat=True))
    by.apart_from(*former, said="不能复查、复核自己作出的意见，请由其他人办理。")
    words = {"outcome": outcome.value, "opinion": said[:2000], "decided_on": on, "decided_by_id": by.own_hand}
    if not Remedy.objects.filter(pk=remedy.pk, decided_on=None).update(**words):
        raise Stale("这项请求刚才已有人办理，请刷新后再看。")
    remedy.refresh_from_db()
    about(KIND, remedy.petition_id, area=remedy.area, remedy=remedy.kind, outcome=outcome.value)
    return remedy


@action("access.renew_seals")
def renew_names(*, by: Actor, on: date, after: int = 0, most: int = 2000) -> Renewed:
    """Seal the names of representatives again under the current key."""
    rows = Petition.objects.select_for_update().filter(pk__gt=after, representatives__isnull=False)
    seen = list(rows.order_by("pk")[:most])
    old = [one for one in seen if not keyring().is_current(bytes(one.representatives or b""))]
    for one in old:
        clear = keyring().open(bytes(one.representatives or b""), NAMES)
        Petition.objects.filter(pk=one.pk).update(representatives=keyring().seal(clear, NAMES))
    about("complaints.seals", keyring().current, area=by.area, petitions=len(old))
    return Renewed(len(old), seen[-1].pk if len(seen) == most else None)
