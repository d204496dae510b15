"""Changing what a fund may do: asked for by one person, decided by another; its name by one."""

from __future__ import annotations

from datetime import date

from linli.base.money import show_yuan
from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.ledgers.actions.posting import refusing
from linli.kernel.ledgers.models import Fund, FundChange, Purpose
from linli.kernel.ledgers.queries.changes import held_by
from linli.kernel.ledgers.rules import ChangeKind, ChangeState


@action("ledgers.open")
def rename_fund(*, by: Actor, on: date, fund: Fund, name: str, basis: str) -> FundChange:
    """Another name from now on; the former ones stay on the fund's card.

    :raises Refused: no name, the same name, no ground, or the fund is closed.
    """
    name, basis = tidy(name), _ground(basis)
    if not name or name == fund.name:
        raise Refused("请填写与现在不同的名称。", field="name")
    with refusing():
        made = FundChange.objects.create(
            fund=fund, kind=ChangeKind.RENAME.value, state=ChangeState.DONE.value, before=fund.name, name=name, basis=basis,
            asked_on=on, asked_by_id=by.staff_id, decided_on=on,
        )  # fmt: skip
    return _told(made)


@action("ledgers.open")
def ask_purpose(*, by: Actor, on: date, fund: Fund, purpose: str, basis: str) -> FundChange:
    """A further purpose. ``basis`` is the filed decision or the donor's consent (慈善法 §56).

    :raises Refused: the fund is not restricted, the purpose is allowed already or not known, or a change waits.
    """
    if not fund.restricted:
        raise Refused("这项资金没有限定用途，无需增加用途。", field="purpose")
    if fund.purposes.filter(purpose=purpose).exists() or not Purpose.objects.filter(key=purpose).exists():
        raise Refused("这一用途已经允许或尚未设立，请重新选择。", field="purpose")
    return _ask(by, on, fund, ChangeKind.PURPOSE, _ground(basis), purpose_id=purpose)


@action("ledgers.open")
def ask_ceiling(*, by: Actor, on: date, fund: Fund, ceiling: int | None, basis: str) -> FundChange:
    """Another spending limit in fen; None takes it away.

    :raises Refused: not above zero, below what is spent already, the same as now, or a change waits.
    """
    if ceiling == fund.ceiling:
        raise Refused("与现在的限额相同，无需调整。", field="ceiling")
    if ceiling is not None and ceiling <= 0:
        raise Refused("支出限额应大于0；取消限额请留空。", field="ceiling")
    if ceiling is not None and ceiling < fund.balance.spent:
        raise Refused(f"已支出和预留 {show_yuan(fund.balance.spent)} 元，限额不能低于这个数。", field="ceiling")
    before = "" if fund.ceiling is None else f"{show_yuan(fund.ceiling)} 元"
    return _ask(by, on, fund, ChangeKind.LIMIT, _ground(basis), ceiling=ceiling, before=before)


@action("ledgers.open")
def ask_close(*, by: Actor, on: date, fund: Fund, basis: str) -> FundChange:
    """The end of a fund, for good.

    :raises Refused: something is still in it, promised, or to be taken back; or a change waits.
    """
    if held := held_by(fund):
        raise Refused(f"资金没有结清：{'、'.join(held)}。都为零后才能关闭。")
    return _ask(by, on, fund, ChangeKind.CLOSE, _ground(basis))


@action("ledgers.change")
def decide_change(*, by: Actor, on: date, change: FundChange, agree: bool, note: str = "") -> FundChange:
    """A second person puts the change into force, or refuses it with a reason. What it says is judged again.

    :raises Refused: the one who asked decides, no reason is given, or it cannot be done any more.
    """
    by.apart_from(change.asked_by_id, said="变更须由另一人复核，不能复核本人提出的变更。")
    if not agree and not tidy(note):
        raise Refused("请填写不同意的原因。", field="note")
    state = ChangeState.DONE if agree else ChangeState.REFUSED
    with refusing():
        changed = FundChange.objects.filter(pk=change.pk, state=ChangeState.ASKED.value).update(
            state=state.value, decided_on=on, decided_by_id=by.own_hand, note=tidy(note)[:200]
        )
    if not changed:
        raise Stale()
    change.refresh_from_db()
    return _told(change)


def _ask(by: Actor, on: date, fund: Fund, kind: ChangeKind, basis: str, **words: object) -> FundChange:
    if fund.closed_on is not None:
        raise Refused("这项资金已关闭，不能再变更。")
    with refusing():
        made = FundChange.objects.create(
            fund=fund, kind=kind.value, state=ChangeState.ASKED.value, basis=basis, asked_on=on, asked_by_id=by.own_hand, **words
        )
    return _told(made)


def _ground(basis: str) -> str:
    if not tidy(basis):
        raise Refused("请填写依据或原因。", field="basis")
    return tidy(basis)[:200]


def _told(change: FundChange) -> FundChange:
    about("ledgers.fund", change.fund_id, area=change.area, change=change.kind, state=change.state)
    return change
