"""Searching an area for rows that may be one person. Everybody is compared each time: it takes seconds, and forgets nobody."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import polars as pl
from django.db import connection
from django.db.models.functions import Now

from linli.kernel.access.actions import about, action, defer, telling
from linli.kernel.access.actions.beside import Tell
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.registry.models import DuplicatePair, DuplicatePass
from linli.kernel.registry.queries import clear_numbers, common_area, people_to_compare
from linli.kernel.registry.rules import Alike, PairState, alike, pairs_of

MOST = 20_000
"""So many pairs are put into the queue at once, the likest first; deciding some makes room for others."""
PROGRESS = "update registry_duplicatepass set step = %s, done = %s, total = %s where id = %s and ended_at is null"
STEPS = 4
ADD = """
insert into registry_duplicatepair (first_id, second_id, score, grounds, reasons, state, proposed_on, note, area)
select one, other, score, grounds::jsonb, reasons::jsonb, 'open', %s, '', area
from unnest(%s::bigint[], %s::bigint[], %s::smallint[], %s::text[], %s::text[], %s::text[])
    as told (one, other, score, grounds, reasons, area)
on conflict do nothing returning 1
"""
RENEW = """
update registry_duplicatepair pair
set score = told.score, grounds = told.grounds::jsonb, reasons = told.reasons::jsonb, area = told.area, state = 'open',
    proposed_on = case pair.state when 'gone' then %s else pair.proposed_on end
from unnest(%s::bigint[], %s::bigint[], %s::smallint[], %s::text[], %s::text[], %s::text[])
    as told (one, other, score, grounds, reasons, area)
where pair.first_id = told.one and pair.second_id = told.other and pair.state in ('open', 'gone')
"""


def _quiet(step: str, done: int, total: int) -> None:
    """Tells nobody."""


@action("registry.propose_duplicates")
def order_search(*, by: Actor, on: date) -> DuplicatePass:
    """Order a search of the actor's area in the background; one that has not ended yet is the answer itself."""
    running = DuplicatePass.objects.filter(area=by.area, ended_at=None).order_by("-id").first()
    if running is None:
        running = DuplicatePass.objects.create(area=by.area, on=on, step="等待开始")
        defer("registry.search_duplicates", by=by, on=on, lock=f"duplicates {by.area}", pass_id=running.pk)
    about("registry.duplicates", by.area, area=by.area, ordered=running.pk)
    return running


@action("registry.propose_duplicates")
def search_duplicates(*, by: Actor, on: date, pass_id: int) -> DuplicatePass:
    """Do what was ordered, telling how far it is; a search that has ended is not done again."""
    ordered = DuplicatePass.objects.filter(pk=pass_id, area=by.area).first()  # not locked: progress is written beside
    if ordered is None:
        raise Forbidden("没有这次查找，或不在本辖区内。")
    if ordered.ended_at is None:
        with telling(PROGRESS, ordered.pk, ordered.area) as tell:
            _search(ordered, by, on, tell)
    return ordered


@action("registry.propose_duplicates")
def propose_duplicates(*, by: Actor, on: date, tell: Tell = _quiet) -> int:
    """Search the actor's area here and now; how many pairs are new in the queue."""
    return _search(DuplicatePass.objects.create(area=by.area, on=on), by, on, tell).proposed


@action("registry.propose_duplicates")
def end_search(*, by: Actor, on: date, pass_id: int, why: str) -> None:
    """The search did not succeed: keep the reason for the user."""
    DuplicatePass.objects.filter(pk=pass_id, ended_at=None).update(ended_at=Now(), message=why[:400])
    about("registry.duplicates", by.area, area=by.area, failed=pass_id)


def _search(one: DuplicatePass, by: Actor, on: date, tell: Tell) -> DuplicatePass:
    tell("读取人员", 0, STEPS)
    people = people_to_compare()
    tell("查找相近的记录", 1, STEPS)
    columns, pairs = pairs_of(people)
    tell("逐项比对", 2, STEPS)
    found = alike(people, columns, pairs, _numbers(people, pairs))
    tell("写入疑似重复", 3, STEPS)
    proposed, gone = _write(found, dict(zip(people["id"], people["area"], strict=True)), on)
    ended = {"step": "", "people": len(people), "proposed": proposed, "gone": gone, "ended_at": Now()}
    DuplicatePass.objects.filter(pk=one.pk).update(**ended)
    about("registry.duplicates", by.area, area=by.area, proposed=proposed, gone=gone)
    one.refresh_from_db()
    return one


def _numbers(people: pl.DataFrame, pairs: pl.Series) -> pl.Series:
    """The identity numbers of those whom a candidate pair names, and of nobody else."""
    rows = pl.concat([pairs // 2**32, pairs % 2**32]).unique()
    numbers = clear_numbers(people["id"][rows].to_list())
    return people["id"].replace_strict(numbers | {0: ""}, default="", return_dtype=pl.String)


def _write(found: list[Alike], areas: dict[int, str], on: date) -> tuple[int, int]:
    """New and renewed pairs; what waited and is alike no more goes. How many came, and went."""
    held = {(a, b): state for a, b, state in DuplicatePair.objects.values_list("first_id", "second_id", "state")}
    waiting = [one for one in found if held.get((one.first, one.second), "") in ("", PairState.OPEN, PairState.GONE)][:MOST]
    fresh = [one for one in waiting if (one.first, one.second) not in held]
    again = [one for one in waiting if (one.first, one.second) in held]
    still = {(one.first, one.second) for one in found}
    past = [pair for pair, state in held.items() if state == PairState.OPEN and pair not in still]
    with connection.cursor() as cursor:
        cursor.execute(RENEW, [on, *_columns(again, areas)])
        cursor.execute(ADD, [on, *_columns(fresh, areas)])
        came = cursor.rowcount + sum(held[one.first, one.second] == PairState.GONE for one in again)
        cursor.execute(
            "update registry_duplicatepair set state = 'gone' where state = 'open' and (first_id, second_id) in "
            "(select * from unnest(%s::bigint[], %s::bigint[]))",
            [[one for one, _ in past], [other for _, other in past]],
        )
    return came, len(past)


def _columns(pairs: list[Alike], areas: dict[int, str]) -> list[list[Any]]:
    reasons = [[(reason.zh, reason.found, round(reason.bits, 1)) for reason in one.reasons] for one in pairs]
    return [
        [one.first for one in pairs],
        [one.second for one in pairs],
        [one.score for one in pairs],
        [json.dumps(one.grounds, ensure_ascii=False) for one in pairs],
        [json.dumps(told, ensure_ascii=False) for told in reasons],
        [common_area([areas[one.first], areas[one.second]]) for one in pairs],
    ]
