"""Made-up populations as files, spoilt where a test wants it, and loaded through the real import."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import date

import polars as pl

from linli.gateways.spreadsheets import Sheet, table_bytes
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.imports import actions as imports
from linli.kernel.imports.models import ImportRun
from linli.kernel.imports.queries import run_in_area
from linli.kernel.jobs.samples import work_off
from linli.kernel.registry.queries import areas_on
from linli.kernel.registry.samples.population import HEADINGS, Home, make_population

Columns = dict[str, list[str]]
SPOILERS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("身份证号", lambda text: text[:-1] + ("1" if text[-1] != "1" else "2")),
    ("身份证号", lambda text: text[:17]),
    ("身份证号", lambda text: text[:6] + text[8:17]),
    ("出生日期", lambda text: "1980-02-30"),
    ("村居", lambda text: "不存在村"),
    ("性别", lambda text: "男" if text == "女" else "女"),
    ("姓名", lambda text: text + "?"),
    ("电话", lambda text: "12345"),
)
"""Ways in which a cell may be wrong: heading, and what becomes of a right cell."""
LONGEST = 200_000
"""Rows that one file may have (ImportKind.rows)."""


def homes_of(on: date, scope_of_actor: Actor) -> list[Home]:
    """The villages and communities of the actor's area, for a population."""
    areas = {area.code: area for area in areas_on(on)}
    return [
        Home(area.code, areas[area.parent].name, area.name, area.kind == "community")
        for area in areas.values()
        if area.kind in ("community", "village") and scope_of_actor.covers(area.code)
    ]


def spoil(columns: Columns, share: float, seed: int = 1) -> tuple[Columns, set[int]]:
    """The same columns with one wrong cell in so many rows; which rows those are (from 0)."""
    rng = random.Random(seed)
    count = len(columns["姓名"])
    rows = rng.sample(range(count), round(count * share))
    spoilt = {heading: list(cells) for heading, cells in columns.items()}
    for row in rows:
        heading, change = SPOILERS[rng.randrange(len(SPOILERS))]
        spoilt[heading][row] = change(spoilt[heading][row])
    return spoilt, set(rows)


def as_csv(columns: Columns) -> bytes:
    """The columns as a .csv in UTF-8 with a mark, as Excel writes it."""
    stream = io.BytesIO()
    stream.write(b"\xef\xbb\xbf")
    pl.DataFrame(columns).write_csv(stream, line_terminator="\r\n")
    return stream.getvalue()


def as_xlsx(columns: Columns) -> bytes:
    """The columns as an .xlsx, every cell as text."""
    return table_bytes(Sheet("花名册", HEADINGS, zip(*columns.values(), strict=True)))


def load_roster(by: Actor, on: date, columns: Columns, name: str = "花名册.csv") -> ImportRun:
    """Send, check, confirm and write a roster in the present transaction or process.

    :raises Refused: it was refused as a whole.
    """
    run, _ = imports.send(by=by, on=on, kind="registry.roster", name=name, content=as_csv(columns))
    work_off()
    imports.confirm(by=by, on=on, run_id=run.pk)
    work_off()
    with scoped(by):
        run = run_in_area(by=by, run_id=run.pk)
    if run.state != "applied":
        raise Refused(run.message or f"import {run.pk} is {run.state}")
    return run


def load_population(
    by: Actor, on: date, count: int, *, seed: int = 1, say: Callable[[str, int, int], None] = lambda *words: None
) -> list[ImportRun]:
    """A made-up population of the actor's area by the real import, town by town in as few rosters as it takes.

    One roster of a whole district takes a quarter of the time of one for each town. ``say(roster, done, total)``.
    """
    homes = homes_of(on, by)
    people = pl.DataFrame(make_population(count, homes, seed=seed, on=on))
    towns: dict[str, list[str]] = {}
    for home in homes:
        towns.setdefault(home.town, []).append(home.code)
    rosters = [people.clear()]
    for codes in towns.values():
        rows = people.filter(pl.col("村居").is_in(codes))
        if len(rosters[-1]) + len(rows) > LONGEST:
            rosters.append(people.clear())
        rosters[-1] = rosters[-1].vstack(rows)
    runs, done = [], 0
    for number, rows in enumerate(rosters, 1):
        name = f"人口花名册{number}"
        say(name, done, count)
        if len(rows):
            runs.append(load_roster(by, on, rows.to_dict(as_series=False), f"{name}.csv"))
        done += len(rows)
    say("", count, count)
    return runs
