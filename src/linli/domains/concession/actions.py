"""Agreements with hospitals, handing out, replacing and ending cards, entering what was taken off, telling the public."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import DatabaseError, IntegrityError, transaction

from linli.base.text import tidy
from linli.domains.concession.models import Agreement, Card, Line, Term, Visit
from linli.domains.concession.queries import NAMES, agreement_of, agreements, facts_for, last_day, law, terms_of
from linli.domains.concession.rules import NOTICE, Item, Span, decide, faults_of_visit, ground_of, taken_off
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.publicity.actions import draft_notice
from linli.kernel.publicity.rules import Entry
from linli.kernel.registry.queries import area_name, organisation_by_id, person_by_id

if TYPE_CHECKING:
    from linli.kernel.publicity.models import Notice

HOLDS, CANNOT_USE = "CN001", "CN002"
OLDEST = 20  # years an agreement may have run before it is entered: older ones are slips of the pen


@action("concession.agree")
def agree(
    *, by: Actor, on: date, organisation_id: int, paper: str, since: date, percents: Mapping[Item, int]
) -> Agreement:
    """A hospital lowers parts of its bill for holders, by so many percent each.

    :raises Refused: no hospital of the register, an unlikely first day, nothing is lowered, or there is an agreement.
    """
    place = organisation_by_id(organisation_id)
    if place is None or place.kind != "hospital":
        raise Refused("请选择单位登记中的医院。", field="organisation")
    if not on.year - OLDEST <= since.year <= on.year + 1:
        raise Refused(f"协议自{since}，与今天相差太远，请对照协议核对年份。", field="since")
    if not percents:
        raise Refused("请至少填写一个优惠项目的减免比例。", field=f"percent_{Item.REGISTRATION}")
    try:
        with transaction.atomic():
            made = Agreement.objects.create(
                organisation=place, name=place.name, paper=tidy(paper)[:60], since=since, made_by_id=by.own_hand, area=by.area
            )
    except IntegrityError as fault:
        raise Refused(f"与{place.name}已有优惠协议；改变比例请先终止原协议，再登记新协议。", field="organisation") from fault
    Term.objects.bulk_create(
        [Term(agreement=made, item=item.value, percent=percent, area=made.area) for item, percent in sorted(percents.items())]
    )
    about("concession.agreement", made.pk, area=made.area)
    return made


@action("concession.agree")
def end_agreement(*, by: Actor, on: date, agreement: Agreement) -> Agreement:
    """The agreement ends with this day; papers of its days can still be entered."""
    if not Agreement.objects.filter(pk=agreement.pk, until=None, since__lte=on).update(until=on):
        raise Stale("这份协议已经终止，或还没有开始。")
    about("concession.agreement", agreement.pk, area=agreement.area)
    agreement.refresh_from_db()
    return agreement


@action("concession.issue")
def issue(*, by: Actor, on: date, person_id: int, number: str, proof: str, replaces: Card | None = None) -> Card:
    """A card is handed over to somebody in difficulty, against a signature; it runs as long as the rule of the day says.

    :raises Refused: not entitled, holds one, or the number is taken.
    """
    person = person_by_id(person_id)
    if person is None:
        raise Refused("没有找到这个人，或其不在本辖区。请先在居民查询中核对。", field="number")
    facts = facts_for(person, on)
    outcome = decide(facts, NAMES)
    if not outcome.granted:
        raise Refused(f"{person.name}不能发卡：{'；'.join(reason.zh for reason in outcome.reasons)}。", field="number")
    try:
        with transaction.atomic():
            made = Card.objects.create(
                number=tidy(number)[:30], person=person, name=person.name, sort_key=person.sort_key,
                ground=ground_of(facts.statuses), issued_on=on, expires_on=last_day(on, person.area), proof=tidy(proof)[:100],
                issued_by_id=by.own_hand, replaces=replaces, area=person.area,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused("这个卡号已经发出，请核对卡号。", field="number") from fault
    except DatabaseError as fault:
        raise _told(fault, f"{person.name}已持有有效的优惠卡，无需再发。", "number") from fault
    about("concession.card", made.pk, area=made.area)
    return made


def _told(fault: DatabaseError, words: str, field: str) -> Exception:
    state = getattr(getattr(fault.__cause__, "diag", None), "sqlstate", "")
    return Refused(words, field=field) if state in {HOLDS, CANNOT_USE} else fault


@action("concession.issue")
def replace_card(*, by: Actor, on: date, card: Card, number: str, proof: str) -> Card:
    """The card was lost: it ends, and another is handed over if the holder is still entitled."""
    _end(card, on, "lost", "遗失，补发新卡")
    return issue(by=by, on=on, person_id=card.person_id, number=number, proof=proof, replaces=card)


@action("concession.issue")
def end_card(*, by: Actor, on: date, card: Card, why: str) -> Card:
    """The card is taken back or cannot be used any more: the holder died, or is in difficulty no longer."""
    if not tidy(why):
        raise Refused("请写明停用的原因。", field="why")
    _end(card, on, "ended", tidy(why)[:200])
    about("concession.card", card.pk, area=card.area)
    card.refresh_from_db()
    return card


def _end(card: Card, on: date, state: str, why: str) -> None:
    if not Card.objects.filter(pk=card.pk, state="valid").update(state=state, ended_on=on, ended_why=why):
        raise Stale("这张优惠卡已经停用。")


@action("concession.use")
def enter_visit(
    *, by: Actor, on: date, card: Card, agreement_id: int, receipt: str, day: date, prices: Mapping[Item, int]
) -> Visit:
    """A paper of a hospital: what each part cost in fen, and by the agreement what was taken off. A paper counts once.

    :raises Refused: the card or the agreement did not run on that day, a part that the agreement does not lower, or the paper
        was entered already.
    """
    agreement = agreement_of(agreement_id)
    terms = terms_of(agreement)
    held = Span(card.issued_on, min(card.expires_on, card.ended_on or card.expires_on))
    faults = faults_of_visit(
        day=day, on=on, card=held, agreement=Span(agreement.since, agreement.until), prices=prices, terms=terms
    )
    if faults:
        raise Refused("".join(words for _, words in faults), field=faults[0][0])
    parts = [(item, price, terms[item], taken_off(price, terms[item])) for item, price in prices.items() if price]
    try:
        with transaction.atomic():
            made = Visit.objects.create(
                card=card, agreement=agreement, receipt=tidy(receipt)[:40], day=day, price=sum(price for _, price, _, _ in parts),
                reduced=sum(off for *_, off in parts), entered_on=on, entered_by_id=by.own_hand, area=card.area,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused(f"{agreement.name}的单据{tidy(receipt)}已经登记过，请核对单据号。", field="receipt") from fault
    except DatabaseError as fault:
        raise _told(fault, "优惠卡或优惠协议刚才已停用，请刷新后核对。", "day") from fault
    Line.objects.bulk_create(
        [
            Line(visit=made, item=item.value, price=price, percent=percent, reduced=off, area=made.area)
            for item, price, percent, off in parts
        ]
    )
    about("concession.visit", made.pk, area=made.area, price=made.price, reduced=made.reduced)
    return made


@action("concession.use")
def cancel_visit(*, by: Actor, on: date, visit: Visit, why: str) -> Visit:
    """A paper that was entered wrongly counts no more, and can be entered anew."""
    if not tidy(why):
        raise Refused("请写明撤销的原因。", field="why")
    words = {"state": "cancelled", "cancelled_on": on, "cancelled_why": tidy(why)[:200]}
    if not Visit.objects.filter(pk=visit.pk, state="entered").update(**words):
        raise Stale("这次就医登记已经撤销。")
    about("concession.visit", visit.pk, area=visit.area)
    visit.refresh_from_db()
    return visit


@action("concession.publish")
def draft_hospitals(*, by: Actor, on: date, contact: str) -> Notice:
    """A notice of the hospitals and what each takes off, for everybody to read; another page publishes it.

    :raises Refused: there is no agreement.
    """
    rows = [
        {"hospital": one.name, "item": item.zh, "percent": f"减免{percent}%"}
        for one in agreements(on)
        for item, percent in terms_of(one).items()
    ]
    if not rows:
        raise Refused("还没有优惠医院，暂时没有可以公布的内容。")
    name = area_name(by.area, on)
    draft = draft_notice(
        by=by, on=on, kind=NOTICE, area=by.area, area_name=name, issuer=f"{name}慈善总会", contact=contact,
        entries=[Entry("", row) for row in rows], term=law().on("concession.notice", on, by.area).term,
    )  # fmt: skip
    about("concession.agreement", "all", area=by.area, notice=draft.pk)
    return draft


