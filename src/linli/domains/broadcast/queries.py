"""Reads of mass messages: receivers, who is in a group, how a message was received, what waits."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.conf import settings
from django.db import connections
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from linli.base.areas import Level, level_of, prefix_of
from linli.base.days import SHANGHAI
from linli.domains.broadcast.models import Consent, Delivery, Message, Receiver
from linli.domains.broadcast.rules import MEMBERS, UNREAD_HOURS, Arrived, DeliveryState, Group, MessageState
from linli.gateways.messages import Sms, sms_at
from linli.kernel.access.queries import staff_list
from linli.kernel.access.rules import Actor
from linli.kernel.figures.rules import Period
from linli.kernel.registry.queries import keyring, people_list
from linli.kernel.registry.rules import PHONE, after
from linli.kernel.ui.rules import Task

PUBLIC, CODE = "public", "broadcast.code"


def gateway() -> Sms:
    """The provider of this installation."""
    return sms_at(settings.SMS_ADDRESS, settings.SMS_TOKEN, settings.SMS_FOLDER)


def receivers(*, words: str = "", office: str = "", area: str = "", ended: str = "") -> QuerySet[Receiver]:
    """Receivers of the present scope, by area; ``ended``: those that are out of use."""
    found = Receiver.objects.select_related("staff").filter(ended_on__isnull=not ended).order_by("area", "staff__name", "id")
    if words:
        found = found.filter(Q(staff__name__contains=words) | Q(device=words))
    if office:
        found = found.filter(office=office)
    return found.filter(area__gte=prefix_of(area), area__lt=after(prefix_of(area))) if area else found


def receiver_by_id(receiver_id: int) -> Receiver:
    """One receiver. :raises Http404: there is none here."""
    found = Receiver.objects.select_related("staff").filter(pk=receiver_id).first()
    if found is None:
        raise Http404
    return found


def holders(by: Actor, on: date) -> list[tuple[int, str, str]]:
    """Staff in office in this post's area who have no receiver: (id, name, area of the post)."""
    equipped = set(Receiver.objects.filter(ended_on=None).values_list("staff_id", flat=True))
    found = []
    for staff in staff_list(by=by, active="yes"):
        areas = {post.at for post in staff.posts.all() if post.granted_by_id and post.since <= on and not _over(post.until, on)}
        if staff.pk not in equipped:
            found += [(staff.pk, staff.name, area) for area in sorted(areas) if by.covers(area)]
    return sorted(found, key=lambda one: (one[2], one[1]))


def _over(until: date | None, on: date) -> bool:
    return until is not None and until <= on


def members(group: Group, place: str, on: date) -> QuerySet[Receiver]:
    """The receivers of a group in an area whose holders are in office on a day."""
    offices = [office.value for office in MEMBERS[group]]
    held = Q(staff__posts__until=None) | Q(staff__posts__until__gt=on)
    holds = Q(staff__is_active=True, staff__posts__since__lte=on, staff__posts__granted_by__isnull=False) & held
    return receivers(area=place).filter(holds, office__in=offices, since__lte=on).distinct()


def residents(place: str, on: date) -> QuerySet[Any]:
    """People who live in an area, left a telephone number and have agreed to messages on this day."""
    found = people_list(on=on).exclude(phone_sealed=None).filter(Exists(agreed(on).filter(_of(OuterRef("pk")))))
    return found.filter(area__gte=prefix_of(place), area__lt=after(prefix_of(place)))


def agreed(on: date) -> QuerySet[Consent]:
    """Agreements that hold on a day: from their first day, until the day of withdrawal, which counts no more."""
    return Consent.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


def _of(person: Any) -> Q:
    return Q(person=person) | Q(person__merged_into=person)


def may_write_to(person: int, on: date) -> bool:
    """Whether this resident has agreed."""
    return agreed(on).filter(_of(person)).exists()


def consents_of(person: int) -> list[Consent]:
    """What a resident agreed to and withdrew, the newest first."""
    return list(Consent.objects.filter(_of(person)).select_related("entered_by", "ended_by").order_by("-pk"))


def unreported(at: datetime, most: int = 200) -> list[tuple[int, str]]:
    """Messages that went out and of which the provider has not said what became of them, whose turn has come: (id, area)."""
    found = Delivery.objects.filter(state=DeliveryState.SENT, arrived="", next_at__lte=at).order_by("next_at", "id")
    return list(found.values_list("pk", "area")[:most])


def arrived_in(period: Period) -> QuerySet[Delivery]:
    """Those of which the provider reported that they are on the telephone."""
    return received_in(period).filter(arrived=Arrived.DELIVERED)


def phone_of(sealed: Any) -> str:
    """The number in clear, for the gateway."""
    return keyring().open(bytes(sealed), PHONE)


def messages_list(
    *, words: str = "", state: str = "", group: str = "", first: date | None = None, last: date | None = None
) -> QuerySet[Message]:
    """Messages of the present scope with how many went out and were read, the newest first."""
    found = Message.objects.select_related("drafted_by", "sent_by").order_by("-id")
    found = found.annotate(
        out=Count("deliveries", filter=Q(deliveries__state=DeliveryState.SENT)),
        seen=Count("deliveries", filter=Q(deliveries__read_at__isnull=False)),
    )
    if words:
        found = found.filter(text__contains=words)
    exact = {"state": state, "group": group, "drafted_on__gte": first, "drafted_on__lte": last}
    return found.filter(**{name: value for name, value in exact.items() if value})


def message_by_id(message_id: int) -> Message:
    """One message. :raises Http404: there is none here."""
    found = messages_list().filter(pk=message_id).first()
    if found is None:
        raise Http404
    return found


def own_delivery(actor: Actor, delivery_id: int) -> Delivery:
    """What was sent to this member of staff. :raises Http404: it was sent to somebody else."""
    found = Delivery.objects.filter(pk=delivery_id, staff_id=actor.own_hand).first()
    if found is None:
        raise Http404
    return found


def deliveries(message: Message, *, state: str = "", seen: str = "", arrived: str = "") -> QuerySet[Delivery]:
    """To whom a message went. ``seen``: yes, no. ``arrived``: what the provider reported, "none" while it did not."""
    found = Delivery.objects.filter(message=message).select_related("staff", "person").order_by("area", "id")
    if state:
        found = found.filter(state=state)
    if arrived:
        found = found.filter(state=DeliveryState.SENT, arrived="" if arrived == "none" else arrived)
    return found.filter(read_at__isnull=seen == "no") if seen else found


def due(at: datetime, most: int = 200) -> list[tuple[int, str]]:
    """Deliveries whose next try has come: (id, area)."""
    found = Delivery.objects.filter(state=DeliveryState.WAITING, next_at__lte=at).order_by("next_at", "id")
    return list(found.values_list("pk", "area")[:most])


def mine(by: Actor) -> QuerySet[Delivery]:
    """What was sent to this person, the newest first."""
    return Delivery.objects.filter(staff=by.staff_id).order_by("-id")


def unread(by: Actor, at: datetime) -> QuerySet[Message]:
    """Messages of this office to its own staff that somebody has not read after a day."""
    late = at - timedelta(hours=UNREAD_HOURS)
    found = Message.objects.filter(sent_at__lte=late, area=by.area).exclude(group=Group.RESIDENTS)
    missing = Count("deliveries", filter=Q(deliveries__read_at=None))
    return found.annotate(missing=missing).filter(missing__gt=0).order_by("id")


def desk_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """What one has to read; messages that wait for a second person; those that somebody has not read."""
    if which == "done":
        return []
    tasks = [
        Task(f"阅读短信：{one.text[:20]}", "短信", reverse("broadcast:mine"), area=one.area)
        for one in mine(actor).filter(read_at=None)[:20]
    ] if actor.may("broadcast.read") else []  # fmt: skip
    if not actor.may("broadcast.send"):
        return tasks
    waiting = Message.objects.filter(state=MessageState.DRAFT).exclude(drafted_by=actor.staff_id).order_by("id")
    late = unread(actor, datetime.combine(on + timedelta(days=1), datetime.min.time(), SHANGHAI))
    return [
        *tasks,
        *(Task(f"审发短信：{one.text[:20]}", "短信", _page(one), area=one.area, since=one.drafted_on) for one in waiting[:20]),
        *(Task(f"{one.missing}人未读短信：{one.text[:20]}", "短信", _page(one), area=one.area) for one in late[:20]),  # type: ignore[attr-defined]
    ]


def _page(one: Message) -> str:
    return reverse("broadcast:message", args=[one.pk])


def told_by_code(code: str) -> dict[str, Any] | None:
    """The text behind the address in a message, through the public's connection; None for a code that is none."""
    with connections[PUBLIC].cursor() as cursor:
        cursor.execute("select bulletin.broadcast_told(%s)", [keyring().keyed_hashes(code, CODE)])
        found = cursor.fetchone()[0]
    told: dict[str, Any] | None = json.loads(found) if isinstance(found, str) else found
    return told


def sent_in(period: Period) -> QuerySet[Message]:
    """Messages sent in a period."""
    return Message.objects.filter(**_moments(period))


def _moments(period: Period) -> dict[str, datetime]:
    first = datetime.combine(period.first, datetime.min.time(), SHANGHAI)
    return {"sent_at__gte": first, "sent_at__lt": datetime.combine(period.last + timedelta(days=1), first.timetz())}


def received_in(period: Period) -> QuerySet[Delivery]:
    """Messages that went out to a telephone in a period."""
    return Delivery.objects.filter(**_moments(period), state=DeliveryState.SENT)


def choices_of(actor: Actor) -> list[tuple[str, str]]:
    """The groups that a post may write to: towns are above a community."""
    groups = [one for one in Group if one is not Group.TOWNS or level_of(actor.area) == Level.DISTRICT]
    return [(one.value, one.zh) for one in groups]
