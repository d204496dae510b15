"""What a request is for, how a deliberation decides, and how an account of the fund is told: pure functions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from linli.base.dated import Parameters
from linli.base.money import show_yuan
from linli.base.named import Named
from linli.base.names import clean_name
from linli.base.reasons import Outcome, Reason, Step

PURPOSE = "mutual.aid"
PURPOSE_ZH = "社区帮困"
NOTICE = "mutual.account"
MOST_PEOPLE = 300
"""Names on one list of a meeting."""


class Need(Named):
    """For what money is asked."""

    SCHOOL = "school", "助学"
    ILLNESS = "illness", "就医"
    SUDDEN = "sudden", "突发困难"
    LIVING = "living", "生活困难"
    OTHER = "other", "其他帮扶"


class RequestState(Named):
    """How a request stands."""

    OPEN = "open", "待议事"
    CARRIED = "carried", "已通过"
    REFUSED = "refused", "未通过"
    ORDERED = "ordered", "已开付款单"
    WITHDRAWN = "withdrawn", "已撤回"


class GiftState(Named):
    """How a gift stands; only money that has come counts."""

    NOTED = "noted", "待到账"
    BANKED = "banked", "已到账"
    STRUCK = "struck", "已作废"


@dataclass(frozen=True)
class Votes:
    """What is known of one vote: how many were called and came, who stepped back, and the hands raised."""

    called: int
    came: int
    agreed: int
    against: int
    abstained: int
    stepped_back: int = 0

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Field and sentence for whatever does not fit."""
        given = self.agreed + self.against + self.abstained + self.stepped_back
        if given == self.came:
            return []
        told = f"赞成{self.agreed}、反对{self.against}、弃权{self.abstained}"
        told += f"、回避{self.stepped_back}" if self.stepped_back else ""
        return [("agreed", f"{told}，合计{given}人，与到会{self.came}人不一致，请核对表决记录。")]


FEW_CAME = Reason("quorum", "到会人数不足，表决无效", "议事规则")
FEW_AGREED = Reason("majority", "赞成的人没有达到规定的人数", "议事规则")
CARRIED = Reason("carried", "到会人数和赞成人数都达到规定", "议事规则")


def decide(votes: Votes, law: Parameters, *, amount: int, asked: int, on: date, area: str) -> Outcome:
    """Whether a vote carries. ``amount`` and ``asked`` in fen. Who stepped back came, and does not agree.

    三分之二以上 includes the number, 过半数 does not.
    """
    quorum, majority = (law.on(f"mutual.{key}", on, area) for key in ("quorum", "majority"))
    needed, agreeing = ceil(votes.called * quorum.ratio), int(votes.came * majority.ratio) + 1
    steps = (
        Step("到会", f"{votes.came}人", f"通知{votes.called}人，到会{needed}人以上有效（{quorum.source}）"),
        Step("赞成", f"{votes.agreed}人", f"须超过到会人数的{majority.ratio}，即{agreeing}人以上通过（{majority.source}）"),
        Step("决定金额", f"{show_yuan(amount)}元", f"申请{show_yuan(asked)}元"),
    )
    holds = ((FEW_CAME, votes.came < needed), (FEW_AGREED, votes.agreed < agreeing))
    against = tuple(reason for reason, stands in holds if stands)
    values = (quorum, majority)
    return Outcome(False, 0, against, steps, values) if against else Outcome(True, amount, (CARRIED,), steps, values)


def read_names(text: str) -> tuple[str, ...]:
    """The names of a list as people write it (李一、王二；…), each once, in their order.

    :raises ValueError: in Chinese, for something that is no name, the same name twice, nobody or too many.
    """
    names = [clean_name(part) for part in re.split(r"[、，,；;。\s]+", text.strip()) if part]
    if not names:
        raise ValueError("请填写姓名，用顿号隔开。")
    if len(names) > MOST_PEOPLE:
        raise ValueError(f"名单不能超过{MOST_PEOPLE}人，现有{len(names)}人，请核对。")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"{'、'.join(twice)}出现了两次；同名的人请加以区别，例如“张伟大、张伟小”。")
    return tuple(names)


def strangers(some: Sequence[str], among: Sequence[str]) -> list[str]:
    """Those of ``some`` who are not on the list."""
    return [name for name in some if name not in among]


@dataclass(frozen=True)
class Item:
    """One line of the account as it is told to residents: times (None where nothing is counted) and fen."""

    what: str
    times: int | None
    amount: int


def account(opening: int, given: Sequence[int], used: Sequence[tuple[Need, int]], closing: int) -> tuple[Item, ...]:
    """The fund's account over some days in fen, without names: what there was, what came, what it was promised for, what is left.

    ``opening`` and ``closing`` are what the books say; what earlier days were put right by since is a line of its own. A need
    with nothing is left out.
    """
    parts = []
    for need in Need:
        sums = [amount for kind, amount in used if kind is need]
        parts += [Item(f"用于{need.zh}", len(sums), sum(sums))] if sums else []
    mended = closing - (opening + sum(given) - sum(amount for _, amount in used))
    if mended:
        parts.append(Item("更正增加" if mended > 0 else "更正减少", None, abs(mended)))
    return (
        Item("上期结余", None, opening), Item("居民捐款", len(given), sum(given)), *parts, Item("期末结余", None, closing),
    )  # fmt: skip
