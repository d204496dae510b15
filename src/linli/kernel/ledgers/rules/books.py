"""Funds, accounts and postings: what stands on which side.

Amounts are signed: a debit is positive, a credit is negative, and the lines of a posting sum to zero for each fund and
unit. A promise of aid is entered when it is made (支出/应付), so the money that may still be promised is what lies in
the bank less what is promised: 可用 = 货币资金 - 应付. It can never fall below zero (量入为出).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from linli.base.named import Named

FEN = "fen"
"""The unit of money lines. Every other unit is the key of a kind of goods, counted in pieces."""


class FundKind(Named):
    """Where the money comes from."""

    FISCAL = "fiscal", "财政"
    DONATION = "donation", "捐赠"
    LOTTERY = "lottery", "福彩公益金"
    OWN = "own", "自筹"
    SUPERIOR = "superior", "上级拨入"


GIVEN = (FundKind.DONATION.value, FundKind.SUPERIOR.value)
"""Money that was given, by donors or from above. Fiscal and lottery money has accounts of its own."""


class FundLevel(Named):
    """The level of government or organisation that the money comes from."""

    CENTRAL = "central", "中央"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    DISTRICT = "district", "区级"
    TOWN = "town", "镇街"
    COMMUNITY = "community", "村居"


class AccountKind(Named):
    """What an account counts, and by that on which side its balance stands."""

    CASH = "cash", "货币资金"
    RECEIVABLE = "receivable", "应收"
    SPEND = "spend", "支出"
    PAYABLE = "payable", "应付"
    SOURCE = "source", "来源"
    STORE = "store", "库存物资"
    ISSUED = "issued", "发放物资"
    SUPPLY = "supply", "购入物资"
    LOST = "lost", "损失物资"

    @property
    def side(self) -> int:
        """+1: the balance is a debit and never below zero. -1: it is a credit and never above zero."""
        return -1 if self in (AccountKind.PAYABLE, AccountKind.SOURCE, AccountKind.SUPPLY) else 1


class PostingKind(Named):
    """What happened."""

    RECEIVE = "receive", "收款"
    RESERVE = "reserve", "预留"
    RELEASE = "release", "释放预留"
    PAY = "pay", "付款"
    SPEND = "spend", "直接支出"
    RECOVER = "recover", "追回立账"
    RECOVERED = "recovered", "追回到账"
    WRITE_OFF = "write_off", "核销"
    TRANSFER = "transfer", "拨付"
    GOODS_IN = "goods_in", "物资入库"
    GOODS_OUT = "goods_out", "物资发放"
    GOODS_BACK = "goods_back", "物资退回"
    GOODS_LOST = "goods_lost", "物资报损盘亏"
    GOODS_FOUND = "goods_found", "物资盘盈"
    CARD_USE = "card_use", "救助卡消费"
    SETTLE = "settle", "与超市结算"
    REVERSE = "reverse", "冲正"


GOODS_KINDS = (
    PostingKind.GOODS_IN, PostingKind.GOODS_OUT, PostingKind.GOODS_BACK, PostingKind.GOODS_LOST, PostingKind.GOODS_FOUND,
    PostingKind.TRANSFER, PostingKind.REVERSE,
)  # fmt: skip
"""What can happen to goods."""


class Cost(Named):
    """What kind of cost a spending is: 慈善法 §61 limits the share of management."""

    ACTIVITY = "activity", "业务活动成本"
    MANAGEMENT = "management", "管理费用"
    RAISING = "raising", "筹资费用"

    @property
    def code(self) -> str:
        """The account that the cost is entered in."""
        return {"activity": "5101", "management": "5201", "raising": "5301"}[self.value]


# Codes and names of 民间非营利组织会计制度; pieces are counted beside the money, under 9xxx.
CHART: tuple[tuple[str, str, AccountKind], ...] = (
    ("1001", "现金", AccountKind.CASH),
    ("1002", "银行存款", AccountKind.CASH),
    ("1122", "其他应收款（追回）", AccountKind.RECEIVABLE),
    ("2209", "其他应付款（救助）", AccountKind.PAYABLE),
    ("4101", "捐赠收入", AccountKind.SOURCE),
    ("4401", "政府补助收入", AccountKind.SOURCE),
    ("4901", "其他收入", AccountKind.SOURCE),
    ("5101", "业务活动成本", AccountKind.SPEND),
    ("5201", "管理费用", AccountKind.SPEND),
    ("5301", "筹资费用", AccountKind.SPEND),
    ("9101", "购入物资", AccountKind.SUPPLY),
    ("9102", "盘盈物资", AccountKind.SUPPLY),
    ("9201", "库存物资", AccountKind.STORE),
    ("9301", "发放物资", AccountKind.ISSUED),
    ("9401", "报损盘亏物资", AccountKind.LOST),
)


BANK, CASH, RECEIVABLE, PAYABLE = "1002", "1001", "1122", "2209"
STORE, SUPPLY, FOUND, ISSUED, LOST = "9201", "9101", "9102", "9301", "9401"
SHOPS = "2202"
"""What is owed to shops for what was bought with cards; each shop has an account of its own below it (2202-7)."""


def source_code(kind: FundKind) -> str:
    """The account in which money of this kind is entered as it comes."""
    if kind is FundKind.DONATION:
        return "4101"
    return "4901" if kind is FundKind.OWN else "4401"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line to be posted: account and fund by id, a signed amount in fen or pieces."""

    account: int
    fund: int
    amount: int
    unit: str = FEN
    purpose: str = ""
    order: int | None = None
    party: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """The piece of work from which a line of the books comes: its words and the page that shows it.

    Packages that know such work name a function in their manifest (``origin_sources``, a dotted path): called with ``by``, the
    ``sources`` of postings and orders and the ids of ``postings``, it answers an Origin for each of them that it knows.
    """

    words: str
    href: str


def is_balanced(entries: Iterable[Entry]) -> bool:
    """Whether the lines sum to zero for each fund and unit, and no line is empty."""
    sums: dict[tuple[int, str], int] = defaultdict(int)
    for entry in entries:
        if entry.amount == 0:
            return False
        sums[entry.fund, entry.unit] += entry.amount
    return bool(sums) and not any(sums.values())
