"""What single-key callers count: devices in use, presses by function, and how fast a person answered (HOTLINE-02)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from linli.domains.callers.models import Device, Press
from linli.domains.callers.rules import URGENT, Function, Outcome
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Period, Unit

OWNER, BASIS = "区公共服务中心", "单键呼叫应答规定（示范）"
KINDS = (Breakdown("function", "功能", "function", dict(Function.choices())),)
ENDS = (*KINDS, Breakdown("outcome", "结果", "outcome", dict(Outcome.choices())))


def _devices(period: Period) -> Any:
    return Device.objects.filter(Q(ended_on=None) | Q(ended_on__gt=period.last), installed_on__lte=period.last)


def _presses(period: Period) -> Any:
    return Press.objects.filter(**period.within("day")).select_related("device")


def _answered(period: Period) -> Any:
    return _presses(period).filter(function__in=[one.value for one in URGENT]).exclude(taken_at=None)


def _device(one: Device) -> tuple[str, str]:
    return f"{one.name}　{one.installed_on}", reverse("callers:device", args=[one.pk])


def _press(one: Press) -> tuple[str, str]:
    return f"{one.received_at:%Y-%m-%d %H:%M}　{one.get_function_display()}", reverse("callers:press", args=[one.pk])


def _figure(key: str, zh: str, words: str, unit: Unit, kind: Kind, rows: Any, describe: Any, **more: Any) -> Figure:
    return Figure(f"callers.{key}", zh, words, unit, kind, rows, describe=describe, owner=OWNER, basis=BASIS, **more)


FIGURES = (
    _figure("devices", "在用单键呼叫器", "统计期末在用的单键呼叫器台数", Unit.EACH, Kind.STOCK, _devices, _device),
    _figure("presses", "按键呼叫", "统计期内收到的按键次数，处理完以前重复按的计一次", Unit.TIMES, Kind.FLOW, _presses, _press,
            breakdowns=KINDS),
    _figure("answered", "已应答的紧急呼叫", "统计期内收到、有人应答的紧急按键次数", Unit.TIMES, Kind.FLOW, _answered, _press,
            breakdowns=ENDS),
)  # fmt: skip
