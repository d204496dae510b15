"""What a family asked for on the web, and what residents are told of it."""

from __future__ import annotations

from linli.base.named import Named


class WishState(Named):
    """How a wish from the web stands."""

    OPEN = "open", "等待工作人员联系"
    TAKEN = "taken", "已受理"
    DECLINED = "declined", "没有受理"


STEPS = {
    "check": "村（社区）初核", "first": "村（社区）公布", "survey": "镇街调查审核", "notice": "镇街公示", "county": "区级审核",
    "second": "审批公示", "approval": "区级审核确认",
}  # fmt: skip
ENDED = {"granted": "已决定：予以确认", "refused": "已决定：不予确认", "withdrawn": "已撤回", "ended": "救助已终止"}
