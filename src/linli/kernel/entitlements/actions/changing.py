"""Later decisions: other amounts, people, class or payee; held back and resumed; tapered off; ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import F, Max

from linli.kernel.access.actions import action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.entitlements.actions.deciding import (
    PERMISSION,
    Why,
    checked_amounts,
    checked_grade,
    close_from,
    count_decision,
    locked,
    put_amounts,
    put_people,
    same_month,
    settle_from,
    survivors,
    write_decision,
)
from linli.kernel.entitlements.models import Amount, Covered, Decision, Entitlement, Issue, Spell, Suspension
from linli.kernel.entitlements.queries.declared import programme_named
from linli.kernel.entitlements.queries.months import amounts_in
from linli.kernel.entitlements.rules import Deed, Programme, later, month_after, month_of


@action(PERMISSION)
def change(
    *, by: Actor, on: date, entitlement: Entitlement, since: date, why: Why, amounts: Mapping[str, int] | None = None,
    covered: Iterable[int] | None = None, grade: str | None = None, payee_id: int | None = None, proxy: str | None = None,
) -> Decision:  # fmt: skip
    """Other amounts (all regular components), people, class or payee from the month ``since`` on; None leaves it as it is.

    A month that was paid already is settled with the next run: made up, or kept back.

    :raises Refused: nothing changes, the month lies before the first or after the end, or as :func:`grant`.
    """
    row, programme = _open(entitlement, since)
    before = amounts_in(row, since)
    fen = None if amounts is None else checked_amounts(programme, amounts)
    spell: dict[str, object] = {}
    if grade is not None and checked_grade(programme, grade) != row.grade:
        spell["grade"] = grade
    people = None if covered is None else {person.pk for person in survivors(covered).values()}
    if people is not None and not people:
        raise Refused("保障人员不能为空；不再享受请办理终止。", field="covered")
    if people is not None and len(people) != row.persons:
        spell["persons"] = len(people)
    values = dict(spell) | _payee(payee_id, proxy)
    if people is not None and people == _people(row, since):
        people = None
    if (fen is None or fen == before) and people is None and not values:
        raise Refused("与现行决定相同，没有需要调整的内容。")
    after = sum((fen or before).values())
    made = write_decision(
        by=by, on=on, row=row, deed=Deed.CHANGE, since=since, why=why, before=sum(before.values()), after=after
    )
    if fen is not None and fen != before:
        _replace_amounts(programme, row, made, since, fen)
    if people is not None:
        _replace_people(by, on, row, made, since, people)
    if spell:
        _replace_spell(row, made, since, spell)
    count_decision(row, **values)
    return made


@action("entitlements.suspend")
def suspend(*, by: Actor, on: date, entitlement: Entitlement, since: date, why: Why) -> Decision:
    """Pay nothing from the month ``since`` on until it is resumed. What was paid of these months is kept back later.

    :raises Refused: it is held back already, has ended, or the month lies outside of its months, or further ahead than the next
        one that is to be paid: it would stand in the way of stopping the money earlier.
    """
    row, _ = _open(entitlement, since)
    if row.suspended is not None:
        raise Refused(f"这份待遇自{row.suspended:%Y年%m月}起已暂停发放，无需再次办理。")
    if since > (latest := _next_unpaid(row, on)):
        raise Refused(f"暂停最迟自{latest:%Y年%-m月}起，以后的月份到时再办理，请修改。", field="since")
    if Suspension.objects.filter(entitlement=row, void=False, until__gt=since).exclude(until=F("since")).exists():
        raise Refused("这个月已经办理过暂停和恢复，请选择恢复之后的月份。", field="since")
    stood = sum(amounts_in(row, since).values())
    made = write_decision(by=by, on=on, row=row, deed=Deed.SUSPEND, since=since, why=why, before=stood, after=0)
    Suspension.objects.create(
        entitlement=row, since=since, ground=why.ground.value, words=why.words[:400], decision=made, area=row.area
    )
    count_decision(row, suspended=since)
    return made


@action("entitlements.suspend")
def resume(
    *, by: Actor, on: date, entitlement: Entitlement, since: date, why: Why, pay_back: bool
) -> Decision:
    """Pay again from the month ``since`` on. ``pay_back``: the months that were held back are paid with the next run (补发).

    From the very month since which it is held back: that is taken back, as if it had not been decided.

    :raises Refused: it is not held back, or the month lies before the month since which it is.
    """
    row, _ = _open(entitlement, since)
    running = Suspension.objects.filter(entitlement=row, void=False, until=None).first()
    if running is None:
        raise Refused("这份待遇没有暂停发放，无需恢复。")
    if since < running.since:
        raise Refused(f"恢复月份不能早于暂停月份{running.since:%Y年%m月}，请修改。", field="since")
    stands = sum(amounts_in(row, since).values())
    made = write_decision(by=by, on=on, row=row, deed=Deed.RESUME, since=since, why=why, before=0, after=stands)
    taken_back = since == running.since
    ends = {"void": True} if taken_back else {"until": since, "pay_back": pay_back}
    Suspension.objects.filter(pk=running.pk).update(ended_by=made, **ends)
    settle_from(row, max(running.since, row.paid_from))
    count_decision(row, suspended=None)
    return made


@action(PERMISSION)
def end(*, by: Actor, on: date, entitlement: Entitlement, since: date, why: Why) -> Decision:
    """Nothing from the month ``since`` on. What was paid for it or later is paid too much, and is kept back or recovered.

    :raises Refused: it has ended already by then, or the month lies before the first.
    """
    row, _ = _open(entitlement, since)
    made = write_decision(
        by=by, on=on, row=row, deed=Deed.END, since=since, why=why, before=sum(amounts_in(row, since).values()), after=0
    )
    _finish(row, made, since)
    count_decision(row, until=since, suspended=None)
    return made


@action(PERMISSION)
def taper(
    *, by: Actor, on: date, entitlement: Entitlement, since: date, steps: Sequence[Mapping[str, int]], why: Why
) -> Decision:
    """Pay on for some months (渐退), each with its own amounts, and end then. How many months is the domain's rule.

    :raises Refused: there are no months, an amount is faulty, it ends before anyway, or it is held back.
    """
    row, programme = _open(entitlement, since)
    if not steps:
        raise Refused("请写明渐退期的月数。", field="steps")
    if row.suspended is not None:
        raise Refused("这份待遇正暂停发放，请先恢复再办理渐退。")
    until = later(since, len(steps))
    if row.until is not None and row.until <= until:
        raise Refused(f"这份待遇已定于{row.until:%Y年%m月}起终止，早于渐退期满。", field="steps")
    fen = [checked_amounts(programme, step) for step in steps]
    before = sum(amounts_in(row, since).values())
    made = write_decision(
        by=by, on=on, row=row, deed=Deed.TAPER, since=since, why=why, before=before, after=sum(fen[0].values())
    )
    close_from(Amount, row, made, since)
    for place, step in enumerate(fen):
        put_amounts(row, made, later(since, place), step, later(since, place + 1))
    for model in (Spell, Covered):
        close_from(model, row, made, until)
    count_decision(row, until=until)
    return made


def _open(entitlement: Entitlement, since: date) -> tuple[Entitlement, Programme]:
    """The row, held, with its programme. :raises Refused: the month lies outside of its months."""
    same_month(since)
    row = locked(entitlement)
    if row.until is not None and row.until <= since:
        raise Refused(f"这份待遇自{row.until:%Y年%m月}起已终止。请选择更早的月份，或重新申请。", field="since")
    if since < row.since:
        raise Refused(f"月份不能早于享受起始月{row.since:%Y年%m月}，请修改。", field="since")
    return row, programme_named(row.programme)


def _next_unpaid(row: Entitlement, on: date) -> date:
    """The month after this one, after the first of a new entitlement, or after the last that is ordered: the latest of these."""
    ordered: date | None = Issue.objects.filter(entitlement=row).aggregate(last=Max("for_month"))["last"]
    return month_after(max(month_of(on), row.since, ordered or row.since))


def _finish(row: Entitlement, made: Decision, since: date) -> None:
    for model in (Amount, Spell, Covered):
        close_from(model, row, made, since)
    later_ones = Suspension.objects.filter(entitlement=row, void=False, until=None)
    later_ones.filter(since__gte=since).update(void=True, ended_by=made)
    later_ones.filter(since__lt=since).update(until=since, ended_by=made)


def _people(row: Entitlement, month: date) -> set[int]:
    from linli.kernel.entitlements.queries.months import in_month

    rows = Covered.objects.filter(in_month(month), entitlement=row, lane=row.programme)
    return set(rows.values_list("person", flat=True))


def _payee(payee_id: int | None, proxy: str | None) -> dict[str, object]:
    values: dict[str, object] = {}
    if payee_id is not None:
        payee = survivors([payee_id])[payee_id]
        if payee.died_on is not None:
            raise Refused(f"{payee.name}已于{payee.died_on}登记死亡，不能作为领款人。", field="payee")
        values["payee_id"] = payee.pk
    if proxy is not None:
        values["proxy"] = proxy
    return values


def _replace_amounts(programme: Programme, row: Entitlement, made: Decision, since: date, fen: Mapping[str, int]) -> None:
    close_from(Amount, row, made, since, component__in=[component.key for component in programme.regular])
    put_amounts(row, made, since, fen, row.until)


def _replace_people(by: Actor, on: date, row: Entitlement, made: Decision, since: date, people: set[int]) -> None:
    stood = _people(row, since)
    if gone := stood - people:
        close_from(Covered, row, made, since, person__in=gone)
    put_people(by=by, on=on, row=row, decision=made, since=since, people=sorted(people - stood), until=row.until)


def _replace_spell(row: Entitlement, made: Decision, since: date, values: Mapping[str, object]) -> None:
    close_from(Spell, row, made, since)
    kept = {"grade": row.grade, "persons": row.persons} | dict(values)
    Spell.objects.create(entitlement=row, since=since, until=row.until, decision=made, area=row.area, **kept)
