"""One person in two rows: decided by a person, and undone if that was wrong."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale
from linli.kernel.registry.models import DuplicatePair, Person
from linli.kernel.registry.queries import household_of
from linli.kernel.registry.rules import PairState


@action("registry.decide_duplicate")
def decide_same(*, by: Actor, on: date, pair_id: int, survivor_id: int, note: str = "") -> Person:
    """The two rows are one person; the other row points to the survivor from now on."""
    pair = _pair(pair_id)
    if survivor_id not in (pair.first_id, pair.second_id):
        raise Refused("请选择保留其中的一条。", field="survivor_id")
    other = pair.second_id if survivor_id == pair.first_id else pair.first_id
    survivor = merge_persons(by=by, on=on, survivor_id=survivor_id, merged_id=other)
    _decide(pair, PairState.SAME, by, on, note, survivor_id)
    return survivor


@action("registry.decide_duplicate")
def decide_different(*, by: Actor, on: date, pair_id: int, note: str = "") -> DuplicatePair:
    """The two rows are two people; the pair is not proposed again."""
    pair = _pair(pair_id)
    _decide(pair, PairState.DIFFERENT, by, on, note, None)
    about("registry.duplicate", pair.pk, area=pair.area)
    return pair


@action("registry.decide_duplicate")
def merge_persons(*, by: Actor, on: date, survivor_id: int, merged_id: int) -> Person:
    """Keep both rows; the merged one points to the survivor, and every question about it is answered with the survivor.

    :raises Refused: the two belong to different households, or one of them is part of another merge in the way.
    """
    if survivor_id == merged_id:
        raise Refused("不能把一条记录与自身合并。")
    rows = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=[survivor_id, merged_id]).order_by("id")}
    if len(rows) < 2:
        raise Forbidden("没有这个人，或此人不在本辖区内。")
    survivor, merged = rows[survivor_id], rows[merged_id]
    if survivor.merged_into_id or merged.merged_into_id:
        raise Refused("其中一条已合并到其他记录，请刷新后再看。")
    if merged.merged.exists():
        raise Refused("要并入的一条自身已合并过其他记录，请改为保留这一条，或先撤销先前的合并。")
    homes = {home.pk for home in (household_of(survivor, on), household_of(merged, on)) if home}
    if len(homes) > 1:
        raise Refused("两条记录现分属两户，请先为其中一条办理离户，再合并。")
    done = Person.objects.filter(pk=merged.pk, merged_into=None).update(merged_into=survivor)
    if not done:
        raise Stale
    about("registry.person", survivor.pk, area=survivor.area, merged=merged.pk)
    return survivor


@action("registry.decide_duplicate")
def undo_merge(*, by: Actor, on: date, merged_id: int, note: str = "") -> Person:
    """The merged row is a person of its own again, exactly as it was."""
    row = Person.objects.select_for_update().filter(pk=merged_id).first()
    if row is None:
        raise Forbidden("没有这个人，或此人不在本辖区内。")
    if row.merged_into_id is None:
        raise Refused("这条记录没有合并过，或合并已经撤销。")
    survivor_id = row.merged_into_id
    try:
        with transaction.atomic():
            Person.objects.filter(pk=row.pk).update(merged_into=None)
    except IntegrityError as fault:
        raise Refused("两条记录的身份证号相同，不能撤销合并；请先更正保留的一条。") from fault
    first, second = sorted((row.pk, survivor_id))
    for pair in DuplicatePair.objects.filter(first=first, second=second, state=PairState.SAME):
        _decide(pair, PairState.UNDONE, by, on, note, None)
    about("registry.person", row.pk, area=row.area, undone_from=survivor_id)
    row.refresh_from_db()
    return row


def _pair(pair_id: int) -> DuplicatePair:
    pair = DuplicatePair.objects.select_for_update().filter(pk=pair_id).first()
    if pair is None:
        raise Forbidden("没有这一对记录，或它们不都在本辖区内。")
    if pair.state != PairState.OPEN:
        raise Stale("这一对已由他人认定，请刷新后再看。")
    return pair


def _decide(pair: DuplicatePair, state: PairState, by: Actor, on: date, note: str, survivor: int | None) -> None:
    words = {"decided_on": on, "decided_by_id": by.staff_id, "note": tidy(note)[:200], "survivor_id": survivor}
    DuplicatePair.objects.filter(pk=pair.pk).update(state=state, **words)
    pair.refresh_from_db()
