"""The roster import against its rivals.

1. Reading an .xlsx of 100,000 rows: at least 5 times as fast as openpyxl's read-only mode, no row lost.
2. The same file sent, checked, confirmed and written with progress: under 10 s.
3. A validated roster in one transaction with an error list by row (5 % spoilt rows), into an empty registry: at least 5
   times as fast as bulk_create with the same checks; at most 2.5 times a superuser's bare COPY of the same rows into the same
   tables and indexes, plus the bare cost of encrypting them.

Inside the clock of 3: reading the .csv, checks, hashing, sealing, writing, commit. The tables are emptied before each turn.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from datetime import date

import common

DAY = date(2010, 12, 20)
TABLES = ("person", "household", "membership", "residence", "status", "searchtoken")


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=200_000, help="people of part 3; the goal is set at 1000000")
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--sheet-rows", type=int, default=100_000)
    words.add_argument("--only-copy", action="store_true", help="part 3 without bulk_create, which takes the longest")
    given = words.parse_args()
    common.prepare()
    try:
        office = Office()
        met = [read_sheet(office, given.sheet_rows, given.rounds), load_sheet(office, given.sheet_rows)]
        met += load_roster(office, given.rows, given.rounds, given.only_copy)
    finally:
        common.clean_up()
    return 0 if all(met) else 1


class Office:
    """A district with its areas, an approver who loads rosters, and the columns of populations."""

    def __init__(self) -> None:
        from linli.kernel.access.rules import Role
        from linli.kernel.access.samples import make_founders, make_staff
        from linli.kernel.registry.samples import make_areas
        from linli.kernel.registry.samples.rosters import homes_of

        founders = make_founders()
        make_areas(founders[0])
        self.by = make_staff("bench", "区民政", Role.DISTRICT_APPROVER, "370404000000", founders=founders)
        self.homes = homes_of(DAY, self.by)

    def people(self, count: int) -> dict[str, list[str]]:
        from linli.kernel.registry.samples.population import make_population

        return make_population(count, self.homes, on=DAY)


def sheet_bytes(columns: dict[str, list[str]]) -> bytes:
    """A workbook as other programs write it: shared strings, no styles."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet("花名册")
    page.append(list(columns))
    for row in zip(*columns.values(), strict=True):
        page.append([cell or None for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read_sheet(office: Office, count: int, rounds: int) -> bool:
    from openpyxl import load_workbook

    from linli.gateways.spreadsheets import open_table
    from linli.kernel.registry.samples.population import HEADINGS

    columns = office.people(count)
    content = sheet_bytes(columns)
    rows = {}

    def product() -> float:
        began = time.perf_counter()
        table = open_table(content, "花名册.xlsx", expected=HEADINGS)
        rows["product"] = [cell or "" for cell in table.column("身份证号")]
        return time.perf_counter() - began

    def rival() -> float:
        began = time.perf_counter()
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        read = [row for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
        took = time.perf_counter() - began
        rows["rival"] = [row[1] or "" for row in read]
        return took

    print(f"\n1. reading an .xlsx of {count:,} rows ({len(content) / 1e6:.1f} MB)")
    times = common.interleave(rounds, {"openpyxl read-only": rival, "linli": product})
    assert rows["product"] == rows["rival"] == columns["身份证号"], "a row was lost"
    return common.show_ratio("openpyxl read-only / linli", times["openpyxl read-only"], times["linli"], ">= 5") >= 5


def load_sheet(office: Office, count: int) -> bool:
    from linli.kernel.access.actions import scoped
    from linli.kernel.imports import actions
    from linli.kernel.imports.queries import run_in_area
    from linli.kernel.jobs.samples import work_off

    content = sheet_bytes(office.people(count))
    began = time.perf_counter()
    run, _ = actions.send(by=office.by, on=DAY, kind="registry.roster", name="花名册.xlsx", content=content)
    work_off()
    checked = time.perf_counter()
    actions.confirm(by=office.by, on=DAY, run_id=run.pk)
    work_off()
    took = time.perf_counter() - began
    with scoped(office.by):
        run = run_in_area(by=office.by, run_id=run.pk)
    assert (run.state, run.accepted) == ("applied", count), run.message
    print(f"\n2. {count:,} rows of .xlsx sent, checked ({checked - began:.1f} s), written: {took:.1f} s in all (goal < 10 s)")
    return took < 10


def empty_registry() -> None:
    with common.superuser() as connection:
        connection.execute("set session_replication_role = replica")  # the books refuse to be emptied
        connection.execute(f"truncate {', '.join('registry_' + table for table in TABLES)} restart identity cascade")
        connection.execute("checkpoint")


def load_roster(office: Office, count: int, rounds: int, only_copy: bool) -> list[bool]:
    from linli.kernel.registry.samples.rosters import as_csv, spoil

    columns, spoilt = spoil(office.people(count), 0.05)
    content = as_csv(columns)
    del columns
    print(f"\n3. a validated roster of {count:,} people, {len(spoilt):,} of them spoilt ({len(content) / 1e6:.0f} MB)")
    seen: dict[str, tuple[int, int]] = {}
    empty_registry()
    product_turn(office, content, seen)
    prepared = copies_of_tables()
    texts = clear_texts()
    turns = {
        "bare COPY + encrypting": lambda: copy_turn(prepared, texts, seen),
        "linli": lambda: product_turn(office, content, seen),
        "bulk_create": lambda: rival_turn(office, content, seen),
    }
    if only_copy:
        del turns["bulk_create"]
    times = common.interleave(rounds, {name: after_emptying(turn) for name, turn in turns.items()})
    assert len(set(seen.values())) == 1, f"the contestants do not agree: {seen}"
    print(f"   each wrote {seen['linli'][0]:,} people and {seen['linli'][1]:,} rows of statuses")
    bare = times["bare COPY + encrypting"]
    met = [common.show_ratio("linli / (bare COPY + encrypting)", times["linli"], bare, "<= 2.5") <= 2.5]
    if not only_copy:
        met.append(common.show_ratio("bulk_create / linli", times["bulk_create"], times["linli"], ">= 5") >= 5)
    return met


def after_emptying(turn):
    def run() -> float:
        empty_registry()
        return turn()

    return run


def counted() -> tuple[int, int]:
    with common.superuser() as connection:
        counts = "select (select count(*) from registry_person), (select count(*) from registry_status)"
        return connection.execute(counts).fetchone()


def product_turn(office: Office, content: bytes, seen: dict) -> float:
    from linli.gateways.spreadsheets import Limits, open_table
    from linli.kernel.access.actions import scoped
    from linli.kernel.imports.queries import sheet_of
    from linli.kernel.imports.rules import common_faults
    from linli.kernel.registry.actions.roster import ROSTER

    big = Limits(rows=5_000_000, size=4 << 30, text=8 << 30)
    began = time.perf_counter()
    table = open_table(content, "花名册.csv", expected=ROSTER.headings, aliases=ROSTER.aliases, limits=big)
    read = time.perf_counter()
    sheet = sheet_of(table, ROSTER)
    with scoped(office.by):
        judged = ROSTER.check(sheet, common_faults(ROSTER, sheet), office.by, DAY, lambda *words: None)
        ROSTER.apply(judged, 1, office.by, DAY, lambda *words: None)
    took = time.perf_counter() - began
    assert judged.accepted + judged.rejected == judged.read
    print(f"    (reading {read - began:.1f} s, {len(judged.faults):,} faults)", file=sys.stderr)
    seen["linli"] = counted()
    return took


def rival_turn(office: Office, content: bytes, seen: dict) -> float:
    import rival_bulk_create

    codes = {home.code: home.code for home in office.homes}
    began = time.perf_counter()
    rival_bulk_create.load(content, office.by, DAY, codes)
    took = time.perf_counter() - began
    seen["bulk_create"] = counted()
    return took


def copies_of_tables() -> list[tuple[str, bytes]]:
    """The rows that the product wrote, as binary COPY data. The token table follows by its trigger."""
    found = []
    with common.superuser() as connection:
        for table in TABLES[:-1]:
            stream = io.BytesIO()
            with connection.cursor().copy(f"copy registry_{table} to stdout (format binary)") as copy:
                for block in copy:
                    stream.write(block)
            found.append((table, stream.getvalue()))
    return found


def clear_texts() -> tuple[list[str], list[str]]:
    """The numbers and telephones of the rows, which the bare cost of encrypting is counted on."""
    from linli.base.areas import WHOLE
    from linli.kernel.access.actions import scoped
    from linli.kernel.registry.models import Person
    from linli.kernel.registry.queries import clear_number, clear_phone

    with scoped(WHOLE):
        people = list(Person.objects.only("number_sealed", "phone_sealed").iterator(chunk_size=5000))
    numbers = [number for person in people if (number := clear_number(person))]
    return numbers, [phone for person in people if (phone := clear_phone(person))]


def copy_turn(prepared: list[tuple[str, bytes]], texts: tuple[list[str], list[str]], seen: dict) -> float:
    from linli.kernel.registry.queries import keyring
    from linli.kernel.registry.rules import NUMBER, NUMBER_TAIL, PHONE, PHONE_TAIL

    began = time.perf_counter()
    for found, context, tail in zip(texts, (NUMBER, PHONE), (NUMBER_TAIL, PHONE_TAIL), strict=True):
        keyring().seal_many(found, context)
        keyring().hash_many(found, context)
        keyring().hash_many([text[-4:] for text in found], tail)
    with common.superuser() as connection, connection.transaction(), connection.cursor() as cursor:
        for table, content in prepared:
            with cursor.copy(f"copy registry_{table} from stdin (format binary)") as copy:
                copy.write(content)
    took = time.perf_counter() - began
    seen["bare COPY"] = counted()
    return took


if __name__ == "__main__":
    sys.exit(main())
