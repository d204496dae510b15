"""Letters from the public page: sent by the public's role, taken in or set aside by the centre; none is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connections

from linli.base.days import SHANGHAI
from linli.base.text import tidy
from linli.domains.complaints.actions.taking import take_complaint
from linli.domains.complaints.models import Letter
from linli.domains.complaints.queries.letters import PUBLIC, SEALED, content_of_letter, may_open
from linli.domains.complaints.rules import LetterKind, Paper, forget_days, values
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Renewed, Stale
from linli.kernel.orders import actions as work
from linli.kernel.publicity.actions import take_turn
from linli.kernel.publicity.rules import receipt_of

KIND = "complaints.letter"


def send_letter(
    *, on: date, key: str, body: str, address: str, kind: LetterKind, centre: bool, content: dict[str, str],
    using: str = PUBLIC,
) -> str:  # fmt: skip
    """Put a complaint or petition into the box; its receipt. The same form sent twice is one letter.

    What the program itself makes up for a demo has no address, and lies in the program's own transaction (``using``).

    :raises Refused: the form is too old, or this network address sent too many.
    """
    if not key:
        raise Refused("页面停留过久，请返回重新填写。")
    receipt = receipt_of(settings.KEYRING.keyed_hash(f"{key}\n{body}", "complaints.receipt"))
    most = values().on("complaints.letters_an_hour", on, "").count
    if address:
        take_turn(on=on, address=address, per_hour=most, page="complaints.letter")
    sealed = settings.KEYRING.seal(json.dumps(content), SEALED)
    with connections[using].cursor() as cursor:
        words = (receipt, kind.value, centre, sealed, on)
        cursor.execute("select bulletin.complaint_send(%s, %s, %s, %s, %s)", words)
    return receipt


@action("complaints.collect")
def take_letter(
    *, by: Actor, at: datetime, letter: Letter, intake: work.Intake, send: bool = True, desk_id: int | None = None,
    paper: Paper = Paper(),
) -> work.Taken:  # fmt: skip
    """The letter becomes an order; its content stands there from now on, for the named alone where it is about the centre."""
    _check(by, letter)
    intake = replace(intake, confidential=True) if letter.centre else intake
    words: dict[str, Any] = {"intake": intake, "send": send, "desk_id": desk_id, "paper": paper}
    taken = take_complaint(by=by, at=at, any_matter=True, **words)
    _done(letter, by, at.astimezone(SHANGHAI).date(), order=taken.number, content=None)
    return taken


@action("complaints.collect")
def set_letter_aside(*, by: Actor, on: date, letter: Letter, why: str) -> Letter:
    """It is not taken, with a reason that its sender can read; it is kept."""
    _check(by, letter)
    said = tidy(why)
    if len(said) < 5:
        raise Refused("请填写不予受理的原因，来信人凭回执号可以看到。", field="why")
    _done(letter, by, on, why=said[:200])
    return letter


def _check(by: Actor, letter: Letter) -> None:
    if not may_open(by, letter):
        raise Forbidden("这封来信反映的是受理中心，由区级审批员办理。")


def _done(letter: Letter, by: Actor, on: date, **values: Any) -> None:
    waiting = Letter.objects.filter(pk=letter.pk, done_on=None)
    if not waiting.update(done_on=on, done_by_id=by.own_hand, **values):
        raise Stale("这封来信刚才已有人办理，请刷新后再看。")
    letter.refresh_from_db()
    about(KIND, letter.pk, area=by.area, taken=bool(letter.order))


@action("complaints.forget")
def forget_letters(*, by: Actor, on: date) -> int:
    """Of a letter that was not taken receipt, kind, days and reason stay (个人信息保护法 §19, §47).

    A taken one stands in its order alone; one that waits is owed an answer and is kept.
    """
    before = on - timedelta(days=forget_days(on, by.area))
    gone = Letter.objects.filter(done_on__lt=before).exclude(content=None).update(content=None)
    about(KIND, "forgotten", area=by.area, gone=gone)
    return gone


@action("access.renew_seals")
def renew_letters(*, by: Actor, on: date, after: int = 0) -> Renewed:
    """Letters that an older key sealed and that still lie in the box; all at once, for they are few."""
    keys = settings.KEYRING
    rows = Letter.objects.select_for_update().exclude(content=None)
    old = [one for one in rows if not keys.is_current(bytes(one.content or b""))]
    for one in old:
        sealed = keys.seal(json.dumps(content_of_letter(one)), SEALED)
        Letter.objects.filter(pk=one.pk).update(content=sealed)
    about("complaints.seals", keys.current, area=by.area, letters=len(old))
    return Renewed(len(old), None)
