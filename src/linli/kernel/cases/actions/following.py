"""Cases go along with those who move within the district: whoever cannot see the subject can do nothing (decision 0045)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform

from linli.kernel.access.actions import about, action
from linli.kernel.access.actions.secure import guarded_models
from linli.kernel.access.models import Guarded
from linli.kernel.access.rules import Actor
from linli.kernel.cases.actions.record import Entry, record, tell
from linli.kernel.cases.actions.tasks import rehome
from linli.kernel.cases.models import Case, Event, Task
from linli.kernel.cases.models.cases import OPEN
from linli.kernel.cases.queries.flows import stays_of
from linli.kernel.cases.rules import Happening, Kind, Stays
from linli.kernel.registry.queries import area_path, members_of_many
from linli.kernel.registry.rules import Removal


@dataclass(frozen=True, slots=True)
class Behind:
    """Something that had stayed behind: what, where it lay, and where it lies now."""

    what: str
    former: str
    to: str


def go_along(*, by: Actor, on: date, removal: Removal) -> str:
    """The cases of who moves go along from where they live; what is to be told of those under way.

    A case that lies elsewhere was handed over by a person, or happened elsewhere: it stays. One of a whole home stays with the
    home, as long as somebody of it stays.
    """
    under_way = []
    for case in _going(removal, on):
        send_along(by=by, on=on, case=case, removal=removal)
        under_way += [case.number] if case.state == OPEN else []
    return f"在办的{'、'.join(under_way)}随同转去，办理期限连续计算。" if under_way else ""


@action("cases.work")
def catch_up(*, by: Actor, on: date) -> list[Behind]:
    """Bring along what stayed behind before anything went along by itself, and say what; once."""
    found = []
    for case, home in _behind():
        found.append(Behind(case.number, case.area, home))
        send_along(by=by, on=on, case=case, removal=Removal((case.person_id or 0,), home, "", case.household_id or 0))
    for model in guarded_models():
        found += [Behind(f"{model._meta.verbose_name}{row}", former, to) for row, former, to in _rows_behind(model)]
    about("cases.case", "behind", area=by.area, changed=len(found))
    return found


def _behind() -> Iterator[tuple[Case, str]]:
    """Cases that were opened where their subject lived, were handed over by nobody, and lie elsewhere; and where it lives."""
    handed = Event.objects.filter(case=OuterRef("pk"), kind=Kind.TRANSFERRED.value)
    apart = Q()
    for link in ("person__area", "household__area"):
        apart |= Q(**{f"{link}__lt": F("area")}) | Q(**{f"{link}__gt": F("area")})
    rows = Case.objects.annotate(lived=KeyTextTransform("residence", "places")).filter(
        apart, ~Exists(handed), person__isnull=False, lived=F("area_then")
    )
    for row in rows.select_related("person", "household").order_by("pk"):
        stays, home, person = stays_of(row.flow), row.household, row.person
        if person is None:
            continue
        together = stays is Stays.HOUSEHOLD and home is not None and home.until is None
        lives = home.area if together and home is not None else person.area
        if stays is not Stays.OFFICE and lives != row.area and lives[:6] == row.area[:6]:
            yield row, lives


def _rows_behind(model: type[Guarded]) -> list[tuple[int, str, str]]:
    """Rows that go along with a person (``goes_with``) and lie where the person lived once: brought to where the person lives."""
    if "person" not in model.goes_with:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f'with t as (select t.id, t.area as former, p.area from "{model._meta.db_table}" t '
            "join registry_person p on p.id = t.person_id and p.area <> t.area and left(p.area, 6) = left(t.area, 6) "
            f"where ({model.goes_while or 'true'}) and exists "
            "(select from registry_residence r where r.person_id = p.id and r.at = t.area)) "
            f'update "{model._meta.db_table}" o set area = t.area from t where o.id = t.id returning o.id, t.former, t.area'
        )
        return [(int(row), str(former), str(to)) for row, former, to in cursor.fetchall()]


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
