"""Who is on duty when, and who asked to swap."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import QuerySet

from linli.base.areas import level_of
from linli.base.days import month_range, official_calendar
from linli.kernel.access.models import Staff
from linli.kernel.access.queries import staff_at
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.duties.models import Shift, Swap
from linli.kernel.duties.queries.declared import duties, duties_for, duty_on
from linli.kernel.duties.rules import Duty, Everywhere, Rota, SwapState, slots


@dataclass
class DutyDay:
    """One day of a roster: whether duty is kept on it, who is on it, and how many are missing."""

    day: date
    kept: bool
    least: int
    shifts: list[Shift] = field(default_factory=list)

    @property
    def lacking(self) -> int:
        """How many people are still to be found."""
        return max(0, self.least - len(self.shifts)) if self.kept else 0


def rotas_for(by: Actor) -> list[Duty]:
    """The rotas that this post keeps or is told of, as they stand last; none of a level above the post."""
    found = [duties()[key][-1] for key in duties_for(by) if duties()[key][-1].is_rota]
    return [duty for duty in found if isinstance(duty.who, Everywhere) and duty.who.level >= level_of(by.area)]


def roster(key: str, area: str, month: date) -> list[DutyDay]:
    """Each day of a month with the people on duty in an area. One query."""
    first, after = month_range(month.year, month.month)
    found = Shift.objects.filter(duty=key, area=area, day__gte=first, day__lt=after, active=True).select_related("staff")
    by_day: dict[date, list[Shift]] = {}
    for shift in found.order_by("day", "id"):
        by_day.setdefault(shift.day, []).append(shift)
    days = []
    for number in range((after - first).days):
        day = first + timedelta(days=number)
        rhythm = duty_on(key, day).rhythm
        least = rhythm.least if isinstance(rhythm, Rota) else 0
        kept = bool(slots(rhythm, day, day, day, official_calendar())) and duties()[key][0].since <= day
        days.append(DutyDay(day, kept, least, by_day.get(day, [])))
    return days


def may_serve(area: str, on: date, key: str) -> QuerySet[Staff]:
    """The staff who may be put on duty in an area: those who hold a post in it that carries the right to do this duty."""
    return staff_at(area, on=on, right=duty_on(key, on).permission)


def shift_in_area(*, by: Actor, shift_id: int) -> Shift:
    """The shift. :raises Forbidden: there is none for this actor."""
    shift = Shift.objects.filter(pk=shift_id, active=True).select_related("staff").first()
    if shift is None or shift.duty not in duties_for(by):
        raise Forbidden("没有这个值班，或它不在本辖区内。")
    return shift


def swap_in_area(*, by: Actor, swap_id: int) -> Swap:
    """The request to swap, for the two people whom it concerns. :raises Forbidden: there is none for this actor."""
    swap = Swap.objects.filter(pk=swap_id).select_related("shift", "to", "asked_by").first()
    if swap is None or by.staff_id not in {swap.to_id, swap.asked_by_id}:
        raise Forbidden("没有这个换班申请，或不由本人答复。")
    return swap


def open_swaps(by: Actor) -> QuerySet[Swap]:
    """Requests that wait for this person's consent."""
    return Swap.objects.filter(to=by.staff_id, state=SwapState.ASKED).select_related("shift", "asked_by").order_by("shift__day")
