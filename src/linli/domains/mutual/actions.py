"""Founding a fund, noting and banking gifts, asking, meeting, deciding, paying as decided, drafting the account for residents."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import DatabaseError, IntegrityError, transaction

from linli.base.areas import Level, level_of
from linli.base.money import show_yuan
from linli.base.names import clean_name
from linli.base.text import tidy
from linli.domains.mutual.models import AidFund, Gift, Meeting, Request, Resolution
from linli.domains.mutual.queries import account_of, fund_here, law, promised, source_of, standing, waiting_gifts
from linli.domains.mutual.rules import NOTICE, PURPOSE, PURPOSE_ZH, Need, Votes, decide, strangers
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.ledgers.actions import open_fund, open_purpose, order_payment, receive
from linli.kernel.ledgers.rules import FundKind, FundLevel
from linli.kernel.publicity.actions import draft_notice
from linli.kernel.publicity.rules import Entry
from linli.kernel.registry.queries import accounts_on, area_office, area_path, household_of, person_by_id

if TYPE_CHECKING:
    from linli.kernel.publicity.models import Notice

TOO_MUCH, DOES_NOT_FIT = "MU001", "MU002"


@action("mutual.found")
def found_fund(*, by: Actor, on: date, area: str, name: str, charter: str) -> AidFund:
    """The fund of a community, with books of the community's own.

    :raises Refused: no community, or it has a fund already.
    """
    if level_of(area) is not Level.COMMUNITY:
        raise Refused("请选择社区（村）。", field="area")
    if AidFund.objects.filter(area_then=area).exists():
        raise Refused("这个社区已经设立帮困基金，无需再次办理。", field="area")
    open_purpose(by=by, on=on, key=PURPOSE, name=PURPOSE_ZH)
    money = open_fund(
        by=by, on=on, code=f"SQ-{area}", name=tidy(name), kind=FundKind.OWN, level=FundLevel.COMMUNITY, area=area,
        limits="按议事决议用于本社区困难居民", purposes={PURPOSE: tidy(charter)},
    )  # fmt: skip
    made = AidFund.objects.create(name=tidy(name), charter=tidy(charter), fund=money, since=on, made_by_id=by.own_hand, area=area)
    about("mutual.aidfund", made.pk, area=area)
    return made


@action("mutual.give")
def note_gift(*, by: Actor, on: date, aidfund: AidFund, name: str, amount: int, day: date) -> Gift:
    """A resident gave ``amount`` fen. It counts when finance saw the money arrive.

    :raises Refused: no name, or a day before the fund or after today.
    """
    if not aidfund.since <= day <= on:
        raise Refused(f"捐款日期应在基金设立（{aidfund.since}）以后、今天以前，请核对。", field="day")
    if not tidy(name):
        raise Refused("请填写捐款人；不愿留名的写“爱心居民”。", field="name")
    made = Gift.objects.create(
        aidfund=aidfund, name=tidy(name)[:60], amount=amount, day=day, noted_by_id=by.own_hand, area=aidfund.area
    )
    about("mutual.gift", made.pk, area=made.area, amount=amount)
    return made


@action("mutual.give")
def strike_gift(*, by: Actor, on: date, gift: Gift, why: str) -> Gift:
    """A gift that was noted wrongly and whose money has not been seen. Afterwards it is reversed in the books."""
    if not tidy(why):
        raise Refused("请写明作废的原因。", field="why")
    changed = Gift.objects.filter(pk=gift.pk, state="noted").update(state="struck", struck_on=on, struck_why=tidy(why)[:200])
    if not changed:
        raise Stale("已到账的捐款由财务复核在凭证上冲正；已作废的无需再办。")
    about("mutual.gift", gift.pk, area=gift.area)
    gift.refresh_from_db()
    return gift


@action("mutual.bank")
def bank_gifts(*, by: Actor, on: date, aidfund: AidFund, gift_ids: Collection[int]) -> int:
    """The money of these gifts has arrived: one voucher for each, all or none; how many.

    :raises Refused: none was chosen, or by the hand that noted one of them.
    :raises Stale: one of them does not wait any more.
    """
    rows = list(waiting_gifts(aidfund).filter(pk__in=gift_ids).select_for_update())
    if not rows:
        raise Refused("请至少选择一笔捐款。", field="gifts")
    if len(rows) != len(set(gift_ids)):
        raise Stale("有的捐款已经办理，请刷新后重新选择。")
    by.apart_from(*(one.noted_by_id for one in rows), said="捐款由本人登记的，应当由另一人确认到账。")
    for one in rows:
        posting = receive(
            by=by, on=on, fund=aidfund.fund, amount=one.amount, reference=f"mutual.gift:{one.pk}", memo=f"{aidfund.name}居民捐款",
            source=f"mutual.gift:{one.pk}",
        )  # fmt: skip
        Gift.objects.filter(pk=one.pk).update(state="banked", banked_on=on, posting=posting)
    about("mutual.aidfund", aidfund.pk, area=aidfund.area, gifts=len(rows), amount=sum(one.amount for one in rows))
    return len(rows)


@action("mutual.ask")
def ask(*, by: Actor, on: date, aidfund: AidFund, person_id: int, need: Need, what: str, amount: int) -> Request:
    """Money is asked for somebody of the community, in fen.

    :raises Refused: nobody of the community, who died, or asked for the same already.
    """
    person = person_by_id(person_id)
    if person is None or person.area != aidfund.area:
        raise Refused("没有找到这个人，或其不住在本社区。请先在居民查询中核对。", field="number")
    if person.died_on and person.died_on <= on:
        raise Refused(f"{person.name}已登记死亡，不能申请。", field="number")
    try:
        with transaction.atomic():
            made = Request.objects.create(
                aidfund=aidfund, person=person, household=household_of(person, on), name=person.name, sort_key=person.sort_key,
                need=need, what=tidy(what)[:100], asked=amount, asked_on=on, made_by_id=by.own_hand, area=aidfund.area,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused(f"{person.name}已有同一用途的申请正在办理，无需再次登记。", field="need") from fault
    about("mutual.request", made.pk, area=made.area, amount=amount)
    return made


@action("mutual.ask")
def withdraw(*, by: Actor, on: date, request: Request, why: str) -> Request:
    """The request is given up before money moves; what was decided on it is free again."""
    if not tidy(why):
        raise Refused("请写明撤回的原因。", field="why")
    waiting = Request.objects.filter(pk=request.pk, state__in=["open", "carried"])
    if not waiting.update(state="withdrawn", withdrawn_why=tidy(why)[:200]):
        raise Stale("已开付款单、未通过或已撤回的申请不能撤回。")
    about("mutual.request", request.pk, area=request.area)
    request.refresh_from_db()
    return request


@action("mutual.meet")
def record_meeting(
    *, by: Actor, on: date, aidfund: AidFund, held_on: date, place: str, chair: str, called: Sequence[str], came: Sequence[str],
    record: str,
) -> Meeting:  # fmt: skip
    """A meeting of the deliberation was held: who was called and who came, by name.

    :raises Refused: a day that cannot be or that has its meeting, or somebody came, or took the chair, who is not on the list.
    """
    if not aidfund.since <= held_on <= on:
        raise Refused(f"议事日期应在基金设立（{aidfund.since}）以后、今天以前，请核对。", field="held_on")
    if unknown := strangers(came, called):
        raise Refused(f"到会名单中的{'、'.join(unknown)}不在通知名单上，请核对两份名单。", field="came")
    if strangers([clean_name(chair)], came):
        raise Refused("主持人不在到会名单上，请核对。", field="chair")
    try:
        with transaction.atomic():
            made = Meeting.objects.create(
                aidfund=aidfund, held_on=held_on, place=tidy(place)[:60], chair=clean_name(chair), called=list(called),
                came=list(came), record=record.strip()[:1000], made_by_id=by.own_hand, area=aidfund.area,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused(f"{held_on}的议事会已经登记，请在那次议事会的页面登记表决。", field="held_on") from fault
    about("mutual.meeting", made.pk, area=made.area, called=len(called), came=len(came))
    return made


@action("mutual.meet")
def resolve(
    *, by: Actor, on: date, meeting: Meeting, request: Request, amount: int, agreed: int, against: int, abstained: int,
    stepped_back: Sequence[str] = (),
) -> Resolution:  # fmt: skip
    """The vote of a meeting on a request; whether it carries is the rule's answer by the law of the day of the meeting.

    :raises Refused: votes that do not fit, somebody who must step back did not, or more than the fund has left.
    """
    votes = Votes(len(meeting.called), len(meeting.came), agreed, against, abstained, len(stepped_back))
    if faults := votes.faults:
        raise Refused(faults[0][1], field=faults[0][0])
    if unknown := strangers(stepped_back, meeting.came):
        raise Refused(f"回避的{'、'.join(unknown)}不在到会名单上，请核对。", field="stepped_back")
    if request.name in meeting.came and request.name not in stepped_back:
        raise Refused(f"{request.name}是帮扶对象，应当回避，不参加这项表决；同名的人请在名单中加以区别。", field="stepped_back")
    if amount > request.asked:
        raise Refused(f"决定的金额不能超过申请的{show_yuan(request.asked)}元，请核对表决记录。", field="amount")
    outcome = decide(votes, law(), amount=amount, asked=request.asked, on=meeting.held_on, area=meeting.area)
    open_one = Request.objects.filter(pk=request.pk, aidfund=meeting.aidfund_id, state="open")
    if not open_one.update(state="carried" if outcome.granted else "refused"):
        raise Stale("这份申请已经议定或撤回，请刷新后再看。")
    try:
        with transaction.atomic():
            made = Resolution.objects.create(
                request=request, meeting=meeting, came=votes.came, agreed=agreed, against=against, abstained=abstained,
                stepped_back=list(stepped_back), carried=outcome.granted, amount=outcome.amount, outcome=outcome.to_json(),
                made_by_id=by.own_hand, made_on=on, area=meeting.area,
            )  # fmt: skip
    except DatabaseError as fault:
        raise _told(fault, meeting) from fault
    about("mutual.resolution", made.pk, area=made.area, carried=made.carried, amount=made.amount)
    return made


def _told(fault: DatabaseError, meeting: Meeting) -> Exception:
    state = getattr(getattr(fault.__cause__, "diag", None), "sqlstate", "")
    if state == DOES_NOT_FIT:
        return Refused("申请在这次议事会以后才登记，不能由这次会议议定。", field="amount")
    if state != TOO_MUCH:
        return fault
    fund = fund_here(meeting.aidfund_id)
    left = max(fund.free - promised(fund), 0)
    return Refused(f"基金可用余额除去已议定的还有{show_yuan(left)}元，不能决定更多。", field="amount")


@action("mutual.meet")
def void_resolution(*, by: Actor, on: date, request: Request, why: str) -> Request:
    """A vote that was written down wrongly is voided before money moves; the request waits for a meeting again."""
    if not tidy(why):
        raise Refused("请写明更正的原因。", field="why")
    if not Request.objects.filter(pk=request.pk, state__in=["carried", "refused"]).update(state="open"):
        raise Stale("只有已议定、还没有开付款单的申请可以更正表决。")
    Resolution.objects.filter(request=request, voided_on=None).update(voided_on=on, voided_why=tidy(why)[:200])
    about("mutual.request", request.pk, area=request.area)
    request.refresh_from_db()
    return request


@action("mutual.pay")
def pay(*, by: Actor, on: date, request: Request) -> Request:
    """The payment order of a decision that carried, of its sum, once; into the registered account or by hand.

    :raises Refused: by the hand that wrote the decision down, or the person died.
    :raises Stale: there is no such decision, or it was ordered already.
    """
    decided = standing(request)
    if decided is None or not decided.carried:
        raise Stale("只有议事通过的申请可以开付款单。")
    by.apart_from(decided.made_by_id, said="表决由本人登记的，应当由另一人开付款单。")
    person = person_by_id(request.person_id)
    if person is not None and person.died_on and person.died_on <= on:
        raise Refused(f"{request.name}已登记死亡，不能付款。请由社区撤回申请。")
    if not Request.objects.select_for_update().filter(pk=request.pk, state="carried").exists():
        raise Stale("这份申请已经开过付款单或已撤回。")
    order = order_payment(
        by=by, on=on, source=source_of(request), amount=decided.amount, purpose=PURPOSE,
        shares={request.aidfund.fund_id: decided.amount}, payee=request.name, area=request.area, person=request.person_id,
        household=request.household_id, account=accounts_on([request.person_id], on).get(request.person_id),
        memo=request.aidfund.name,
    )  # fmt: skip
    Request.objects.filter(pk=request.pk).update(state="ordered", order=order, ordered_on=on)
    about("mutual.request", request.pk, area=request.area, amount=decided.amount)
    request.refresh_from_db()
    return request


@action("mutual.account")
def draft_account(*, by: Actor, on: date, aidfund: AidFund, since: date, until: date, contact: str) -> Notice:
    """A notice of what came and what it was used for on these days: sums and no names. Another page publishes it.

    :raises Refused: days that cannot be.
    """
    if not since <= until <= on:
        raise Refused("公布的期间应当从前到后，并且不晚于今天，请核对。", field="until")
    rows = [
        {"what": item.what, "times": "" if item.times is None else f"{item.times}笔", "amount": item.amount}
        for item in account_of(aidfund, since, until)
    ]
    community, issuer = area_path(aidfund.area, on), area_office(aidfund.area, on)
    draft = draft_notice(
        by=by, on=on, kind=NOTICE, area=aidfund.area, area_name=community, issuer=issuer, contact=contact,
        entries=[Entry("", row) for row in rows], words={"fund": aidfund.name, "days": f"{since}至{until}"},
        term=law().on("mutual.notice", on, aidfund.area).term,
    )  # fmt: skip
    about("mutual.aidfund", aidfund.pk, area=aidfund.area, notice=draft.pk)
    return draft
