"""Contests, the monthly statement of a provider, and its payment order."""

from __future__ import annotations

from datetime import date

from django.db import DatabaseError, IntegrityError, transaction

from linli.base.money import show_yuan
from linli.base.text import tidy
from linli.domains.providers.actions.common import SERVICE, STATEMENT
from linli.domains.providers.actions.ordering import NOT_CONFIRMED, WRONG_SUM
from linli.domains.providers.models import Contest, Provider, ServiceOrder, Statement
from linli.domains.providers.queries import lines_of, month_ends, settleable, source_of
from linli.domains.providers.rules import GROUP, GROUP_ZH, Contested
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.ledgers.actions import open_purpose, order_payment
from linli.kernel.registry.queries import account_of


def _state(fault: BaseException) -> str:
    return str(getattr(fault.__cause__, "sqlstate", ""))


@action("providers.contest")
def contest(*, by: Actor, on: date, service: ServiceOrder, ground: Contested, text: str) -> Contest:
    """Something is said against a service: it stays out of settlements until another person has ruled.

    :raises Refused: there is nothing to settle, it is settled already, or a contest is open.
    """
    said = tidy(text)
    if len(said) < 5:
        raise Refused("请写明争议的情况。", field="text")
    if service.ended_at is None or service.subsidy == 0:
        raise Refused("没有补贴或没有做完的服务单不结算，质量问题请由热线受理投诉。")
    try:
        with transaction.atomic():
            made = Contest.objects.create(
                service=service, ground=ground, text=said[:300], since=on, raised_by_id=by.own_hand, area=service.area
            )
    except IntegrityError as fault:
        raise Refused("这张服务单的争议还没有裁定。") from fault
    except DatabaseError as fault:
        if _state(fault) != NOT_CONFIRMED:
            raise
        raise Refused("这张服务单已列入结算单，请先撤回结算单。") from fault
    about(SERVICE, service.pk, area=service.area, contest=made.pk)
    return made


@action("providers.rule")
def rule(*, by: Actor, on: date, contest: Contest, payable: int, opinion: str) -> Contest:
    """Another person says what of the subsidy is paid: all, less or nothing. Then the line comes back to the next statement."""
    said, one = tidy(opinion), contest.service
    if len(said) < 2:
        raise Refused("请填写裁定意见。", field="opinion")
    by.apart_from(contest.raised_by_id, said="不能裁定自己提出的争议，请由另一人办理。")
    if not 0 <= payable <= one.subsidy:
        raise Refused(f"应结算金额应在0到{show_yuan(one.subsidy)}元之间，请修改。", field="payable")
    words = {"ruled_on": on, "ruled_by_id": by.own_hand, "payable": payable, "opinion": said[:300]}
    if not Contest.objects.filter(pk=contest.pk, ruled_on=None).update(**words):
        raise Stale("这项争议刚才已有人裁定，请刷新后再看。")
    ServiceOrder.objects.filter(pk=one.pk).update(payable=payable)
    contest.refresh_from_db()
    about(SERVICE, one.pk, area=one.area, payable=payable)
    return contest


@action("providers.state")
def state_month(*, by: Actor, on: date, provider: Provider, month: date, orders: int, amount: int) -> Statement:
    """What a provider is paid for a month, each service once. ``orders`` and ``amount`` are those of the provider's own bill.

    Services of earlier months that were confirmed late, or came back from a contest, are among them.

    :raises Refused: the month is not over, nothing is owed, the bill says something else, or one's own entries are among them.
    """
    month = month.replace(day=1)
    if month_ends(month) > on:
        raise Refused(f"{month:%Y年%-m月}还没有结束，请在月末以后结算。", field="month")
    rows = list(settleable(month).filter(provider=provider).select_for_update(of=("self",)))
    if not rows:
        raise Refused(f"{provider.name}到{month:%Y年%-m月}没有等待结算的服务单。", field="month")
    by.apart_from(*(row.entered_by_id for row in rows), said="其中有本人代为登记的服务单，应当由另一人核定。")
    own = (len(rows), sum(row.payable for row in rows))
    if own != (orders, amount):
        said = f"账单为{orders}单、{show_yuan(amount)}元，居民已确认的为{own[0]}单、{show_yuan(own[1])}元，两者不一致。"
        raise Refused(f"{said}请与服务商逐单核对；有分歧的登记争议，其余先结算。", field="amount")
    try:
        with transaction.atomic():
            made = Statement.objects.create(
                provider=provider, month=month, orders=orders, amount=amount, made_on=on, made_by_id=by.own_hand,
                area=provider.area,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused(f"{provider.name}{month:%Y年%-m月}的结算单已经核定，余下的列入下月。", field="month") from fault
    try:
        with transaction.atomic():
            done = ServiceOrder.objects.filter(pk__in=[row.pk for row in rows], statement=None).update(statement=made)
    except DatabaseError as fault:
        if _state(fault) != NOT_CONFIRMED:
            raise
        raise Stale("其中有服务单刚才重新办理或有了争议，请刷新后再核定。") from fault
    if done != len(rows):
        raise Stale
    about(STATEMENT, made.pk, area=made.area, orders=orders, amount=amount)
    return made


@action("providers.state")
def withdraw_statement(*, by: Actor, on: date, statement: Statement, why: str) -> Statement:
    """A statement that was not ordered yet is taken back: its lines are free for contests and for another statement."""
    said = tidy(why)
    if len(said) < 2:
        raise Refused("请填写撤回的原因。", field="why")
    same = Statement.objects.filter(pk=statement.pk, ordered_on=None, withdrawn_on=None)
    if not same.update(withdrawn_on=on, withdrawn_why=said[:200]):
        raise Refused("已开付款单或已撤回的结算单不能撤回；付错的由财务办理追回。")
    lines_of(statement).update(statement=None)
    statement.refresh_from_db()
    about(STATEMENT, statement.pk, area=statement.area, withdrawn=True)
    return statement


@action("providers.pay")
def pay_statement(*, by: Actor, on: date, statement: Statement, fund_id: int) -> Statement:
    """The payment order of a statement, from a fund of the books.

    :raises Refused: the fund has too little or is for other purposes, or the lines do not make up the sum.
    :raises Stale: it was ordered or taken back already.
    """
    same = Statement.objects.filter(pk=statement.pk, ordered_on=None, withdrawn_on=None)
    try:
        with transaction.atomic():
            done = same.update(ordered_on=on)
    except DatabaseError as fault:
        if _state(fault) != WRONG_SUM:
            raise
        raise Refused("结算单的明细与合计不一致，或其中有服务单正在重新办理，不能付款，请撤回后重新核定。") from fault
    if not done:
        raise Stale("这张结算单已经开过付款单或已撤回，请刷新后再看。")
    open_purpose(by=by, on=on, key=GROUP, name=GROUP_ZH)
    one = statement.provider
    account = account_of(one.person, on) if one.person else None
    order_payment(
        by=by, on=on, source=source_of(statement), amount=statement.amount, purpose=GROUP, shares={fund_id: statement.amount},
        payee=one.person.name if one.person else one.name, area=f"{statement.area[:6]}000000", organisation=one.organisation_id,
        person=one.person_id, account=account.pk if account else None, memo=f"{GROUP_ZH} {statement.month:%Y年%-m月}",
    )  # fmt: skip
    about(STATEMENT, statement.pk, area=statement.area, amount=statement.amount)
    statement.refresh_from_db()
    return statement
