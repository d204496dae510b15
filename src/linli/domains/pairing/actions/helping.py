"""Help goes through the books: the office's money comes into a fund and goes out by a payment order, goods by slips."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.base.fields import Value
from linli.base.money import show_yuan
from linli.base.text import tidy
from linli.domains.pairing.actions.visiting import running_pair
from linli.domains.pairing.books import HELPS
from linli.domains.pairing.queries import source_of
from linli.domains.pairing.queries.pairs import HELP
from linli.domains.pairing.rules import PURPOSE, Help
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.ledgers.actions import (
    bring_in_goods,
    cancel_order,
    hand_out_goods,
    open_goods,
    open_purpose,
    order_payment,
    receive,
)
from linli.kernel.ledgers.queries import fund_of, order_by_source
from linli.kernel.ledgers.rules import Receiver, goods_key
from linli.kernel.records.actions import add_entry, strike_entry
from linli.kernel.records.queries import entry_in_area, subject_name
from linli.kernel.registry.queries import account_of, area_name, household_by_id


def help_source(entry_id: int) -> str:
    """How the books name the help of a row."""
    return f"{HELP}{entry_id}"


@action("pairing.give")
def give_money(
    *, by: Actor, on: date, pair_id: int, fund_id: int, kind: Help, amount: int, heads: int, day: date, memo: str = ""
) -> Any:
    """Money of the helping office for the family: received into the fund, ordered to be paid to the head of the family.

    The order goes the way of all orders (batch, second person, bank). :raises Refused: the fund's terms do not allow it.
    """
    if kind is Help.GOODS:
        raise Refused("物资请按物资登记。", field="kind")
    row, pair = _entered(by, on, pair_id, day, {"kind": kind.value, "amount": amount, "heads": heads})
    fund, source = fund_of(fund_id), help_source(row.pk)
    helper = area_name(str(pair.values["helper"]), on)
    open_purpose(by=by, on=on, key=PURPOSE, name="结对帮扶")
    said = f"{helper}结对帮扶{show_yuan(amount)}元（{kind.zh}）{tidy(memo)}"
    receive(by=by, on=on, fund=fund, amount=amount, reference=f"{source}:in", memo=said[:100], source=source)
    household = household_by_id(pair.household_id)
    assert household is not None
    account = account_of(household.head, on)
    order_payment(
        by=by, on=on, source=source, amount=amount, purpose=PURPOSE, shares={fund.pk: amount}, payee=household.head.name,
        area=row.area, person=household.head_id, household=household.pk, account=account.pk if account else None, memo=said[:100],
    )  # fmt: skip
    about("pairing.help", row.pk, area=row.area, pair=pair_id, amount=amount)
    return row


@action("pairing.give")
def give_goods(
    *, by: Actor, on: date, pair_id: int, fund_id: int, name: str, measure: str, pieces: int, value: int, heads: int, day: date,
    proof: str,
) -> Any:  # fmt: skip
    """Goods of the helping office for the family: into the store and out to the family by slips; ``value`` is their worth."""
    if pieces < 1:
        raise Refused("数量应大于0，请修改。", field="pieces")
    if not tidy(proof):
        raise Refused("请填写签收人或签收凭据。", field="proof")
    try:
        key = goods_key(tidy(name), tidy(measure))
    except ValueError as fault:
        raise Refused(str(fault), field="name") from fault
    said = f"{tidy(name)}{pieces}{tidy(measure)}"
    row, pair = _entered(by, on, pair_id, day, {"kind": Help.GOODS.value, "amount": value, "heads": heads, "goods": said})
    fund, source, family = fund_of(fund_id), help_source(row.pk), subject_name(pair)
    open_goods(by=by, on=on, key=key, name=tidy(name), measure=tidy(measure))
    helper = area_name(str(pair.values["helper"]), on)
    words: dict[str, Any] = {"fund": fund, "goods": key, "pieces": pieces}
    bring_in_goods(by=by, on=on, reference=f"{source}:in", memo=f"{helper}捐入{said}"[:100], party=helper[:80], **words)
    to = Receiver(family, row.area, household=pair.household_id)
    hand_out_goods(by=by, on=on, reference=f"{source}:out", memo=f"结对帮扶发放{said}：{family}"[:100], to=to, source=source,
                   proof=tidy(proof), **words)  # fmt: skip
    about("pairing.help", row.pk, area=row.area, pair=pair_id, pieces=pieces)
    return row


def _entered(by: Actor, on: date, pair_id: int, day: date, values: dict[str, Value]) -> tuple[Any, Any]:
    pair = running_pair(by, pair_id, day)
    values |= {"household": pair.household_id, "helper": pair.values["helper"], "day": day.isoformat()}
    return add_entry(by=by, on=on, book=HELPS.key, values=values, source=source_of(pair.pk)), pair


@action("pairing.give")
def withdraw_help(*, by: Actor, on: date, entry_id: int, version: int, why: str) -> Any:
    """Money that was not paid yet is not given after all: its order is cancelled and the row is struck out.

    What the office gave stays in the fund. :raises Refused: it was paid, stands in a batch, or goods were handed out.
    """
    row, book = entry_in_area(by=by, entry_id=entry_id)
    order = order_by_source(help_source(row.pk))
    if book.key != HELPS.key or order is None:
        raise Refused("物资已经发放，请在物资账中办理退回。")
    cancel_order(by=by, on=on, order=order, reason=why)
    struck = strike_entry(by=by, on=on, entry_id=entry_id, version=version, why=why)
    about("pairing.help", row.pk, area=row.area)
    return struck
