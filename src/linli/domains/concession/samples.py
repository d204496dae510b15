"""Hospitals, cards and their uses for tests and the demo, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from linli.domains.concession import actions, queries
from linli.domains.concession.rules import Item
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, DemoPlan, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, demo_actor, make_founders, make_staff
from linli.kernel.publicity.actions import publish
from linli.kernel.registry.actions import recognise_status, register_organisation
from linli.kernel.registry.queries import organisations
from linli.kernel.registry.samples import make_areas, make_person

DAY = date(2010, 12, 20)
PERCENTS = {Item.REGISTRATION: 100, Item.CHECK: 20, Item.BED: 50, Item.SURGERY: 15}


@dataclass(frozen=True)
class Desk:
    """The people around the cards."""

    worker: Actor
    clerk: Actor


def make_desk() -> Desk:
    """A community and the federation's clerk."""
    founders = make_founders()
    make_areas(founders[0])
    people = {
        "worker": ("li", "李社工", Role.COMMUNITY_WORKER, "370404001001"),
        "clerk": ("zhou", "周慈善", Role.FEDERATION_CLERK, DISTRICT),
    }
    return Desk(**{key: make_staff(*words, on=FIRST_DAY, founders=founders) for key, words in people.items()})


def make_agreement(desk: Any, on: date = DAY, name: str = "峄城区中医院", **words: Any) -> Any:
    """A hospital of the register that lowers four parts of the bill since a year."""
    place = register_organisation(by=desk.worker, on=on, name=name, kind="hospital", area=desk.worker.area)
    usual = {"paper": "峄慈医〔2010〕1号", "since": on - timedelta(days=365), "percents": PERCENTS}
    return actions.agree(by=desk.clerk, on=on, organisation_id=place.pk, **(usual | words))


def make_holder(desk: Any, kind: str = "dibao", name: str = "赵持卡", on: date = DAY) -> Any:
    """Somebody of the community with a status if any, who has no card yet."""
    person = make_person(desk.worker, name=name, area=desk.worker.area)
    if kind:
        grade = {"dibao": "urban", "tekun": "home"}.get(kind, "")
        recognise_status(by=desk.worker, on=on, person_id=person.pk, kind=kind, grade=grade, since=FIRST_DAY, source="sample")
    return person


def make_card(desk: Any, person: Any = None, number: str = "YH-0001", on: date = DAY) -> Any:
    """A card in the hand of somebody who is entitled."""
    person = person or make_holder(desk)
    made = actions.issue(by=desk.clerk, on=on, person_id=person.pk, number=number, proof="本人签领，领卡登记第1页")
    with scoped(desk.clerk):
        return queries.card_of(made.pk, on)


def make_visit(desk: Any, card: Any, agreement: Any, receipt: str = "MZ-1", day: date = DAY, on: date = DAY, **prices: int):
    """A paper of 10 yuan for registration and 333.33 for examinations, of which 10 and 66.66 are taken off."""
    given = {Item(key): price for key, price in (prices or {"registration": 10_00, "check": 333_33}).items()}
    with scoped(desk.clerk):
        return actions.enter_visit(
            by=desk.clerk, on=on, card=card, agreement_id=agreement.pk, receipt=receipt, day=day, prices=given
        )


def make_concession_files(desk: Any, number: int, on: date) -> None:
    """A hospital, a card with a use, one whose holder is entitled no longer, and somebody without; ``number`` tells two apart."""
    mark = "一二三四五"[number - 1]
    agreement = make_agreement(desk, on, f"第{number}优惠医院")
    card = make_card(desk, make_holder(desk, name=f"卡{mark}甲", on=on), f"YH-{number}1", on)
    make_visit(desk, card, agreement, f"MZ-{number}", on, on)
    make_card(desk, make_holder(desk, name=f"卡{mark}乙", on=on), f"YH-{number}2", on)
    make_holder(desk, name=f"卡{mark}丙", on=on)


def demo_concession(plan: DemoPlan) -> None:
    """Two hospitals, told to the public; some cards with their uses, one lost and replaced; others are entitled and wait."""
    clerk = demo_actor("federation", plan.on)
    day = plan.on - timedelta(days=60)
    with scoped(clerk):
        places = list(organisations(day, kind="hospital").order_by("id")[:2])
        people = list(queries.without_card(day)[:6])
    lowered = (PERCENTS, {Item.REGISTRATION: 100, Item.CHECK: 10, Item.NURSING: 30})
    agreed = [
        actions.agree(
            by=clerk, on=day, organisation_id=place.pk, paper=f"峄慈医〔{day.year}〕{rank}号", since=day, percents=terms
        )
        for rank, (place, terms) in enumerate(zip(places, lowered, strict=False), 1)
    ]  # fmt: skip
    words = {"proof": "本人签领，领卡登记第1页"}
    cards = [
        actions.issue(by=clerk, on=day, person_id=person.pk, number=f"YH{day.year}-{rank:04d}", **words)
        for rank, person in enumerate(people, 1)
    ]  # fmt: skip
    desk = Desk(clerk, clerk)
    for rank, card in enumerate(cards[:4] if agreed else ()):
        then = day + timedelta(days=10 * (rank + 1))
        prices = {"registration": 10_00, "check": 286_50 + rank * 40_00}
        make_visit(desk, card, agreed[rank % len(agreed)], f"{then:%Y%m%d}-{rank + 17}", then, then, **prices)
    if cards:
        actions.replace_card(by=clerk, on=plan.on - timedelta(days=9), card=cards[-1], number=f"YH{day.year}-9001", **words)
    if agreed:
        shown = plan.on - timedelta(days=3)
        publish(by=clerk, on=shown, notice=actions.draft_hospitals(by=clerk, on=shown, contact="区慈善总会办公室"))
