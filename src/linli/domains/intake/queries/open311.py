"""Answers of Open311: services, their definition, requests; through the public's connection, without a word about a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from linli.domains.intake.queries.public import service_requests
from linli.domains.intake.rules.open311 import PLACE, Problem, stages_of, status_of, written
from linli.domains.intake.rules.posts import state_of
from linli.kernel.orders.rules import Category, categories
from linli.kernel.publicity.queries import communities

Told = dict[str, Any]


@cache
def services() -> dict[str, Category]:
    """The categories under which a program may send: every leaf that is not confidential by itself."""
    return {code: one for code, one in categories().items() if one.leaf and not one.secret}


def told_services() -> list[Told]:
    """What may be sent, with its group and the words by which people look for it."""
    return [
        {"service_code": one.code, "service_name": one.zh, "description": one.path, "metadata": True, "type": "realtime",
         "keywords": ",".join(one.words), "group": one.path.split(" › ")[0]}
        for one in services().values()
    ]  # fmt: skip


def told_definition(code: str, on: date) -> Told:
    """What has to be sent with a service: the community. :raises Problem: 404."""
    if code not in services():
        raise Problem(404, "没有这个事项代码，请先查询 services。")
    values = [{"key": place, "name": f"{above}{name}"} for place, name, above in communities(on)]
    attribute = {
        "variable": True, "code": PLACE, "datatype": "singlevaluelist", "required": True,
        "datatype_description": "村（社区）代码", "order": 1, "description": "在哪个村（社区）", "values": values,
    }  # fmt: skip
    return {"service_code": code, "attributes": [attribute]}


def told_requests(
    *, numbers: Sequence[str] | None = None, codes: Sequence[str] | None = None, statuses: Sequence[str] | None = None,
    first: datetime | None = None, last: datetime | None = None, most: int = 1000, past: int = 0,
) -> list[Told]:  # fmt: skip
    """Service requests, the newest first."""
    wanted = [code for code in codes if code in services()] if codes is not None else list(services())
    found = service_requests(
        codes=wanted, numbers=numbers, stages=stages_of(statuses), first=first, last=last, most=most, past=past
    )
    return [_told(*row) for row in found]


def _told(
    number: str, code: str, stage: str, place: str, place_name: str, desk: str, asked: datetime, changed: datetime,
    due: datetime | None,
) -> Told:  # fmt: skip
    return {
        "service_request_id": number, "status": status_of(stage).value, "status_notes": state_of(stage).zh,
        "service_name": services()[code].zh, "service_code": code, "description": None, "agency_responsible": desk or None,
        "service_notice": None, "requested_datetime": written(asked), "updated_datetime": written(changed),
        "expected_datetime": written(due), "address": place_name, "address_id": place, "zipcode": None, "lat": None, "long": None,
        "media_url": None,
    }  # fmt: skip
