"""Numbers of receipts: drawn one by one in the gift's own transaction, so that there are no gaps and no doubles."""

from __future__ import annotations

import secrets

from django.db import connection

from linli.domains.fundraising.rules import ALPHABET, CHECK_LENGTH, receipt_number

DRAW = """
    insert into fundraising_receiptcounter as c (area, area_then, year, last) values (%s, %s, %s, 1)
    on conflict (area_then, year) do update set last = c.last + 1 returning last
"""


def draw_receipt(*, area: str, year: int) -> str:
    """The next number of these books and this year. Whoever draws next waits until this transaction is over."""
    with connection.cursor() as cursor:
        cursor.execute(DRAW, [area, area, year])
        return receipt_number(area, year, cursor.fetchone()[0])


def new_check_word() -> str:
    """A check word that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CHECK_LENGTH))
