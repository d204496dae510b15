"""What residents send: a request, an addition, a grade; in plain topics; and what they are told of its way."""

from __future__ import annotations

from dataclasses import dataclass

from linli.base.named import Named
from linli.kernel.orders.rules import Stage

LONGEST = 1000
PER_HOUR = 20
"""Requests, additions or grades that one network address may send in an hour (house rule)."""
DAILY_PER_PHONE = 10
"""Requests under one telephone number in an hour (house rule): whoever has more to say calls."""


def counted(number: str) -> str:
    """A typed number as its look-ups are counted: by its digits, since some are known with and without their hyphen."""
    return "".join(str(int(one)) for one in number if one.isdecimal())


class PostKind(Named):
    """What was sent."""

    ASK = "ask", "求助"
    MORE = "more", "补充"
    GRADE = "grade", "评价"


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter in the words of residents, and the category under which it is taken."""

    zh: str
    category: str


TOPICS = (
    Topic("生活困难、看病花钱多", "301010"), Topic("遭了灾，需要帮忙", "301030"),
    Topic("老人要人照看、送餐、陪看病", "104010"), Topic("家里要修东西、通下水道", "102020"),
    Topic("垃圾、厕所、脏乱", "401010"), Topic("路灯不亮", "402010"), Topic("路坏了、井盖没了", "402020"),
    Topic("停水", "402030"), Topic("停电", "402040"), Topic("暖气、燃气", "402050"), Topic("吵得睡不着", "403030"),
    Topic("邻里、物业有矛盾", "303010"), Topic("低保、补贴怎么办", "201010"), Topic("养老、医保怎么办", "202020"),
    Topic("对工作人员不满意", "501010"), Topic("提建议、表扬", "601010"), Topic("其他事情", "901010"),
)  # fmt: skip
"""The centre looks at every request and sets the category right, so a wrong choice costs nothing."""


def topic(category: str) -> Topic | None:
    """The topic that stands for a category."""
    return next((one for one in TOPICS if one.category == category), None)


class RequestState(Named):
    """RequestState a request stands, in words for residents."""

    RECEIVED = "received", "已收到，等待分派"
    SENT = "sent", "已转给承办单位"
    WORKING = "working", "正在办理"
    STOPPED = "stopped", "等待条件，暂停计时"
    HANDLED = "handled", "已经答复，请您评价"
    JOINED = "joined", "与相同的诉求合并办理"
    CLOSED = "closed", "已办结"


_TOLD = RequestState
_STATES = {
    Stage.NEW: _TOLD.RECEIVED, Stage.SENT: _TOLD.SENT, Stage.DISPUTED: _TOLD.SENT, Stage.WORKING: _TOLD.WORKING,
    Stage.SUSPENDED: _TOLD.STOPPED, Stage.HANDLED: _TOLD.HANDLED, Stage.MERGED: _TOLD.JOINED, Stage.CLOSED: _TOLD.CLOSED,
}  # fmt: skip


def state_of(stage: str) -> RequestState:
    """Of a stage of the order, or none yet, what the resident is told."""
    return _STATES[Stage(stage)] if stage else RequestState.RECEIVED
