"""Work on large batches that is done in the background."""

from __future__ import annotations

from linli.base.named import Named

LARGE = 2_000
"""Payments from which on a step of a batch is done in the background (house rule); below it is done at once."""


class WorkKind(Named):
    """Which step of a batch."""

    MAKE = "make", "生成批次"
    SEND = "send", "生成银行文件"
    SETTLE = "settle", "读入回盘文件"


class WorkState(Named):
    """Where it stands."""

    WAITING = "waiting", "办理中"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"
