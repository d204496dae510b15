"""What mass messages count: sent, received, read, receivers in use (HOTLINE-03, HOTLINE-13)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from linli.domains.broadcast.models import Delivery, Message, Receiver
from linli.domains.broadcast.queries import arrived_in, received_in, sent_in
from linli.domains.broadcast.rules import Group, Office
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Period, Unit

OWNER, BASIS = "区公共服务中心", "短信平台管理办法（示范）"
GROUPS = (Breakdown("group", "接收对象", "group", dict(Group.choices())),)
OFFICES = (Breakdown("office", "职务", "office", dict(Office.choices())),)


def _receivers(period: Period) -> Any:
    return Receiver.objects.filter(Q(ended_on=None) | Q(ended_on__gt=period.last), since__lte=period.last).select_related("staff")


def _read(period: Period) -> Any:
    return received_in(period).exclude(read_at=None)


def _message(one: Message) -> tuple[str, str]:
    return one.text[:30], reverse("broadcast:message", args=[one.pk])


def _delivery(one: Delivery) -> tuple[str, str]:
    return one.text[:30], reverse("broadcast:message", args=[one.message_id])


def _receiver(one: Receiver) -> tuple[str, str]:
    return f"{one.staff.name}　{one.get_office_display()}", reverse("broadcast:receiver", args=[one.pk])


def _figure(key: str, zh: str, words: str, unit: Unit, kind: Kind, rows: Any, describe: Any, **more: Any) -> Figure:
    return Figure(f"broadcast.{key}", zh, words, unit, kind, rows, describe=describe, owner=OWNER, basis=BASIS, **more)


FIGURES = (
    _figure("messages", "群发短信", "统计期内发出的群发短信条数，一条发给多人计一条", Unit.PIECE, Kind.FLOW, sent_in, _message,
            breakdowns=GROUPS),
    _figure("received", "短信送达", "统计期内短信平台已接收、发往各人手机的条数", Unit.TIMES, Kind.FLOW, received_in,
            _delivery),
    _figure("arrived", "短信到达手机", "统计期内发出、短信平台回报已到手机的条数", Unit.TIMES, Kind.FLOW, arrived_in, _delivery),
    _figure("read", "短信已读", "统计期内发出、接收人已确认阅读的条数", Unit.TIMES, Kind.FLOW, _read, _delivery),
    _figure("receivers", "在用移动信息接收机", "统计期末干部在用的移动信息接收机台数", Unit.EACH, Kind.STOCK, _receivers,
            _receiver, breakdowns=OFFICES),
)  # fmt: skip
