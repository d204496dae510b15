"""Numbers of a day are laid out long before they run out, so that nobody waits for the one who lays them out."""

from __future__ import annotations

from datetime import date

from django.db import connection

from linli.kernel.access.actions import scoped

DAY = date(2010, 12, 1)


def taken(count: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select orders_next_number(%s) from generate_series(1, %s)", [DAY, count])
        return [row[0] for row in cursor.fetchall()]


def test_a_day_begins_with_one_and_goes_on_without_a_gap_when_more_are_laid_out(centre):
    with scoped(centre.chief):
        numbers = taken(1_100)
    assert numbers == [f"20101201-{seq:05d}" for seq in range(1, 1_101)]
