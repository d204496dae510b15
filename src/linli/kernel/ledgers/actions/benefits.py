"""No double aid: entering who is helped by what, and giving it up again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import DatabaseError, connection, transaction

from linli.kernel.access.actions import about, action, reach_district
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.ledgers.models import Exclusion, Purpose
from linli.kernel.ledgers.queries.benefits import standing_against
from linli.kernel.ledgers.rules import AlreadyHelped, town_of
from linli.kernel.registry.queries import area_name

ALREADY_HELPED = "LB010"


@action("ledgers.claim")
def claim_benefit(
    *, by: Actor, on: date, group: str, period: str, persons: Iterable[int], source: str, area: str,
    household: int | None = None, amount: int | None = None,
) -> int:  # fmt: skip
    """Enter that these people (all members of the household) are helped under ``group`` in ``period``.

    Judged over the whole district, whatever the actor may see, and one claim after the other for the same people.
    ``period``: a year "2010" or a month "2010-11". Gives the number of people entered.

    :raises AlreadyHelped: one of them has it already, or has what excludes it; nothing is entered.
    """
    people = sorted(set(persons))
    if not people:
        raise Refused("没有可登记的人员，请先核对家庭成员。")
    values = [group, period, people, household, source, amount, on, area]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select ledgers_claim(%s, %s, %s::bigint[], %s, %s, %s, %s, %s)", values)
            entered = int(cursor.fetchone()[0])
    except DatabaseError as fault:
        told = getattr(fault.__cause__, "diag", None)
        if told is None or told.sqlstate != ALREADY_HELPED:
            raise
        other = json.loads(told.message_detail or "{}")
        raise _already_helped(other, on) from fault
    about("ledgers.benefit", source[:40], area=area, group=group, period=period, people=len(people))
    return entered


@action("ledgers.claim")
def helped_already(*, by: Actor, on: date, group: str, period: str, persons: Iterable[int]) -> AlreadyHelped | None:
    """What would stand against a claim, judged over the whole district, for a word in time: nothing is entered.

    The answer names the town and no more; the claim itself is judged again when it is made.
    """
    people = sorted(set(persons))
    with reach_district(by, "ledgers.claim"):
        other = standing_against(group=group, period=period, people=people, on=on)
    about("ledgers.benefit", f"{group} {period}"[:40], people=len(people), found=other is not None)
    if other is None:
        return None
    told = {"group": other.group, "period": other.period, "area": other.area, "person_id": other.person_id}
    return _already_helped(told, on)


def _already_helped(other: dict[str, Any], on: date) -> AlreadyHelped:
    purpose = Purpose.objects.filter(key=other["group"]).first()
    return AlreadyHelped(
        group=other["group"], period=other["period"], area=other["area"], person=other["person_id"],
        where=area_name(town_of(other["area"]), on), what=purpose.name if purpose else other["group"],
    )  # fmt: skip


@action("ledgers.claim")
def release_benefit(*, by: Actor, on: date, source: str) -> int:
    """Give up what this piece of work entered, so that the people can be helped again; how many rows were open."""
    with connection.cursor() as cursor:
        cursor.execute("select ledgers_release_claim(%s, %s)", [source, on])
        released = int(cursor.fetchone()[0])
    about("ledgers.benefit", source[:40], released=released)
    return released


@action("ledgers.open")
def exclude_groups(*, by: Actor, on: date, group: str, other: str, basis: str) -> Exclusion:
    """From this day on, nobody can have both groups in one period. What stands already stays."""
    if group == other:
        raise Refused("同一项目本来就不能重复享受，无需登记。", field="other")
    first, second = sorted((group, other))
    made, _ = Exclusion.objects.get_or_create(first=first, second=second, defaults={"basis": basis, "since": on})
    about("ledgers.exclusion", made.pk, first=first, second=second)
    return made
