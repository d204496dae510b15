"""Columns of whole numbers to and from PostgreSQL by binary COPY: a million rows in parts of a second.

Reading sees the present range of areas only. Writing goes to a temporary table, because COPY into a table under row security is
refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from linli.kernel.entitlements.rules import Array

HEAD = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
END = b"\xff\xff"
ELEMENT = np.dtype([("size", ">i4"), ("value", ">i8")])
"""An element of an array as PostgreSQL sends it; before the first stand five numbers of four bytes, the fourth is their count."""


def read_columns(cursor: Any, query: str, names: Sequence[str], values: Any = None) -> dict[str, Array]:
    """The rows of a query as columns of int64. Every column of the query must be a bigint that is never null.

    The server gathers each column into one array: a message for each row would cost more than everything else.
    """
    gathered = f"select {', '.join(f'array_agg({name})' for name in names)} from ({query}) gathered ({', '.join(names)})"
    data = bytearray()
    with cursor.copy(f"copy ({gathered}) to stdout (format binary)", values) as copy:
        for block in copy:
            data += block
    columns, at = {}, len(HEAD) + 2
    for name in names:
        size = int.from_bytes(data[at : at + 4], "big", signed=True)  # -1: null, there was no row
        count = int.from_bytes(data[at + 16 : at + 20], "big") if size > 0 else 0
        columns[name] = np.frombuffer(data, ELEMENT, count, at + 24 if count else 0)["value"].astype("i8")
        at += 4 + max(size, 0)
    return columns


def write_columns(cursor: Any, table: str, columns: Mapping[str, Array]) -> None:
    """Columns of int64 into the bigint columns of a temporary table."""
    names = list(columns)
    rows = np.zeros(len(next(iter(columns.values()))), _row_type(names))
    rows["fields"] = len(names)
    for name in names:
        rows[f"size {name}"] = 8
        rows[name] = columns[name]
    with cursor.copy(f"copy {table} ({', '.join(names)}) from stdin (format binary)") as copy:
        copy.write(HEAD)
        copy.write(rows.tobytes())
        copy.write(END)


def _row_type(names: Sequence[str]) -> np.dtype[Any]:
    """A row of COPY's binary format: how many fields, and each with its size before it."""
    fields: list[tuple[str, str]] = [("fields", ">i2")]
    for name in names:
        fields += [(f"size {name}", ">i4"), (name, ">i8")]
    return np.dtype(fields)
