"""What the actions of this package share: rows that must be there, days, what the database refused."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from linli.base.areas import Level, level_of
from linli.kernel.access.rules import Actor, Forbidden, Refused
from linli.kernel.registry.models import Area, Household, Person
from linli.kernel.registry.queries import area_on_day, keyring, person_by_id


def person_here(person_id: int) -> Person:
    """The person (a survivor), locked. :raises Forbidden: outside of the present scope."""
    person = person_by_id(person_id)
    if person is None:
        raise Forbidden("没有这个人，或此人不在本辖区内。")
    return Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


def household_here(household_id: int) -> Household:
    """The household, locked. :raises Forbidden: outside of the present scope."""
    household = Household.objects.select_for_update(of=("self",)).filter(pk=household_id).first()
    if household is None:
        raise Forbidden("没有这户家庭，或它不在本辖区内。")
    return household


def home_area(code: str, on: date) -> Area:
    """The village, community or unit in which people may live on this day."""
    area = area_on_day(code, on)
    if area is None or level_of(code) is not Level.COMMUNITY:
        raise Refused("居住地应是现有的村（居）或区直单位，请重新选择。", field="area")
    return area


def own_area(by: Actor, code: str, on: date) -> Area:
    """As :func:`home_area`, and inside the actor's own area."""
    area = home_area(code, on)
    if not by.covers(code):
        raise Forbidden(f"{area.name}不在本辖区内。")
    return area


def past_day(day: date, on: date, field: str = "since") -> date:
    """A day on which something happened: not after the business day."""
    if day > on:
        raise Refused("日期不能晚于办理当日，请修改。", field=field)
    return day


def digest_of(value: object) -> str:
    """A keyed hash of a value for the audit trail, so that a later dispute can be settled without keeping the value."""
    return keyring().keyed_hash(str(value), "audit.value").hex()[4:36]


def close_at(rows: QuerySet, day: date, **words: object) -> None:
    """End running rows with this day (exclusive). A row that began on the day or later cannot have been."""
    last = rows.filter(since__gte=day).order_by("-since").values_list("since", flat=True).first()
    if last is not None:
        said = "；当天刚登记过的，请次日再办理" if last == day else ""
        raise Refused(f"上一次登记自{last}起，日期应晚于这一天{said}。", field="since")
    rows.update(until=day, **words)
