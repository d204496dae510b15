"""Money through a payment order (bank or cash), goods against a signature, goods for all towns in a batch."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.base.text import tidy
from linli.domains.relief.models import Consignment, Parcel, Request
from linli.domains.relief.queries import needy_by_town, order_of, source_of
from linli.domains.relief.rules import GROUP, GROUP_ZH, share_out
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.ledgers.actions import cancel_order, hand_out_goods, open_purpose, order_payment, recover
from linli.kernel.ledgers.rules import OrderState, Receiver
from linli.kernel.registry.queries import account_of, area_name, person_by_id


@action("relief.pay")
def order_money(*, by: Actor, on: date, request: Request, fund_id: int, cash: bool = False) -> Request:
    """Make the payment order of what was decided: into the person's account, or in cash where there is none or it is urgent.

    :raises Refused: not granted, or the fund has too little or is for other purposes.
    :raises Stale: the order was made already.
    """
    if request.state != "granted":
        raise Refused("只有已决定救助的申请可以开付款单。")
    if not Request.objects.filter(pk=request.pk, state="granted", ordered_on=None).update(ordered_on=on):
        raise Stale("这份申请已经开过付款单，无需再次办理。")
    person = person_by_id(request.person_id)
    open_purpose(by=by, on=on, key=GROUP, name=GROUP_ZH)
    account = None if cash or person is None else account_of(person, on)
    order = order_payment(
        by=by, on=on, source=source_of(request), amount=request.amount, purpose=GROUP, shares={fund_id: request.amount},
        payee=request.name, area=request.area, person=request.person_id, household=request.household_id,
        account=account.pk if account else None, memo=GROUP_ZH,
    )  # fmt: skip
    about("relief.request", request.pk, area=request.area, order=order.pk, cash=account is None)
    request.refresh_from_db()
    return request


@action("relief.claim_back")
def claim_back(*, by: Actor, on: date, request: Request) -> Request:
    """The money of revoked relief: an order that was not paid is cancelled, what was paid becomes a debt to the fund.

    :raises Refused: the order stands in a batch whose answer has not come; it is taken back when it has.
    :raises Stale: it was taken back already.
    """
    if request.state != "revoked" or request.ordered_on is None:
        raise Refused("只有已撤销并开过付款单的救助需要收回款项。")
    if not Request.objects.filter(pk=request.pk, state="revoked", claimed_back_on=None).update(claimed_back_on=on):
        raise Stale("这笔款已经办理收回，无需再次办理。")
    order, reason = order_of(request), "先行救助未补办手续或情况不实，撤销救助"
    if order is not None and order.state == OrderState.PAID:
        recover(by=by, on=on, order=order, reason=reason)
    elif order is not None:
        cancel_order(by=by, on=on, order=order, reason=reason)
    about("relief.request", request.pk, area=request.area, order=order.pk if order else None)
    request.refresh_from_db()
    return request


@action("relief.give")
def give_goods(*, by: Actor, on: date, request: Request, stock: Any, pieces: int, proof: str) -> Parcel:
    """Hand goods out for a request, against a signature; in an emergency also before the decision about money.

    :raises Refused: refused, withdrawn or revoked, nobody signed, or the store has too few.
    """
    if request.state not in ("open", "granted"):
        raise Refused("这份申请已经办结，没有给予救助，不能发放物资。")
    if not proof.strip():
        raise Refused("请写明签收人和凭据。", field="proof")
    source = f"{source_of(request)}:{Parcel.objects.filter(request=request).count() + 1}"
    posting = hand_out_goods(
        by=by, on=on, fund=stock.fund, goods=stock.unit, pieces=pieces, store=stock.account.code, proof=tidy(proof),
        to=Receiver(request.name, request.area, person=request.person_id, household=request.household_id), source=source,
        reference=source, memo=f"{GROUP_ZH}：{stock.name}{pieces}{stock.measure}",
    )  # fmt: skip
    made = Parcel.objects.create(
        request=request, goods=stock.name, pieces=pieces, given_on=on, posting=posting, area=request.area
    )
    about("relief.request", request.pk, area=request.area, pieces=pieces)
    return made


@action("relief.give")
def share_goods(*, by: Actor, on: date, title: str, stock: Any, pieces: int, proof: str) -> list[Consignment]:
    """Send goods to the towns by the number of their people of 五保 and rural 低保 (RELIEF-07), a slip for each town.

    :raises Refused: no such people, more pieces than the store has, or this batch of these goods was shared out already.
    """
    if not title.strip() or not proof.strip():
        raise Refused("请填写批次名称和签收凭据。", field="title" if proof.strip() else "proof")
    people = needy_by_town(on)
    shares = share_out(pieces, people)
    if not shares:
        raise Refused("没有五保和农村低保人员，或数量不大于0，不能按人数分配。", field="pieces")
    if Consignment.objects.filter(title=title.strip(), goods=stock.name).exists():
        raise Refused("这一批次的这种物资已经分配，请换一个批次名称。", field="title")
    made = []
    for town, part in shares.items():
        if not part:
            continue
        reference = f"relief.consignment:{title.strip()}:{stock.unit}:{town}"
        posting = hand_out_goods(
            by=by, on=on, fund=stock.fund, goods=stock.unit, pieces=part, store=stock.account.code, proof=tidy(proof),
            to=Receiver(area_name(town, on), town), source=reference, reference=reference,
            memo=f"{title.strip()}：{stock.name}"[:100],
        )  # fmt: skip
        row = {"title": title.strip(), "goods": stock.name, "people": people[town], "pieces": part, "area": town}
        made.append(Consignment.objects.create(sent_on=on, posting=posting, **row))
    about("relief.consignment", made[0].pk, pieces=pieces, towns=len(made))
    return made
