"""Asking for help on the web, without an account, and what the community does with it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.base.masking import holds_number
from linli.base.text import tidy
from linli.domains.assistance.actions.applications import apply
from linli.domains.assistance.models import Application, Wish
from linli.domains.assistance.queries.applications import helped_by
from linli.domains.assistance.queries.wishes import PUBLIC, applicant_of, code_of, to_forget, wish_identity, wish_phone
from linli.domains.assistance.rules.wishes import DIGITS, LETTERS, LONGEST, OPEN_MOST, PER_HOUR, PER_PHONE, Decline, WishState
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Renewed, Stale
from linli.kernel.publicity.actions import take_turn
from linli.kernel.publicity.queries import ask_public, phone_digests
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import NUMBER, read_phone, seal_number, seal_phone

WISH, AT_ONCE = "assistance.wish", 2000
NEVER = "申请很久没有受理，填写的内容已经清除；需要救助的，请重新申请或者到村（社区）当面申请。"
GONE = {
    "name": "", "address": "", "agent": "", "agent_tie": "", "text": "", "identity_sealed": None, "identity_digest": None,
    "phone_sealed": None, "phone_digest": None,
}  # fmt: skip
ANSWERED = "这份网上申请刚才已经受理或者答复，请刷新后再看。"
REFUSALS = {
    "place": ("没有这个村（社区），请重新选择。", "place"),
    "open": (
        "这位申请人用这个电话提出的申请正在等待受理，不用再提。要补充情况，请在工作人员联系您时说明；查进度请用提交时给的编号。",
        "phone",
    ),
    "many": ("这个电话提出的申请已经很多，正在等待受理。请先等答复，或者到村（社区）当面申请。", "phone"),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What the sender is told: the number, and the code that opens its way beside the telephone."""

    number: str
    code: str


def ask_on_web(
    *, on: date, place: str, name: str, identity: str, phone: str, home: str, text: str, agent: str = "", agent_tie: str = "",
    address: str = "", using: str = PUBLIC,
) -> Sent:  # fmt: skip
    """A family, or somebody for it, asks to be taken up; the same once more is the same wish.

    ``address``: the network address, counted and not kept; what is made up for a demo has none.

    :raises Refused: no such community; the same waits with other words; too many from there or under this telephone.
    """
    if address:
        take_turn(on=on, address=address, per_hour=PER_HOUR, page="assistance.ask")
        take_turn(on=on, address=f"phone {phone}", per_hour=PER_PHONE, page="assistance.ask")
    bare, keys = read_phone(phone), keyring()
    known, called = seal_number(keys, identity), seal_phone(keys, bare)
    number = ask_public(
        "assistance_wish", "".join(secrets.choice(LETTERS) for _ in range(DIGITS)), place, tidy(name)[:50], known.sealed,
        known.digest, keys.keyed_hashes(identity, NUMBER), called.sealed, called.digest, phone_digests(bare), tidy(home)[:200],
        tidy(agent)[:50], tidy(agent_tie)[:30], text.strip()[:LONGEST], on, OPEN_MOST, using=using,
    )  # fmt: skip
    if number in REFUSALS:
        said, field = REFUSALS[number]
        raise Refused(said, field=field)
    return Sent(number, code_of(number))


@action("assistance.answer")
def reveal_wish(*, by: Actor, on: date, wish: Wish) -> tuple[str, str]:
    """Identity number and telephone in clear; the look is a line in the trail, with the application as its purpose."""
    about(WISH, wish.pk, area=wish.area, purpose=f"办理网上申请{wish.number}")
    return wish_identity(wish), wish_phone(wish)


@action("assistance.answer")
def take_wish(*, by: Actor, on: date, wish: Wish, words: Mapping[str, Any]) -> Application:
    """It becomes an application like one at the door, and its number tells who sent it how far that is.

    Where the family applied meanwhile, at the door or at the hall, the number leads to that application.

    :raises Refused: the registry does not know the applicant here, or the application cannot be taken. Nothing has changed then.
    """
    one = _open(wish)
    person = applicant_of(one)
    if person is None:
        raise Refused("居民登记中还没有这位申请人，请先登记人员，再回来受理。")
    former = helped_by([person.pk])
    made = former if former and former.state == "open" else apply(by=by, on=on, person_id=person.pk, **words)
    _answer(one, by, on, WishState.TAKEN, application=made)
    return made


@action("assistance.answer")
def decline_wish(*, by: Actor, on: date, wish: Wish, reason: Decline, said: str, ask: str) -> None:
    """It does not become an application; the applicant reads why, and whom to ask."""
    one = _open(wish)
    if holds_number(said):
        raise Refused("说明是给申请人看的，请不要写身份证号、电话或账号；联系电话写在“向谁咨询”里。", field="said")
    told = f"{reason.zh}。{said.strip()}".rstrip("。") + f"。有疑问请问：{tidy(ask)}。"
    _answer(one, by, on, WishState.DECLINED, answer=told[:300])


def _open(wish: Wish) -> Wish:
    """The row, locked. :raises Stale: somebody was quicker."""
    one = Wish.objects.select_for_update().filter(pk=wish.pk, state=WishState.OPEN).first()
    if one is None:
        raise Stale(ANSWERED)
    return one


def _answer(one: Wish, by: Actor, on: date, state: WishState, **words: Any) -> None:
    """The identity number has done its work."""
    gone = {"identity_sealed": None, "identity_digest": None}
    Wish.objects.filter(pk=one.pk).update(state=state, answered_on=on, by_id=by.own_hand, **gone, **words)
    about(WISH, one.pk, area=one.area, state=state.value)


@action("assistance.forget")
def forget_wishes(*, by: Actor, on: date) -> int:
    """What is long over keeps number, days and outcome, and nothing of the family (个人信息保护法 §19, §47).

    Of an answer its reason stays. What nobody ever answered ends with it: who still needs help applies again.
    """
    rows = list(to_forget(on, by.area).select_for_update(of=("self",))[:AT_ONCE])
    for one in rows:
        words: dict[str, Any] = {"answer": one.answer.split("。")[0] + "。"} if one.answer else {}
        if one.state == WishState.OPEN:
            words = {"state": WishState.DECLINED, "answer": NEVER, "answered_on": on}
        Wish.objects.filter(pk=one.pk).update(forgotten_on=on, **GONE, **words)
    about(WISH, "forgotten", area=by.area, gone=len(rows))
    return len(rows)


@action("access.renew_seals")
def renew_wishes(*, by: Actor, on: date, after: int = 0) -> Renewed:
    """The numbers that older keys sealed, behind the row ``after``."""
    seen, keys = list(Wish.objects.filter(pk__gt=after, forgotten_on=None).order_by("pk")[:AT_ONCE]), keyring()
    old = [one for one in seen if one.phone_sealed and not keys.is_current(bytes(one.phone_sealed))]
    for one in old:
        known, called = seal_number(keys, wish_identity(one)), seal_phone(keys, wish_phone(one))
        Wish.objects.filter(pk=one.pk).update(
            phone_sealed=called.sealed, phone_digest=called.digest, identity_sealed=known.sealed, identity_digest=known.digest
        )
    about(WISH, keys.current, area=by.area, wishes=len(old))
    return Renewed(len(old), seen[-1].pk if len(seen) == AT_ONCE else None)
