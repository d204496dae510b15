"""Asking for help on the web, without an account, and what the community does with it."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.db import connections

from linli.base.text import tidy
from linli.domains.assistance.models import Wish
from linli.domains.assistance.queries.applications import applications
from linli.domains.assistance.queries.wishes import PUBLIC, wish_phone
from linli.domains.assistance.rules import WishState
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Renewed, Stale
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import PHONE, read_phone, seal_phone

WISH, LETTERS, AT_ONCE = "assistance.wish", "23456789ABCDEFGHJKMNPQRSTUVWXYZ", 2000


def ask_on_web(
    *, on: date, place: str, name: str, phone: str, address: str, text: str, agent: str = "", agent_tie: str = "",
    using: str = PUBLIC,
) -> str:  # fmt: skip
    """A family, or somebody for it, asks to be taken up; gives the number by which it can follow.

    :raises Refused: the same telephone has asked and was not answered yet, or only half of an agent is named.
    """
    if bool(agent.strip()) != bool(agent_tie.strip()):
        raise Refused("替别人申请的，您的姓名和与申请人的关系应同时填写。", field="agent")
    bare = read_phone(phone)
    sealed, number = seal_phone(keyring(), bare), "".join(secrets.choice(LETTERS) for _ in range(10))
    given: list[Any] = [
        number, place, tidy(name)[:50], sealed.sealed, sealed.digest, keyring().keyed_hashes(bare, PHONE), tidy(address)[:200],
        tidy(agent)[:50], tidy(agent_tie)[:30], tidy(text)[:500], on,
    ]  # fmt: skip
    with connections[using].cursor() as cursor:
        cursor.execute(f"select bulletin.assistance_wish({', '.join(['%s'] * len(given))})", given)
        if not cursor.fetchone()[0]:
            raise Refused("这个电话已提出过申请，工作人员会尽快与您联系；急需帮助的，请拨打服务热线。", field="phone")
    return number


@action("assistance.apply")
def answer_wish(*, by: Actor, on: date, wish: Wish, case: str = "", answer: str = "") -> Wish:
    """The community says what became of a wish: the application that was taken for it, or why none was.

    :raises Refused: neither or both are said, or there is no such application since.
    """
    if bool(case.strip()) == bool(answer.strip()):
        raise Refused("请填写已受理的案件编号，或者写明没有受理的原因，二者填一项。", field="case")
    words: dict[str, Any] = {"state": WishState.DECLINED.value, "answer": tidy(answer)[:300]}
    if case.strip():
        found = applications(words=case.strip()).filter(case__number=case.strip(), applied_on__gte=wish.since).first()
        if found is None:
            raise Refused(f"没有{wish.since}以后受理的案件“{case.strip()}”，请核对编号。", field="case")
        words = {"state": WishState.TAKEN.value, "application": found}
    if not Wish.objects.filter(pk=wish.pk, state="open").update(**words, answered_on=on, by_id=by.staff_id):
        raise Stale("这份网上申请刚才已经答复，请刷新后再看。")
    about(WISH, wish.pk, area=wish.area, state=words["state"])
    wish.refresh_from_db()
    return wish


@action("access.renew_seals")
def renew_wish_phones(*, by: Actor, on: date, after: int = 0) -> Renewed:
    """The numbers that older keys sealed, behind the row ``after``."""
    seen = list(Wish.objects.filter(pk__gt=after).order_by("pk")[:AT_ONCE])
    old = [one for one in seen if not keyring().is_current(bytes(one.phone_sealed))]
    for one in old:
        sealed = seal_phone(keyring(), wish_phone(one))
        Wish.objects.filter(pk=one.pk).update(phone_sealed=sealed.sealed, phone_digest=sealed.digest)
    about(WISH, keyring().current, area=by.area, wishes=len(old))
    return Renewed(len(old), seen[-1].pk if len(seen) == AT_ONCE else None)
