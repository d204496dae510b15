"""Cases go along with those who move within the district: whoever cannot see the subject can do nothing (decision 0045)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from linli.kernel.access.actions import about
from linli.kernel.access.rules import Actor
from linli.kernel.cases.actions.record import Entry, record, tell
from linli.kernel.cases.actions.tasks import rehome
from linli.kernel.cases.models import Case, Task
from linli.kernel.cases.models.cases import OPEN
from linli.kernel.cases.queries.flows import stays_of
from linli.kernel.cases.rules import Happening, Kind, Stays
from linli.kernel.registry.queries import area_path, members_of_many
from linli.kernel.registry.rules import Removal


def go_along(*, by: Actor, on: date, removal: Removal) -> None:
    """The cases of who moves go along from where they live.

    A case that lies elsewhere was handed over by a person, or happened elsewhere: it stays. One of a whole home stays with the
    home, as long as somebody of it stays.
    """
    for case in _going(removal, on):
        send_along(by=by, on=on, case=case, removal=removal)


def send_along(*, by: Actor, on: date, case: Case, removal: Removal) -> None:
    """This case goes along, with its step, its clock and its number; whoever held its task holds it no more."""
    former = case.area
    if case.state == OPEN:
        Task.objects.filter(case=case, state=OPEN).update(assigned_to=None)
        what = Happening(Kind.TRANSFERRED, on, case.step, staff=by.staff_id or None)
        words = f"随{'家庭' if removal.household else '本人'}迁往{area_path(removal.to, on)}，办理期限连续计算。"
        entry = Entry(what, words, facts={"from": former, "to": removal.to})
        tell(case, by=by, on=on, events=record(case, by=by, on=on, entries=[entry]))
    rehome(case, removal.to, on)
    about("cases.case", case.pk, area=former, moved_to=removal.to)


def _going(removal: Removal, on: date) -> Iterator[Case]:
    mine = Q(person__in=removal.people) | Q(household=removal.household or None, household__isnull=False)
    rows = list(Case.objects.filter(mine).select_related("person", "household").order_by("pk"))
    homes = {row.household_id for row in rows if row.household_id and row.household_id != removal.household}
    left = {
        home for home, people in members_of_many(homes, on).items() if {person.pk for person in people} - set(removal.people)
    }
    for row in rows:
        stays = stays_of(row.flow)
        by_home = row.household_id is not None and (stays is Stays.HOUSEHOLD or row.person_id is None)
        goes = row.household_id not in left if by_home else row.person_id in removal.people
        lies_at = row.household if by_home else row.person
        there = lies_at is None or lies_at.area == row.area
        if goes and there and stays is not Stays.OFFICE and row.area[:6] == removal.to[:6] and row.area != removal.to:
            yield row
