"""Writing a judged roster: COPY into a temporary table, then one set-based statement for each table of the registry.

COPY into a table under row security is refused, and a statement for each person would take hours. A first load goes part by
part, so that the database writes one part while the keys of the next are made.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from operator import add
from typing import Any

import polars as pl
from django.db import connection

from linli.base.names import initials, sort_key, tokens
from linli.kernel.access.rules import Actor
from linli.kernel.imports.rules import Tell
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import HEAD, NUMBER, NUMBER_TAIL, PHONE, PHONE_TAIL, address_tokens, full_pinyin
from linli.kernel.registry.rules.search import LONGEST_TOKEN

PART = 10_000
Lines = tuple[str, memoryview]
"""The columns and the rows of a COPY."""
_COPIED = ("roster_row", "roster_status")
STEPS = ("写入人员", "写入家庭", "写入家庭成员", "写入居住", "写入身份类别")
_PERSON = (
    "name", "sort_key", "sex", "birth", "number_sealed", "number_digest", "number_tail", "no_number_reason", "phone_sealed",
    "phone_digest", "phone_tail", "ethnic", "marital", "address", "registered_address", "tokens", "area",
)  # fmt: skip
_TABLE = """
create temporary table roster_row (
    person_id bigint default nextval('registry_person_id_seq'), row int, name text collate "C", sort_key text collate "C",
    sex text, birth date, number_sealed bytea, number_digest bytea, number_tail bytea, no_number_reason text,
    phone_sealed bytea, phone_digest bytea, phone_tail bytea, ethnic text, marital text, address text,
    registered_address text, tokens text[], area text, household bigint, home text, kin text, founds bool
) on commit drop;
create temporary table roster_status (row int, kind text, grade text) on commit drop;
grant select on roster_row, roster_status to public
"""


def write_roster(
    people: pl.DataFrame, statuses: pl.DataFrame, *, run: int, by: Actor, on: date, tell: Tell
) -> dict[str, Any]:
    """Write accepted rows; facts for the page and for a take-back.

    ``people``: the columns of rules.roster with ``digest`` and ``household`` (the id of a known household).
    """
    total = len(people)
    tell("加密并传送", 0, total)
    with connection.cursor() as cursor, ThreadPoolExecutor(1) as beside:
        cursor.execute(_TABLE)
        cursor.execute("select clock_timestamp()::text, nextval('registry_person_id_seq'), registry_load_begin(%s)", [total])
        at, low, aside = cursor.fetchone()  # all people of one import share this moment: a take-back finds them by it
        words = [on, at, source_words(run), by.staff_id]
        make = _maker(_with_homes(people), statuses)
        counts, ready = [0] * len(STEPS), beside.submit(make, 0)
        for end in range(PART, total + PART, PART):
            for table, lines in zip(_COPIED, ready.result(), strict=True):
                copy_lines(cursor, table, lines)
            ready = beside.submit(make, end)  # while the database writes: beside a COPY it would take longer than alone
            if aside:
                cursor.execute("select registry_load_part(%s, %s, %s, %s)", words)
                counts = list(map(add, counts, cursor.fetchone()[0]))
                cursor.execute("truncate roster_row, roster_status")
            tell("加密并写入" if aside else "加密并传送", min(end, total), total)
        if aside:
            tell("核对并建立索引", 0, 0)
            cursor.execute("select registry_load_end(%s)", [on])
        else:
            counts = _insert(cursor, words, tell, total)
        cursor.execute("drop table roster_row, roster_status")
        cursor.execute("select currval('registry_person_id_seq')")
        high = cursor.fetchone()[0]
    made = [["人员", counts[0]], ["家庭", counts[1]], ["家庭成员", counts[2]], ["身份类别", counts[4]]]
    return {"made": made, "persons": [low, high], "at": at}


def _insert(cursor: Any, words: list[Any], tell: Tell, total: int) -> list[int]:
    cursor.execute("analyze roster_row (row, area, household, founds); analyze roster_status")
    counts = []
    for step, zh in enumerate(STEPS, 1):
        tell(zh, 0, total)
        cursor.execute("select registry_roster_step(%s, %s, %s, %s, %s)", [step, *words])
        counts.append(cursor.fetchone()[0])
    return counts


def _maker(people: pl.DataFrame, statuses: pl.DataFrame) -> Callable[[int], tuple[Lines, Lines]]:
    """Makes the part of the roster from a row on: people with their keys, and their statuses, as lines to copy."""
    keys = PersonKeys()

    def make(start: int) -> tuple[Lines, Lines]:
        part = people.slice(start, PART)
        return lines_of(keys.add(part)), lines_of(statuses.join(part.select("row"), on="row", how="semi"))

    return make


def source_words(run: int) -> str:
    """What the statuses of an import name as their source."""
    return f"人口花名册导入 {run}"


def _with_homes(people: pl.DataFrame) -> pl.DataFrame:
    """New households get their ids here, the same for all rows of one; heads of new households found them."""
    new = people.filter(pl.col("household").is_null() & (pl.col("kin") == HEAD)).select("area", "home")
    homes = new.with_columns(founded=pl.Series(_reserve("registry_household_id_seq", len(new)), dtype=pl.Int64))
    people = people.join(homes, on=["area", "home"], how="left", maintain_order="left")
    founds = (pl.col("kin") == HEAD) & pl.col("household").is_null() & pl.col("founded").is_not_null()
    return people.with_columns(
        founds=founds.fill_null(False), household=pl.coalesce("household", "founded")
    ).drop("founded")


def _reserve(sequence: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select nextval(%s::regclass) from generate_series(1, %s)", [sequence, count])
        return [number for (number,) in cursor.fetchall()]


class PersonKeys:
    """Makes the columns of the person table: numbers sealed and hashed, sort keys and search tokens computed.

    A name or an address is worked out once, however many slices of one roster it stands in.
    """

    def __init__(self) -> None:
        self.sort_key, self.name_tokens, self.address_tokens = cache(sort_key), cache(_name_tokens), cache(_address_tokens)

    def add(self, people: pl.DataFrame) -> pl.DataFrame:
        """These people with their keys."""
        keys = keyring()
        numbers, phones = people["number"], people["phone"].replace("", None)
        names, addresses = people["name"], people["address"]
        pieces = [_by_value(addresses, self.address_tokens), _by_value(names, self.name_tokens)]
        return people.with_columns(
            _by_value(names, self.sort_key).alias("sort_key"),
            (pl.lit("{") + _joined(pieces) + pl.lit("}")).alias("tokens"),
            pl.col("digest").alias("number_digest"),
            by_place(numbers, lambda texts: keys.seal_many(texts, NUMBER)).alias("number_sealed"),
            _tails(numbers, NUMBER_TAIL).alias("number_tail"),
            by_place(phones, lambda texts: keys.seal_many(texts, PHONE)).alias("phone_sealed"),
            by_place(phones, lambda texts: keys.hash_many(texts, PHONE)).alias("phone_digest"),
            _tails(phones, PHONE_TAIL).alias("phone_tail"),
        ).select("row", *_PERSON, "household", "home", "kin", "founds")


def _by_value(texts: pl.Series, make: Callable[[str], str]) -> pl.Series:
    """``make`` of each distinct text."""
    distinct = texts.unique()
    table = pl.DataFrame({"text": distinct, "made": pl.Series(map(make, distinct), dtype=pl.String)})
    return texts.to_frame("text").join(table, on="text", how="left", maintain_order="left")["made"]


def _name_tokens(name: str) -> str:
    found = tokens(name)
    found |= {initials(name), full_pinyin(name)}
    if len(name) > LONGEST_TOKEN // 6:  # a syllable has at most six letters
        return _array(found)
    found.discard("")
    return '"' + '","'.join(sorted(found)) + '"'


def _address_tokens(address: str) -> str:
    return _array(address_tokens(address)) if address else ""


def _array(found: set[str]) -> str:
    """Tokens as the inside of an array literal, as rules.person_tokens orders and cuts them."""
    text = '","'.join(sorted({token[:LONGEST_TOKEN] for token in found if token}))
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    return f'"{text}"' if text else ""


def _joined(pieces: list[pl.Series]) -> pl.Expr:
    return pl.concat_str([pl.lit(piece).replace("", None) for piece in pieces], separator=",", ignore_nulls=True)


def by_place(texts: pl.Series, make: Callable[[list[str]], list[bytes]]) -> pl.Series:
    """``make`` of all texts that are there, at their places."""
    here = texts.is_not_null().arg_true()
    made = pl.Series([None] * len(texts), dtype=pl.Binary)
    if not len(here):
        return made
    return made.scatter(here, pl.Series(make(texts.gather(here).to_list()), dtype=pl.Binary))


def _tails(texts: pl.Series, purpose: str) -> pl.Series:
    """The keyed hashes of the last four characters: some eleven thousand, however many texts."""
    tails = texts.str.slice(-4)
    distinct = tails.unique().drop_nulls()
    table = dict(zip(distinct, keyring().hash_many(distinct, purpose), strict=True))
    return by_place(tails, lambda found: [table[tail] for tail in found])


def copy_rows(cursor: Any, table: str, rows: pl.DataFrame) -> None:
    """COPY a frame into a temporary table of the same columns."""
    copy_lines(cursor, table, lines_of(rows))


def lines_of(rows: pl.DataFrame) -> Lines:
    """A frame as the columns and the text of a COPY. Nothing is an empty field, an empty text is quoted."""
    binary = [name for name, dtype in rows.schema.items() if dtype == pl.Binary]
    plain_rows = rows.with_columns((pl.lit("\\x") + pl.col(name).bin.encode("hex")).alias(name) for name in binary)
    stream = io.BytesIO()
    plain_rows.write_csv(stream, include_header=False, quote_style="necessary", date_format="%Y-%m-%d")
    return ", ".join(rows.columns), stream.getbuffer()


def copy_lines(cursor: Any, table: str, lines: Lines) -> None:
    """COPY what :func:`lines_of` made."""
    columns, text = lines
    with cursor.copy(f"copy {table} ({columns}) from stdin with (format csv)") as copy:
        copy.write(text)
