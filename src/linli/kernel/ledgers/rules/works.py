"""Work on large batches that is done in the background."""

from __future__ import annotations

from enum import StrEnum

LARGE = 2_000
"""Payments from which on a step of a batch is done in the background (house rule); below it is done at once."""


class WorkKind(StrEnum):
    """Which step of a batch."""

    MAKE = "make"
    SEND = "send"
    SETTLE = "settle"

    @property
    def zh(self) -> str:
        return {"make": "生成批次", "send": "生成银行文件", "settle": "读入回盘文件"}[self.value]


class WorkState(StrEnum):
    """Where it stands."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"

    @property
    def zh(self) -> str:
        return {"waiting": "办理中", "done": "已完成", "failed": "未完成"}[self.value]
