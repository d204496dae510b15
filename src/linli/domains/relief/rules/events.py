"""What happened to a family, and how a request stands."""

from __future__ import annotations

from linli.law import Cause

GROUP = "relief.aid"
GROUP_ZH = "临时救助"
"""The purpose of money; it tells nothing of what happened."""

EVENTS: dict[str, str] = {
    "fire": "火灾等意外事件", "accident": "交通事故等意外伤害", "sudden_illness": "突发重大疾病", "stranded": "生活无着、滞留",
    "other_emergency": "其他突发急难", "illness": "医疗支出过大", "study": "教育支出过大", "other_spending": "其他必需支出过大",
}  # fmt: skip

CAUSE_OF: dict[str, Cause] = {
    event: Cause.SPENDING if event in ("illness", "study", "other_spending") else Cause.EMERGENCY for event in EVENTS
}
"""An event is an emergency or a matter of spending; the law asks no more than that."""

STATES = {"open": "办理中", "granted": "已救助", "refused": "不予救助", "withdrawn": "已撤回", "revoked": "已撤销"}

MEANS = {"fits": "符合本地规定", "over": "超过本地规定"}
"""What the check of means found: income and property together, as the place's own rules have it."""

NEAR = 10
"""Days within which two hardships for which one person asked, or two of the same kind in one household, are taken for one."""

VAGUE = tuple(event for event in EVENTS if event.startswith("other_"))
"""Kinds that tell nothing of what happened: within these days they may be any emergency under another name."""
