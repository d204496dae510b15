"""From a request to the facts of the law, and the law's answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from linli.base.dated import NoValue
from linli.domains.relief.models import Helped, Request
from linli.domains.relief.queries.requests import members_of
from linli.kernel.access.rules import Refused
from linli.kernel.ledgers.queries import order_by_source
from linli.kernel.registry.queries import area_name, identities_of, people_by_ids, statuses_of_people
from linli.law import BadFacts, Cause, Degree, Need, Recognised, Relief, Zone, all_values, decide_relief
from linli.law.words import name_of_value

YEAR = timedelta(days=365)
_RECOGNISED = {
    "dibao": Recognised.DIBAO, "tekun": Recognised.DIBAO, "edge": Recognised.EDGE, "rigid": Recognised.RIGID,
}  # fmt: skip


@dataclass(frozen=True)
class Past:
    """Relief that these people got: in the year of the day, and of one event within a year (``where``: the town)."""

    times: int = 0
    asked_before: bool = False
    where: str = ""


def past_here(people: Iterable[int], event: str, happened_on: date, on: date, *, but: int | None = None) -> Past:
    """What the present scope knows of earlier relief; ``but``: the request that is being judged or supplemented."""
    known = identities_of(people_by_ids(people).values())
    found = Helped.objects.filter(person__in=known, cancelled_on=None).exclude(request=but or 0)
    counts: dict[int, int] = {}
    for person in found.filter(helped_on__year=on.year).values_list("person", flat=True):
        counts[person] = counts.get(person, 0) + 1
    same = found.filter(event=event, happened_on__gt=happened_on - YEAR, happened_on__lt=happened_on + YEAR)
    area = same.order_by("-helped_on").values_list("area", flat=True).first()
    where = area_name(f"{area[:9]}000", on) if area else ""
    return Past(max(counts.values(), default=0), area is not None, where)


def judge(one: Request, on: date, past: Past | None = None) -> Relief:
    """The law's answer on this day. ``past``: what the whole district knows; else what the present scope knows.

    :raises Refused: a value of the law is missing, or the facts cannot be judged.
    """
    if past is None:
        past = past_here(one.members, one.event, one.happened_on, on, but=one.former_id or one.pk)
    need = Need(
        area=one.area, zone=Zone(one.zone), cause=Cause(one.cause), degree=Degree(one.degree), people=one.people,
        months=one.months, recognised=_recognised(one, on),
        asked_before=past.asked_before and not one.renewed and one.former_id is None,
        fast=one.fast, given=one.former.amount if one.former else 0, times=past.times if one.former_id is None else 0,
        burden=one.burden,
    )  # fmt: skip
    try:
        return decide_relief(need, all_values(), on=on)
    except NoValue as fault:
        raise Refused(missing(fault)) from fault
    except BadFacts as fault:
        raise Refused(str(fault)) from fault


def missing(fault: NoValue) -> str:
    """What is missing of the law, and who puts it right."""
    return (
        f"没有{fault.day:%Y年%-m月%-d日}适用于{area_name(fault.area, fault.day)}的“{name_of_value(fault.key)}”，不能按规定计算。"
        "请区民政局政策管理人员补录依据和数值；在此之前不能作出决定。"
    )


def _recognised(one: Request, on: date) -> Recognised:
    held = statuses_of_people(members_of(one), on).values()
    found = [_RECOGNISED[row.kind] for rows in held for row in rows if row.kind in _RECOGNISED]
    return min(found, default=Recognised.NOTHING)


def source_of(one: Request) -> str:
    """How the books name this request."""
    return f"relief.request:{one.pk}"


def order_of(one: Request) -> Any:
    """The payment order of a request, where the present scope sees one."""
    return order_by_source(source_of(one))
