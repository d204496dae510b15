"""What every decision about an entitlement has in common: its row, the mark, and the rows that it closes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q

from linli.base.reasons import Outcome
from linli.kernel.access.actions import about, reach_district
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale
from linli.kernel.entitlements.models import Amount, Covered, Decision, Entitlement, Spell
from linli.kernel.entitlements.queries.declared import lanes, programme_named, programmes
from linli.kernel.entitlements.rules import Deed, Ground, Programme, month_of
from linli.kernel.ledgers.rules import town_of
from linli.kernel.registry.models import Person
from linli.kernel.registry.queries import area_name

PERMISSION = "entitlements.decide"
SETTLE = """
    insert into entitlements_arrear (entitlement_id, since, area) values (%s, %s, '')
        on conflict (entitlement_id) do update set since = least(entitlements_arrear.since, excluded.since)
"""


@dataclass(frozen=True, slots=True)
class Why:
    """Why something is decided: the ground for counting, words, the rule's outcome, the paper and the case."""

    ground: Ground
    words: str = ""
    outcome: Outcome | None = None
    paper: str = ""
    case_id: int | None = None


def locked(entitlement: Entitlement) -> Entitlement:
    """The row as it stands, held until the end of the transaction. :raises Stale: somebody decided since it was shown."""
    row = Entitlement.objects.select_for_update().filter(pk=entitlement.pk).first()
    if row is None:
        raise Forbidden("没有这份待遇，或它不在本辖区内。")
    if row.decisions != entitlement.decisions:
        raise Stale("这份待遇刚才已有新的决定，请刷新后再办理。")
    return row


def write_decision(
    *, by: Actor, on: date, row: Entitlement, deed: Deed, since: date, why: Why, before: int, after: int
) -> Decision:
    """Keep the decision; months that were settled already are settled again with the next run."""
    outcome = why.outcome
    made = Decision.objects.create(
        entitlement=row, deed=deed.value, since=since, ground=why.ground.value, words=why.words[:400],
        reasons=[reason.code for reason in outcome.reasons] if outcome else [],
        articles=sorted({reason.article for reason in outcome.reasons if reason.article}) if outcome else [],
        outcome=outcome.to_json() if outcome else None, paper=why.paper, case_id=why.case_id, before=before, after=after,
        decided_on=on, decided_by_id=by.staff_id or None, area=row.area,
    )  # fmt: skip
    settle_from(row, max(since, row.paid_from))
    about("entitlements.entitlement", row.pk, area=row.area, deed=deed.value, since=since.isoformat(), amount=after)
    return made


def settle_from(row: Entitlement, month: date) -> None:
    """Earlier months from this one on are looked at with the next run."""
    with connection.cursor() as cursor:
        cursor.execute(SETTLE, [row.pk, month])


def close_from(model: type[Amount | Spell | Covered], row: Entitlement, decision: Decision, since: date, **words: object) -> None:
    """End the rows that run into this month, and set aside those that were to begin later."""
    rows = model.objects.filter(Q(until=None) | Q(until__gt=since), entitlement=row, void=False, **words)
    rows.filter(since__gte=since).update(void=True, ended_by=decision)
    rows.filter(since__lt=since).update(until=since, ended_by=decision)


def put_amounts(row: Entitlement, decision: Decision, since: date, amounts: Mapping[str, int], until: date | None) -> None:
    """The amounts by component over these months."""
    Amount.objects.bulk_create(
        Amount(entitlement=row, component=key, amount=fen, since=since, until=until, decision=decision, area=row.area)
        for key, fen in amounts.items()
    )


def put_people(
    *, by: Actor, on: date, row: Entitlement, decision: Decision, since: date, people: Iterable[int], until: date | None
) -> None:
    """Enter the people who count, each in every lane of the programme. :raises Refused: one has it already."""
    programme = programme_named(row.programme)
    fresh = [
        Covered(entitlement=row, person_id=person, lane=lane, since=since, until=until, decision=decision, area=row.area)
        for person in people for lane in lanes(programme)
    ]  # fmt: skip
    with refusing_doubles(by=by, on=on, programme=programme, people=[one.person_id for one in fresh], since=since, row=row):
        Covered.objects.bulk_create(fresh)


@contextmanager
def refusing_doubles(
    *, by: Actor, on: date, programme: Programme, people: Sequence[int], since: date, row: Entitlement | None = None
) -> Iterator[None]:
    """What the database refuses because somebody is entitled elsewhere, said with the town and the programme and no more."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as fault:
        told = getattr(fault.__cause__, "diag", None)
        if told is None or told.constraint_name != "covered_once":
            raise
        raise _double(by=by, on=on, programme=programme, people=people, since=since, row=row) from fault


def _double(
    *, by: Actor, on: date, programme: Programme, people: Sequence[int], since: date, row: Entitlement | None
) -> Refused:
    with reach_district(by, PERMISSION):
        standing = Covered.objects.filter(
            Q(until=None) | Q(until__gt=since), person__in=people, lane__in=lanes(programme), void=False
        )
        other = standing.exclude(entitlement=row).select_related("entitlement", "person").order_by("person", "lane").first()
        if other is None:
            return Refused("保障人员中有人出现了两次，请核对名单。", field="covered")
        key, town, name = other.entitlement.programme, town_of(other.area), other.person.name
    what = programmes()[key].zh if key in programmes() else key
    beside = "同一人不能重复享受" if key == programme.key else f"不能同时享受{programme.zh}"
    return Refused(f"{name}已在{area_name(town, on)}享受“{what}”，{beside}。请先核对，必要时由原经办单位终止。", field="covered")


def checked_amounts(programme: Programme, amounts: Mapping[str, int]) -> dict[str, int]:
    """The amounts above zero, by regular component. :raises Refused: unknown, below zero, or nothing at all."""
    known = {component.key for component in programme.regular}
    for key, fen in amounts.items():
        if key not in known:
            raise Refused(f"{programme.zh}没有“{key}”这个按月发放的组成部分，请核对。", field="amounts")
        if fen < 0:
            raise Refused(f"“{programme.component(key).zh}”的金额不能为负，请核对。", field="amounts")
    kept = {key: fen for key, fen in amounts.items() if fen}
    if not kept:
        raise Refused("月金额应大于0；不再发放请办理终止。", field="amounts")
    return kept


def checked_grade(programme: Programme, grade: str) -> str:
    """:raises Refused: the programme has no such class."""
    if grade and programme.grades and grade not in dict(programme.grades):
        raise Refused(f"{programme.zh}没有“{grade}”这个类别，请从清单中选择。", field="grade")
    return grade


def survivors(people: Iterable[int]) -> dict[int, Person]:
    """The people by id, merged rows resolved. :raises Refused: one of them is not in the present area."""
    wanted = set(people)
    found = {person.pk: person for person in Person.objects.filter(pk__in=wanted)}
    if missing := wanted - found.keys():
        raise Refused(f"有 {len(missing)} 名人员不在本辖区的人口登记中，请先登记或办理迁入。", field="covered")
    into = {person.merged_into_id for person in found.values() if person.merged_into_id}
    roots = {person.pk: person for person in Person.objects.filter(pk__in=into)}
    return {pk: roots.get(person.merged_into_id or 0, person) for pk, person in found.items()}


def same_month(day: date, field: str = "since") -> date:
    """The month as it is kept. :raises Refused: it is not the first day of a month."""
    if day != month_of(day):
        raise Refused("起止时间以月为单位，请填写当月1日。", field=field)
    return day


def count_decision(row: Entitlement, **values: object) -> None:
    """Move the mark, and keep what the entitlement itself says now."""
    Entitlement.objects.filter(pk=row.pk).update(decisions=F("decisions") + 1, **values)
    row.refresh_from_db()


