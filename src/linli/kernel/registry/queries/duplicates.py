"""Rows that may be one person: the columns that are compared, and the queue in which people decide."""

from __future__ import annotations

import io
from collections.abc import Iterable

import polars as pl
from django.db import connection
from django.db.models import QuerySet

from linli.base.areas import Level, ancestors, level_of
from linli.kernel.registry.models import DuplicatePair, DuplicatePass, Person
from linli.kernel.registry.queries.keys import keyring
from linli.kernel.registry.rules import NUMBER, PHONE, PairState

# A telephone is compared by its hash; an identity number only of candidates, opened in this process and kept nowhere.
_PEOPLE = """
copy (select id, name, sort_key, sex, birth, encode(substr(phone_digest, 3, 12), 'hex') as phone, address, area,
             number_digest is not null as numbered
      from registry_person where merged_into_id is null{only} order by id) to stdout (format csv, header)
"""
_COLUMNS = {
    "id": pl.Int64, "name": pl.String, "sort_key": pl.String, "sex": pl.String, "birth": pl.Date, "phone": pl.String,
    "address": pl.String, "area": pl.String, "numbered": pl.String,
}  # fmt: skip


def people_to_compare(*, unnumbered: bool = False) -> pl.DataFrame:
    """Everybody of the present scope, by id: what is compared of a person except the identity number itself.

    With ``unnumbered`` only those who have none.
    """
    only = " and number_digest is null" if unnumbered else ""
    with connection.cursor() as cursor, cursor.copy(_PEOPLE.format(only=only)) as copy:
        people = pl.read_csv(io.BytesIO(b"".join(copy)), schema=_COLUMNS)
    return people.with_columns(numbered=pl.col("numbered") == "t")


def phone_keys(phones: pl.Series) -> pl.Series:
    """Telephone numbers as `people_to_compare` gives them: part of their keyed hash; "" as null."""
    given = phones.filter(phones != "").unique()
    keys = [digest[2:14].hex() for digest in keyring().hash_many(given.to_list(), PHONE)]
    return phones.replace_strict(given, keys, default=None, return_dtype=pl.String)


def clear_numbers(ids: list[int]) -> dict[int, str]:
    """The identity numbers of these people in clear, for comparing in memory."""
    keys = keyring()
    with connection.cursor() as cursor:
        cursor.execute("select id, number_sealed from registry_person where id = any(%s) and number_sealed is not null", [ids])
        return {pk: keys.open(bytes(sealed), NUMBER) for pk, sealed in cursor}


def last_pass(area: str) -> DuplicatePass | None:
    """The newest search of this area or one above it."""
    return DuplicatePass.objects.filter(area__in=(area, *ancestors(area))).order_by("-id").first()


def common_area(codes: Iterable[str]) -> str:
    """The lowest area above all these (or the one that they all are), not above the district."""
    first, *others = list(codes)
    for code in (first, *ancestors(first)):
        if all(code in (other, *ancestors(other)) for other in others) or level_of(code) is Level.DISTRICT:
            return code
    return first


def duplicate_queue() -> QuerySet[DuplicatePair]:
    """Pairs that wait for a decision, the most alike first."""
    return DuplicatePair.objects.filter(state=PairState.OPEN).select_related("first", "second").order_by("-score", "id")


def decided_pairs() -> QuerySet[DuplicatePair]:
    """Pairs that somebody decided, newest first."""
    decided = DuplicatePair.objects.exclude(state__in=(PairState.OPEN, PairState.GONE))
    return decided.select_related("first", "second", "decided_by").order_by("-decided_on", "-id")


def pair_by_id(pair_id: int) -> DuplicatePair | None:
    """The pair with this id, if the present scope holds both people."""
    return DuplicatePair.objects.select_related("first", "second", "decided_by").filter(pk=pair_id).first()


def merged_rows(person: Person) -> QuerySet[Person]:
    """The rows that were merged into this person."""
    return Person.objects.filter(merged_into=person).order_by("id")
