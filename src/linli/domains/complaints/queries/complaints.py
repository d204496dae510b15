"""Complaints and petitions as orders of their categories, with what a petition has beside."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from linli.base.areas import scope_of
from linli.base.days import SHANGHAI, official_calendar
from linli.domains.complaints.models import Answer, Petition, Remedy
from linli.domains.complaints.rules import COMPLAINTS, PETITIONS, AnswerState, LetterKind, is_ours
from linli.kernel.access.queries import staff_at
from linli.kernel.access.rules import Actor, Forbidden, Refused
from linli.kernel.orders import queries as work
from linli.kernel.registry.queries import area_names, keyring
from linli.kernel.registry.rules import after

NAMES = "complaints.representatives"


def representatives_of(petition: Petition | None) -> list[str]:
    """Who speaks for those who petition together; whoever shows it asks first whether the reader may read the order."""
    if petition is None or petition.representatives is None:
        return []
    return list(json.loads(keyring().open(bytes(petition.representatives), NAMES)))


def ours(kind: str = "") -> Q:
    """Orders of the categories of complaints, of petitions, or of both."""
    groups = {LetterKind.COMPLAINT.value: COMPLAINTS, LetterKind.PETITION.value: PETITIONS}.get(kind, COMPLAINTS + PETITIONS)
    found = Q(pk=None)
    for code in groups:
        found |= Q(category__gte=code, category__lt=after(code))
    return found


def complaints(
    *, at: datetime, words: str = "", kind: str = "", about: int | None = None, stage: str = "", late: str = "", shown: str = "",
    channel: str = "", first: date | None = None, last: date | None = None, owed: str = "", area: str = "",
) -> QuerySet[Any]:  # fmt: skip
    """Complaints and petitions of the present scope, the newest first. ``shown``: an answer is up, waits, or there is none.

    ``owed``: petitions of which a report, or a review or recheck, is late. ``area``: that of the matter.
    """
    found = work.orders(at=at, words=words, stage=stage, late=late, channel=channel, first=first, last=last).filter(ours(kind))
    found = found.select_related("desk", "about")
    if about:
        found = found.filter(about=about)
    if owed:
        found = found.filter(pk__in=_owed(owed, at.astimezone(SHANGHAI).date()))
    if area:
        found = found.filter(place__gte=scope_of(area).lo, place__lt=scope_of(area).hi)
    if shown:
        there = Exists(Answer.objects.filter(order=OuterRef("pk"), state__in=_STATES.get(shown, _STATES["none"])))
        found = found.filter(~there if shown == "none" else there)
    return found


def _owed(which: str, on: date) -> QuerySet[Any]:
    if which == "report":
        return Petition.objects.filter(report_due__lt=on, reported_on=None).values("order")
    return Remedy.objects.filter(due__lt=on, decided_on=None).values("petition__order")


_STATES = {"up": [AnswerState.UP], "draft": [AnswerState.DRAFT], "none": [AnswerState.UP, AnswerState.DRAFT]}


def complaint(order_id: int) -> Any:
    """The complaint or petition. :raises Forbidden: there is none for this post."""
    found = work.order_by_id(order_id)
    if not is_ours(found.category):
        raise Forbidden("这件工单不是行政投诉或信访。")
    return found


def petition_of(order: Any) -> Petition | None:
    """What a petition has beside its order, once something of it was entered."""
    return Petition.objects.select_related("replied_by", "reported_by").filter(order=order).first()


def remedies_of(petition: Petition | None) -> list[Remedy]:
    """Review and recheck, in order."""
    return list(Remedy.objects.filter(petition=petition).select_related("decided_by").order_by("id")) if petition else []


def units(on: date) -> list[tuple[int, str]]:
    """Bodies that can be complained of: all desks of the district; with the street, where two have one name."""
    known = list(work.desks(on=on))
    many = Counter(one.name for one in known)
    towns = area_names({f"{one.area[:9]}000" for one in known if many[one.name] > 1}, on)
    return [(one.pk, f"{towns.get(f'{one.area[:9]}000', '')}{one.name}" if many[one.name] > 1 else one.name) for one in known]


def remedy_by_id(remedy_id: int) -> Remedy:
    """One review or recheck. :raises Forbidden: there is none for this post."""
    found = Remedy.objects.select_related("petition").filter(pk=remedy_id).first()
    if found is None:
        raise Forbidden("没有这项复查复核，或它不由本岗位办理。")
    return found


def staff_of_unit(about: int | None, name: str, on: date) -> int | None:
    """The member of staff of a unit with this name; None when no name was given.

    :raises Refused: there is none, or there are two.
    """
    if not name:
        return None
    desk = work.desk_by_id(about) if about else None
    if desk is None:
        raise Refused("请先选择被投诉的单位，再填写工作人员。", field="about")
    found = list(staff_at(desk.area, on=on).filter(name=name).values_list("pk", flat=True)[:2])
    if len(found) == 1:
        return int(found[0])
    many = f"{desk.name}有同名的工作人员，请在内容里写明岗位，这里不填。"
    none = f"{desk.name}没有登记叫“{name}”的工作人员。请核对姓名；不在名单上的，写在内容里，这里不填。"
    raise Refused(many if found else none, field="about_staff")


def link_of(by: Actor, order: Any) -> tuple[str, str] | None:
    """On the page of an order: the page of the complaint, for those who may see it."""
    if not is_ours(order.category) or not by.may("complaints.see"):
        return None
    return "投诉和信访手续", reverse("complaints:complaint", args=[order.pk])


def clock_days(order: Any) -> int | None:
    """Working days from being sent out to the answer; None while there is none."""
    if order.dispatched_at is None or order.handled_at is None:
        return None
    first, last = (moment.astimezone(SHANGHAI).date() for moment in (order.dispatched_at, order.handled_at))
    return official_calendar().working_days_between(first, last)
