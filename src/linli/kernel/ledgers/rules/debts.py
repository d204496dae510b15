"""Money that is to come back: in which sums it was agreed, what of them is late, why the rest may be written off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from linli.base.days import parse_day
from linli.base.money import parse_yuan, show_yuan, split
from linli.base.named import Named

MOST_PARTS = 120
LINE = re.compile(r"(\S+)[\s,，、]+([\d,.，]+)\s*元?")


class PlanEnd(Named):
    """Why a plan of instalments holds no more."""

    REPLACED = "replaced", "改签新的分期"
    DEATH = "death", "退还人死亡"
    HARDSHIP = "hardship", "生活困难，暂缓退还"
    BROKEN = "broken", "不按约定退还"
    OTHER = "other", "其他"


STOPS = tuple(one for one in PlanEnd if one is not PlanEnd.REPLACED)


class WriteOffGround(Named):
    """Why money is not asked back any more."""

    NO_ESTATE = "no_estate", "死亡且没有可供清偿的遗产"
    SMALL = "small", "数额小，追缴成本高于应追回的钱"
    HARDSHIP = "hardship", "确有困难，经批准不再追缴"
    MISSING = "missing", "长期下落不明，无财产可供执行"
    COURT = "court", "法院裁定终结执行"


class WriteOffState(Named):
    """Where a proposal to write off stands."""

    ASKED = "asked", "待审批"
    DONE = "done", "已核销"
    REFUSED = "refused", "未同意"


@dataclass(frozen=True, slots=True)
class Agreed:
    """A sum that was agreed for a day. ``paid``: what came of it; sums are filled in the order of their days."""

    rank: int
    due: date
    amount: int
    paid: int = 0

    @property
    def left(self) -> int:
        """What has not come yet, in fen."""
        return self.amount - self.paid

    def late_on(self, on: date) -> int:
        """Days since the day on which it should have come; 0 when it came or is not due."""
        return max((on - self.due).days, 0) if self.left else 0


def filled(sums: Sequence[tuple[int, date, int]], settled: int) -> list[Agreed]:
    """The sums (rank, day, fen) in their order, with what came of each out of ``settled`` fen."""
    rows = []
    for rank, due, amount in sums:
        paid = min(amount, max(settled, 0))
        settled -= paid
        rows.append(Agreed(rank, due, amount, paid))
    return rows


def proposed_sums(owed: int, first: date, months: int) -> list[tuple[date, int]]:
    """Equal sums, one each month from a day on; no sum of nothing."""
    parts = [fen for fen in split(owed, [1] * months) if fen]
    return [(_later(first, place), fen) for place, fen in enumerate(parts)]


def _later(day: date, months: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    after = date(years + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(years, month + 1, 1) + timedelta(days=day.day - 1), after - timedelta(days=1))


def said(sums: Sequence[tuple[date, int]]) -> str:
    """The sums as they are typed: a day and a sum in each line."""
    return "\n".join(f"{due} {show_yuan(fen).replace(',', '')}" for due, fen in sums)


def read_sums(text: str) -> list[tuple[date, int]]:
    """What was typed: a day and a sum in each line. :raises ValueError: naming the line, its fault and the mend."""
    rows = []
    for number, line in enumerate((line.strip() for line in text.splitlines() if line.strip()), 1):
        found = LINE.fullmatch(line)
        if found is None:
            raise ValueError(f"第 {number} 行“{line[:40]}”看不懂，请写成“日期 金额”，如 2011-01-20 100.00。")
        try:
            rows.append((parse_day(found[1]), parse_yuan(found[2].replace("，", ","))))
        except ValueError as fault:
            raise ValueError(f"第 {number} 行：{fault}") from fault
    return rows


def fault_of(sums: Sequence[tuple[date, int]], *, owed: int, on: date) -> str:
    """What is wrong with sums that are to be agreed; "" when nothing is."""
    if not 1 <= len(sums) <= MOST_PARTS:
        return f"应有 1 至 {MOST_PARTS} 期，现在是 {len(sums)} 期，请修改。"
    if any(fen <= 0 for _, fen in sums):
        return "每期金额应大于 0，请修改。"
    days = [due for due, _ in sums]
    if days[0] < on:
        return f"第 1 期的日期 {days[0]} 已过，请改为今天或以后。"
    if any(second <= first for first, second in pairwise(days)):
        return "各期日期应从早到晚，不能重复，请修改。"
    if (total := sum(fen for _, fen in sums)) != owed:
        more = "多" if total > owed else "少"
        return f"各期合计 {show_yuan(total)} 元，比尚欠的 {show_yuan(owed)} 元{more} {show_yuan(abs(total - owed))} 元，请修改。"
    return ""
