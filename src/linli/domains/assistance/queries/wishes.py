"""What families asked for on the web: for the community, and for whoever holds number and telephone."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db import connections
from django.db.models import QuerySet

from linli.domains.assistance.models import Wish
from linli.domains.assistance.rules.wishes import ENDED, STEPS, WishState
from linli.kernel.access.rules import Refused
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import PHONE, read_phone

PUBLIC = "public"


def wishes(*, state: str = "") -> QuerySet[Wish]:
    """What was asked for in the present scope, the newest first."""
    rows = Wish.objects.select_related("application__case").order_by("-id")
    return rows.filter(state=state) if state else rows


def wish_of(wish_id: int) -> Wish:
    found = wishes().filter(pk=wish_id).first()
    if found is None:
        raise Refused("没有这份网上申请，或它不在本辖区内。")
    return found


def wish_phone(one: Wish) -> str:
    """The telephone in clear."""
    return keyring().open(bytes(one.phone_sealed), PHONE)


def public_places(on: date) -> list[tuple[str, str]]:
    """Communities and villages as (code, name with the town's), by the public's connection."""
    return [(code, name) for code, name in _told("assistance_places", on)]


def public_progress(number: str, phone: str) -> list[tuple[str, str]] | None:
    """What became of a wish, as lines of words; None where number and telephone do not fit."""
    found = _told("assistance_asked", number, keyring().keyed_hashes(read_phone(phone), PHONE))
    if found is None:
        return None
    lines = [("提交日期", found["since"]), ("状态", WishState(found["state"]).zh)]
    if found["case"]:
        done = ENDED.get(found["outcome"], "")
        lines += [("案件编号", found["case"]), ("办到哪一步", done or STEPS.get(found["step"], "办理中"))]
        lines += [("决定日期", found["decided"])] if found["decided"] else []
    return [*lines, ("答复", found["answer"])] if found["answer"] else lines


def _told(function: str, *given: Any) -> Any:
    with connections[PUBLIC].cursor() as cursor:
        cursor.execute(f"select bulletin.{function}({', '.join(['%s'] * len(given))})", list(given))
        row = cursor.fetchone()[0]
    return json.loads(row) if isinstance(row, str) else row
