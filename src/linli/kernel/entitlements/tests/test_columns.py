"""Columns go to PostgreSQL and come back as they were, in the order of the query; nothing comes back as nothing."""

from __future__ import annotations

import numpy as np
import pytest
from django.db import connection

from linli.kernel.entitlements.queries.columns import read_columns, write_columns

NAMES = ("one", "other")


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, 2, 70_000])
def test_what_is_written_is_read_in_its_order(count):
    one = np.arange(count, dtype="i8")[::-1] * 3 - 7
    other = (one * 2**40) ^ -1
    with connection.cursor() as cursor:
        cursor.execute("create temporary table pair (one bigint, other bigint) on commit drop")
        write_columns(cursor, "pair", {"one": one, "other": other})
        found = read_columns(cursor, "select one, other from pair where one > %(least)s order by one", NAMES, {"least": -100})
    assert found["one"].tolist() == one[::-1].tolist() and found["other"].tolist() == other[::-1].tolist()
