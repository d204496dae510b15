"""Goods counted in pieces: given or bought, moved between stores, handed out, taken back. Every movement has its slip."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from linli.base.money import show_yuan
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.ledgers.actions.orders import order_payment
from linli.kernel.ledgers.actions.posting import post, refusing
from linli.kernel.ledgers.models import Account, Fund, Goods, Posting, Slip
from linli.kernel.ledgers.queries import account_of, other_stores
from linli.kernel.ledgers.rules import ISSUED, STORE, SUPPLY, Entry, PostingKind, Receiver, SlipKind
from linli.kernel.registry.queries import organisation_by_id, room_by_id


@action("ledgers.goods")
def bring_in_goods(
    *, by: Actor, on: date, fund: Fund, goods: str, pieces: int, reference: str, memo: str, store: str = STORE,
    source: str = "", party: str = "",
) -> Posting:  # fmt: skip
    """Given goods have come into the store with the code ``store``; ``fund`` is whose gift they are.

    :raises Refused: the number is not above zero, or the reference was used.
    """
    into = account_of(fund.book, store)
    origin = account_of(fund.book, SUPPLY)
    entries = [Entry(into.pk, fund.pk, pieces, goods), Entry(origin.pk, fund.pk, -pieces, goods, party=party)]
    slip = post_slip(
        by=by, on=on, fund=fund, store=into, goods=goods, pieces=pieces, kind=SlipKind.GIFT, posting=PostingKind.GOODS_IN,
        entries=entries, reference=reference, memo=memo, source=source,
    )  # fmt: skip
    return slip.posting


@action("ledgers.goods")
def buy_goods(
    *, by: Actor, on: date, fund: Fund, goods: str, pieces: int, price: int, supplier: int, purpose: str, reference: str,
    store: str = STORE, note: str = "",
) -> Slip:  # fmt: skip
    """Bought goods have come into the store; the supplier is to be paid ``pieces`` × ``price`` fen from the fund.

    The payment order goes the way of all orders (对公转账): batch, second person, proof.

    :raises Refused: no such supplier, a number not above zero, the fund has too little or may not be spent on the purpose.
    """
    _above_zero(pieces)
    if price <= 0:
        raise Refused("单价应大于0，请修改。", field="price")
    seller = organisation_by_id(supplier)
    if seller is None:
        raise Refused("没有这个供应单位，请先在单位登记中登记。", field="supplier")
    kind, cost = _kind(goods), pieces * price
    memo = f"购入{kind.name}{pieces}{kind.measure}，单价{show_yuan(price)}元：{seller.name}"
    order = order_payment(
        by=by, on=on, source=f"ledgers.buy:{reference}", amount=cost, purpose=purpose, shares={fund.pk: cost},
        payee=seller.name, area=fund.area, organisation=seller.pk, memo=memo[:100],
    )  # fmt: skip
    into, origin = account_of(fund.book, store), account_of(fund.book, SUPPLY)
    party = f"registry.Organisation:{seller.pk}"
    entries = [Entry(into.pk, fund.pk, pieces, goods), Entry(origin.pk, fund.pk, -pieces, goods, party=party)]
    return post_slip(
        by=by, on=on, fund=fund, store=into, goods=goods, pieces=pieces, kind=SlipKind.PURCHASE,
        posting=PostingKind.GOODS_IN, entries=entries, reference=f"purchase:{reference}", memo=memo, supplier=seller,
        cost=cost, order=order, note=note,
    )  # fmt: skip


@action("ledgers.goods")
def hand_out_goods(
    *, by: Actor, on: date, fund: Fund, goods: str, pieces: int, reference: str, memo: str, party: str = "",
    to: Receiver | None = None, store: str = STORE, source: str = "", proof: str = "", note: str = "",
) -> Posting:  # fmt: skip
    """Goods leave the store for good, ``to`` a person, household, place or room, or to a ``party`` named in words.

    ``source`` names the work that they fulfil (an application), which is fulfilled once. ``proof``: who signed, where.

    :raises Refused: nobody named, the store has too few of this fund, the room has its pieces, or the source was fulfilled.
    """
    receiver = to or Receiver(party)
    if not receiver.name:
        raise Refused("请填写物资发放给谁。", field="party")
    taken, given = account_of(fund.book, store), account_of(fund.book, ISSUED)
    entries = [Entry(given.pk, fund.pk, pieces, goods, party=receiver.party), Entry(taken.pk, fund.pk, -pieces, goods)]
    slip = post_slip(
        by=by, on=on, fund=fund, store=taken, goods=goods, pieces=pieces, kind=SlipKind.ISSUE,
        posting=PostingKind.GOODS_OUT, entries=entries, reference=reference, memo=memo, source=source, to=receiver,
        proof=proof, note=note,
    )  # fmt: skip
    return slip.posting


@action("ledgers.goods")
def furnish_rooms(
    *, by: Actor, on: date, fund: Fund, goods: str, rooms: Iterable[int], proof: str, key: str, store: str = STORE
) -> int:
    """One piece for each of these rooms, with a slip each; all or none. How many rooms were furnished.

    :raises Refused: a room is unknown or has its piece, or the store has too few.
    """
    if not proof.strip():
        raise Refused("请填写签收人或签收凭据。", field="proof")
    kind, done = _kind(goods), 0
    for room_id in sorted(set(rooms)):
        room = room_by_id(room_id)
        if room is None:
            raise Refused("有的房间不在本辖区内或已注销，请刷新后重试。", field="rooms")
        name = f"{room.place.name}{room.name}房间"
        receiver = Receiver(name, room.area, place=room.place_id, room=room.pk)
        hand_out_goods(
            by=by, on=on, fund=fund, goods=goods, pieces=1, reference=f"room:{key}:{room.pk}", to=receiver, proof=proof,
            memo=f"发放{kind.name}1{kind.measure}：{name}", store=store,
        )  # fmt: skip
        done += 1
    if not done:
        raise Refused("请选择要发放的房间。", field="rooms")
    about("ledgers.goods", goods[:40], area=fund.area, rooms=done)
    return done


@action("ledgers.goods")
def give_back_goods(*, by: Actor, on: date, slip: Slip, pieces: int, reason: str, reference: str) -> Slip:
    """Goods that were handed out come back into their store (退回), all or some of them.

    :raises Refused: the slip is no issue, or more would come back than was issued.
    """
    if slip.kind != SlipKind.ISSUE.value:
        raise Refused("只有发放的物资可以退回。")
    if not reason.strip():
        raise Refused("请填写退回原因。", field="reason")
    fund, kind = slip.fund, _kind(slip.goods_id)
    receiver = Receiver(slip.receiver, slip.area, slip.person_id, slip.household_id, slip.place_id, slip.room_id)
    given = account_of(fund.book, ISSUED)
    entries = [
        Entry(slip.store_id, fund.pk, pieces, slip.goods_id),
        Entry(given.pk, fund.pk, -pieces, slip.goods_id, party=receiver.party),
    ]
    return post_slip(
        by=by, on=on, fund=fund, store=slip.store, goods=slip.goods_id, pieces=pieces, kind=SlipKind.BACK,
        posting=PostingKind.GOODS_BACK, entries=entries, reference=reference, answers=slip, to=receiver, note=reason,
        memo=f"{slip.receiver}退回{kind.name}{pieces}{kind.measure}：{reason}",
    )  # fmt: skip


@action("ledgers.goods")
def move_goods(
    *, by: Actor, on: date, fund: Fund, goods: str, pieces: int, store: Account, to: int, reference: str, note: str = ""
) -> Slip:
    """Goods move from one store to another (``to``) of the same organisation.

    :raises Refused: there is no such other store, or the store has too few of this fund.
    """
    into, kind = other_stores(store).filter(pk=to).first(), _kind(goods)
    if into is None:
        raise Refused("请选择同一账簿的另一个库房。", field="to")
    entries = [Entry(into.pk, fund.pk, pieces, goods), Entry(store.pk, fund.pk, -pieces, goods)]
    return post_slip(
        by=by, on=on, fund=fund, store=store, goods=goods, pieces=pieces, kind=SlipKind.MOVE, posting=PostingKind.TRANSFER,
        entries=entries, reference=reference, to=Receiver(into.name), note=note,
        memo=f"{kind.name}{pieces}{kind.measure}由{store.name}移到{into.name}",
    )  # fmt: skip


def post_slip(
    *, by: Actor, on: date, fund: Fund, store: Account, goods: str, pieces: int, kind: SlipKind, posting: PostingKind,
    entries: list[Entry], reference: str, memo: str, source: str = "", to: Receiver | None = None, **words: Any,
) -> Slip:  # fmt: skip
    """Land a movement in the books and write its slip; a refusal of the database undoes both."""
    _above_zero(pieces)
    receiver = to or Receiver("")
    with refusing(entries):
        landed = post(by=by, on=on, at=fund, kind=posting, reference=reference, memo=memo, entries=entries, source=source)
        slip = Slip.objects.create(
            kind=kind.value, posting=landed, store=store, fund=fund, goods_id=goods, pieces=pieces, source=source,
            receiver=receiver.name[:100], person_id=receiver.person, household_id=receiver.household,
            place_id=receiver.place, room_id=receiver.room, day=on, staff_id=by.staff_id or None,
            area=receiver.area or fund.area, **words,
        )  # fmt: skip
    about("ledgers.slip", slip.pk, area=slip.area, fund=fund.pk, pieces=pieces)
    return slip


def _above_zero(pieces: int) -> None:
    if pieces <= 0:
        raise Refused("数量应大于0，请修改。", field="pieces")


def _kind(goods: str) -> Goods:
    kind = Goods.objects.filter(key=goods).first()
    if kind is None:
        raise Refused("没有这种物资，请先登记品名和单位。", field="goods")
    return kind
