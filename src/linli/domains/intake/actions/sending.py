"""What is sent over the network: the only writes there are, by the public's role, through functions of the schema bulletin."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linli.base.days import SHANGHAI
from linli.base.text import tidy
from linli.domains.intake.queries import CONTEXT, PUBLIC, code_fits, code_of
from linli.domains.intake.rules import DAILY_PER_PHONE, PER_HOUR, PostKind
from linli.kernel.access.rules import Refused
from linli.kernel.publicity.actions import take_turn
from linli.kernel.publicity.queries import ask_public, phone_digests
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import PHONE


@dataclass(frozen=True)
class Picture:
    """A picture that was judged by its content already."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Sent:
    """What the sender is told: the number of the order, and the code that opens its way beside the telephone."""

    number: str
    code: str


NOT_FOUND = "工单号和电话（或查询码）不相符。请对照提交时显示的内容核对；仍查不到的，请拨打服务热线。"
ANSWERS = {
    "none": NOT_FOUND, "closed": "这件诉求已经办结，不能再补充。还没有解决的，请重新提交求助。",
    "early": "这件诉求现在不需要评价，或者已经评价过。", "many": "补充的次数已经很多，请直接拨打服务热线说明。",
}  # fmt: skip


def send(
    *, at: datetime, address: str, name: str, phone: str, text: str, category: str, place: str, where: str = "",
    picture: Picture | None = None, client: int | None = None, per_hour: int = PER_HOUR, using: str = PUBLIC,
) -> Sent:  # fmt: skip
    """Send a request; the same words of the same person within half an hour are one request with one number.

    ``address``: the network address, or what else is counted against ``per_hour``; only a keyed hash of it is kept,
    for a day. What the program itself makes up for a demo has none, and lies in the program's own transaction (``using``).

    :raises Refused: too many from there or under this telephone, or a place that does not exist on this day.
    """
    on = at.astimezone(SHANGHAI).date()
    if address:
        take_turn(on=on, address=address, per_hour=per_hour, page="intake.send")
    if address and phone:
        take_turn(on=on, address=f"phone {phone}", per_hour=DAILY_PER_PHONE, page="intake.send")
    content = {"name": tidy(name)[:60], "phone": phone, "text": text.strip(), "where": tidy(where)[:200]}
    if picture:
        content["picture"] = picture.name
    same = _same(client, content["name"], phone, tidy(text), category, place, content["where"])
    number = ask_public(
        "intake_ask", same, keyring().keyed_hash(phone, PHONE) if phone else None, _sealed(content), _sealed_bytes(picture),
        category, place, client, at, on, using=using,
    )  # fmt: skip
    if number is None:
        raise Refused("没有这个村（社区），请重新选择。", field="place")
    return Sent(number, code_of(number))


def add(
    *, at: datetime, address: str, number: str, secret: str, kind: PostKind, words: dict[str, Any],
    picture: Picture | None = None, using: str = PUBLIC,
) -> None:  # fmt: skip
    """Add words or a grade to a request, with its number and telephone or code.

    :raises Refused: they do not fit, or it is not the time for it; too many from this address or on this number.
    """
    on = at.astimezone(SHANGHAI).date()
    if address:
        take_turn(on=on, address=address, per_hour=PER_HOUR, page="intake.add")
    content = words | ({"picture": picture.name} if picture else {})
    same = _same(number, kind.value, json.dumps(words, ensure_ascii=False, sort_keys=True))
    answer = ask_public(
        "intake_add", number, phone_digests(secret), code_fits(number, secret), kind.value, same, _sealed(content),
        _sealed_bytes(picture), at, using=using,
    )  # fmt: skip
    if answer != "done":
        raise Refused(ANSWERS[answer])


def _same(*parts: object) -> bytes:
    return keyring().keyed_hash("\n".join(map(str, parts)), "intake.same")


def _sealed(content: dict[str, Any]) -> bytes:
    return keyring().seal(json.dumps(content, ensure_ascii=False), CONTEXT)


def _sealed_bytes(picture: Picture | None) -> bytes | None:
    return keyring().seal_bytes(picture.content, CONTEXT) if picture else None
