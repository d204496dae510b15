"""Mass messages as data and plain functions: groups, states, what may stand in a text, when a try is repeated."""

from __future__ import annotations

from datetime import timedelta

from linli.base.named import Named

LONGEST = 300
UNREAD_HOURS = 24
"""After so many hours whoever has not read is a task of the office that sent (house rule)."""


class Group(Named):
    """Who receives: computed from posts and receivers on the day of sending, entered nowhere."""

    CADRES = "cadres", "全部社区（村）干部"
    HEADS = "heads", "社区（村）书记和主任"
    TOWNS = "towns", "镇街干部"
    RESIDENTS = "residents", "同意收短信的居民"


class Office(Named):
    """The office of whoever holds a receiver."""

    SECRETARY = "secretary", "书记"
    HEAD = "head", "主任"
    CADRE = "cadre", "社区（村）干部"
    TOWN = "town", "镇街干部"


MEMBERS = {
    Group.CADRES: (Office.SECRETARY, Office.HEAD, Office.CADRE), Group.HEADS: (Office.SECRETARY, Office.HEAD),
    Group.TOWNS: (Office.TOWN,), Group.RESIDENTS: (),
}  # fmt: skip
"""The offices of which a group is made; residents hold none."""


class MessageState(Named):
    """Where a message stands."""

    DRAFT = "draft", "待发送"
    SENDING = "sending", "发送中"
    SENT = "sent", "已发出"
    DROPPED = "dropped", "已撤销"


class DeliveryState(Named):
    """Where one person's message stands."""

    WAITING = "waiting", "等待发送"
    SENT = "sent", "已送达平台"
    REFUSED = "refused", "平台拒收"
    FAILED = "failed", "未能发出"


class Arrived(Named):
    """What the provider reported of a message that it took."""

    DELIVERED = "delivered", "已到手机"
    FAILED = "failed", "没有送到"
    UNKNOWN = "unknown", "平台不知道"


class ConsentWay(Named):
    """How a resident agreed to receive messages."""

    PAPER = "paper", "签字同意"
    PHONE = "phone", "电话同意"
    WEB = "web", "网上同意"


REPORTED_WITHIN = timedelta(hours=72)
"""After so long without a report nobody will know any more (providers keep reports for three days; house rule)."""


def ask_again(waited: timedelta) -> timedelta:
    """When to ask for a report again: a minute after it went out, then doubling, six hours at most."""
    return min(max(waited, timedelta(minutes=1)), timedelta(hours=6))
