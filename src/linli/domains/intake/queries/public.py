"""What the public's connection is told, and nothing else is used here: places, the way of one request, service requests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connections

from linli.base.days import SHANGHAI
from linli.domains.intake.rules import RequestState, state_of
from linli.kernel.orders.rules import Satisfaction, category
from linli.kernel.publicity import queries as publicity
from linli.kernel.publicity.queries import ask_public, phone_digests

PUBLIC = "public"
CONTEXT = "intake.post"
LOOK_UP = "intake.code"


def _rows(function: str, *given: Any) -> list[tuple[Any, ...]]:
    marks = ", ".join("%s" for _ in given)
    with connections[PUBLIC].cursor() as cursor:
        cursor.execute(f"select * from bulletin.{function}({marks})", list(given))
        return list(cursor.fetchall())


def code_of(number: str) -> str:
    """The look-up code of an order: told once, with the number; it opens what the telephone opens."""
    return publicity.code_of(number, LOOK_UP)


def code_fits(number: str, given: str) -> bool:
    """Whether this is the code of the number."""
    return publicity.code_fits(number, given, LOOK_UP)


@dataclass(frozen=True, slots=True)
class Progress:
    """What a resident learns of a request: the matter, where it stands, who has it, until when, the answer, the grade."""

    zh: str
    day: date
    where: RequestState
    desk: str
    due: date | None
    result: str
    closed_on: date | None
    grade: str
    may_add: bool
    may_grade: bool


def progress(number: str, secret: str) -> Progress | None:
    """By number, and telephone or look-up code; None where they do not fit. Both are tried, whatever was typed."""
    told = ask_public("intake_progress", number, phone_digests(secret), code_fits(number, secret))
    if told is None:
        return None
    return _read(json.loads(told) if isinstance(told, str) else told)


def progress_of(number: str) -> Progress | None:
    """The way of an order whose number another package told to somebody who may hear it."""
    told = ask_public("intake_progress", number, [], True)
    return _read(json.loads(told) if isinstance(told, str) else told) if told is not None else None


def _read(told: dict[str, Any]) -> Progress:
    where, kind = state_of(told["stage"]), category(told["category"])
    handled, graded = where is RequestState.HANDLED, bool(told["graded"])
    return Progress(
        zh="保密事项" if told["secret"] else kind.zh if kind else "其他事项", day=date.fromisoformat(told["day"]), where=where,
        desk=told["desk"], due=_day(told["due"]) if where in (RequestState.SENT, RequestState.WORKING) else None,
        result=told["result"] if told["handled_at"] or told["closed_at"] else "", closed_on=_day(told["closed_at"]),
        grade=Satisfaction(told["grade"]).zh if told["grade"] else "", may_add=where is not RequestState.CLOSED,
        may_grade=handled and not graded,
    )  # fmt: skip


def _day(moment: str | None) -> date | None:
    return datetime.fromisoformat(moment).astimezone(SHANGHAI).date() if moment else None


def client_of(digest: bytes) -> dict[str, int] | None:
    """The program behind a key: its id and what it may send in an hour; None for an unknown or revoked key."""
    told = ask_public("intake_client", digest)
    found: dict[str, int] | None = json.loads(told) if isinstance(told, str) else told
    return found


def service_requests(
    *, codes: Sequence[str], numbers: Sequence[str] | None = None, stages: Sequence[str] | None = None,
    first: datetime | None = None, last: datetime | None = None, most: int = 1000, past: int = 0,
) -> list[tuple[Any, ...]]:  # fmt: skip
    """Requests that came over the network: number, category, stage, place, its name, desk, received, updated, due."""
    given = (list(numbers) if numbers is not None else None, list(codes), list(stages) if stages is not None else None)
    return _rows("intake_requests", *given, first, last, most, past)
