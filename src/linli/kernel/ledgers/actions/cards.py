"""Cards: handing one over for a promised sum, buying with it, losing it, and settling with the shops.

What is bought moves the promise from the family to the shop (应付救助 → 应付超市), so that the books hold the balance of a card:
no more can be bought than was promised, however many tills ask at once.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from linli.base.money import show_yuan
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale
from linli.kernel.ledgers.actions.posting import post, refusing
from linli.kernel.ledgers.models import Account, Card, CardUse, Fund, PaymentOrder, Posting
from linli.kernel.ledgers.queries import account_of, cash_of, order_of, shares_of, shop_account
from linli.kernel.ledgers.queries.cards import card_of
from linli.kernel.ledgers.rules import (
    PAYABLE,
    SHOPS,
    AccountKind,
    CardEnd,
    Cost,
    Entry,
    OrderState,
    PostingKind,
    use_fault,
)
from linli.kernel.registry.queries import organisation_by_id


@action("ledgers.card")
def issue_card(*, by: Actor, on: date, order: PaymentOrder, number: str, expires_on: date, proof: str) -> Card:
    """Hand a card over for an order that is ready to be paid; from then on it is used up, not paid in money.

    :raises Refused: the number is taken, nobody signed, the order is not ready, or several funds share in it.
    """
    PaymentOrder.objects.select_for_update().get(pk=order.pk)
    standing = order_of(order.pk)
    if standing.state != OrderState.READY.value:  # type: ignore[attr-defined]
        raise Refused(f"这笔救助的状态是“{OrderState(standing.state).zh}”，不能发卡。", field="order")  # type: ignore[attr-defined]
    if list(shares_of(order, AccountKind.PAYABLE).values()) != [order.amount]:
        raise Refused("救助卡须由同一账簿的一项资金承担，请由区级办理。")
    return _hand_over(by, on, order, number, order.amount, expires_on, proof, None)


@action("ledgers.card")
def replace_card(*, by: Actor, on: date, card: Card, number: str, proof: str) -> Card:
    """A new card for a lost one: what was left is on it, the last day of use stays."""
    _with_sums(card)
    if card.ended_why != CardEnd.LOST.value:
        raise Refused("只有已挂失的卡可以补卡，请先办理挂失。")
    if Card.objects.filter(order=card.order_id, ended_on=None).exists():
        raise Refused("这张卡已经补过，无需再次办理。")
    left = sum(shares_of(card.order, AccountKind.PAYABLE).values())
    if not left:
        raise Refused("原卡已没有余额，无需补卡。")
    return _hand_over(by, on, card.order, number, left, max(card.expires_on, on), proof, card)


def _hand_over(
    by: Actor, on: date, order: PaymentOrder, number: str, value: int, expires_on: date, proof: str, former: Card | None
) -> Card:
    if not proof.strip():
        raise Refused("请填写签领凭据，例如“本人签领，领卡登记第3页”。", field="proof")
    if expires_on < on:
        raise Refused("有效期不能早于今天，请修改。", field="expires_on")
    if Card.objects.filter(number=number).exists():
        raise Refused(f"卡号“{number}”已经发出，请核对卡面。", field="number")
    try:
        with transaction.atomic():
            card = Card.objects.create(
                number=number, order=order, value=value, issued_on=on, expires_on=expires_on, proof=proof.strip()[:120],
                replaces=former, staff_id=by.staff_id or None, area=order.area,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused("这个卡号已经发出，或这户已有一张在用的卡，请核对。", field="number") from fault
    about("ledgers.card", card.pk, area=card.area, order=order.pk, value=value)
    return card


@action("ledgers.card")
def use_card(*, by: Actor, on: date, card: Card, shop: int, amount: int, receipt: str, bought: str = "") -> CardUse:
    """Something was bought with the card: the promise moves from the family to the shop.

    :raises Refused: ended, expired, more than is left, paid by another office's books, no such shop, or the shop's receipt was
        entered.
    """
    if amount <= 0:
        raise Refused("金额应大于0，请修改。", field="amount")
    seller = organisation_by_id(shop)
    if seller is None:
        raise Refused("没有这个商户，请先在单位登记中登记。", field="shop")
    if CardUse.objects.filter(shop=seller, receipt=receipt).exists():
        raise Refused("这张小票已经登记，请核对小票号。", field="receipt")
    PaymentOrder.objects.select_for_update().get(pk=card.order_id)  # one till after the other: the later one is told what is left
    now = _with_sums(card)
    if fault := use_fault(left=now.left, amount=amount, on=on, expires_on=now.expires_on, ended=now.ended_on is not None):
        raise Refused(fault, field="amount")
    (fund_id,) = shares_of(card.order, AccountKind.PAYABLE)
    fund = Fund.objects.get(pk=fund_id)
    owed, debt = account_of(fund.book, PAYABLE), _shop_account(fund, seller.pk, seller.name)
    entries = [
        Entry(owed.pk, fund.pk, amount, order=card.order_id),
        Entry(debt.pk, fund.pk, -amount, party=f"registry.Organisation:{seller.pk}"),
    ]
    with refusing(entries):
        posting = post(
            by=by, on=on, at=fund, kind=PostingKind.CARD_USE, reference=f"card:{seller.pk}:{receipt}", entries=entries,
            memo=f"{seller.name}小票{receipt}", source=f"ledgers.card:{card.pk}",
        )  # fmt: skip
        use = CardUse.objects.create(
            card=card, posting=posting, shop=seller, amount=amount, bought=bought[:200], receipt=receipt, day=on,
            staff_id=by.staff_id or None, area=card.area,
        )  # fmt: skip
    about("ledgers.card", card.pk, area=card.area, amount=amount)
    return use


@action("ledgers.card")
def lose_card(*, by: Actor, on: date, card: Card, note: str) -> Card:
    """The card was lost: nothing can be bought with it any more; what is left waits for a new card."""
    return _end(by, on, card, CardEnd.LOST, note)


@action("ledgers.card")
def withdraw_card(*, by: Actor, on: date, card: Card, note: str) -> Card:
    """The last day of use is over: the card is taken in, and what is left on it is free for others again.

    :raises Refused: it can still be used, or another office's books pay it.
    """
    _with_sums(card)
    if on <= card.expires_on:
        raise Refused(f"这张卡的有效期至{card.expires_on}，到期后才能收回余额。")
    ended = _end(by, on, card, CardEnd.EXPIRED, note)
    release_rest(by=by, on=on, order=card.order, reason=f"救助卡{card.number}到期收回")
    return ended


def _with_sums(card: Card) -> Any:
    """The card with what is left on it. :raises Refused: that stands in another office's books, whose own people use it."""
    now: Any = card_of(card.pk)
    if not now.in_sight:
        raise Refused("这张卡的资金记在其他单位的账簿里，请由记账的单位办理。", field="number")
    return now


def release_rest(*, by: Actor, on: date, order: PaymentOrder, reason: str) -> int:
    """Take back what an order with a card still promises: 应付 against 支出. How much (fen)."""
    shares = shares_of(order, AccountKind.PAYABLE)
    for fund in Fund.objects.filter(pk__in=shares).order_by("pk"):
        owed, spent = account_of(fund.book, PAYABLE), account_of(fund.book, Cost(order.cost).code)
        part = shares[fund.pk]
        entries = [
            Entry(owed.pk, fund.pk, part, order=order.pk),
            Entry(spent.pk, fund.pk, -part, purpose=order.purpose_id, order=order.pk),
        ]
        post(
            by=by, on=on, at=fund, kind=PostingKind.RELEASE, reference=f"release:{order.pk}:{fund.pk}", memo=reason[:200],
            entries=entries, source=order.source,
        )  # fmt: skip
    return sum(shares.values())


def end_card_of(*, by: Actor, on: date, order: PaymentOrder, reason: str) -> bool:
    """Aid that is withdrawn: the family's card ends with it. Whether the order has a card at all."""
    held = Card.objects.filter(order=order)
    if not held.exists():
        return False
    for card in held.filter(ended_on=None):
        _end(by, on, card, CardEnd.CANCELLED, reason)
    return True


def _end(by: Actor, on: date, card: Card, why: CardEnd, note: str) -> Card:
    if not note.strip():
        raise Refused("请填写原因。", field="note")
    changed = Card.objects.filter(pk=card.pk, ended_on=None).update(ended_on=on, ended_why=why.value, note=note.strip()[:200])
    if not changed:
        raise Stale("这张卡已经停用，无需再次办理。")
    about("ledgers.card", card.pk, area=card.area, ended=why.value)
    card.refresh_from_db()
    return card


@action("ledgers.spend")
def settle_shop(*, by: Actor, on: date, fund: Fund, shop: int, amount: int, reference: str) -> Posting:
    """Pay a shop what was bought with cards, from the bank; never more than is owed to it.

    :raises Refused: nothing or less is owed, or the voucher was entered.
    """
    if amount <= 0:
        raise Refused("金额应大于0，请修改。", field="amount")
    debt = shop_account(fund.book, shop)
    if debt is None:
        raise Refused("没有应付这个商户的款项。", field="shop")
    owed = -sum(debt.balances.filter(fund=fund).values_list("amount", flat=True))
    if amount > owed:
        raise Refused(f"应付该商户 {show_yuan(owed)} 元，结算金额不能超过它。", field="amount")
    bank = cash_of(fund)
    entries = [
        Entry(debt.pk, fund.pk, amount, party=f"registry.Organisation:{shop}"), Entry(bank.pk, fund.pk, -amount)
    ]  # fmt: skip
    posting = post(
        by=by, on=on, at=fund, kind=PostingKind.SETTLE, reference=f"settle:{reference}", memo=f"与{debt.name}结算",
        entries=entries, source=f"ledgers.shop:{shop}",
    )  # fmt: skip
    about("ledgers.posting", posting.pk, area=fund.area, amount=amount)
    return posting


def _shop_account(fund: Fund, shop: int, name: str) -> Account:
    found = shop_account(fund.book, shop)
    if found is None:
        words = {"name": f"应付账款（{name}）"[:80], "kind": AccountKind.PAYABLE.value, "place": f"registry.Organisation:{shop}"}
        Account.objects.bulk_create(
            [Account(book=fund.book, area=fund.area, code=f"{SHOPS}-{shop}", **words)], ignore_conflicts=True
        )
        found = shop_account(fund.book, shop)
    if found is None:
        raise Forbidden("这项资金属于其他单位的账簿，不能由本岗位记账。")
    return found
