"""What a resident sends from the public pages: the only write there is, by the public's role, into the inbox."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import connections

from linli.kernel.access.rules import Refused
from linli.kernel.publicity.actions.turns import take_turn
from linli.kernel.publicity.queries.objections import sealed_sender
from linli.kernel.publicity.queries.published import PUBLIC
from linli.kernel.publicity.rules import MessageKind, receipt_of

PER_HOUR = 20
"""Messages that one address may send in an hour (house rule); more are refilled one by one."""


def send_message(
    *, on: date, key: str, body: str, address: str, notice_id: int, text: str, kind: MessageKind = MessageKind.OBJECTION,
    item_number: int | None = None, name: str = "", contact: str = "",
) -> str:  # fmt: skip
    """Put an objection or enquiry into the inbox; the receipt number. The same form sent twice is one message.

    ``address`` is the sender's network address; only a keyed hash of it, different every day, is kept for a day.

    :raises Refused: too many messages from this address, or an expired form.
    """
    if not key:
        raise Refused("页面停留过久，请返回公示页面重新填写。")
    receipt = receipt_of(settings.KEYRING.keyed_hash(f"{notice_id}\n{key}\n{body}", "publicity.receipt"))
    take_turn(on=on, address=address, per_hour=PER_HOUR)
    with connections[PUBLIC].cursor() as cursor:
        cursor.execute(  # the same form once more lies in the inbox already
            "insert into bulletin.inbox (receipt, notice, item_number, kind, text, sender, received_on) "
            "values (%s, %s, %s, %s, %s, %s, %s) on conflict do nothing",
            (receipt, notice_id, item_number, kind.value, text, sealed_sender(name, contact), on),
        )
    return receipt
