"""The first decision about an entitlement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import IntegrityError, transaction

from linli.kernel.access.actions import action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.entitlements.actions.deciding import (
    PERMISSION,
    Why,
    checked_amounts,
    checked_grade,
    put_amounts,
    put_people,
    same_month,
    survivors,
    write_decision,
)
from linli.kernel.entitlements.models import Entitlement, Spell
from linli.kernel.entitlements.queries.declared import programme_named
from linli.kernel.entitlements.rules import Deed, Ground, Programme, Unit
from linli.kernel.registry.models import Household, Person

APPROVED = Why(Ground.APPROVED)


@action(PERMISSION)
def grant(
    *, by: Actor, on: date, programme: str, person_id: int, since: date, amounts: Mapping[str, int],
    covered: Iterable[int] = (), household_id: int | None = None, payee_id: int | None = None, grade: str = "", number: str = "",
    paid_from: date | None = None, proxy: str = "", why: Why = APPROVED,
) -> Entitlement:  # fmt: skip
    """An entitlement from the month ``since`` on: ``amounts`` are fen a month by regular component.

    ``covered``: the people who count (the holder alone when empty). ``payee_id``: who receives the money (the holder);
    ``proxy``: the written agreement, when that is somebody outside of the household. ``paid_from``: the first month that is paid
    from here, where earlier ones were paid otherwise. The case is in ``why``.

    :raises Refused: somebody is covered already, here or by a programme that excludes this one, wherever in the district;
        somebody is not registered or has died; an amount, class or month is faulty; the number is taken.
    """
    declared = programme_named(programme)
    first = same_month(paid_from or since, "paid_from")
    same_month(since)
    if first < since:
        raise Refused("发放起始月不能早于享受起始月，请核对。", field="paid_from")
    fen, grade = checked_amounts(declared, amounts), checked_grade(declared, grade)
    known = survivors({person_id, payee_id or person_id, *covered})
    holder, payee = known[person_id], known[payee_id or person_id]
    people = {known[key].pk: known[key] for key in covered or (person_id,)}
    for person in (*people.values(), payee):
        _check_alive(person, since)
    _check_household(declared, household_id)
    try:
        with transaction.atomic():
            row = Entitlement.objects.create(
                programme=programme, number=number, person=holder, household_id=household_id, payee=payee, case_id=why.case_id,
                grade=grade, persons=len(people), since=since, paid_from=first, proxy=proxy, area=holder.area,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused(f"证号“{number}”已被使用，请核对。", field="number") from fault
    made = write_decision(
        by=by, on=on, row=row, deed=Deed.GRANT, since=since, why=why, before=0, after=sum(fen.values())
    )
    Spell.objects.create(entitlement=row, since=since, grade=grade, persons=len(people), decision=made, area=row.area)
    put_amounts(row, made, since, fen, None)
    put_people(by=by, on=on, row=row, decision=made, since=since, people=sorted(people), until=None)
    return row


def _check_alive(person: Person, since: date) -> None:
    if person.died_on is not None and person.died_on < since:
        raise Refused(f"{person.name}已于{person.died_on}登记死亡，不能享受或领取。请核对人员信息。", field="covered")


def _check_household(programme: Programme, household_id: int | None) -> None:
    if programme.unit is Unit.PERSON:
        return
    if household_id is None:
        raise Refused(f"{programme.zh}以户为单位，请写明是哪一户。", field="household")
    if not Household.objects.filter(pk=household_id).exists():
        raise Refused("没有这一户，或它不在本辖区内。", field="household")
