"""Setting up who takes what."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db import IntegrityError, transaction

from linli.base.areas import Level, level_of
from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.orders.models import Desk
from linli.kernel.orders.queries import in_hand
from linli.kernel.orders.rules import OUTSIDE, DeskKind, categories
from linli.kernel.registry.queries import area_on_day, area_path, areas_on

KIND = "orders.desk"
OFFICE_HOURS = (time(8, 30), time(17, 30))


@action("orders.keep_desks")
def keep_desk(
    *, by: Actor, on: date, name: str, kind: DeskKind, area: str, everywhere: bool = False, codes: tuple[str, ...] = (),
    opens: time | None = None, closes: time | None = None, weekends: bool = False, fallback: bool = False, duty: str = "",
    desk: Desk | None = None,
) -> Desk:  # fmt: skip
    """Set a desk up, or change what it takes and when. Its seat stays where its orders lie."""
    known = categories()
    if wrong := [code for code in codes if code not in known]:
        raise Refused(f"没有这个事项分类：{'、'.join(wrong)}。", field="codes")
    if (opens is None) != (closes is None) or (opens and closes and opens >= closes):
        raise Refused("请填写上班和下班时间，下班应晚于上班；全天值班的都不填。", field="closes")
    if fallback and level_of(area) is not Level.DISTRICT:
        raise Refused("兜底单位应设在区级。", field="area")
    if Desk.objects.filter(name=tidy(name), until=None, area__startswith=area[:6]).exclude(area=area).exists():
        raise Refused("别处已有同名的承办单位，请在名称前写上所在的镇街或村居，免得派错。", field="name")
    words: dict[str, Any] = {
        "name": tidy(name)[:60], "kind": kind.value, "everywhere": everywhere, "categories": sorted(codes), "opens": opens,
        "closes": closes, "weekends": weekends, "fallback": fallback, "duty": tidy(duty)[:300],
    }  # fmt: skip
    try:
        with transaction.atomic():
            made = _changed(desk, words) if desk else _founded(area, on, words)
    except IntegrityError as fault:
        raise Refused("这里已有同名的承办单位，或已有兜底单位。", field="name") from fault
    about(KIND, made.pk, area=made.area, name=made.name)
    return made


def _founded(area: str, on: date, words: dict[str, Any]) -> Desk:
    if area_on_day(area, on) is None:
        raise Refused("没有这个区域，请重新选择。", field="area")
    return Desk.objects.create(area=area, since=on, **words)


def _changed(desk: Desk, words: dict[str, Any]) -> Desk:
    Desk.objects.filter(pk=desk.pk).update(**words)
    desk.refresh_from_db()
    return desk


@action("orders.fit_desk")
def fit_desk(
    *, by: Actor, on: date, desk: Desk, codes: tuple[str, ...], everywhere: bool, reaches: tuple[str, ...] = (),
    opens: time | None = None, closes: time | None = None, weekends: bool = False,
) -> Desk:  # fmt: skip
    """What a firm or volunteer takes, where and when, as its agreement says now."""
    if DeskKind(desk.kind) not in OUTSIDE:
        raise Refused("只有企业和一技之长志愿者的承办范围随加盟登记更新。")
    if wrong := [code for code in reaches if code[:6] != desk.area[:6] or area_on_day(code, on) is None]:
        raise Refused(f"没有这些镇街村居：{'、'.join(wrong)}。", field="reaches")
    words: dict[str, Any] = {
        "categories": sorted(set(codes)), "everywhere": everywhere, "reaches": sorted(set(reaches)), "opens": opens,
        "closes": closes, "weekends": weekends,
    }  # fmt: skip
    made = _changed(desk, words)
    about(KIND, made.pk, area=made.area, codes=len(codes))
    return made


@action("orders.pause_desk")
def pause_desk(*, by: Actor, on: date, desk: Desk, paused: bool) -> Desk:
    """A firm or volunteer gets nothing for now, or gets orders again; what it has in hand stays until it is sent elsewhere."""
    if DeskKind(desk.kind) not in OUTSIDE:
        raise Refused("只能暂停企业和一技之长志愿者。")
    if not Desk.objects.filter(pk=desk.pk, until=None, paused=not paused).update(paused=paused):
        raise Refused("这个单位已经暂停。" if paused else "这个单位没有暂停，或已停办。")
    desk.refresh_from_db()
    about(KIND, desk.pk, area=desk.area, paused=paused)
    return desk


@action("orders.keep_desks")
def close_desk(*, by: Actor, on: date, desk: Desk) -> Desk:
    """A desk takes nothing any more. What it has in hand must be settled or sent elsewhere first."""
    if told := in_hand(desk):
        raise Refused(f"这个单位还有{told}，请先办结、回访或改派。")
    if not Desk.objects.filter(pk=desk.pk, until=None, since__lt=on).update(until=on):
        raise Refused("这个单位已停办，或今天才设立。")
    desk.refresh_from_db()
    about(KIND, desk.pk, area=desk.area, until=on.isoformat())
    return desk


@action("orders.keep_desks")
def open_area_desks(*, by: Actor, on: date) -> int:
    """A desk for every street, town, community and village that has none yet, and the district's own; how many were made.

    A community's bears the name of its street: two streets may have a 和顺社区.
    """
    there = set(Desk.objects.filter(until=None, kind__in=_KINDS.values()).values_list("area", flat=True))
    made = []
    for area in areas_on(on).filter(code__gte=by.scope.lo, code__lt=by.scope.hi).exclude(kind__in=["unit", "units"]):
        found = _KINDS.get(Level(area.level))
        if found is None or area.code in there:
            continue
        opens, closes = OFFICE_HOURS if found is DeskKind.STREET else (None, None)
        name = f"{area_path(area.code, on)}便民服务中心" if found is not DeskKind.CENTRE else f"{area.name}市民服务中心"
        made.append(
            Desk(
                name=name, kind=found.value, area=area.code, since=on, fallback=found is DeskKind.CENTRE, opens=opens,
                closes=closes,
            )
        )  # fmt: skip
    Desk.objects.bulk_create(made)
    about(KIND, f"areas {len(made)}", area=by.area, made=len(made))
    return len(made)


_KINDS = {Level.DISTRICT: DeskKind.CENTRE, Level.TOWN: DeskKind.STREET, Level.COMMUNITY: DeskKind.COMMUNITY}
