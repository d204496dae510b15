"""Taking an item at a counter: the case, the receipt, the papers that stay, and what is missing, told once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from linli.base.areas import Level, level_of
from linli.base.days import official_calendar
from linli.base.masking import mask_phone
from linli.domains.hall.actions.agency import give_mandate
from linli.domains.hall.models import Custody, Handling, Telling
from linli.domains.hall.queries import catalogue, item_on
from linli.domains.hall.rules import COUNTERS, Act, Channel, Item, Kept, Told, promised_on
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.cases.actions import ask_papers, open_case, pass_step
from linli.kernel.cases.queries import cases, missing_papers
from linli.kernel.cases.rules import Received
from linli.kernel.registry.queries import keyring, person_by_id
from linli.kernel.registry.rules import read_phone, seal_phone

if TYPE_CHECKING:
    from linli.kernel.registry.models import Person


@dataclass(frozen=True, slots=True)
class Mandating:
    """An agent who is to carry the item: what for, until when, on which paper."""

    agent_id: int
    acts: tuple[Act, ...]
    until: date
    proof: str


@action("hall.take")
def take(
    *, by: Actor, on: date, person_id: int, code: str, papers: Collection[str], phone: str, channel: Channel = Channel.COUNTER,
    ended: bool = False, agent: Mandating | None = None, bundle: str = "", first: Handling | None = None,
) -> Handling:  # fmt: skip
    """Somebody asks for an item. ``papers``: keys of what was brought. ``ended``: it was done while the person waited.

    What is missing is told at once and completely, and the clock waits for it (行政许可法 §32); else the case goes on: to
    its end where this counter may end it, up to the next level where not.

    :raises Refused: this counter does not take the item, the person asks for the same already, or nobody could be called.
    """
    item, person = _item(by, code, on), _person(person_id, on)
    number = _phone(phone)
    if again := cases(flow=item.flow, state="open").filter(person=person).first():
        raise Refused(f"{person.name}的{item.zh}正在办理（{again.number}），不用重复受理。")
    needed = {paper.key: paper for paper in item.asked}
    if unknown := set(papers) - needed.keys():
        raise LookupError(f"the item {code} has no papers {sorted(unknown)}")
    level = Level(level_of(by.area))
    here = person.area if by.covers(person.area) else by.area
    case = open_case(
        by=by, on=on, flow=item.flow, title=f"{person.name}的{item.zh}", area=here, person_id=person.pk,
        step=COUNTERS[level], facts={"item": code, "version": item.version, "hall": by.area},
        papers=[Received(key, original=needed[key].kept is not Kept.COPY) for key in needed if key in papers],
        opinion=channel.zh,
    )  # fmt: skip
    sealed = seal_phone(keyring(), number)
    made = Handling.objects.create(
        case=case, number=f"{on:%y%m}{case.pk:07d}", item=item.code, version=item.version, zh=item.zh, window=item.window.key,
        hall=by.area, channel=channel, person=person, name=person.name, sort_key=person.sort_key, phone_sealed=sealed.sealed,
        phone_digest=sealed.digest, phone_shown=mask_phone(number), taken_by_id=by.own_hand, taken_on=on,
        promised_on=promised_on(item, on, official_calendar(), level), agency=agent is not None, bundle=bundle, first=first,
        area=here,
    )  # fmt: skip
    keep(made, item, papers, by, on)
    if agent is not None:
        give_mandate(
            by=by, on=on, handling=made, agent_id=agent.agent_id, acts=agent.acts, until=agent.until, proof=agent.proof
        )
    _go_on(by, on, made, item, ended)
    about("hall.handling", made.pk, area=here, item=code, case=case.pk)
    made.refresh_from_db()
    return made


@action("hall.take")
def take_bundle(
    *, by: Actor, on: date, person_id: int, key: str, codes: Sequence[str], papers: Collection[str], phone: str,
    agent: Mandating | None = None,
) -> list[Handling]:  # fmt: skip
    """One thing of life: one form, and each of its items taken by itself, with its own receipt and clock; all or none.

    ``codes``: those of its items that are wanted. ``papers``: what was brought, once for all of them.
    """
    bundle = next((one for one in catalogue().bundles if one.key == key), None)
    if bundle is None:
        raise LookupError(f"there is no bundle {key}")
    wanted = [code for code in bundle.codes if code in codes]
    if len(wanted) < 2:
        raise Refused("一件事至少选两个事项；只办一项的，请直接受理该事项。", field="codes")
    made: list[Handling] = []
    words: dict[str, Any] = {}
    for code in wanted:
        mine = {paper.key for paper in _item(by, code, on).asked} & set(papers)
        head = made[0] if made else None
        words = {"agent": agent, "bundle": key, "first": head}
        made.append(take(by=by, on=on, person_id=person_id, code=code, papers=mine, phone=phone, **words))
    about("hall.handling", made[0].pk, area=made[0].area, bundle=key, items=wanted)
    return made


def _item(by: Actor, code: str, on: date) -> Item:
    item = item_on(code, on)
    if item is None:
        raise Refused("目录中没有这个事项，或者它已经停办。", field="item")
    level = Level(level_of(by.area))
    if not item.taken_at(level):
        taken = "、".join(f"{one.zh}大厅" for one in sorted(item.taken, reverse=True))
        raise Refused(f"{item.zh}由{taken}受理，请告知申请人到那里办理。")
    if item.handler is not None:
        raise Refused(f"{item.zh}按“{item.handler.zh}”受理，一户（人）只有一份申请。请在人员页受理，不要另收一件。", field="item")
    return item


def _person(person_id: int, on: date) -> Person:
    person = person_by_id(person_id)
    if person is None:
        raise Refused("没有找到这个人，或其不住在本辖区。", field="person")
    if person.died_on and person.died_on <= on:
        raise Refused(f"{person.name}已登记死亡，不能作为申请人。请由亲属申请。", field="person")
    return person


def _phone(text: str) -> str:
    try:
        number = read_phone(text)
    except ValueError as fault:
        raise Refused(str(fault), field="phone") from fault
    if not number:
        raise Refused("请填写联系电话，补正材料和领取结果时要告知申请人。", field="phone")
    return number


def keep(one: Handling, item: Item, keys: Iterable[str], by: Actor, on: date) -> None:
    """Enter what stays with us: originals and copies, not what was only shown."""
    left = [paper for paper in item.asked if paper.key in keys and paper.kept is not Kept.SHOWN]
    words = {"handling": one, "received_on": on, "received_by_id": by.own_hand, "area": one.area}
    Custody.objects.bulk_create(
        Custody(key=paper.key, name=paper.zh, kept=paper.kept, copies=paper.copies, **words) for paper in left
    )


def _go_on(by: Actor, on: date, one: Handling, item: Item, ended: bool) -> None:
    if missing := [paper.key for paper in missing_papers(one.case)]:
        ask_papers(by=by, on=on, case=one.case, papers=missing, opinion="一次性告知")
        _told_here(one, by, on)
        return
    own = item.spot and level_of(by.area) <= item.decided
    if own and not ended:
        return
    pass_step(by=by, on=on, case=one.case, opinion="当场办结。" if own else "材料齐全，予以受理。")
    if own:
        Handling.objects.filter(pk=one.pk).update(spot=True, result_on=on, result_to=one.name)
        _told_here(one, by, on)


def _told_here(one: Handling, by: Actor, on: date) -> None:
    """Whoever stands at the counter gets the words on paper with the receipt."""
    Telling.objects.filter(handling=one, told_on=None).update(told_on=on, how=Told.PAPER, told_by_id=by.own_hand)
