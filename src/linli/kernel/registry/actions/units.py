"""Who leads a unit, answers for it, works there."""

from __future__ import annotations

from datetime import date

from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused
from linli.kernel.registry.actions.common import past_day, person_here
from linli.kernel.registry.models import Organisation, UnitMember
from linli.kernel.registry.queries import identities
from linli.kernel.registry.rules import UnitRole

ORGANISE = "registry.organise"


@action(ORGANISE)
def join_unit(
    *, by: Actor, on: date, organisation_id: int, person_id: int, role: str, since: date | None = None
) -> UnitMember:
    """A registered person of the own area is at this unit from a day on, once at a time."""
    unit = Organisation.objects.select_for_update().filter(pk=organisation_id).first()
    if unit is None:
        raise Forbidden("没有这个单位，或它不在本辖区内。")
    if unit.until and unit.until <= on:
        raise Refused("这个单位已经注销，不能再登记人员。")
    if role not in set(UnitRole):
        raise Refused("请选择在单位的身份。", field="role")
    person, since = person_here(person_id), past_day(since or on, on)
    if person.died_on:
        raise Refused(f"{person.name}已登记死亡，请核对。", field="number")
    if since < unit.since:
        raise Refused(f"单位自{unit.since}起登记，日期不能早于这一天，请修改。", field="since")
    here = UnitMember.objects.filter(organisation=unit, person__in=identities(person), until=None)
    if (known := here.first()) is not None:
        raise Refused(f"{person.name}已登记为这个单位的{UnitRole(known.role).zh}，身份变了的，请先办理离开。", field="number")
    made = UnitMember.objects.create(organisation=unit, person=person, role=role, since=since, area=unit.area)
    about("registry.organisation", unit.pk, area=unit.area, person=person.pk, role=role)
    return made


@action(ORGANISE)
def leave_unit(*, by: Actor, on: date, member_id: int, day: date | None = None) -> UnitMember:
    """The person is no longer at the unit, from ``day`` on."""
    row = UnitMember.objects.select_for_update().filter(pk=member_id).first()
    if row is None:
        raise Forbidden("没有这一项，或它不在本辖区内。")
    if row.until is not None:
        raise Refused("已经办理过离开。")
    if past_day(day or on, on, "day") < row.since:
        raise Refused(f"离开日期不能早于{row.since}，请修改。", field="day")
    UnitMember.objects.filter(pk=row.pk).update(until=day or on)
    about("registry.organisation", row.organisation_id, area=row.area, person=row.person_id)
    row.refresh_from_db()
    return row
