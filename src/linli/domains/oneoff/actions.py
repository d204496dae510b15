"""Drafting a round from the registers, the second person's check, the payment orders, giving a draft up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction

from linli.base.text import tidy
from linli.domains.oneoff.models import Payee, Round
from linli.domains.oneoff.queries import joined, source_of
from linli.domains.oneoff.rules import PURPOSE, PURPOSE_ZH, Occasion, Register, once
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.ledgers.actions import open_purpose, order_in_chunks
from linli.kernel.ledgers.queries import fund_of
from linli.kernel.ledgers.rules import OrderRow, wrong_totals
from linli.kernel.registry.queries import accounts_on, dead_among

AT_ONCE = 5_000


@action("oneoff.draft")
def draft_round(
    *, by: Actor, on: date, title: str, occasion: Occasion, year: int, amounts: Mapping[Register, int]
) -> Round:
    """List everybody who is in one of the registers today, each once, with the sum of the register that gives most.

    :raises Refused: no sum, nobody, a round of this name in this year, or somebody got the subsidy of this occasion in this
        year already.
    """
    lists, known = joined(on)
    chosen = once(lists, amounts)
    if not chosen:
        raise Refused("没有可以发放的对象：请至少填写一类对象的标准，并核对身份认定。", field="dibao")
    sums = {one.value: fen for one, fen in amounts.items()}
    try:
        with transaction.atomic():
            made = Round.objects.create(
                title=tidy(title), occasion=occasion, year=year, listed_on=on, amounts=sums, count=len(chosen),
                amount=sum(amounts[one] for one in chosen.values()), drafted_by_id=by.own_hand, area=by.area,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused(f"{year}年已有同名的批次“{tidy(title)}”。另一次发放请另起名称。", field="title") from fault
    rows = [
        Payee(
            round=made, person_id=pk, name=known[pk].name, sort_key=known[pk].sort_key, register=one, amount=amounts[one],
            occasion=occasion, year=year, area=known[pk].area,
        )
        for pk, one in sorted(chosen.items())
    ]  # fmt: skip
    try:
        with transaction.atomic():
            Payee.objects.bulk_create(rows, batch_size=AT_ONCE)
    except IntegrityError as fault:
        raise Refused(f"名单中有人{year}年已列入{Occasion(occasion).zh}补贴的另一批次，不能重复发放。请先作废那一批。") from fault
    about("oneoff.round", made.pk, area=made.area, people=made.count, amount=made.amount)
    return made


@action("oneoff.confirm")
def confirm_round(*, by: Actor, on: date, round: Round, count: int, amount: int) -> Round:
    """Another person looked through the list and states its totals.

    :raises Refused: the same hand, or other totals.
    """
    by.apart_from(round.drafted_by_id, said="名单由本人拟定，应当由另一人核对。")
    if (count, amount) != (round.count, round.amount):
        said, field = wrong_totals(f"“{round.title}”名单", "人数", (count, amount), (round.count, round.amount))
        raise Refused(said, field=field)
    changed = Round.objects.filter(pk=round.pk, state="drafted").update(
        state="confirmed", confirmed_by_id=by.own_hand, confirmed_on=on
    )
    if not changed:
        raise Stale
    about("oneoff.round", round.pk, area=round.area)
    round.refresh_from_db()
    return round


@action("oneoff.order")
def order_round(*, by: Actor, on: date, round: Round, fund_id: int) -> Round:
    """One payment order for everybody, into the registered account or by hand, all from one fund or none.

    Who has died since the list was made stays on it and gets no order.

    :raises Refused: the fund has too little or is for other purposes, or nobody of the list lives.
    :raises Stale: the list was not confirmed, or ordered already.
    """
    if not Round.objects.filter(pk=round.pk, state="confirmed").update(state="ordered", ordered_on=on):
        raise Stale("只有核对过、还没有开付款单的批次可以开付款单。")
    open_purpose(by=by, on=on, key=PURPOSE, name=PURPOSE_ZH)
    fund = fund_of(fund_id)
    listed = list(Payee.objects.filter(round=round).order_by("person"))
    dead = dead_among([one.person_id for one in listed], on)
    Payee.objects.filter(round=round, person_id__in=dead).update(living=False)
    people = [one for one in listed if one.person_id not in dead]
    if not people:
        raise Refused("名单上的人都已去世，没有可以开付款单的对象。请作废这一批。")
    accounts = accounts_on([one.person_id for one in people], on)
    rows = [
        OrderRow(
            source_of(round, one.person_id), one.amount, PURPOSE, ((fund.pk, one.amount),), one.name, one.area,
            person=one.person_id, account=accounts.get(one.person_id), memo=round.title,
        )
        for one in people
    ]  # fmt: skip
    made = sum(part.made for part in order_in_chunks(by=by, on=on, rows=rows))
    about("oneoff.round", round.pk, area=round.area, orders=made, dead=len(dead))
    round.refresh_from_db()
    return round


@action("oneoff.draft")
def discard_round(*, by: Actor, on: date, round: Round) -> Round:
    """Give a list up that was not ordered; its people can be listed again."""
    changed = Round.objects.filter(pk=round.pk, state__in=["drafted", "confirmed"]).update(state="discarded")
    if not changed:
        raise Stale("已开付款单或已作废的批次不能作废。")
    Payee.objects.filter(round=round).update(living=False)
    about("oneoff.round", round.pk, area=round.area)
    round.refresh_from_db()
    return round
