"""What residents do without an account: ask for a service, and confirm one. Only the public's connection is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connections

from linli.base.text import tidy
from linli.domains.providers.actions.ordering import MOST_DAYS
from linli.domains.providers.queries import PUBLIC, fits, wish_code
from linli.domains.providers.rules import Service, wish_number
from linli.kernel.access.rules import Refused
from linli.kernel.orders.rules import Satisfaction
from linli.kernel.publicity.queries import ask_public
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import PHONE, read_phone, seal_phone


@dataclass(frozen=True, slots=True)
class Asked:
    """What the resident is told: the number of the wish, and the code that opens its way beside the telephone."""

    number: str
    code: str


def wish_from_web(
    *, on: date, service: Service, place: str, name: str, phone: str, address: str, wanted_on: date, text: str = "",
    using: str = PUBLIC,
) -> Asked:  # fmt: skip
    """A resident asks for a service on a day, and is told a number and a code; sent twice it is one wish.

    :raises Refused: a day that cannot be, or the same was asked for with this telephone already.
    """
    if not on <= wanted_on <= on + timedelta(days=MOST_DAYS):
        raise Refused(f"希望的日期应在今天到{MOST_DAYS}天以内，请修改。", field="wanted_on")
    number = read_phone(phone)
    sealed = seal_phone(keyring(), number)
    given: list[Any] = [
        service.value, place, tidy(name)[:60], sealed.sealed, sealed.digest, keyring().keyed_hashes(number, PHONE),
        tidy(address)[:200], wanted_on, tidy(text)[:300], on,
    ]  # fmt: skip
    key = ask_public("providers_wish", *given, using=using)
    if key is None:
        raise Refused("您已预约过这一天的这项服务，我们会尽快与您联系；如未接到电话，请拨打服务热线。")
    told = wish_number(on, key)
    return Asked(told, wish_code(told))


def reply_from_web(*, at: datetime, number: str, code: str, grade: Satisfaction, text: str = "", using: str = PUBLIC) -> None:
    """A resident who holds an order's number and its code says how it went.

    :raises Refused: they do not fit, the service is not done yet, or it was said already.
    """
    if not fits(tidy(number), tidy(code)):
        raise Refused("单号和确认码不相符，请对照下单时告知的号码。")
    with connections[using].cursor() as cursor:
        given: list[Any] = [tidy(number), grade.value, tidy(text)[:300], at]
        cursor.execute("select bulletin.providers_reply(%s, %s, %s, %s)", given)
        if not cursor.fetchone()[0]:
            raise Refused("这次服务还没有登记完成，或者已经确认过，不需要再次确认。")
