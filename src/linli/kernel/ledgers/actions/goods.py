"""Goods counted in pieces: bought or given, moved between stores, handed out."""

from __future__ import annotations

from datetime import date

from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.ledgers.actions.posting import post
from linli.kernel.ledgers.models import Account, Fund, Posting
from linli.kernel.ledgers.queries import account_of
from linli.kernel.ledgers.rules import ISSUED, STORE, SUPPLY, Entry, PostingKind


@action("ledgers.goods")
def bring_in_goods(
    *, by: Actor, on: date, fund: Fund, goods: str, pieces: int, reference: str, memo: str, store: str = STORE,
    source: str = "", party: str = "",
) -> Posting:  # fmt: skip
    """Goods have come into the store with the code ``store``; ``fund`` is whose money or gift they are.

    :raises Refused: the number is not above zero, or the reference was used.
    """
    into = account_of(fund.book, store)
    origin = account_of(fund.book, SUPPLY)
    entries = [Entry(into.pk, fund.pk, pieces, goods), Entry(origin.pk, fund.pk, -pieces, goods, party=party)]
    return _post_goods(by, on, fund, PostingKind.GOODS_IN, pieces, entries, reference, memo, source)


@action("ledgers.goods")
def hand_out_goods(
    *, by: Actor, on: date, fund: Fund, goods: str, pieces: int, party: str, reference: str, memo: str,
    store: str = STORE, source: str = "",
) -> Posting:  # fmt: skip
    """Goods leave the store for good, to ``party`` (``registry.Household:7``, ``registry.Place:12``).

    :raises Refused: the store has too few of this fund.
    """
    if not party:
        raise Refused("请填写物资发放给谁。", field="party")
    taken, given = account_of(fund.book, store), account_of(fund.book, ISSUED)
    entries = [Entry(given.pk, fund.pk, pieces, goods, party=party), Entry(taken.pk, fund.pk, -pieces, goods)]
    return _post_goods(by, on, fund, PostingKind.GOODS_OUT, pieces, entries, reference, memo, source)


@action("ledgers.goods")
def move_goods(
    *, by: Actor, on: date, fund: Fund, goods: str, pieces: int, store: Account, to: Account, reference: str, memo: str
) -> Posting:
    """Goods move from one store to another of the same organisation.

    :raises Refused: the store has too few of this fund.
    """
    entries = [Entry(to.pk, fund.pk, pieces, goods), Entry(store.pk, fund.pk, -pieces, goods)]
    return _post_goods(by, on, fund, PostingKind.TRANSFER, pieces, entries, reference, memo, "")


def _post_goods(
    by: Actor, on: date, fund: Fund, kind: PostingKind, pieces: int, entries: list[Entry], reference: str, memo: str, source: str
) -> Posting:
    if pieces <= 0:
        raise Refused("数量应大于0，请修改。", field="pieces")
    posting = post(by=by, on=on, at=fund, kind=kind, reference=reference, memo=memo, entries=entries, source=source)
    about("ledgers.posting", posting.pk, area=fund.area, fund=fund.pk, pieces=pieces)
    return posting
