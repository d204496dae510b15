"""The population roster as a kind of import: judged against places, people and households that are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
from django.db import IntegrityError, connection, transaction

from linli.base.areas import Level, ancestors, level_of
from linli.base.masking import mask_name
from linli.base.text import plain
from linli.kernel.access.actions import reach_district
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.imports.rules import Checked, Fault, ImportKind, Sheet, Tell, Undone
from linli.kernel.registry.actions.roster_write import by_place, copy_rows, source_words, write_roster
from linli.kernel.registry.queries import area_names, areas_on, keyring, people_to_compare, phone_keys
from linli.kernel.registry.rules import NUMBER
from linli.kernel.registry.rules.roster import Roster, read_roster
from linli.kernel.registry.rules.roster_alike import judge_alike
from linli.kernel.registry.rules.roster_columns import COLUMNS, NOTES, Places
from linli.kernel.registry.rules.roster_homes import judge_homes, judge_numbers, judge_unnumbered, unnumbered

PERMISSION = "registry.import_roster"


def check_roster(sheet: Sheet, faults: list[Fault], by: Actor, on: date, tell: Tell) -> Checked:
    """Judge all rows; the accepted ones, with the keyed hashes of their numbers, are kept for writing."""
    roster = _read(sheet, faults, _places(by, on), on)
    tell("比对库中人员", 0, len(sheet))
    judge_numbers(roster, sheet.numbers, _known_numbers(roster, by, on))
    judge_unnumbered(roster, sheet.numbers, _known_unnumbered(roster))
    judge_homes(roster, sheet.numbers, _known_homes(roster))
    known = people_to_compare(unnumbered=bool(roster.people["number"].null_count() == 0))
    if len(known):
        judge_alike(roster, phone_keys(roster.people["phone"]), known)
    return Checked(len(sheet), roster.faults, roster.warnings, roster)


def _read(sheet: Sheet, faults: list[Fault], places: Places, on: date) -> Roster:
    """The roster with the keyed hashes of its numbers, as one reading gives it; it is judged twice, so it is kept."""
    if sheet.kept is None or sheet.kept[0] != (places, on):
        fresh = read_roster(sheet.frame, faults, places, on)
        digests = by_place(fresh.people["number"], lambda numbers: keyring().hash_many(numbers, NUMBER))
        fresh.people = fresh.people.with_columns(digests.alias("digest"))
        sheet.kept = (places, on), fresh
    roster: Roster = sheet.kept[1]
    return replace(roster, faults=list(roster.faults), warnings=list(roster.warnings))


def apply_roster(checked: Checked, run: int, by: Actor, on: date, tell: Tell) -> dict[str, Any]:
    """Write the accepted rows: people, households, memberships, residences, statuses."""
    roster: Roster = checked.rows
    people = roster.people.filter(roster.good())
    statuses = roster.statuses.join(people.select("row"), on="row", how="semi")
    try:
        with transaction.atomic():
            return write_roster(people, statuses, run=run, by=by, on=on, tell=tell)
    except IntegrityError as fault:  # somebody registered one of them between the check and this moment
        raise Refused("检查之后，名单中有人刚刚由他人登记，这次没有写入任何内容。请重新上传，系统会再检查一遍。") from fault


def undo_roster(facts: dict[str, Any], run: int, by: Actor, on: date) -> Undone:
    """Take back households and people that nobody touched since; a household goes as a whole or stays."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select reversed, person_id, name, area from registry_take_back(%s, %s, %s, %s)",
            [*facts["persons"], facts["at"], source_words(run)],
        )
        rows = cursor.fetchall()
    count = next((done for done, person, _, _ in rows if person is None), 0)
    left = [(name, area) for _, person, name, area in rows if person is not None]
    names = area_names({area for _, area in left}, on)
    return Undone(count, tuple(f"{mask_name(name)}（{names.get(area, area)}）" for name, area in left))


def _places(by: Actor, on: date) -> Places:
    """Every way to name a village, community or unit of the district: code, name, town and name."""
    areas = [(area.code, area.name, area.level) for area in areas_on(on)]
    towns = {code: name for code, name, level in areas if level == Level.TOWN}
    codes: dict[str, str] = {}
    double: set[str] = set()
    elsewhere: set[str] = set()
    for code, name, level in areas:
        if level != Level.COMMUNITY:
            continue
        words = {code, plain(name), plain(towns.get(ancestors(code)[0], "") + name)}
        if not by.covers(code):
            elsewhere |= words
            continue
        double |= words & codes.keys()
        codes |= dict.fromkeys(words, code)
    own = by.area if level_of(by.area) is Level.COMMUNITY else ""
    clear = {word: code for word, code in codes.items() if word not in double}
    return Places(clear, frozenset(double), frozenset(elsewhere), own)


def _known_numbers(roster: Roster, by: Actor, on: date) -> dict[int, str]:
    """The town in which a number of the file is registered already, by row; looked up in the whole district."""
    candidates = roster.people.select("row", "digest").drop_nulls()
    if candidates.is_empty():
        return {}
    keys = keyring()
    if len(keys.keyed_hashes("", NUMBER)) > 1:  # while keys are being changed, old rows have hashes of an older key
        numbers = roster.people.select("row", "number").drop_nulls()
        lines = [(row, digest) for row, number in numbers.iter_rows() for digest in keys.keyed_hashes(number, NUMBER)]
        candidates = pl.DataFrame(lines, schema={"row": pl.Int64, "digest": pl.Binary}, orient="row")
    with connection.cursor() as cursor:
        cursor.execute("create temporary table roster_number (row int, digest bytea) on commit drop")
        copy_rows(cursor, "roster_number", candidates)
        cursor.execute("analyze roster_number")
        with reach_district(by, PERMISSION):
            cursor.execute(
                "select r.row, p.area from roster_number r join registry_person p on p.number_digest = r.digest "
                "where p.merged_into_id is null"
            )
            found = dict(cursor.fetchall())
        cursor.execute("drop table roster_number")
    towns = area_names({ancestors(area)[0] for area in found.values()}, on)
    return {row: towns.get(ancestors(area)[0], "区内其他镇街") for row, area in found.items()}


def _known_unnumbered(roster: Roster) -> list[int]:
    """Rows without a number whose name and birth a person without a number has in the same place."""
    people = unnumbered(roster)
    if people.is_empty():
        return []
    with connection.cursor() as cursor:
        cursor.execute("create temporary table roster_name (row int, name text, birth date, area text) on commit drop")
        copy_rows(cursor, "roster_name", people)
        cursor.execute("analyze roster_name")
        cursor.execute(
            "select distinct r.row from roster_name r join registry_person p on p.name = r.name and p.area = r.area "
            "where p.birth = r.birth and p.number_digest is null and p.merged_into_id is null"
        )
        rows = [row for (row,) in cursor.fetchall()]
        cursor.execute("drop table roster_name")
    return rows


def _known_homes(roster: Roster) -> pl.DataFrame:
    """Households of the file's numbers that run already in the same place."""
    schema = {"area": pl.String, "home": pl.String, "household": pl.Int64, "owner": pl.Binary}
    homes = roster.people.select("area", "home").drop_nulls().unique()
    if homes.is_empty():
        return pl.DataFrame(schema=schema)
    with connection.cursor() as cursor:
        cursor.execute("create temporary table roster_home (area text, home text) on commit drop")
        copy_rows(cursor, "roster_home", homes)
        cursor.execute("analyze roster_home")
        cursor.execute(
            "select distinct on (h.area, h.number) h.area, h.number, h.id, p.number_digest from registry_household h "
            "join roster_home r on r.area = h.area and r.home = h.number join registry_person p on p.id = h.head_id "
            "where h.until is null order by h.area, h.number, h.id"
        )
        rows = cursor.fetchall()
        cursor.execute("drop table roster_home")
    return pl.DataFrame(rows, schema=schema, orient="row")


ROSTER = ImportKind(
    key="registry.roster", zh="人口花名册", permission=PERMISSION, columns=COLUMNS, check=check_roster,
    apply=apply_roster, undo=undo_roster, notes=NOTES,
)  # fmt: skip
