"""How a debt comes to its end beside the money that comes: agreed sums, and what is asked no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from linli.base.money import show_yuan
from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.files.actions import store_file
from linli.kernel.ledgers.actions.posting import refusing
from linli.kernel.ledgers.actions.recovering import write_off_owed
from linli.kernel.ledgers.models import AgreedSum, Plan, Recovery, WriteOff
from linli.kernel.ledgers.queries.debts import PLAN_FILE, WRITE_OFF_FILE, owed_of
from linli.kernel.ledgers.rules import PlanEnd, WriteOffGround, WriteOffState, fault_of


@action("ledgers.plan")
def agree_plan(
    *, by: Actor, on: date, recovery: Recovery, signed_by: str, sums: Sequence[tuple[date, int]], paper: Any = None
) -> Plan:
    """The sums in which a debt comes back, as they were signed (``paper``: name and content). A former plan ends with it.

    :raises Refused: nothing is owed, nobody signed, or the sums are not what is owed.
    """
    debt = _held(recovery)
    owed = owed_of(debt)
    if not owed:
        raise Refused("这笔追缴已经结清，无需再约定分期。")
    if not tidy(signed_by):
        raise Refused("请填写签约人。", field="signed_by")
    if fault := fault_of(sums, owed=owed, on=on):
        raise Refused(fault, field="sums")
    ended = {"ending": PlanEnd.REPLACED.value, "ended_on": on, "ended_by_id": by.staff_id or None}
    Plan.objects.filter(recovery=debt, ended_on=None).update(**ended)
    made = Plan.objects.create(
        recovery=debt, amount=owed, signed_by=tidy(signed_by)[:40], agreed_on=on, made_by_id=by.staff_id or None
    )
    for rank, (due, fen) in enumerate(sums, 1):
        AgreedSum.objects.create(plan=made, rank=rank, due=due, amount=fen)
    _keep(by, on, PLAN_FILE, made.pk, debt.area, paper)
    about("ledgers.recovery", debt.pk, area=debt.area, plan=made.pk, sums=len(sums), amount=owed)
    return made


@action("ledgers.plan")
def stop_plan(*, by: Actor, on: date, plan: Plan, ending: PlanEnd, words: str) -> Plan:
    """The plan holds no more; what is owed stays owed. :raises Refused: no words say why."""
    if ending is PlanEnd.REPLACED:
        raise Refused("改签新的分期请直接约定新的分期。", field="ending")
    if not tidy(words):
        raise Refused("请写明停止的情况。", field="words")
    values = {"ending": ending.value, "words": tidy(words)[:200], "ended_on": on, "ended_by_id": by.staff_id or None}
    if not Plan.objects.filter(pk=plan.pk, ended_on=None).update(**values):
        raise Stale("这份分期约定刚才已经停止，请刷新后再看。")
    plan.refresh_from_db()
    about("ledgers.recovery", plan.recovery_id, area=plan.area, plan=plan.pk, ending=ending.value)
    return plan


@action("ledgers.ask_write_off")
def ask_write_off(
    *, by: Actor, on: date, recovery: Recovery, amount: int, ground: WriteOffGround, words: str, paper: Any = None
) -> WriteOff:
    """Propose that so much of a debt is asked no more, with the paper that bears it out.

    :raises Refused: more than is owed, no words, or a proposal waits.
    """
    debt = _held(recovery)
    owed = owed_of(debt)
    if not 0 < amount <= owed:
        raise Refused(f"核销金额应大于 0 且不超过尚欠的 {show_yuan(owed)} 元，请修改。", field="amount")
    if not tidy(words):
        raise Refused("请写明追缴的经过和不能追回的情况。", field="words")
    if WriteOff.objects.filter(recovery=debt, state=WriteOffState.ASKED.value).exists():
        raise Refused("这笔追缴已有一份核销申请等待审批，请先办完。")
    with refusing():
        made = WriteOff.objects.create(
            recovery=debt, amount=amount, ground=ground.value, words=tidy(words)[:200], asked_on=on, asked_by_id=by.own_hand
        )
    _keep(by, on, WRITE_OFF_FILE, made.pk, debt.area, paper)
    about("ledgers.recovery", debt.pk, area=debt.area, write_off=made.pk, amount=amount, ground=ground.value)
    return made


@action("ledgers.write_off")
def decide_write_off(*, by: Actor, on: date, write_off: WriteOff, agree: bool, note: str = "") -> WriteOff:
    """A second person agrees, and the books follow at once (支出 against 其他应收款); or refuses with a reason.

    :raises Refused: the one who asked decides, no reason is given, or less is owed by now.
    """
    by.apart_from(write_off.asked_by_id, said="核销须由另一人审批，不能审批本人提出的申请。")
    if not agree and not tidy(note):
        raise Refused("请填写不同意的原因。", field="note")
    debt = _held(write_off.recovery)
    state = WriteOffState.DONE if agree else WriteOffState.REFUSED
    values = {"state": state.value, "decided_on": on, "decided_by_id": by.own_hand, "note": tidy(note)[:200]}
    if not WriteOff.objects.filter(pk=write_off.pk, state=WriteOffState.ASKED.value).update(**values):
        raise Stale("这份核销申请刚才已经办结，请刷新后再看。")
    if agree:
        memo = f"核销：{WriteOffGround(write_off.ground).zh}"
        write_off_owed(by, on, debt, write_off.amount, f"write_off:{write_off.pk}", memo)
    write_off.refresh_from_db()
    about("ledgers.recovery", debt.pk, area=debt.area, write_off=write_off.pk, state=state.value, amount=write_off.amount)
    return write_off


def _held(recovery: Recovery) -> Recovery:
    """The debt, held until the end of the transaction."""
    return Recovery.objects.select_for_update().get(pk=recovery.head_id or recovery.pk)


def _keep(by: Actor, on: date, kind: str, owner: int, area: str, paper: Any) -> None:
    if paper is not None:
        store_file(
            by=by, on=on, name=paper.name, content=paper.content, need="ledgers.debts", owner_kind=kind, owner_id=owner, area=area
        )
