"""Payment orders and batches: states, and the four totals that must agree.

生成 → 复核 → 锁定 → 送银行 → 回盘 → 退票 → 补发 → 对账 → 归档. An order's state is computed from what happened to it.
"""

from __future__ import annotations

from dataclasses import dataclass

from linli.base.named import Named
from linli.kernel.ledgers.rules.books import BANK, CASH


def wrong_totals(what: str, unit: str, stated: tuple[int, int], right: tuple[int, int]) -> tuple[str, str]:
    """What the second person is told who stated other totals than the list's, and the field: which of them differs, and what was
    stated; never the right ones, or they would be copied and nobody would have looked."""
    count, amount = stated[0] != right[0], stated[1] != right[1]
    differs = f"{unit}和金额" if count and amount else unit if count else "金额"
    said = f"填写为 {stated[0]:,} {unit[0]}、{stated[1] / 100:,.2f} 元"
    sentence = f"填写的{differs}与{what}不一致（{said}）。请从名单上重新点数、合计后再填写，这次填写已记入日志。"
    return sentence, "count" if count else "amount"


class Channel(Named):
    """How the money reaches the people."""

    BANK = "bank", "银行代发"
    CASH = "cash", "现金发放"
    TRANSFER = "transfer", "对公转账"

    @property
    def by_hand(self) -> bool:
        """Whether it is done line by line against a proof, without the bank's file: a signature, a transfer voucher."""
        return self is not Channel.BANK

    @property
    def account(self) -> str:
        """The code of the account that it is paid from."""
        return CASH if self is Channel.CASH else BANK


class BatchState(Named):
    """Where a batch stands. Each step is one act, and the checker is another person than the maker."""

    MADE = "made", "待复核"
    CHECKED = "checked", "已复核"
    LOCKED = "locked", "已锁定"
    SENT = "sent", "已送银行"
    RECONCILED = "reconciled", "已对账"
    ARCHIVED = "archived", "已归档"
    DISCARDED = "discarded", "已作废"


class MonthState(Named):
    """Whether the month of a book is closed."""

    OPEN = "open", "未结账"
    CLOSED = "closed", "已结账"
    ASKED = "asked", "申请重开"


BATCH_STEPS = (
    BatchState.MADE, BatchState.CHECKED, BatchState.LOCKED, BatchState.SENT, BatchState.RECONCILED, BatchState.ARCHIVED,
)  # fmt: skip


class LineResult(Named):
    """What became of one line of a batch."""

    OPEN = "", "待回盘"
    PAID = "paid", "已付"
    FAILED = "failed", "退票"
    DISCARDED = "discarded", "已作废"


class OrderState(Named):
    """Where a payment order stands."""

    READY = "ready", "待发放"
    BATCHED = "batched", "发放中"
    SENT = "sent", "已送银行"
    FAILED = "failed", "退票待更正"
    PAID = "paid", "已发放"
    CANCELLED = "cancelled", "已取消"
    RECOVERING = "recovering", "追回中"
    RECOVERED = "recovered", "已追回"
    WRITTEN_OFF = "written_off", "已核销"
    CARD = "card", "已发卡"


def order_state(
    *, cancelled: bool, result: LineResult | None, batch: BatchState | None, mended: bool, owed: int, recovered: bool,
    card: bool = False, partly: bool = False, written_off: bool = False,
) -> OrderState:
    """The state of an order by its last line (none: ``result`` is None), its recovery and what is still owed.

    ``mended``: the account was put right after the last failure. ``owed``: what is to be taken back and has not come.
    ``card``: a card was handed over for it, which is used up in a shop. ``partly``: a part is taken back, the rest stands as aid.
    ``written_off``: of what was to be taken back, something is asked no more.
    """
    if recovered and owed:
        return OrderState.RECOVERING
    if recovered and not partly:
        return OrderState.WRITTEN_OFF if written_off else OrderState.RECOVERED
    if cancelled:
        return OrderState.CANCELLED
    if card:
        return OrderState.CARD
    if result is LineResult.PAID:
        return OrderState.PAID
    if result is LineResult.FAILED and not mended:
        return OrderState.FAILED
    if result is LineResult.OPEN:
        return OrderState.SENT if batch is BatchState.SENT else OrderState.BATCHED
    return OrderState.READY


@dataclass(frozen=True, slots=True)
class Totals:
    """A number of payments and their sum in fen."""

    count: int = 0
    amount: int = 0


@dataclass(frozen=True, slots=True)
class ControlTotals:
    """The four sides of one batch: the orders, the batch, the file that was sent, what the bank answered."""

    orders: Totals
    batch: Totals
    file: Totals | None
    returned: Totals | None

    def faults(self) -> list[str]:
        """Every pair that differs, as a sentence; sides that do not exist yet are left out."""
        sides = {"付款单": self.orders, "批次": self.batch, "银行文件": self.file, "回盘": self.returned}
        known = {name: totals for name, totals in sides.items() if totals is not None}
        return [
            f"{name} {totals.count} 笔 {totals.amount} 分，与批次 {self.batch.count} 笔 {self.batch.amount} 分不一致"
            for name, totals in known.items()
            if totals != self.batch
        ]

    @property
    def agree(self) -> bool:
        """Whether all sides that exist are equal."""
        return not self.faults()


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One payment to be ordered. ``shares``: fund id → fen; they sum to the amount. ``source`` makes it land once."""

    source: str
    amount: int
    purpose: str
    shares: tuple[tuple[int, int], ...]
    payee: str
    area: str
    person: int | None = None
    household: int | None = None
    organisation: int | None = None
    account: int | None = None
    memo: str = ""

    def fault(self) -> str:
        """What is wrong with the row, in Chinese; "" when nothing is."""
        if self.amount <= 0:
            return "金额应大于0"
        if not self.shares or any(part <= 0 for _, part in self.shares):
            return "没有写明由哪项资金支付"
        if len({fund for fund, _ in self.shares}) != len(self.shares):
            return "同一项资金写了两次"
        if sum(part for _, part in self.shares) != self.amount:
            return "各项资金之和与金额不一致"
        if not self.payee.strip():
            return "没有收款人姓名"
        if (self.person is None) == (self.organisation is None):
            return "收款人应为一名人员或一个单位"
        return ""
